"""How long a whole ranking takes, and how much memory: each size in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import time

import numpy as np
from rich.console import Console
from rich.table import Table as Shown

from award.ranking import outcome
from award.ranking.maths.corrected import corrected
from award.ranking.maths.ranking import Options, rank
from award.ranking.maths.sheets import Composites, Criterion, Sheets, composites
from award.ranking.maths.table import Table

EACH = 5  # sheets on a nomination
CRITERIA = tuple(Criterion(f"C{c}", 25, 1, 5) for c in range(4))
# Nominations and jurors, with the most seconds of processor time and megabytes.
SIZES = ((600, 25, 1.0, 1000.0), (10_000, 200, 5.0, 1000.0), (100_000, 2_000, 60.0, 1000.0))
MOST_OF_W = 5.0  # seconds, at the largest size
_DEADLINE = 300


def simulated(n: int, m: int) -> Sheets:
    """Sheets of a jury in which each has a severity of its own."""
    random = np.random.Generator(np.random.PCG64(1))
    jurors = np.argsort(random.random((n, min(m, 8 * EACH))), axis=1)[:, :EACH]
    # Each draws from a window of the jury, so that large juries need no large table of lots.
    jurors = np.sort((jurors + random.integers(0, m, n)[:, None]) % m, axis=1)
    nomination, juror = np.repeat(np.arange(n), EACH), jurors.ravel()
    quality, severity = random.normal(0, 0.6, n), random.normal(0, 0.5, m)
    noise = random.normal(0, 0.8, (n * EACH, len(CRITERIA)))
    points = 3 + (quality[nomination] + severity[juror])[:, None] + noise
    points = np.clip(np.round(points), 1, 5)
    points[random.random(points.shape) < 0.02] = np.nan
    names = [f"N{at:06}" for at in range(n)], [f"J{by:04}" for by in range(m)]
    return Sheets(Table(*names, nomination, juror, np.zeros(n * EACH)), CRITERIA, points)


def _whole(found: Composites) -> float:
    began = time.process_time()
    told = outcome.outcome(rank(found.table, found, Options()), CRITERIA, seed=1)
    seconds = time.process_time() - began
    assert len(told["nominations"]) == len(found.table.nominations)
    return seconds


def _measure(n: int, m: int) -> dict[str, float]:
    found = composites(simulated(n, m), min_weight_present=0)
    began = time.process_time()
    corrected(found.table)
    alone = time.process_time() - began
    seconds = _whole(found)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"alone": alone, "whole": seconds, "megabytes": megabytes}


def _apart(n: int, m: int) -> dict[str, float]:
    """One thread, as the goals say."""
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.ranks", str(n), str(m)],
        env=environ,
        stdout=subprocess.PIPE,
        check=True,
        timeout=_DEADLINE,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def show_all() -> bool:
    """Print the table; whether every goal is kept."""
    table = Shown(title="A whole ranking; processor time of one thread")
    for name in ("nominations", "jurors", "W alone s", "all s", "MB", "goal"):
        table.add_column(name, justify="left" if name == "goal" else "right")
    all_kept = True
    for n, m, most, memory in SIZES:
        found = _apart(n, m)
        kept = found["whole"] <= most and found["megabytes"] <= memory
        kept = kept and found["alone"] <= MOST_OF_W
        all_kept = all_kept and kept
        numbers = (f"{found['alone']:.2f}", f"{found['whole']:.2f}", f"{found['megabytes']:.0f}")
        goal = f"≤ {most:g} s, ≤ {memory:g} MB {'kept' if kept else 'MISSED'}"
        table.add_row(f"{n:,}", f"{m:,}", *numbers, goal)
    Console().print(table)
    return all_kept


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]))))
