"""Cookies, the token of a form, and where a POST may come from."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from award.kit import ids
from award.kit.errors import NotAllowed
from award.kit.i18n import gettext as _
from award.settings import Settings

token_hash = ids.token_hash  # a session's token is stored like every other one
_WEEK = 7 * 24 * 3600


def cookie_name(settings: Settings) -> str:
    return "__Host-sid" if settings.is_https else "sid"


def session_token(settings: Settings, cookies: str) -> str:
    """The session token of a Cookie header, empty if there is none."""
    wanted = cookie_name(settings)
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == wanted:
            return value
    return ""


def session_cookie(settings: Settings, token: str) -> str:
    """The Set-Cookie header that begins a session, or ends it when the token is empty."""
    secure = "; Secure" if settings.is_https else ""
    age = _WEEK if token else 0
    return f"{cookie_name(settings)}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"


def form_token(settings: Settings, token: str) -> str:
    """The token that proves that a form was made for this session."""
    digest = hmac.new(settings.secret.encode(), b"form:" + token.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def check_form_token(settings: Settings, token: str, given: str) -> None:
    """Raises NotAllowed unless the form was made for this session."""
    if not hmac.compare_digest(form_token(settings, token).encode(), given.encode()):
        raise NotAllowed(
            "form_token",
            _("This form belongs to another session. Go back, load the page again, and resend."),
        )


def check_origin(settings: Settings, headers: Mapping[str, str], host: str) -> None:
    """Raises NotAllowed for a POST that another site sent."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site in {"same-origin", "none"} and origin in {None, *_origins(settings, host)}:
        return
    if site is None and (origin is None or origin in _origins(settings, host)):
        return
    raise NotAllowed(
        "foreign_origin",
        _("This form was sent from another site. Open the page here and send it again."),
    )


def _origins(settings: Settings, host: str) -> set[str]:
    public = urlsplit(settings.public_url)
    return {f"{public.scheme}://{public.netloc}", f"{public.scheme}://{host}"}


def is_known_host(settings: Settings, given: str) -> bool:
    """Whether the Host header names this server; case and the usual port do not matter."""
    return _without_port(given) in _known_hosts(settings.public_url, settings.hosts)


@cache
def _known_hosts(public_url: str, more: tuple[str, ...]) -> frozenset[str]:
    own = urlsplit(public_url).hostname or ""
    here = {"127.0.0.1", "localhost", "::1"}
    known = {own, *(_without_port(name) for name in more)}
    return frozenset(known | here if own in here else known)


def _without_port(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
