"""The own access tokens, with which programs read what their person may read."""

from datetime import timedelta

from award.accounts import actions, queries
from award.accounts.forms import NewToken
from award.accounts.policy import may_use_account, may_use_api
from award.kit.i18n import gettext as _
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/account/tokens", policy=may_use_account)
def tokens(call: Call) -> Answer:
    call.allow(may_use_account)
    return page(
        "accounts/tokens.html",
        tokens=queries.tokens(call.db, call.actor, call.now),
        can_make=call.can(may_use_api),
        crumbs=[(_("My account"), "/account"), (_("Access tokens"), None)],
    )


@routes.post("/account/tokens", policy=may_use_api, again=tokens, prepare=AGAIN)
def make_token(call: Call) -> Answer:
    """The only answer that holds the secret; the same form sent again leads to the list."""
    call.allow(may_use_api)
    form = call.form(NewToken)
    require_password(call)
    lasts = timedelta(days=form.days)
    made, secret = actions.make_token(call.db, form.name, lasts=lasts, by=call.actor, at=call.now)
    crumbs = [(_("My account"), "/account"), (_("Access tokens"), "/account/tokens")]
    return page(
        "accounts/token_made.html",
        token=made,
        secret=secret,
        crumbs=[*crumbs, (made.name, None)],
    )


@routes.post("/account/tokens/{token_id:str}/end", policy=may_use_account)
def end_token(call: Call, token_id: str) -> Answer:
    call.allow(may_use_account)
    actions.end_token(call.db, token_id, by=call.actor, at=call.now)
    return see("/account/tokens")
