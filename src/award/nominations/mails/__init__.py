"""The letters about a nomination, to everybody who writes for its network."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.kit import i18n, mail
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext
from award.nominations.attached import handed_in
from award.nominations.mails.frame import address, greeting, reason, title, to_writers
from award.nominations.mails.organiser import extended, missing, moved, written
from award.nominations.models import FormalCheck, Nomination, Submission
from award.nominations.queries import replaced
from award.programmes.models import Edition

__all__ = ["checked", "extended", "missing", "moved", "receipt", "reminder", "withdrawn", "written"]


def receipt(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    nomination: Nomination,
    submission: Submission,
    *,
    public_url: str,
    at: datetime,
) -> None:
    """It has arrived: reference, time and hash, so that all three can be shown again later."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("Your nomination has arrived: %(title)s", title=nomination.title),
            paragraphs=(
                greeting(account),
                _(
                    "Your nomination “%(title)s” for %(edition)s arrived on %(moment)s.",
                    title=nomination.title,
                    edition=local(edition.name),
                    moment=i18n.moment(submission.at, seconds=True),
                ),
                _("Its reference is %(reference)s.", reference=nomination.reference),
                _("The fingerprint (SHA-256) of the text is %(sha256)s.", sha256=submission.sha256),
                *_fingerprints(submission),
                *_replaced(db, nomination),
                _("You can read it at any time, and see where it stands."),
            ),
            action=(_("To the receipt"), address(nomination, account, public_url, "/receipt")),
            reason=reason(),
        )

    to_writers(db, nomination, letter, event=f"nominations.receipt:{submission.id}", at=at)


def _replaced(db: Session, nomination: Nomination) -> list[str]:
    """That this is not the first receipt, and which one counts."""
    before = replaced.earlier_submissions(db, nomination.id)
    if not before:
        return []
    when = i18n.moment(before[0].at, seconds=True)
    words = _("It takes the place of what you handed in on %(moment)s; both are kept.")
    return [words % {"moment": when}]


def _fingerprints(submission: Submission) -> list[str]:
    """The files, each with its own."""
    return [
        _("Attached: “%(name)s”, fingerprint %(sha256)s.", name=one["name"], sha256=one["sha256"])
        for one in handed_in(submission.answers)
    ]


def reminder(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    nomination: Nomination,
    *,
    ends_at: datetime,
    missing: int,
    public_url: str,
    at: datetime,
) -> None:
    """The deadline is near, and the draft is not handed in."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("Not handed in yet: %(title)s", title=title(nomination)),
            paragraphs=(
                greeting(account),
                _not_yet(nomination, edition),
                _("The deadline is %(deadline)s.", deadline=i18n.deadline(ends_at)),
                _missing(missing),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    event = f"nominations.reminder:{nomination.id}:{int(at.timestamp())}"
    to_writers(db, nomination, letter, event=event, at=at)


def _not_yet(nomination: Nomination, edition: Edition) -> str:
    said = {"title": title(nomination), "edition": local(edition.name)}
    if nomination.reference is None:
        return _("Your nomination “%(title)s” for %(edition)s is still a draft.", **said)
    return _(
        "In your nomination “%(title)s” for %(edition)s something is missing, and you have not "
        "handed in again yet.",
        **said,
    )


def _missing(number: int) -> str:
    if not number:
        return _("Nothing is missing: you could hand in now.")
    return ngettext(
        "%(num)s thing is missing. What you have written is saved.",
        "%(num)s things are missing. What you have written is saved.",
        number,
    )


def withdrawn(
    db: Session, edition: Edition, nomination: Nomination, *, public_url: str, at: datetime
) -> None:
    """The network took it back; all its writers hear of it."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("Withdrawn: %(title)s", title=title(nomination)),
            paragraphs=(
                greeting(account),
                _(
                    "The nomination “%(title)s” for %(edition)s was withdrawn on %(moment)s.",
                    title=title(nomination),
                    edition=local(edition.name),
                    moment=i18n.moment(at),
                ),
                _("The jury will not read it."),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    to_writers(db, nomination, letter, event=f"nominations.withdrawn:{nomination.id}", at=at)


def checked(  # noqa: PLR0913 - a letter tells of these
    db: Session,
    edition: Edition,
    nomination: Nomination,
    check: FormalCheck,
    *,
    public_url: str,
    at: datetime,
) -> None:
    """Admitted or not, and why not."""

    def letter(account: Account) -> mail.Letter:
        said = {"title": nomination.title, "edition": local(edition.name)}
        return mail.Letter(
            subject=_("Formal check: %(title)s", title=nomination.title),
            paragraphs=(
                greeting(account),
                *(_admitted(said) if check.is_admitted else _not_admitted(said, check.reason)),
            ),
            action=(_("To the nomination"), address(nomination, account, public_url)),
            reason=reason(),
        )

    event = f"nominations.checked:{nomination.id}:{check.version}"
    to_writers(db, nomination, letter, event=event, at=at)


def _admitted(said: dict[str, str]) -> tuple[str, ...]:
    return (
        _("Your nomination “%(title)s” for %(edition)s is admitted.", **said),
        _("The jury will read it. You need not do anything now."),
    )


def _not_admitted(said: dict[str, str], reason: str) -> tuple[str, ...]:
    return (
        _("Your nomination “%(title)s” for %(edition)s is not admitted.", **said),
        _("The reason is: %(reason)s", reason=reason),
    )
