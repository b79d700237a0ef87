"""The sign-in page, and the way out."""

import re
from urllib.parse import unquote, urlsplit

from award.accounts import actions, queries
from award.accounts.browsers import browser
from award.accounts.forms import SignIn
from award.accounts.models import Account
from award.kit.errors import Refused
from award.kit.i18n import DEFAULT_LANGUAGE, LANGUAGES
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.kit.passwords import Checked
from award.web.call import Answer, Call, See, page
from award.web.routes import Prepare, Routes
from award.web.security import session_cookie

routes = Routes()

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


def _stored(call: Call) -> tuple[Call, str | None]:
    """The hash to compare with, unless this address or browser failed too often."""
    email = call.typed.get("email")
    call.site.check_attempts(call.db, email, call.address, call.now)
    account = queries.account_by_email(call.db, email)
    return call, account.password_hash if account else None


def _compared(found: tuple[Call, str | None]) -> Checked:
    call, stored = found
    return call.site.passwords.check(stored, call.typed.get("password"))


COMPARED = Prepare(read=_stored, slow=_compared)


@routes.public_get("/sign-in")
def sign_in_page(call: Call) -> Answer:
    given = call.typed if call.refusal else call.query
    return page("accounts/sign_in.html", next=given.get("next"))


@routes.public_post("/sign-in", again=sign_in_page, prepare=COMPARED)
def sign_in(call: Call) -> Answer:
    form = call.form(SignIn)
    # Again: while this password was compared, others that came with it may have failed.
    call.site.check_attempts(call.db, form.email, call.address, call.now)
    account = queries.account_by_email(call.db, form.email)
    checked: Checked = call.prepared
    if account is None or not checked.is_right or checked.against != account.password_hash:
        raise _wrong(call)
    return begun(call, account, call.typed.get("next"), rehashed=checked.rehashed)


@routes.public_post("/sign-out")
def sign_out(call: Call) -> Answer:
    if call.actor.is_signed_in:
        actions.sign_out(call.db, by=call.actor, at=call.now)
    return See(link("/"), {"Set-Cookie": session_cookie(call.site.settings, "")})


def begun(call: Call, account: Account, target: str = "", rehashed: str | None = None) -> See:
    """A new session in this browser, and on to where the person wanted to go."""
    token = actions.sign_in(
        call.db,
        account,
        at=call.now,
        browser=browser(call.headers.get("user-agent", "")),
        rehashed=rehashed,
        instead_of=call.actor.session_id,
    )
    address = local_address(target, account.language)
    return See(address, {"Set-Cookie": session_cookie(call.site.settings, token)})


def local_address(target: str, language: str) -> str:
    """The wanted page in the person's language; /home for anything that is not one of ours."""
    parts = urlsplit(target) if _LOCAL.fullmatch(target) else urlsplit("")
    path = unquote(parts.path)
    for code in LANGUAGES:
        if code != DEFAULT_LANGUAGE and (path == f"/{code}" or path.startswith(f"/{code}/")):
            path = path.removeprefix(f"/{code}") or "/"
    if not _LOCAL.fullmatch(path) or path in {"/sign-in", "/sign-out"}:
        return link("/home", language)
    return link(path, language) + (f"?{parts.query}" if parts.query else "")


def _wrong(call: Call) -> Refused:
    email, address, now, count = (
        call.typed.get("email"),
        call.address,
        call.now,
        call.site.count_failure,
    )
    return Refused(
        "sign_in",
        _(
            "Address or password are not right. After ten attempts in 15 minutes only the link "
            "by e-mail helps."
        ),
        afterwards=lambda db: count(db, email, address, now),
    )
