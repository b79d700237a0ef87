"""The server as a process of its own, on a free port."""

import json
import socket
import subprocess
import time
from pathlib import Path

import httpx

from tests.cli.command import started

_WITHIN = 120  # a machine that is busy with other tests


class Server:
    """`award serve` or `award demo`, ready to answer."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "award.db"
        self.log = folder / "server.log"
        self._output = self.log.open("w")
        self.process = started(
            *arguments, "--port", str(self.port), log=self._output, cwd=folder, **settings
        )
        try:
            _wait_for(self.url, self.process)
        except AssertionError as error:
            self.kill()
            error.add_note(self.log.read_text())
            raise

    def kill(self) -> None:
        """The sudden end, without a chance to tidy up."""
        self.process.kill()
        self.process.wait()
        self._output.close()

    def end(self) -> int:
        """SIGTERM, as a system does it; returns the exit status."""
        self.process.terminate()
        try:
            return self.process.wait(20)
        finally:
            self.kill()

    @property
    def database_holder(self) -> str:
        return (self.database.parent / "award.db.lock").read_text()

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + _WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended by itself"
        try:
            httpx.get(f"{url}/health", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")
