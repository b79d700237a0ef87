"""The letters about a nomination, to everybody who writes for its network."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.kit import i18n, mail
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext
from award.kit.links import link
from award.nominations import queries
from award.nominations.attached import handed_in
from award.nominations.models import Extension, FormalCheck, Nomination, Submission
from award.nominations.queries import replaced
from award.programmes.models import Edition


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
                _greeting(account),
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
            action=(_("To the receipt"), _address(nomination, account, public_url, "/receipt")),
            reason=_reason(),
        )

    _to_writers(db, nomination, letter, event=f"nominations.receipt:{submission.id}", at=at)


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
            subject=_("Not handed in yet: %(title)s", title=_title(nomination)),
            paragraphs=(
                _greeting(account),
                _(
                    "Your nomination “%(title)s” for %(edition)s is still a draft.",
                    title=_title(nomination),
                    edition=local(edition.name),
                ),
                _("The deadline is %(deadline)s.", deadline=i18n.deadline(ends_at)),
                _missing(missing),
            ),
            action=(_("To the nomination"), _address(nomination, account, public_url)),
            reason=_reason(),
        )

    event = f"nominations.reminder:{nomination.id}:{int(at.timestamp())}"
    _to_writers(db, nomination, letter, event=event, at=at)


def _missing(number: int) -> str:
    if not number:
        return _("Nothing is missing: you could hand in now.")
    return ngettext(
        "%(num)s thing is missing. What you have written is saved.",
        "%(num)s things are missing. What you have written is saved.",
        number,
    )


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
            subject=_("More time for your nomination: %(title)s", title=_title(nomination)),
            paragraphs=(
                _greeting(account),
                _(
                    "You can hand in “%(title)s” for %(edition)s until %(deadline)s.",
                    title=_title(nomination),
                    edition=local(edition.name),
                    deadline=i18n.deadline(extension.ends_at),
                ),
                _("The reason: %(reason)s", reason=extension.reason),
            ),
            action=(_("To the nomination"), _address(nomination, account, public_url)),
            reason=_reason(),
        )

    _to_writers(db, nomination, letter, event=f"nominations.extended:{extension.id}", at=at)


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
                _greeting(account),
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
            action=(_("To the nomination"), _address(nomination, account, public_url)),
            reason=_reason(),
        )

    _to_writers(db, nomination, letter, event=f"nominations.missing:{extension.id}", at=at)


def withdrawn(
    db: Session, edition: Edition, nomination: Nomination, *, public_url: str, at: datetime
) -> None:
    """The network took it back; all its writers hear of it."""

    def letter(account: Account) -> mail.Letter:
        return mail.Letter(
            subject=_("Withdrawn: %(title)s", title=_title(nomination)),
            paragraphs=(
                _greeting(account),
                _(
                    "The nomination “%(title)s” for %(edition)s was withdrawn on %(moment)s.",
                    title=_title(nomination),
                    edition=local(edition.name),
                    moment=i18n.moment(at),
                ),
                _("The jury will not read it."),
            ),
            action=(_("To the nomination"), _address(nomination, account, public_url)),
            reason=_reason(),
        )

    _to_writers(db, nomination, letter, event=f"nominations.withdrawn:{nomination.id}", at=at)


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
                _greeting(account),
                *(_admitted(said) if check.is_admitted else _not_admitted(said, check.reason)),
            ),
            action=(_("To the nomination"), _address(nomination, account, public_url)),
            reason=_reason(),
        )

    event = f"nominations.checked:{nomination.id}:{check.version}"
    _to_writers(db, nomination, letter, event=event, at=at)


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


def _to_writers(
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


def _greeting(account: Account) -> str:
    return _("Good day %(name)s,", name=account.name)


def _reason() -> str:
    return _("You get this letter because you write for the network that nominates.")


def _title(nomination: Nomination) -> str:
    return nomination.title or nomination.network_name or _("Without a title yet")


def _address(nomination: Nomination, account: Account, public_url: str, part: str = "") -> str:
    return public_url + link(f"/nominations/{nomination.id}{part}", account.language)
