"""`python -m tests.bench`: ours against the floor of this machine, in one run under a minute."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psutil
from rich.console import Console
from rich.table import Table

from tests.bench.data import CLIENTS, SECRET, Ready, prepare
from tests.bench.load import Measured, Order, Page

REQUESTS = {
    "floor": 80,
    "score save": 40,
    "score form": 12,
    "juror's list": 8,
    "nominations list": 6,
    "winners page": 12,
}
WARM = 3
MOST_TIMES, MOST_STATEMENTS, MOST_START, MOST_MB = 8, 8, 4.0, 180
MOST_MS = {"score form": 3.0, "juror's list": 6.0, "nominations list": 6.0}
_DEADLINE = 20


class Row(msgspec.Struct, frozen=True):
    """One line of the table; milliseconds of processor time for each request."""

    name: str
    cpu_ms: float
    measured: Measured
    statements: int | None = None


class Server:
    """A server in a process of its own."""

    def __init__(self, *command: str, folder: Path) -> None:
        self.port = _free_port()
        url = f"http://127.0.0.1:{self.port}"
        environ = os.environ | {"AWARD_SECRET": SECRET, "AWARD_PUBLIC_URL": url}
        with (folder / "server.log").open("w") as log:
            filled = [part.replace("PORT", str(self.port)) for part in command]
            began = time.perf_counter()
            self._process = subprocess.Popen(
                [sys.executable, "-m", *filled], env=environ, stdout=log, stderr=log
            )
        self._seen = psutil.Process(self._process.pid)
        self._wait(began, folder)
        self.start_seconds = time.perf_counter() - began

    def cpu(self) -> float:
        used = self._seen.cpu_times()
        return float(used.user + used.system)

    @property
    def megabytes(self) -> float:
        return float(self._seen.memory_info().rss) / 1e6

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(_DEADLINE)

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
def _running(*command: str, folder: Path) -> Iterator[Server]:
    server = Server(*command, folder=folder)
    try:
        yield server
    finally:
        server.stop()


def _asked(server: Server, name: str, pages: list[Page], statements: int | None = None) -> Row:
    """A few requests to warm up, then what counts."""
    _load(Order(server.port, pages, WARM))
    before = server.cpu()
    measured = _load(Order(server.port, pages, REQUESTS[name], first=WARM))
    cpu_ms = (server.cpu() - before) * 1000 / measured.requests
    return Row(name, cpu_ms, measured, statements)


def _load(order: Order) -> Measured:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=msgspec.json.encode(order),
        stdout=subprocess.PIPE,
        check=True,
        timeout=_DEADLINE,
    )
    return msgspec.json.decode(done.stdout, type=Measured)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _all_rows(folder: Path, ready: Ready) -> tuple[list[Row], float, float]:
    """The floor first, then ours; also how long our start took and what memory is in use."""
    with _running("tests.bench.floor", str(folder / "floor.db"), "PORT", folder=folder) as floor:
        save = Page("/", 303, form="text=" + "x" * 200)
        rows = [_asked(floor, "floor", [save] * CLIENTS)]
    serve = ("award.cli", "serve", "--database", str(folder / "award.db"), "--port", "PORT")
    with _running(*serve, folder=folder) as ours:
        for name, pages in ready.pages.items():
            rows.append(_asked(ours, name, pages[:CLIENTS], ready.statements[name]))
        return rows, ours.start_seconds, ours.megabytes


def _goal(row: Row, floor: Row) -> tuple[str, bool]:
    if row.name == "score save":
        kept = row.cpu_ms <= MOST_TIMES * floor.cpu_ms and (row.statements or 0) <= MOST_STATEMENTS
        return f"≤ {MOST_TIMES} × floor, ≤ {MOST_STATEMENTS} statements", kept
    if row.name in MOST_MS:
        return f"≤ {MOST_MS[row.name]:g} ms", row.cpu_ms <= MOST_MS[row.name]
    return "", True


def _shown(rows: list[Row], start: float, megabytes: float) -> bool:
    table = Table(title=f"{CLIENTS} clients, keep-alive; processor time of the server per request")
    for name in ("", "CPU ms", "× floor", "req/s", "p99 ms", "statements", "goal"):
        table.add_column(name, justify="left" if name in ("", "goal") else "right")
    all_kept = start <= MOST_START and megabytes < MOST_MB
    for row in rows:
        goal, kept = _goal(row, rows[0])
        all_kept = all_kept and kept
        table.add_row(
            row.name,
            f"{row.cpu_ms:.2f}",
            f"{row.cpu_ms / rows[0].cpu_ms:.1f}",
            f"{row.measured.requests / row.measured.seconds:.0f}",
            f"{row.measured.p99 * 1000:.0f}",
            "" if row.statements is None else str(row.statements),
            f"{goal} {'kept' if kept else 'MISSED'}" if goal else "",
        )
    console = Console()
    console.print(table)
    console.print(f"Start {start:.1f} s (goal ≤ {MOST_START:g} s), ", end="")
    console.print(f"resident memory {megabytes:.0f} MB (goal < {MOST_MB} MB).")
    return all_kept


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, start, megabytes = _all_rows(folder, prepare(folder / "award.db"))
    return 0 if _shown(rows, start, megabytes) else 1


if __name__ == "__main__":
    sys.exit(main())
