"""A run in the words that its page and its report share; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from award.kit.i18n import gettext as _
from award.kit.i18n import ngettext, number
from award.ranking.answer import Answer, answer
from award.ranking.methods import METHODS
from award.ranking.standings import Standing


def methods() -> dict[str, str]:
    """What each method is called."""
    words = (
        _("corrected"),
        _("fully calibrated"),
        _("mean"),
        _("mean without extremes"),
        _("median"),
        _("standardised per juror"),
        _("by each juror’s order"),
        _("corrected, not shrunk"),
    )
    return dict(zip(METHODS, words, strict=True))


def decided_by(one: Standing, criteria: Mapping[str, str]) -> str:
    """What parted it from equals, empty where there was nothing to part."""
    if not one.decided_by:
        return ""
    said = {
        "lot": _("equal in all; a lot decided"),
        "sheets": _("equal; more score sheets decided"),
        "chance": _("equal; the better chance decided"),
    }
    key = one.decided_by.removeprefix("criterion ")
    return said.get(one.decided_by) or _(
        "equal; decided by %(criterion)s", criterion=criteria.get(key, key)
    )


def otherwise(one: Standing, by_mean: int, criteria: Mapping[str, str]) -> str:
    """What parted it from equals, else its place by the plain mean."""
    if one.decided_by:
        return decided_by(one, criteria)
    if by_mean == one.rank:
        return _("the same by the mean")
    return _("place %(place)s by the mean", place=number(by_mean))


def answered(result: Mapping[str, Any], ranked: Sequence[Standing]) -> str:
    """Which places are clear, before any number."""
    found = answer(ranked)
    if not ranked:
        return _("No nomination has enough scores for a place yet.")
    if found is None:
        return ngettext(
            "Only %(num)s nomination has enough scores, so there is nobody to compare it with.",
            "Only %(num)s nominations have enough scores, no more than there are places.",
            len(ranked),
        )
    if result["variances"]["nomination"] <= 0:
        return _(
            "The scores show no measurable difference between the nominations. The jury should "
            "talk before anything is decided."
        )
    return " ".join(_unclear(found)) if not found.is_clear else _clear(found)


def _clear(found: Answer) -> str:
    return ngettext(
        "The first place is clear: with other equally able jurors the same nomination would very "
        "likely lead.",
        "All %(num)s places are clear: with other equally able jurors the same nominations would "
        "very likely lead.",
        found.winners,
    )


def _unclear(found: Answer) -> Iterator[str]:
    if found.clear:
        yield ngettext(
            "%(num)s of the %(all)s places is clear.",
            "%(num)s of the %(all)s places are clear.",
            found.clear,
            all=number(found.winners),
        )
    else:
        yield ngettext(
            "The first place is not clear.",
            "None of the %(num)s places is clear.",
            found.winners,
        )
    yield ngettext(
        "%(num)s nomination leads so closely that chance may have decided.",
        "%(num)s nominations lead so closely that chance may have decided.",
        found.leading,
    )
    yield _(
        "A talk about places %(first)s to %(last)s, or further score sheets on them, would make it "
        "clearer.",
        first=number(found.first),
        last=number(found.last),
    )
