"""A proposal as its contact sees it, by the link from the letter: accept or decline."""

from typing import Any

from award.accounts import actions as accounts
from award.accounts import queries as people
from award.accounts.browsers import browser
from award.accounts.forms import check_password
from award.accounts.models import Account, MailedLink, Network
from award.accounts.states import states
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import NotFound, Refused, SignInNeeded
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.nominations import actions, queries
from award.nominations.answers import sections
from award.nominations.audiences import NETWORK
from award.nominations.forms import Accept, Decline, SetUp
from award.nominations.models import Nomination
from award.nominations.queries import proposals
from award.nominations.queries.proposals import Proposed
from award.nominations.shown import reading
from award.programmes import queries as programmes
from award.web.call import Answer, Call, Page, See, page, see
from award.web.routes import Prepare, Routes
from award.web.security import session_cookie

routes = Routes()
_PATH = "/proposals/{token:str}"
_GONE = 410


def _found(call: Call, token: str) -> tuple[MailedLink, Proposed]:
    """The link, while it works, and the proposal that it is about; raises Refused."""
    mailed = people.mailed_link(call.db, token, (proposals.PURPOSE,), call.now)
    found = proposals.proposal(call.db, mailed.about)
    if not found.is_undecided(call.now):
        is_withdrawn = found.outcome is not None and found.outcome.kind == "withdrawn"
        words = _("This proposal was withdrawn.") if is_withdrawn else _("The deadline is over.")
        raise Refused("link_expired", words)
    return mailed, found


@routes.public_get(_PATH)
def show(call: Call, token: str) -> Answer:
    try:
        mailed, found = _found(call, token)
    except Refused as refusal:
        return _over(call, token, refusal)
    i18n.zone.set(found.edition.time_zone)
    account = people.account_by_email(call.db, mailed.email)
    return page(
        "nominations/proposals/answer.html",
        here=f"/proposals/{token}",
        mailed=mailed,
        found=found,
        edition=found.edition,
        states=states(),
        reading=_prepared(call, found),
        spoken=i18n.language.get(),
        has_account=account is not None and account.password_hash is not None,
        **_whose(call, account),
    )


@routes.public_post(f"{_PATH}/acceptance", again=show)
def accept(call: Call, token: str) -> Answer:
    """For whoever is signed in."""
    if not call.actor.is_signed_in:
        raise SignInNeeded
    mailed, found = _found(call, token)
    form = call.form(Accept)
    accounts.use_link(call.db, mailed, at=call.now, by=call.actor.account_id)
    nomination = _accepted(call, found, form, call.actor)
    return see(f"/nominations/{nomination.id}")


def _usable(call: Call) -> Call:
    _found(call, call.params["token"])
    return call


def _hashed(call: Call) -> str:
    return call.site.passwords.hashed(call.typed.get("password"))


@routes.public_post(f"{_PATH}/account", again=show, prepare=Prepare(read=_usable, slow=_hashed))
def set_up(call: Call, token: str) -> Answer:
    """The account first; only for an address that nobody signs in with yet."""
    mailed, found = _found(call, token)
    known = people.account_by_email(call.db, mailed.email)
    if known is not None and known.password_hash is not None:
        raise Refused("known", _("There is an account with this address. Please sign in first."))
    form = call.form(SetUp)
    check_password(call.typed.get("password"), mailed.email)
    said = {"name": form.name, "language": form.language, "password_hash": call.prepared}
    account = accounts.accept(call.db, mailed, **said, at=call.now)
    by = Actor(account_id=account.id, name=account.name, email=account.email)
    nomination = _accepted(call, found, form, by)
    return _signed_in(call, account, f"/nominations/{nomination.id}")


@routes.public_post(f"{_PATH}/decline", again=show)
def decline(call: Call, token: str) -> Answer:
    mailed, found = _found(call, token)
    form = call.form(Decline)
    url = call.site.settings.public_url
    actions.decline(
        call.db, found.proposal, mailed, form.words, by=call.actor, at=call.now, public_url=url
    )
    if form.stop:
        actions.stop_letters(call.db, mailed, at=call.now)
    return see(f"/proposals/{token}")


@routes.public_post(f"{_PATH}/stop", again=show)
def stop(call: Call, token: str) -> Answer:
    """Also by a link that is used or over."""
    mailed = proposals.link_sent(call.db, token)
    if mailed is None:
        raise NotFound
    actions.stop_letters(call.db, mailed, at=call.now)
    return see(f"/proposals/{token}")


def _accepted(call: Call, found: Proposed, form: Accept, by: Actor) -> Nomination:
    return actions.accept(
        call.db,
        found.proposal,
        _network(call, form, by),
        version=form.version,
        by=by,
        at=call.now,
        public_url=call.site.settings.public_url,
    )


def _network(call: Call, form: Accept, by: Actor) -> Network:
    """The one that was chosen among one's own, or a new one."""
    if not form.network:
        account = people.account(call.db, by.account_id)
        return accounts.found_network(
            call.db, form.network_name, form.state, account, by=account.id, at=call.now
        )
    known = {one.id: one for one, writes in queries.networks(call.db, by) if writes}
    if form.network not in known:
        raise Refused("network", errors={"network": _("Please choose one of the options.")})
    return known[form.network]


def _whose(call: Call, account: Account | None) -> dict[str, Any]:
    """The networks to choose from: of whoever is signed in, else of the contact's account."""
    account_id = call.actor.account_id or (account.id if account else None)
    own = queries.networks(call.db, Actor(account_id=account_id)) if account_id else []
    return {"networks": [one for one, writes in own if writes]}


def _prepared(call: Call, found: Proposed) -> list[Any]:
    form = programmes.form_definition(call.db, found.edition.id)
    answers = {key: values for key, values in found.proposal.answers.items() if values}
    written = [one for one in sections(form) if one["key"] in answers]
    return reading({**form, "sections": written}, answers, NETWORK)


def _over(call: Call, token: str, refusal: Refused) -> Page:
    """What became of it, or why the link does not work; and that letters can be stopped."""
    mailed = proposals.link_sent(call.db, token)
    found = proposals.proposal(call.db, mailed.about) if mailed else None
    outcome = found.outcome if found else None
    is_answered = outcome is not None and outcome.kind != "lapsed"
    context = {
        "here": f"/proposals/{token}",
        "why": refusal.message,
        "found": found,
        "outcome": outcome if is_answered else None,
        "is_stopped": mailed is not None and proposals.is_stopped(call.db, mailed.email),
    }
    return Page("nominations/proposals/over.html", context, 200 if is_answered else _GONE)


def _signed_in(call: Call, account: Account, path: str) -> See:
    token = accounts.sign_in(
        call.db,
        account,
        at=call.now,
        browser=browser(call.headers.get("user-agent", "")),
        instead_of=call.actor.session_id,
    )
    cookie = session_cookie(call.site.settings, token)
    return See(link(path, account.language), {"Set-Cookie": cookie})
