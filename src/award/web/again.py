"""The password asked again, for what needs two persons or cannot be taken back."""

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.passwords import Checked
from award.web.call import Call
from award.web.routes import Prepare

FIELD = "password_again"


def _read(call: Call) -> tuple[Call, str | None]:
    call.site.check_attempts(call.db, call.actor.email, call.address, call.now)
    return call, call.site.stored_password(call.db, call.actor)


def _slow(found: tuple[Call, str | None]) -> Checked:
    call, stored = found
    return call.site.passwords.check(stored, call.typed.get(FIELD))


AGAIN = Prepare(read=_read, slow=_slow)


def require_password(call: Call) -> None:
    """Go on only if the person's own password was given with this form.

    A route that calls it is declared with `prepare=AGAIN`. Raises Refused at the field; the
    failure counts towards the limits of the sign-in, and TooMany when they are reached.
    """
    # Again: while this password was compared, others that came with it may have failed.
    call.site.check_attempts(call.db, call.actor.email, call.address, call.now)
    checked = call.prepared
    stored = call.site.stored_password(call.db, call.actor)
    if isinstance(checked, Checked) and checked.is_right and checked.against == stored:
        return
    email, address, now, count = call.actor.email, call.address, call.now, call.site.count_failure
    raise Refused(
        "password_again",
        errors={FIELD: _("This is not your password. Please type it again.")},
        afterwards=lambda db: count(db, email, address, now),
    )
