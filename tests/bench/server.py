"""A server in a process of its own, watched from outside."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.bench.data import SECRET

_DEADLINE = 20
_NEXT_TO_NOTHING = 0.02  # seconds of processor time


class Server:
    """`PORT` in its command becomes a free one. The load counts as a proxy on this machine."""

    def __init__(self, *command: str, folder: Path) -> None:
        self.port = _free_port()
        url = f"http://127.0.0.1:{self.port}"
        environ = os.environ | {
            "AWARD_SECRET": SECRET,
            "AWARD_PUBLIC_URL": url,
            "AWARD_PROXIES": "127.0.0.1",
        }
        with (folder / "server.log").open("w") as log:
            filled = [part.replace("PORT", str(self.port)) for part in command]
            began = time.perf_counter()
            self._process = subprocess.Popen(
                [sys.executable, "-m", *filled], env=environ, stdout=log, stderr=log
            )
        self._seen = psutil.Process(self._process.pid)
        self._wait(began, folder)
        self.start_seconds = time.perf_counter() - began

    def rest(self) -> None:
        """Wait until it has done what every start brings, such as the jobs that came due.

        It is at rest when it did next to nothing for a second.
        """
        until, before = time.perf_counter() + _DEADLINE, -1.0
        while (used := self.cpu()) - before > _NEXT_TO_NOTHING:
            if time.perf_counter() > until:
                raise SystemExit("the server has not come to rest")
            before = used
            time.sleep(1)

    def cpu(self) -> float:
        used = self._seen.cpu_times()
        return float(used.user + used.system)

    @property
    def megabytes(self) -> float:
        return float(self._seen.memory_info().rss) / 1e6

    def stop(self) -> None:
        """End it as a system does: with patience, and then without."""
        self._process.terminate()
        try:
            self._process.wait(_DEADLINE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self, began: float, folder: Path) -> None:
        while time.perf_counter() < began + _DEADLINE and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.01)
            else:
                return
        self._process.kill()
        raise SystemExit(f"the server did not start:\n{(folder / 'server.log').read_text()}")


@contextmanager
def running(*command: str, folder: Path) -> Iterator[Server]:
    server = Server(*command, folder=folder)
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
