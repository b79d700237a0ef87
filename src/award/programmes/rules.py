"""By what rules a round is ranked, as plain data; their hash; what an amendment changes. Pure.

    {"method", "criteria": [{"key", "weight"} …], "scale": {"low", "high"}, "tie_breakers": [key …],
     "min_sheets", "min_weight_present", "carries_earlier_sheets", "places"}

`places` is how many come out of the round: the shortlist, or in the last round the winners.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from award.audit.chain import canonical_json

METHOD = "severity-corrected"
# What belongs to one round; the rest of what can be amended holds for all rounds of an edition.
OF_THE_ROUND = ("min_sheets", "min_weight_present", "carries_earlier_sheets")


class Change(msgspec.Struct, frozen=True):
    """One thing that is otherwise after an amendment.

    `what` is "weight" (of the criterion `name`), "tie_breakers" (lists of names), or a rule of the
    round `name`.
    """

    what: str
    name: Mapping[str, str]
    old: Any
    new: Any


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """An amendment as pages show it; `opened` are the names of the rounds that were open."""

    id: str
    reason: str
    changes: list[Change]
    opened: list[Mapping[str, str]]
    rounds: frozenset[str]
    proposed_at: datetime
    proposed_by: str
    confirmed_at: datetime | None
    confirmed_by: str | None


class Named(Protocol):
    """A criterion or a round."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> dict[str, str]: ...
    @property
    def position(self) -> int: ...


class Keyed(Named, Protocol):
    """A criterion."""

    @property
    def key(self) -> str: ...


class Amendment(Protocol):
    """An amendment as it is stored."""

    @property
    def id(self) -> str: ...
    @property
    def round_id(self) -> str: ...
    @property
    def before(self) -> dict[str, Any]: ...
    @property
    def after(self) -> dict[str, Any]: ...
    @property
    def opened(self) -> list[Any]: ...
    @property
    def reason(self) -> str: ...
    @property
    def proposed_at(self) -> datetime: ...
    @property
    def proposed_by(self) -> str: ...
    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def confirmed_by(self) -> str | None: ...


def rules_sha256(rules: Mapping[str, Any]) -> str:
    """The hash of what a round is ranked by."""
    return hashlib.sha256(canonical_json(rules)).hexdigest()


def amendment_sha256(
    *,
    round_id: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    opened: Sequence[int],
    reason: str,
) -> str:
    """The hash of exactly what a second person confirms."""
    said = {
        "round": round_id,
        "before": before,
        "after": after,
        "opened": list(opened),
        "reason": reason,
    }
    return hashlib.sha256(canonical_json(said)).hexdigest()


def weights(rules: Mapping[str, Any]) -> dict[str, float]:
    """The weight of each criterion by its key."""
    return {one["key"]: one["weight"] for one in rules["criteria"]}


def shown(amendment: Amendment, rounds: Sequence[Named], criteria: Sequence[Keyed]) -> Amended:
    """An amendment with the names of what it speaks of."""
    names = {one.key: one.name for one in criteria}
    of_all = _of_all(amendment, names)
    its_round = next(one for one in rounds if one.id == amendment.round_id)
    concerned = {one.id for one in rounds} if of_all else {amendment.round_id}
    return Amended(
        id=amendment.id,
        reason=amendment.reason,
        changes=of_all + _of_the_round(amendment, its_round.name),
        opened=[one.name for one in rounds if one.position in amendment.opened],
        rounds=frozenset(concerned),
        proposed_at=amendment.proposed_at,
        proposed_by=amendment.proposed_by,
        confirmed_at=amendment.confirmed_at,
        confirmed_by=amendment.confirmed_by,
    )


def _of_all(amendment: Amendment, names: Mapping[str, dict[str, str]]) -> list[Change]:
    """What changes for every round of the edition."""
    old, new = weights(amendment.before), weights(amendment.after)
    found = [
        Change("weight", names[key], old[key], new[key]) for key in old if old[key] != new[key]
    ]
    before, after = amendment.before["tie_breakers"], amendment.after["tie_breakers"]
    if before != after:
        named = [[names[key] for key in keys] for keys in (before, after)]
        found.append(Change("tie_breakers", {}, *named))
    return found


def _of_the_round(amendment: Amendment, name: dict[str, str]) -> list[Change]:
    before, after = amendment.before, amendment.after
    return [
        Change(what, name, before[what], after[what])
        for what in OF_THE_ROUND
        if before[what] != after[what]
    ]
