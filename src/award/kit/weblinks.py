"""Links that people type: to a page, or to a mail address."""

import re
from urllib.parse import urlsplit

from award.kit.addresses import is_address

_MOST = 2000
_MAIL = "mailto:"
_HOST = re.compile(
    r"(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}\.?|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|\[[0-9a-f:.]+\]"
)
_BARE = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?:[/?#:]\S*)?")


def completed(text: str) -> str:
    """What was typed with the beginning that people leave out: https:// or mailto:."""
    if is_address(text) and not set(":/") & set(text):
        return _MAIL + text
    return f"https://{text}" if _BARE.fullmatch(text) else text


def is_weblink(text: str) -> bool:
    """Whether one can be led there safely: http, https and mailto only, nothing hidden in it."""
    if len(text) > _MOST or re.search(r"[\s\x00-\x1f\x7f\\\"<>]", text):
        return False
    if text.lower().startswith(_MAIL):
        return is_address(text[len(_MAIL) :])
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_page = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return is_page and _HOST.fullmatch(host) is not None
