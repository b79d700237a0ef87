"""The `award` command as a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

_SECONDS = 120  # a machine that is busy with other tests


class Served:
    """A running server; `stop` ends it as an operator would."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "award.db"
        self._log = (folder / "server.log").open("w")
        where = ["--port", str(self.port), "--database", str(self.database)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "award.cli", *command, *where],
            env=os.environ | {"AWARD_PUBLIC_URL": self.url},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    @property
    def log(self) -> str:
        return Path(self._log.name).read_text()

    def stop(self) -> int:
        """End it by SIGTERM and give its exit status."""
        self._process.terminate()
        status = self._process.wait(20)
        self._log.close()
        return status

    def _wait(self) -> None:
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise AssertionError(f"the server ended by itself:\n{self.log}")
            try:
                if httpx.get(f"{self.url}/health", timeout=1).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        self.stop()
        raise AssertionError(f"the server did not answer:\n{self.log}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
