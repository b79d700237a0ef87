"""A virus scanner, asked over the INSTREAM protocol of clamd.

What could not be looked at is not taken for clean: either the scanner says so, or Unchecked is
raised.
"""

import re
import socket
import struct
import time
from urllib.parse import urlsplit

_SECONDS = 20.0
_CHUNK = 65_536
_LONGEST_ANSWER = 4_096
_FOUND = re.compile(r"stream: (.+) FOUND")


class Unchecked(Exception):
    """The scanner did not say what it thinks of a content; the text says why, for the log."""


class Scanner:
    """A clamd at `host:port`, or at the path of a socket."""

    def __init__(self, address: str, seconds: float = _SECONDS) -> None:
        self._address = address
        self._seconds = seconds

    def finding(self, content: bytes) -> str:
        """The name of what was found in it, "" for nothing; raises Unchecked."""
        until = time.monotonic() + self._seconds
        try:
            with self._connected() as clamd:
                clamd.settimeout(_left(until))
                clamd.sendall(_framed(content))
                answer = _answer(clamd, until)
        except OSError as error:
            raise Unchecked(f"{type(error).__name__}: {error}") from error
        if answer == "stream: OK":
            return ""
        found = _FOUND.fullmatch(answer)
        if found is None:
            raise Unchecked(f"it answered {answer!r}")
        return found[1]

    def _connected(self) -> socket.socket:
        if not self._address.startswith("/"):
            parts = urlsplit(f"//{self._address}")
            return socket.create_connection((parts.hostname, parts.port), self._seconds)
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(self._seconds)
        try:
            clamd.connect(self._address)
        except OSError:
            clamd.close()
            raise
        return clamd


def _framed(content: bytes) -> bytes:
    """The command, the content in chunks that each say their length, and an empty one."""
    chunks = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)]
    return b"zINSTREAM\0" + b"".join(
        struct.pack(">I", len(chunk)) + chunk for chunk in [*chunks, b""]
    )


def _answer(clamd: socket.socket, until: float) -> str:
    """All that it says until the NUL or the end."""
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        clamd.settimeout(_left(until))
        more = clamd.recv(_LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0").decode(errors="replace")


def _left(until: float) -> float:
    """The seconds that are left; raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left
