"""What waits to be done in an edition, the earliest on the award's way first."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from award.home.queries.state import Place, RoundState
from award.jury.queries import Coverage
from award.kit.i18n import day, local, moment, ngettext
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.programmes.calendar import LAST_SECOND, Stretch, has_begun, is_over


class Task(msgspec.Struct, frozen=True):
    """A line of the list; `tag` is (kind, words) or nothing."""

    label: str
    note: str
    href: str
    tag: tuple[str, str] | None = None


def tasks(
    found: Place, watched: RoundState | None, coverage: Sequence[Coverage], now: datetime
) -> list[Task]:
    """Everything that waits; empty when nothing does."""
    if found.announced_at and found.announced_at <= now:
        return []
    rounds = list(_of_round(found, watched, coverage, now)) if watched else []
    return [*_before_the_jury(found, now), *_amendment(found), *rounds, *_decision(found)]


def _before_the_jury(found: Place, now: datetime) -> Iterator[Task]:
    base = _base(found)
    nominations = found.phases.get("nominations")
    if found.edition.published_at is None:
        note = _("Nobody can nominate before it is public.")
        tag = ("warn", _("overdue")) if has_begun(nominations, now) else None
        yield Task(_("Publish the call"), note, link(f"{base}/setup"), tag)
    if not found.seats:
        note = _("Nobody is on the panel yet.")
        yield Task(_("Invite the jury"), note, link(f"{base}/jury"))
    elif not found.chairs:
        note = _("The chair decides conflicts of interest and may confirm decisions.")
        yield Task(_("Name a chair"), note, link(f"{base}/jury"))
    if found.counts and found.counts.to_check and is_over(nominations, now):
        label = ngettext(
            "Check %(num)s nomination", "Check %(num)s nominations", found.counts.to_check
        )
        note = _("Handed in, and neither admitted nor refused yet.")
        tag = _until(found.phases.get("formal_check"), now)
        yield Task(label, note, link(f"{base}/nominations"), tag)
    if found.undecided:
        yield _conflicts(found)


def _conflicts(found: Place) -> Task:
    label = ngettext(
        "%(num)s conflict of interest waits for a decision",
        "%(num)s conflicts of interest wait for a decision",
        found.undecided,
    )
    note = _("The chair decides; until then the nomination is hidden from that juror.")
    return Task(label, note, link(f"{_base(found)}/conflicts"), ("warn", _("open")))


def _amendment(found: Place) -> Iterator[Task]:
    """Other rules of the ranking that wait for a second person."""
    if found.amendment is None:
        return
    its_round = found.amendment.round_id
    position = next(one.round.position for one in found.rounds if one.round.id == its_round)
    note = _(
        "Proposed on %(moment)s; another person confirms.",
        moment=moment(found.amendment.proposed_at),
    )
    href = link(f"{_base(found)}/rounds/{position}/rules")
    yield Task(_("Confirm other rules of the ranking"), note, href, ("warn", _("open")))


def _of_round(
    found: Place, watched: RoundState, coverage: Sequence[Coverage], now: datetime
) -> Iterator[Task]:
    base = f"{_base(found)}/rounds/{watched.round.position}"
    name = local(watched.round.name)
    if watched.opened_at:
        if not watched.runs:
            note = _("%(name)s is open: its scores can be read now.", name=name)
            yield Task(_("Compute the ranking"), note, link(f"{_base(found)}/ranking"))
        return
    if not watched.entries:
        if found.counts and found.counts.admitted:
            note = _("%(name)s judges no nomination yet.", name=name)
            yield Task(_("Choose what the round judges"), note, link(base))
        return
    yield from _assigning(watched, coverage, base, now)
    if is_over(watched.phase, now) or (coverage and _is_complete(coverage)):
        yield _opening(watched, base)


def _assigning(
    watched: RoundState, coverage: Sequence[Coverage], base: str, now: datetime
) -> Iterator[Task]:
    enough = watched.round.jurors_per_nomination
    missing = watched.entries - sum(1 for one in coverage if one.assigned >= enough)
    if missing <= 0:
        return
    label = ngettext(
        "Assign jurors to %(num)s nomination", "Assign jurors to %(num)s nominations", missing
    )
    note = ngettext(
        "Each gets %(num)s member of the jury.", "Each gets %(num)s members of the jury.", enough
    )
    has_started = has_begun(watched.phase, now)
    tag = ("warn", _("overdue")) if has_started else None
    yield Task(label, note, link(f"{base}/assignments"), tag)


def _opening(watched: RoundState, base: str) -> Task:
    name = local(watched.round.name)
    href = link(f"{base}/opening")
    if watched.proposed_at:
        label = _("Confirm the opening: %(name)s", name=name)
        note = _(
            "Proposed on %(moment)s; another person confirms.", moment=moment(watched.proposed_at)
        )
        return Task(label, note, href, ("warn", _("open")))
    note = _("Two people open the scores: one proposes, another confirms.")
    return Task(_("Propose the opening: %(name)s", name=name), note, href)


def _decision(found: Place) -> Iterator[Task]:
    href = link(f"{_base(found)}/decisions")
    last = found.rounds[-1] if found.rounds else None
    if found.announced_at:
        note = _("Announced by itself on %(moment)s.", moment=moment(found.announced_at))
        yield Task(_("The decision is confirmed"), note, href, ("ok", _("done")))
    elif found.decision:
        note = _(
            "Proposed on %(moment)s; another person confirms.",
            moment=moment(found.decision.proposed_at),
        )
        yield Task(_("Confirm the decision"), note, href, ("warn", _("open")))
    elif last and last.opened_at and last.runs:
        note = ngettext(
            "%(num)s winner, with a reason.",
            "%(num)s winners, each with a reason.",
            found.edition.winners,
        )
        yield Task(_("Propose the winners"), note, href)


def _is_complete(coverage: Sequence[Coverage]) -> bool:
    return all(one.handed_in >= one.assigned for one in coverage)


def _base(found: Place) -> str:
    return f"/admin/editions/{found.edition.slug}"


def _until(phase: Stretch | None, now: datetime) -> tuple[str, str] | None:
    if phase is None or phase.ends_at is None:
        return None
    if is_over(phase, now):
        return "warn", _("overdue")
    return "", _("until %(day)s", day=day(phase.ends_at - LAST_SECOND))
