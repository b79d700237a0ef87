"""The load of the flood, in a process of its own: each network is a browser of its own.

It signs in, saves its summary five times, every second one attaches a file in between, and hands
in: evenly over the time that it has, or late when an answer took longer. It reads the order from
the standard input and prints what it sent.
"""

import asyncio
import io
import os
import random
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from PIL import Image

from award.settings import Settings
from award.web.security import form_token
from tests.bench.data import SECRET
from tests.bench.drafts import PASSWORD, SUMMARY, Draft

KINDS = ("sign-in", "save", "upload", "submission")
PATIENCE = 30  # seconds after the deadline; what has no answer then gets none
_SAVES = 5
_UPLOAD_BYTES = 1_000_000
_LAST = 0.9  # from here on a third of the networks does all it does
_STAYS = 0.1  # the share of the time that one takes at most


class Order(msgspec.Struct, frozen=True):
    port: int
    drafts: list[Draft]
    ends_at: float
    seconds: int


class Sent(msgspec.Struct, frozen=True):
    """A request: what for, when its first byte was sent, how long it took; no status: no answer."""

    kind: str
    at: float
    seconds: float
    status: int


class Browser:
    """One connection that is kept, an address of its own, a cookie."""

    def __init__(self, order: Order, place: int) -> None:
        self.order = order
        self.address = f"10.9.{place // 250}.{place % 250 + 1}"
        self.token = ""
        self.sent: list[Sent] = []
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, kind: str, path: str, fields: dict[str, str], file: bytes = b"") -> None:
        fields = {**fields, "_key": os.urandom(16).hex()}
        if self.token:
            fields["_csrf"] = form_token(Settings(database="", secret=SECRET), self.token)
        body, content_type = _multipart(fields, file) if file else _plain(fields)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.order.port}\r\n"
            f"Origin: http://127.0.0.1:{self.order.port}\r\nX-Forwarded-For: {self.address}\r\n"
            f"Cookie: sid={self.token}\r\nContent-Type: {content_type}\r\n"
            f"Accept: {'application/json' if kind == 'save' else 'text/html'}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        at, began = time.time(), time.perf_counter()
        try:
            async with asyncio.timeout(max(0.0, self.order.ends_at + PATIENCE - at)):
                status = await self._asked(head.encode() + body)
        except (OSError, EOFError):
            status, self._streams = 0, None
        self.sent.append(Sent(kind, at, time.perf_counter() - began, status))

    async def _asked(self, request: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.order.port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = 0
        for line in head.split("\r\n"):
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            if name.lower() == "set-cookie" and value.startswith("sid="):
                self.token = value.removeprefix("sid=").partition(";")[0]
        await reader.readexactly(length)
        return int(head.split(" ", 2)[1])


def _plain(fields: dict[str, str]) -> tuple[bytes, str]:
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _multipart(fields: dict[str, str], file: bytes) -> tuple[bytes, str]:
    named = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    named.append(('name="file"; filename="Anlage"', file))
    parts = [
        b"--edge\r\nContent-Disposition: form-data; " + name.encode() + b"\r\n\r\n" + value
        for name, value in named
    ]
    return b"\r\n".join([*parts, b"--edge--\r\n"]), "multipart/form-data; boundary=edge"


async def _network(browser: Browser, draft: Draft, instants: Iterator[float], file: bytes) -> None:
    """Everything that one network does, each at its instant."""
    path = f"/nominations/{draft.nomination_id}"
    signing = {"email": draft.email, "password": PASSWORD}
    await _until(instants)
    await browser.post("sign-in", "/sign-in", signing)
    for version in range(_SAVES):
        await _until(instants)
        text = "Aus zwei Saisonstellen wird eine ganze. " * (version + 1)
        typed = {"summary": text, "version": str(version)}
        await browser.post("save", f"{path}/sections/{SUMMARY}", typed)
        if file and version == _SAVES // 2:
            await _until(instants)
            field = {"field": "attachments"}
            await browser.post("upload", f"{path}/sections/attachments/attachments", field, file)
    await _until(instants)
    await browser.post("submission", f"{path}/submission", {})


async def _until(instants: Iterator[float]) -> None:
    await asyncio.sleep(max(0.0, next(instants) - time.time()))


def _instants(order: Order, place: int, chance: random.Random) -> list[float]:
    """When this network does what it does; every third comes in the last tenth of the time."""
    stays = chance.uniform(0.03, _STAYS)
    first, last = (_LAST, 1.0) if place % 3 == 0 else (0.0, _LAST)
    begins = chance.uniform(first, last - stays)
    steps = _SAVES + 2 + (place % 2)
    # The last request is sent a moment before the deadline, never after it.
    shares = [begins + stays * step / steps for step in range(steps)]
    return [order.ends_at - order.seconds * (1 - share) for share in shares]


def _file(place: int) -> bytes:
    """About 1 MB that is like nothing else: a photo, or a document."""
    if place % 4 == 1:
        written = io.BytesIO()
        size = (880, 800)
        Image.frombytes("RGB", size, os.urandom(3 * size[0] * size[1])).save(
            written, "JPEG", quality=93
        )
        return written.getvalue()
    return _document()


def _document() -> bytes:
    """A PDF of one page with a megabyte that is not drawn."""
    content = os.urandom(_UPLOAD_BYTES // 2).hex().encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + tail


async def measure(order: Order) -> list[Sent]:
    chance = random.Random(2026)  # noqa: S311 - the same wave each time
    browsers = [Browser(order, place) for place in range(len(order.drafts))]
    files = [_file(place) if place % 2 else b"" for place in range(len(order.drafts))]
    await asyncio.gather(
        *(
            _network(browser, draft, iter(_instants(order, place, chance)), files[place])
            for place, (browser, draft) in enumerate(zip(browsers, order.drafts, strict=True))
        )
    )
    return [one for browser in browsers for one in browser.sent]


if __name__ == "__main__":
    wanted = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(measure(wanted))))
