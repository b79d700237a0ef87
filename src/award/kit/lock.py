"""One server on one SQLite file: a lock that ends with the process that holds it."""

import fcntl
import os
from pathlib import Path
from typing import IO


class Locked(RuntimeError):
    """Another process uses the database."""


def lock_file(database: Path) -> IO[str]:
    """Hold the lock beside the database file until the returned handle is closed.

    Raises Locked when another process holds it, OSError when the folder cannot be written.
    """
    handle = database.with_name(database.name + ".lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.seek(0)
        holder = handle.read().strip() or "?"
        handle.close()
        raise Locked(holder) from error
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle
