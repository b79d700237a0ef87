"""A file as an answer: it is saved, never shown as a page of ours."""

from urllib.parse import quote

from award.kit.files import Scratch
from award.web.call import Data, Sent

_ALONE = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def download(content: bytes, media_type: str, name: str) -> Data:
    """To be saved under its name."""
    return Data(content, media_type, _named(name))


def sent(file: Scratch, media_type: str, name: str) -> Sent:
    """The same of a file that is too large to be held."""
    return Sent(file, media_type, _named(name))


def picture(content: bytes) -> Data:
    """A JPEG that we drew ourselves; its address never shows another."""
    return Data(content, "image/jpeg", {**_ALONE, "Cache-Control": "private, max-age=86400"})


def _named(name: str) -> dict[str, str]:
    plain = name.encode("ascii", "replace").decode().replace('"', "").replace("?", "_")
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {**_ALONE, "Content-Disposition": told}
