"""All that programs can read, of every slice, and what the document says besides; pure."""

from award.kit.i18n import gettext as _
from award.kit.openapi import Operation, Words
from award.nominations import resource as nominations


def operations() -> list[Operation]:
    """In the order of the slices."""
    return [*nominations.operations()]


def words() -> Words:
    """The words of the whole, in the language of the page."""
    return Words(
        title=_("What programs can read"),
        text=_(
            "Everything is read only. A token reads what its person may read at that moment. "
            "Instants are in UTC, texts in UTF-8. Unknown parameters are refused."
        ),
        token=_("An access token from the pages of your account; it begins with award_."),
        answers={
            200: _("What was asked for."),
            304: _("Nothing changed since the answer with this tag; there is no body."),
            401: _("There was no access token, or none that is good."),
            404: _("It does not exist, or not for this account."),
            422: _("A parameter cannot be used; errors names each one."),
            429: _("Too many wrong tokens came from this address. Retry-After says how long."),
        },
        headers={
            "ETag": _("The tag of this answer."),
            "If-None-Match": _("The tag of the answer that you have; 304 if it still holds."),
            "Link": _("The address of the next page, as rel=next; none on the last one."),
            "Retry-After": _("How many seconds to wait."),
            "WWW-Authenticate": _("How to sign in: Bearer."),
        },
    )
