"""Who asks: a person by the session's cookie, or below /api/ a program by its access token.

Neither is taken in the place of the other.
"""

from award.kit.errors import TokenNeeded
from award.kit.i18n import gettext as _
from award.web.call import Call

_SCHEME = "bearer"


def identify(call: Call) -> None:
    """Set the call's actor; raises TokenNeeded or TooMany where a program brings no right token."""
    if call.is_api:
        _identify_program(call)
    elif call.token:
        call.actor = call.site.load_actor(call.db, call.token, call.now)


def _identify_program(call: Call) -> None:
    scheme, _blank, given = call.headers.get("authorization", "").partition(" ")
    token = given.strip()
    if scheme.lower() != _SCHEME or not token:
        raise TokenNeeded(_("Please send an access token: Authorization: Bearer …"))
    call.actor = call.site.load_bearer(call.db, token, call.now)
    if call.actor.is_signed_in:
        return
    address, now, count = call.address, call.now, call.site.count_guess
    call.site.check_guesses(call.db, address, now)
    raise TokenNeeded(
        _("This access token is not known, or no longer good. Please make a new one."),
        is_wrong=True,
        afterwards=lambda db: count(db, address, now),
    )
