"""Finds the Chromium of the browser tests; run as a program, it gets one first if need be."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

MISSING = (
    "Chromium is missing and could not be installed: install the package chromium "
    "(Debian: apt-get install chromium) and run make test again."
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The program of the system, else the one that Playwright has downloaded."""
    return next((path for path in _candidates() if _runs(path, "--version")), None)


def get() -> str | None:
    """Like find, but asks the package manager and then Playwright for one."""
    for installed in (find, _by_apt, _by_playwright):
        if path := installed():
            return path
    return None


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    yield downloaded


def _by_apt() -> str | None:
    rights = _rights()
    if rights is None or not shutil.which("apt-get"):
        return None
    print("Installing Chromium for the browser tests with apt-get.", flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    _runs(*apt, "update")
    _runs(*apt, "install", "--no-install-recommends", "chromium")
    return find()


def _by_playwright() -> str | None:
    print("Downloading Chromium for the browser tests with Playwright.", flush=True)
    # Its libraries need the package manager; without the right to it they may be there already.
    more = [] if _rights() is None or not shutil.which("apt-get") else ["--with-deps"]
    _runs(sys.executable, "-m", "playwright", "install", *more, "chromium")
    return find()


def _rights() -> list[str] | None:
    """What to write before a command of the administrator; None when there is no right to it."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and _runs(sudo, "-n", "true") else None


def _runs(*command: str) -> bool:
    try:
        done = subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(None if get() else MISSING)
