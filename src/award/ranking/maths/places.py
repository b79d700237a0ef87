"""From scores to places, ties included.

Scores within 1e-9 are equal. Among equals decide, in this order: the chance of winning, the means
of the criteria that the programme names as tie-breakers, then more sheets, then a lot drawn with a
recorded seed.
"""

import hashlib
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from award.ranking.maths.ranks import SAME
from award.ranking.maths.table import Floats, Ints


class Measured(msgspec.Struct, frozen=True):
    """What may part equals, and its value for each nomination (n,), NaN where there is none.

    The score itself has no name: who is parted by it was never tied.
    """

    name: str
    value: Floats


class Places(msgspec.Struct, frozen=True):
    """`order` are the nominations from the first place on.

    `decided_by` says of each, in that order, what parted it from others of the same score: empty
    without a tie, else the name of a measure or "lot".
    """

    order: Ints
    decided_by: list[str]


def places(
    ranked: Ints, names: Sequence[str], measures: Sequence[Measured], *, seed: str
) -> Places:
    """Put the nominations that stand at `ranked` in `names` in order.

    The first measure is the score; `seed` rules the lot.
    """
    found: list[tuple[int, str]] = []
    _part([int(one) for one in ranked], measures, "", lambda one: lot(seed, names[one]), found)
    return Places(np.array([one for one, _ in found], dtype=np.intp), [why for _, why in found])


def lot(seed: str, nomination: str) -> str:
    """The lot of a nomination: the smaller one goes first, and anyone can draw it again."""
    return hashlib.sha256(f"{seed}:{nomination}".encode()).hexdigest()


def _part(
    group: list[int],
    measures: Sequence[Measured],
    why: str,
    drawn: Callable[[int], str],
    found: list[tuple[int, str]],
) -> None:
    """Add the group in order, with the name of the measure that set each apart from the others."""
    if len(group) == 1:
        found.append((group[0], why))
    elif not measures:
        found += [(one, "lot") for one in sorted(group, key=drawn)]
    else:
        for alike in _alike(group, measures[0].value):
            _part(alike, measures[1:], measures[0].name, drawn, found)


def _alike(group: list[int], value: Floats) -> list[list[int]]:
    """Runs of equal values, the best first; each is measured from its best, so it cannot drift."""
    of = np.where(np.isnan(value[group]), -np.inf, value[group])
    order = np.argsort(-of, kind="stable")
    runs: list[list[int]] = []
    best = np.nan
    for place in order:
        if runs and (of[place] == best or best - of[place] <= SAME):
            runs[-1].append(group[place])
        else:
            runs.append([group[place]])
            best = of[place]
    return runs
