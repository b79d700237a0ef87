"""What the organiser writes to a nomination's network: more time, what is missing, a letter."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.kit import i18n, mail
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations.mails.frame import address, greeting, reason, title, to_writers
from award.nominations.models import Extension, Nomination
from award.nominations.queries import extra_time
from award.programmes.models import Edition, PhaseMove


def extended(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    nomination: Nomination,
    extension: Extension,
    *,
    public_url: str,
    at: datetime,
) -> None:
    """There is more time; until when, and why."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("More time for your nomination: %(title)s", title=title(nomination)),
            paragraphs=(
                greeting(account),
                _(
                    "You can hand in “%(title)s” for %(edition)s until %(deadline)s.",
                    title=title(nomination),
                    edition=local(edition.name),
                    deadline=i18n.deadline(extension.ends_at),
                ),
                _("The reason: %(reason)s", reason=extension.reason),
                *_parts(db, nomination, at),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    to_writers(db, nomination, letter, event=f"nominations.extended:{extension.id}", at=at)


def moved(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    nomination: Nomination,
    move: PhaseMove,
    *,
    public_url: str,
    at: datetime,
) -> None:
    """The deadline for all has moved; until when it was, until when it is, and why."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("The deadline has moved: %(edition)s", edition=local(edition.name)),
            paragraphs=(
                greeting(account),
                _(
                    "Nominations for %(edition)s can be handed in until %(deadline)s.",
                    edition=local(edition.name),
                    deadline=_day(move.new_ends_at),
                ),
                _("Before, the deadline was %(deadline)s.", deadline=_day(move.old_ends_at)),
                _("The reason: %(reason)s", reason=move.reason),
                _("This is about “%(title)s”.", title=title(nomination)),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    event = f"nominations.moved:{move.id}:{nomination.id}"
    to_writers(db, nomination, letter, event=event, at=at)


def _parts(db: Session, nomination: Nomination, at: datetime) -> list[str]:
    """That in extra time most of it stays, also with more of it."""
    if extra_time.narrowed_to(db, nomination.id, at) is None:
        return []
    return [_("As before, you can supply only what is missing; the rest stays as handed in.")]


def missing(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    nomination: Nomination,
    extension: Extension,
    *,
    public_url: str,
    at: datetime,
) -> None:
    """The formal check misses something; what, and until when it can be supplied."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("Something is missing: %(title)s", title=nomination.title),
            paragraphs=(
                greeting(account),
                _(
                    "In your nomination “%(title)s” for %(edition)s something is missing.",
                    title=nomination.title,
                    edition=local(edition.name),
                ),
                _("This is missing: %(missing)s", missing=extension.reason),
                _(
                    "You can supply it until %(deadline)s, once. Then please hand in again.",
                    deadline=i18n.deadline(extension.ends_at),
                ),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    to_writers(db, nomination, letter, event=f"nominations.missing:{extension.id}", at=at)


def written(  # noqa: PLR0913 - to whom, which letter, what it says
    db: Session,
    nomination: Nomination,
    *,
    letter_id: str,
    subject: str,
    text: str,
    public_url: str,
    at: datetime,
) -> None:
    """A letter that an administrator wrote, in the administrator's own words."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=subject,
            paragraphs=(
                greeting(account),
                *(part.strip() for part in text.split("\n\n") if part.strip()),
                _("This is about “%(title)s”.", title=title(nomination)),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    event = f"nominations.written:{letter_id}:{nomination.id}"
    to_writers(db, nomination, letter, event=event, at=at)


def _day(ends_at: datetime | None) -> str:
    return i18n.deadline(ends_at) if ends_at else "–"
