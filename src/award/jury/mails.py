"""The letter to each juror when a round is opened: the own scores, and the hash that seals all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from award.jury import queries
from award.jury.queries import Letterbox, OpenedSheet
from award.kit import i18n
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext
from award.kit.links import link
from award.kit.mail import Letter, queue
from award.programmes import queries as programmes
from award.programmes.models import Criterion, Round


def queue_own_scores(db: Session, round_: Round, sha256: str, *, url: str, at: datetime) -> None:
    """Queue a letter to each juror of the round, in the juror's language."""
    criteria = programmes.criteria(db, round_.edition_id)
    sheets: dict[str, list[OpenedSheet]] = defaultdict(list)
    for sheet in queries.opened_sheets(db, round_.id):
        if sheet.is_counted:
            sheets[sheet.seat_id].append(sheet)
    for box in queries.letterboxes(db, round_.edition_id):
        if not sheets[box.seat_id]:
            continue
        with i18n.speaking(box.language):
            letter = _own_scores(round_, criteria, box, sheets[box.seat_id], sha256, url)
            queue(db, letter, to=box.email, event=f"opening:{round_.id}:{box.seat_id}", at=at)


def _own_scores(  # noqa: PLR0913 - what the letter tells
    round_: Round,
    criteria: Iterable[Criterion],
    box: Letterbox,
    sheets: list[OpenedSheet],
    sha256: str,
    url: str,
) -> Letter:
    return Letter(
        subject=_("Your scores in “%(name)s”", name=local(round_.name)),
        paragraphs=(
            _("Good day %(name)s,", name=box.name),
            ngettext(
                "the scores of “%(name)s” were opened. You handed in %(num)s sheet. Nobody can "
                "change it any more.",
                "the scores of “%(name)s” were opened. You handed in %(num)s sheets. Nobody can "
                "change them any more.",
                len(sheets),
                name=local(round_.name),
            ),
            *(_line(sheet, criteria) for sheet in sheets),
            _("All sheets together have this fingerprint: %(hash)s", hash=sha256),
        ),
        action=(_("To my nominations"), url + link("/jury", box.language)),
        reason=_("You get this letter because you are on the jury. It is your own record."),
    )


def _line(sheet: OpenedSheet, criteria: Iterable[Criterion]) -> str:
    given = (
        f"{local(one.name)} {_points(sheet.marks[one.key][0])}"
        for one in criteria
        if one.key in sheet.marks
    )
    return f"{sheet.title}: {', '.join(given)}"


def _points(points: int | None) -> str:
    return _("not assessable") if points is None else str(points)
