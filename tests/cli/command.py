"""The `award` command as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, NamedTuple


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    said: str
    complained: str


def award(*arguments: str, **settings: str) -> Ended:
    """Run it to its end; `settings` are variables, for example AWARD_SECRET."""
    done = subprocess.run(
        [sys.executable, "-m", "award.cli", *arguments],
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def started(
    *arguments: str, log: IO[str], cwd: Path | None = None, **settings: str
) -> subprocess.Popen[str]:
    """Run it on its own; the caller ends it."""
    return subprocess.Popen(
        [sys.executable, "-m", "award.cli", *arguments],
        env=environment(settings),
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        text=True,
    )


def environment(settings: dict[str, str]) -> dict[str, str]:
    """This process's own variables without those that set the program up."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWARD_")}
    return own | settings
