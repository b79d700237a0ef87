"""Links that came by mail: an invitation, the end of a registration, a new password."""

from collections.abc import Sequence

from award.accounts import actions, queries
from award.accounts.forms import Accepted, Asked, PersonRegistration, Registration, check_password
from award.accounts.models import MailedLink
from award.accounts.pages.signing_in import begun
from award.accounts.states import states
from award.kit import i18n
from award.kit.errors import Refused
from award.web.call import Answer, Call, Page, page, see
from award.web.routes import Prepare, Routes

routes = Routes()

INVITED = ("invitation", "operator", "registration")
RESET = ("password",)
_GONE = 410


def _found(call: Call) -> Call:
    """Only a good link is worth the slow work; the address of its page ends with the token."""
    _usable(call, call.path.rpartition("/")[2], INVITED + RESET)
    return call


def _usable(call: Call, token: str, purposes: Sequence[str]) -> MailedLink:
    return queries.mailed_link(call.db, token, purposes, call.now)


def _hashed(call: Call) -> str:
    return call.site.passwords.hashed(call.typed.get("password"))


HASHED = Prepare(read=_found, slow=_hashed)


@routes.public_get("/invitations/{token:str}")
def invitation(call: Call, token: str) -> Answer:
    try:
        mailed = _usable(call, token, INVITED)
    except Refused as refusal:
        return _gone(refusal)
    account = queries.account_by_email(call.db, mailed.email)
    return page(
        "accounts/invitation.html",
        mailed=mailed,
        name=account.name if account else mailed.name,
        spoken=i18n.language.get(),
        networks=queries.own_networks(call.db, account.id) if account else [],
        person=queries.person(call.db, account.id) if account else None,
        inviter=queries.names(call.db, [mailed.created_by]).get(mailed.created_by or "", ""),
    )


@routes.public_post("/invitations/{token:str}", again=invitation, prepare=HASHED)
def accept_invitation(call: Call, token: str) -> Answer:
    mailed = _usable(call, token, INVITED)
    form = call.form(Accepted)
    check_password(call.typed.get("password"), mailed.email)
    account = actions.accept(
        call.db,
        mailed,
        name=form.name,
        language=form.language,
        password_hash=call.prepared,
        at=call.now,
    )
    targets = {True: "/nominations", False: "/account/proposals"}
    registers = mailed.purpose == "registration"
    return begun(call, account, targets[bool(mailed.network_name)] if registers else "/home")


@routes.public_get("/password-resets")
def ask_page(call: Call) -> Answer:
    return page("accounts/ask_password.html", sent="sent" in call.query and not call.refusal)


@routes.public_post("/password-resets", again=ask_page)
def ask(call: Call) -> Answer:
    form = call.form(Asked)
    actions.count_form(call.db, call.address, call.now)
    public_url = call.site.settings.public_url
    actions.ask_for_password(call.db, email=form.email, public_url=public_url, at=call.now)
    return see("/password-resets", sent=1)


@routes.public_get("/password-resets/{token:str}")
def new_password_page(call: Call, token: str) -> Answer:
    try:
        mailed = _usable(call, token, RESET)
    except Refused as refusal:
        return _gone(refusal)
    return page("accounts/new_password.html", mailed=mailed)


@routes.public_post("/password-resets/{token:str}", again=new_password_page, prepare=HASHED)
def new_password(call: Call, token: str) -> Answer:
    mailed = _usable(call, token, RESET)
    check_password(call.typed.get("password"), mailed.email)
    account = queries.account_by_email(call.db, mailed.email)
    accepted = actions.accept(
        call.db,
        mailed,
        name=account.name if account else "",
        language=account.language if account else i18n.language.get(),
        password_hash=call.prepared,
        at=call.now,
    )
    return begun(call, accepted)


@routes.public_get("/registration")
def registration(call: Call) -> Answer:
    sent = "sent" in call.query and not call.refusal
    return page("accounts/registration.html", sent=sent, states=states())


@routes.public_post("/registration", again=registration)
def register(call: Call) -> Answer:
    form = call.form(Registration)
    actions.count_form(call.db, call.address, call.now)
    actions.register(
        call.db,
        network=form.network,
        state=form.state,
        name=form.name,
        email=form.email,
        public_url=call.site.settings.public_url,
        at=call.now,
    )
    return see("/registration", sent=1)


@routes.public_get("/registration/person")
def person_registration(call: Call) -> Answer:
    sent = "sent" in call.query and not call.refusal
    return page("accounts/person_registration.html", sent=sent)


@routes.public_post("/registration/person", again=person_registration)
def register_person(call: Call) -> Answer:
    form = call.form(PersonRegistration)
    actions.count_form(call.db, call.address, call.now)
    url = call.site.settings.public_url
    said = {"network": "", "state": "", "name": form.name, "email": form.email}
    actions.register(call.db, **said, public_url=url, at=call.now)
    return see("/registration/person", sent=1)


def _gone(refusal: Refused) -> Page:
    """Why a link does not work any more, and the way to a new one."""
    context = {"code": refusal.code, "why": refusal.message}
    return Page("accounts/gone.html", context, _GONE)
