"""What differs between two runs: what they come from, their rules, and the places; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from award.ranking.standings import Standing

_RULES = ("winners", "min_sheets", "min_weight_present", "tie_breakers", "draws")
_SCALE = ("low", "high", "points")


class Told(msgspec.Struct, frozen=True):
    """A rule or a weight by its name, before and after; None is not there."""

    name: str
    before: Any
    after: Any


class Sheets(msgspec.Struct, frozen=True):
    """How many score sheets are in the second run only, in the first only, and scored otherwise."""

    more: int
    fewer: int
    changed: int

    def __bool__(self) -> bool:
        return bool(self.more or self.fewer or self.changed)


class Pair(msgspec.Struct, frozen=True):
    """A nomination's standing in both runs, None where it has no place."""

    id: str
    before: Standing | None
    after: Standing | None

    @property
    def best(self) -> int:
        return min(one.rank for one in (self.before, self.after) if one is not None)

    @property
    def up(self) -> int:
        """By how many places it rises; 0 also where it has no place in one of them."""
        if self.before is None or self.after is None:
            return 0
        return self.before.rank - self.after.rank

    @property
    def is_other(self) -> bool:
        """Whether it wins in one of them only."""
        return _wins(self.before) != _wins(self.after)


def _wins(one: Standing | None) -> bool:
    return one is not None and one.winner


def rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Told]:
    """The parameters that differ."""
    return [
        Told(name, before.get(name), after.get(name))
        for name in _RULES
        if before.get(name) != after.get(name)
    ]


def weights(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Told]:
    """Of two inputs the criteria whose weights differ."""
    old, new = (
        {one["key"]: one["weight"] for one in given["criteria"]} for given in (before, after)
    )
    return [
        Told(key, old.get(key), new.get(key))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def sheets(before: Mapping[str, Any], after: Mapping[str, Any], shown: Mapping[str, Any]) -> Sheets:
    """Of the nominations in `shown`, which hides the others."""
    old, new = (
        {one["id"]: one for one in given["sheets"] if one["nomination"] in shown}
        for given in (before, after)
    )
    both = old.keys() & new.keys()
    return Sheets(
        more=len(new.keys() - old.keys()),
        fewer=len(old.keys() - new.keys()),
        changed=sum(any(old[at][name] != new[at][name] for name in _SCALE) for at in both),
    )


def pairs(before: Sequence[Standing], after: Sequence[Standing]) -> list[Pair]:
    """Whoever has a place in one of them, the best place first."""
    old, new = ({one.id: one for one in ranked} for ranked in (before, after))
    found = [Pair(at, old.get(at), new.get(at)) for at in dict.fromkeys([*new, *old])]
    return sorted(found, key=lambda one: (one.best, one.after is None))
