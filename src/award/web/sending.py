"""A response as an ASGI application: its headers and bytes as they are, or a file bit by bit.

The framework's own responses are made twice before they are sent, which every save would pay for.
"""

import asyncio
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.response import Stream
from litestar.types import ASGIApp, Receive, Scope, Send

from award.kit.files import Scratch
from award.web.render import Rendered

_BIT = 256 * 1024  # of a file that is sent from the disk
_BODILESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


def sent(response: Rendered, request: Request[Any, Any, Any], *, private: bool) -> ASGIApp:
    """What sends the response; only public pages may be kept by anybody, and asked for again."""
    headers = {"Cache-Control": "no-store" if private else "no-cache", **response.headers}
    if response.file is not None:
        return _stream(response, response.file, headers, request)
    if response.status not in _BODILESS:
        headers = {
            "Content-Type": response.media_type,
            "Content-Length": str(len(response.body)),
            **headers,
        }
    encoded = [(name.lower().encode(), text.encode("latin-1")) for name, text in headers.items()]
    start: Any = {"type": "http.response.start", "status": response.status, "headers": encoded}
    body: Any = {"type": "http.response.body", "body": response.body, "more_body": False}

    async def send_it(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start)
        await send(body)

    return send_it


def _stream(
    response: Rendered, file: Scratch, headers: dict[str, str], request: Request[Any, Any, Any]
) -> ASGIApp:
    media_type = _without_charset(response.media_type)
    bits = _bit_by_bit(file)
    stream = Stream(bits, status_code=response.status, media_type=media_type, headers=headers)
    return stream.to_asgi_response(app=None, request=request)


async def _bit_by_bit(file: Scratch) -> AsyncGenerator[bytes, None]:
    """From its beginning. A client that goes away lets go of the file too."""
    await asyncio.to_thread(file.file.seek, 0)
    while bit := await asyncio.to_thread(file.read, _BIT):
        yield bit


def _without_charset(media_type: str) -> str:
    """The framework adds it to texts by itself."""
    is_text = media_type.startswith("text/")
    return media_type.removesuffix("; charset=utf-8") if is_text else media_type
