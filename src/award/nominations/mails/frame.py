"""What all letters about a nomination have in common."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.kit import i18n, mail
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.nominations import queries
from award.nominations.models import Nomination


def to_writers(
    db: Session,
    nomination: Nomination,
    letter: Callable[[Account], mail.Letter],
    *,
    event: str,
    at: datetime,
) -> None:
    for account in queries.writers(db, nomination):
        with i18n.speaking(account.language):
            mail.queue(db, letter(account), to=account.email, event=f"{event}:{account.id}", at=at)


def greeting(account: Account) -> str:
    return _("Good day %(name)s,", name=account.name)


def reason() -> str:
    return _("You get this letter because you write for the network that nominates.")


def title(nomination: Nomination) -> str:
    return nomination.title or nomination.network_name or _("Without a title yet")


def address(nomination: Nomination, account: Account, public_url: str, part: str = "") -> str:
    return public_url + link(f"/nominations/{nomination.id}{part}", account.language)
