"""`python -m tests.bench`: ours against the floor of this machine, in one run of two minutes."""

import subprocess
import sys
import tempfile
from operator import lt
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from tests.bench import ranks
from tests.bench.data import CLIENTS, Ready, prepare
from tests.bench.judged import Ranked, prepare_ranking
from tests.bench.load import Measured, Order, Page
from tests.bench.searching import prepare_search
from tests.bench.server import Server, running

REQUESTS = {
    "floor": 80,
    "score save": 40,
    "score form": 12,
    "juror's list": 8,
    "nominations list": 6,
    "winners page": 12,
    "autosave": 30,
    "search": 6,
    "ranking page": 4,
    "ranking, kept": 12,
}
WARM = 3
MOST_TIMES = {"score save": 8, "autosave": 5}
MOST_STATEMENTS, MOST_START, MOST_MB = 8, 4.0, (180, 280)
MOST_MS = {
    "score form": 3.0,
    "juror's list": 6.0,
    "nominations list": 6.0,
    "search": 30.0,
    "ranking page": 16.0,
}
_DEADLINE = 20


class Row(msgspec.Struct, frozen=True):
    """One line of the table; milliseconds of processor time for each request."""

    name: str
    cpu_ms: float
    measured: Measured
    statements: int | None = None


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


def _all_rows(
    folder: Path, ready: Ready, late: Ready, ranked: Ranked
) -> tuple[list[Row], float, list[float]]:
    """The floor first, then ours; also how long our start took and what memory is in use.

    In MB, without a ranking and once one was computed.
    """
    with running("tests.bench.floor", str(folder / "floor.db"), "PORT", folder=folder) as floor:
        save = Page("/", 303, form="text=" + "x" * 200)
        rows = [_asked(floor, "floor", [save] * CLIENTS)]
    with running(*_serve(folder / "late.db"), folder=folder) as ours:
        ours.rest()
        more = _asked_all(ours, late)
    with running(*_serve(folder / "ranked.db"), folder=folder) as ours:
        more += _asked_all(ours, ranked.ready)
        _load(Order(ours.port, [ranked.compute], 1))
        after = ours.megabytes
    with running(*_serve(folder / "award.db"), folder=folder) as ours:
        ours.rest()
        rows += [*_asked_all(ours, ready), *more]
        return rows, ours.start_seconds, [ours.megabytes, after]


def _serve(path: Path) -> tuple[str, ...]:
    return ("award.cli", "serve", "--database", str(path), "--port", "PORT")


def _asked_all(server: Server, ready: Ready) -> list[Row]:
    return [
        _asked(server, name, pages[:CLIENTS], ready.statements[name])
        for name, pages in ready.pages.items()
    ]


def _goal(row: Row, floor: Row) -> tuple[str, bool]:
    if (times := MOST_TIMES.get(row.name)) is not None:
        kept = row.cpu_ms <= times * floor.cpu_ms and (row.statements or 0) <= MOST_STATEMENTS
        return f"≤ {times} × floor, ≤ {MOST_STATEMENTS} statements", kept
    if row.name in MOST_MS:
        return f"≤ {MOST_MS[row.name]:g} ms", row.cpu_ms <= MOST_MS[row.name]
    return "", True


def _shown(rows: list[Row], start: float, megabytes: list[float]) -> bool:
    table = Table(title=f"{CLIENTS} clients, keep-alive; processor time of the server per request")
    for name in ("", "CPU ms", "× floor", "req/s", "p99 ms", "statements", "goal"):
        table.add_column(name, justify="left" if name in ("", "goal") else "right")
    all_kept = start <= MOST_START and all(map(lt, megabytes, MOST_MB))
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
    for when, found, most in zip(("", " after a ranking"), megabytes, MOST_MB, strict=True):
        console.print(f"resident memory{when} {found:.0f} MB (goal < {most} MB). ", end="")
    console.print()
    return all_kept


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        late = prepare_search(folder / "late.db")
        ranked = prepare_ranking(folder / "ranked.db")
        rows, start, megabytes = _all_rows(folder, prepare(folder / "award.db"), late, ranked)
    kept = _shown(rows, start, megabytes)
    return 0 if ranks.show_all() and kept else 1


if __name__ == "__main__":
    sys.exit(main())
