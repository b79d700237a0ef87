"""The demonstration while nominations are open, for whoever writes one there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.browser.served import Served


class Site(msgspec.Struct, frozen=True):
    """The demonstration, and the person who writes there."""

    url: str
    email: str
    password: str


@contextmanager
def writing(folder: Path) -> Iterator[Site]:
    """Serve it from this folder; at the end it has to stop as it should."""
    people = folder / "people.json"
    server = Served(folder, "demo", "--phase", "call", "--accounts-file", str(people))
    writer = msgspec.json.decode(people.read_bytes())["network_b"]
    yield Site(server.url, writer["email"], writer["password"])
    assert server.stop() == 0
