"""Where an edition stands and what is next, read from the rows of every slice."""

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from award.audit import queries as audit
from award.home.queries.state import Place, RoundState, place
from award.home.queries.steps import Step, span_words, state
from award.home.queries.tasks import Task, tasks
from award.jury import queries as jury
from award.jury.queries import Coverage, Progress
from award.kit.actor import Actor
from award.kit.i18n import day, local, ngettext
from award.kit.i18n import gettext as _
from award.nominations import queries as nominations
from award.nominations.policy import may_export, may_list_drafts
from award.nominations.queries import Counts
from award.programmes.calendar import Stretch, is_running
from award.programmes.models import Edition


class Head(msgspec.Struct, frozen=True):
    """The end of an edition's log."""

    length: int
    sha256: str
    last_at: datetime | None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page; of the jury only numbers of sheets.

    `counts` is None for one who may not know them yet; `has_drafts` says whether drafts are in it.
    """

    title: str
    summary: str
    steps: list[Step]
    tasks: list[Task]
    counts: Counts | None
    has_drafts: bool
    round: RoundState | None
    progress: list[Progress]
    coverage: list[Coverage]
    assigned: int
    handed_in: int
    head: Head


def overview(db: Session, edition: Edition, actor: Actor, now: datetime) -> Overview:
    """What an administrator or auditor sees of an edition."""
    found = place(db, edition, _counts(db, edition, actor, now))
    watched = found.watched(now)
    progress = jury.progress(db, watched.round.id) if watched else []
    coverage = jury.coverage(db, watched.round.id) if watched else []
    length, sha256 = audit.head(db, edition.id)
    return Overview(
        title=_title(found, now),
        summary=_summary(found),
        steps=_steps(found, now),
        tasks=tasks(found, watched, coverage, now),
        counts=found.counts,
        has_drafts=bool(may_list_drafts(actor)),
        round=watched,
        progress=progress,
        coverage=coverage,
        assigned=sum(one.assigned for one in progress),
        handed_in=sum(one.handed_in for one in progress),
        head=Head(length, sha256, audit.last_at(db, edition.id)),
    )


def _counts(db: Session, edition: Edition, actor: Actor, now: datetime) -> Counts | None:
    """Auditors know nothing of drafts, and of what is handed in from the formal check on."""
    if not may_export(actor, checking=nominations.days(db, edition.id).are_checked(now)):
        return None
    counts = nominations.counts(db, edition.id, actor.hidden)
    return counts if may_list_drafts(actor) else counts.without_drafts()


def _title(found: Place, now: datetime) -> str:
    if found.edition.published_at is None or found.edition.published_at > now:
        return _("In preparation")
    if found.announced_at and found.announced_at <= now:
        return _("The winners are announced")
    for one in reversed(found.rounds):
        if one.opened_at is None and is_running(one.phase, now):
            return _("%(name)s is under way", name=local(one.round.name))
    if is_running(found.phases.get("formal_check"), now):
        return _("The formal check is under way")
    if is_running(found.phases.get("nominations"), now):
        return _("Nominations are open")
    return str(local(found.edition.name))


def _summary(found: Place) -> str:
    parts = [ngettext("%(num)s member of the jury", "%(num)s members of the jury", found.seats)]
    if found.counts:
        handed_in = found.counts.handed_in
        parts = [
            ngettext("%(num)s nomination handed in", "%(num)s nominations handed in", handed_in),
            ngettext("%(num)s admitted", "%(num)s admitted", found.counts.admitted),
            *parts,
        ]
    return ", ".join(parts) + "."


def _steps(found: Place, now: datetime) -> list[Step]:
    cases = ngettext("%(num)s case decided", "%(num)s cases decided", found.decided)
    done = {"conflicts": cases}
    if found.counts:
        handed_in, admitted = found.counts.handed_in, found.counts.admitted
        done["nominations"] = ngettext("%(num)s handed in", "%(num)s handed in", handed_in)
        done["formal_check"] = ngettext("%(num)s admitted", "%(num)s admitted", admitted)
    labels = {
        "nominations": _("Nominating"),
        "formal_check": _("Formal check"),
        "conflicts": _("Conflicts of interest"),
    }
    steps = [
        _step(labels[kind], found.phases[kind], done.get(kind, ""), now)
        for kind in labels
        if kind in found.phases
    ]
    steps += [_round_step(one, now) for one in found.judged if one.phase]
    return steps + _announcement(found, now)


def _step(label: str, phase: Stretch, done: str, now: datetime) -> Step:
    stands = state(phase, now)
    is_done = stands == "done" and done
    return Step(label, done if is_done else span_words(phase, now), stands)


def _round_step(one: RoundState, now: datetime) -> Step:
    label = str(local(one.round.name))
    if one.opened_at:
        return Step(label, _("opened on %(day)s", day=day(one.opened_at)), "done")
    assert one.phase is not None  # noqa: S101 - asked for by the caller
    stands = state(one.phase, now)
    if stands == "done":
        return Step(label, _("still sealed"), "current")
    return Step(label, span_words(one.phase, now), stands)


def _announcement(found: Place, now: datetime) -> list[Step]:
    planned = found.phases.get("announcement")
    when = found.announced_at or (planned.starts_at if planned else None)
    if when is None:
        return []
    is_done = found.announced_at is not None and found.announced_at <= now
    return [Step(_("Announcement"), day(when), "done" if is_done else "open")]
