"""The own account: how one is called, the password, and where one is signed in."""

from award.accounts import actions, queries
from award.accounts.forms import Profile, check_password
from award.accounts.policy import may_use_account, may_use_api
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.kit.passwords import Checked
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, See, page, see
from award.web.routes import Prepare, Routes

routes = Routes()


class _Renewed(Checked, frozen=True):
    """The password asked again, and the new one's hash."""

    hashed: str = ""


def _renewed(found: tuple[Call, str | None]) -> _Renewed:
    checked: Checked = AGAIN.slow(found)
    hashed = found[0].site.passwords.hashed(found[0].typed.get("password"))
    return _Renewed(checked.is_right, checked.against, None, hashed)


RENEWED = Prepare(read=AGAIN.read, slow=_renewed)


@routes.get("/account", policy=may_use_account)
def account(call: Call) -> Answer:
    call.allow(may_use_account)
    return page(
        "accounts/account.html",
        account=queries.account(call.db, call.actor.account_id),
        networks=queries.own_networks(call.db, call.actor.account_id),
        can_use_api=call.can(may_use_api),
        done=_done(call),
    )


@routes.post("/account", policy=may_use_account, again=account)
def change_profile(call: Call) -> Answer:
    call.allow(may_use_account)
    form = call.form(Profile)
    own = queries.account(call.db, call.actor.account_id)
    actions.change_profile(
        call.db,
        own,
        name=form.name,
        language=form.language,
        theme=form.theme,
        by=call.actor,
        at=call.now,
    )
    return See(link("/account", form.language, done="profile"))


@routes.get("/account/password", policy=may_use_account)
def password_page(call: Call) -> Answer:
    call.allow(may_use_account)
    return page("accounts/change_password.html", crumbs=_crumbs(_("Change password")))


@routes.post("/account/password", policy=may_use_account, again=password_page, prepare=RENEWED)
def change_password(call: Call) -> Answer:
    call.allow(may_use_account)
    require_password(call)
    check_password(call.typed.get("password"), call.actor.email)
    actions.set_password(
        call.db,
        queries.account(call.db, call.actor.account_id),
        call.prepared.hashed,
        keep=call.actor.session_id,
        by=call.actor,
        at=call.now,
    )
    return see("/account", done="password")


@routes.get("/account/sessions", policy=may_use_account)
def sessions(call: Call) -> Answer:
    call.allow(may_use_account)
    return page(
        "accounts/sessions.html",
        sessions=queries.sessions(call.db, call.actor, call.now),
        current=call.actor.session_id,
        crumbs=_crumbs(_("Where you are signed in")),
    )


@routes.post("/account/sessions/{session_id:str}/end", policy=may_use_account)
def end_session(call: Call, session_id: str) -> Answer:
    call.allow(may_use_account)
    actions.end_session(call.db, session_id, by=call.actor, at=call.now)
    return see("/account/sessions")


@routes.post("/account/sessions/end", policy=may_use_account)
def end_others(call: Call) -> Answer:
    call.allow(may_use_account)
    actions.end_all_others(call.db, by=call.actor, at=call.now)
    return see("/account/sessions")


def _done(call: Call) -> str:
    said = {
        "profile": _("Your details are saved."),
        "password": _("Your new password is set."),
        "left": _("You no longer belong to the network."),
    }
    return said.get(call.query.get("done"), "") if not call.refusal else ""


def _crumbs(label: str) -> list[tuple[str, str | None]]:
    return [(_("My account"), "/account"), (label, None)]
