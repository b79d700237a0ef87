"""`make flood`: the last five minutes before the deadline, 600 networks at once.

600 sign-ins, 3,000 autosaves, 300 uploads of 1 MB and 600 submissions reach a server of its own
over the loopback, a third of the networks in the last tenth of the time. By default the five
minutes pass in half the time (`ARGS="--seconds 300"` for all of it).
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from tests.bench.data import fresh_world
from tests.bench.drafts import Draft, drafts
from tests.bench.server import Server, running
from tests.bench.wave import KINDS, PATIENCE, Order, Sent
from tests.cast import seated

NETWORKS = 600
_AHEAD = 12  # seconds in which the server starts and the load makes its files
_SECONDS, _MOST_SECONDS = 150, 600
_MOST_SAVE_SECONDS = 1.0
_SERVER_ERROR, _REFUSED = 500, 400


def _prepared(path: Path, seconds: int) -> tuple[list[Draft], datetime]:
    world = fresh_world(path)
    world.clock.instant = datetime.now(UTC) - timedelta(hours=1)
    cast = seated(world)
    ends_at = datetime.now(UTC) + timedelta(seconds=seconds + _AHEAD)
    made = drafts(cast, NETWORKS, ends_at)
    world.close()
    return made, ends_at


def _wave(server: Server, made: list[Draft], ends_at: datetime, seconds: int) -> list[Sent]:
    order = Order(server.port, made, ends_at.timestamp(), seconds)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.wave"],
        input=msgspec.json.encode(order),
        stdout=subprocess.PIPE,
        check=True,
        timeout=seconds + _AHEAD + 2 * PATIENCE,
    )
    return msgspec.json.decode(done.stdout, type=list[Sent])


def _part(times: Sequence[float], share: float) -> float:
    return sorted(times)[max(0, int(len(times) * share) - 1)]


def _shown(sent: list[Sent], ends_at: datetime) -> bool:
    """The table; whether all goals were kept."""
    table = Table(title=f"{NETWORKS} networks before the deadline; seconds from sent to answered")
    for name in (
        "",
        "number",
        "p50",
        "p95",
        "p99",
        "longest",
        "5xx or none",
        "refused in time",
        "late",
    ):
        table.add_column(name, justify="left" if not name else "right")
    in_time = [one for one in sent if one.at < ends_at.timestamp()]
    for kind in KINDS:
        mine = [one for one in in_time if one.kind == kind]
        times = [one.seconds for one in mine]
        errors = sum(one.status >= _SERVER_ERROR or not one.status for one in mine)
        refused = sum(_REFUSED <= one.status < _SERVER_ERROR for one in mine)
        late = sum(one.kind == kind for one in sent) - len(mine)
        figures = [f"{_part(times, share):.3f}" for share in (0.5, 0.95, 0.99, 1)]
        table.add_row(kind, str(len(mine)), *figures, str(errors), str(refused), str(late))
    Console().print(table)
    saves = [one.seconds for one in in_time if one.kind == "save"]
    is_quick = _part(saves, 0.95) < _MOST_SAVE_SECONDS
    return is_quick and all(0 < one.status < _REFUSED for one in in_time)


def _holds(path: Path) -> bool:
    """What `award check` says of the database afterwards."""
    command = [sys.executable, "-m", "award.cli", "check", "--database", str(path)]
    return subprocess.run(command, check=False).returncode == 0


def _seconds() -> int:
    parser = argparse.ArgumentParser(prog="make flood", description="600 networks at the deadline")
    parser.add_argument("--seconds", type=int, default=_SECONDS, help="how long (30 to 600)")
    given: int = parser.parse_args().seconds
    return max(30, min(given, _MOST_SECONDS))


def main() -> int:
    seconds = _seconds()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "award.db"
        made, ends_at = _prepared(path, seconds)
        serve = ("award.cli", "serve", "--database", str(path), "--port", "PORT")
        with running(*serve, folder=folder) as server:
            sent = _wave(server, made, ends_at, seconds)
            Console().print(f"Processor time of the server: {server.cpu():.0f} s")
        is_kept = _shown(sent, ends_at)
        return 0 if _holds(path) and is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
