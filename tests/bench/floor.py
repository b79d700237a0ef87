"""The floor: what a save costs at least. Bare ASGI, sqlite3, four statements and a commit.

The same server software as ours, the same promise (synchronous=FULL), and nothing else.
"""

import asyncio
import sqlite3
import sys
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

_TABLES = """
CREATE TABLE sheet (id INTEGER PRIMARY KEY, version INTEGER, text TEXT);
CREATE TABLE entry (id INTEGER PRIMARY KEY, sheet INTEGER, what TEXT);
INSERT INTO sheet VALUES (1, 0, '');
"""


class Floor:
    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.executescript(_TABLES)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self._save(body.decode())
        headers = [(b"location", b"/"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _save(self, text: str) -> None:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        db.execute("SELECT version FROM sheet WHERE id = 1").fetchone()
        db.execute("UPDATE sheet SET version = version + 1, text = ? WHERE id = 1", (text,))
        db.execute("INSERT INTO entry (sheet, what) VALUES (1, 'saved')")
        db.execute("SELECT count(*) FROM sheet WHERE id = 1").fetchone()
        db.execute("COMMIT")


async def _serve(path: str, port: int) -> None:
    await Server(
        Floor(path),
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
