"""Every link comes from here: it keeps the language that the address alone decides."""

from functools import lru_cache
from urllib.parse import quote, urlencode

from award.kit.i18n import DEFAULT_LANGUAGE, language

_SAFE = "/:@!$&'()*+,;=-._~"

_REMEMBERED = 4096


def link(path: str, code: str | None = None, /, **query: object) -> str:
    """The address of a page in the current language (or in `code`), from the root on.

    It never leads to another server, whatever the path begins with.
    """
    path = "/" + path.lstrip("/")
    spoken = code or language.get()
    root = "" if spoken == DEFAULT_LANGUAGE else f"/{spoken}"
    address = root + _quoted(path)
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{address}?{urlencode(given, doseq=True)}" if given else address


# Every page leads to the same few places.
@lru_cache(_REMEMBERED)
def _quoted(path: str) -> str:
    return quote(path, safe=_SAFE)
