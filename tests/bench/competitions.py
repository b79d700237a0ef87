"""Competitions whose true order is known, by the recipe of `tests/ranking/data/accuracy_goal.json`.

A nomination has a quality q and a profile over the criteria, a juror an offset s and a range a.
The score on a criterion is round(6 + s + a (q + profile + e + noise) + offset), within 0 and 10.
"""

import msgspec
import numpy as np

from award.ranking.maths.table import Flags, Floats, Ints, Table

NOMINATIONS, JURORS, CRITERIA, SHEETS, WINNERS = 600, 25, 6, 5, 5
_LOWEST, _MIDDLE, _HIGHEST = 0, 6, 10
_QUALITY, _PROFILE, _ERROR, _NOISE, _OFFSET = 1.2, 0.5, 1.0, 0.9, 0.6


class Setting(msgspec.Struct, frozen=True):
    """How the jurors of a competition differ.

    `severity` S and `ranges` d as in the recipe; so many jurors `at_random`, who score something
    else than what is before them; so many `tracks`, whose mean qualities lie `apart` (standard
    deviation) and whose own jurors write all sheets but the share `across`.
    """

    severity: float = 1.0
    ranges: float = 0.0
    at_random: int = 0
    tracks: int = 1
    apart: float = 0.0
    across: float = 0.0


class Competition:
    """One competition: the true quality (n,), and as many sheets on it as are asked for."""

    def __init__(self, setting: Setting, random: np.random.Generator) -> None:
        self.random, self.setting = random, setting
        self.track = np.arange(NOMINATIONS) % setting.tracks
        shift = random.normal(0, setting.apart, setting.tracks)
        self.quality = random.normal(0, _QUALITY, NOMINATIONS) + shift[self.track]
        self.profile = self._profiles()
        self.severity = random.normal(0, setting.severity, JURORS)
        d = setting.ranges
        self.range = np.exp(random.normal(-(d**2) / 2, d, JURORS))
        self.offset = random.normal(0, _OFFSET, CRITERIA)

    @property
    def best(self) -> Ints:
        """The nominations that should win."""
        return np.argsort(-self.quality)[:WINNERS]

    def sheets(self, seats: Flags) -> Table:
        """A sheet with its plain mean for every seat (n, m), all criteria scored."""
        nomination, juror = np.nonzero(seats)
        size = (len(nomination), CRITERIA)
        seen = (self.quality[:, None] + self.profile)[nomination]
        elsewhere = juror < self.setting.at_random
        other = self.random.normal(0, _QUALITY, (NOMINATIONS, 1)) + self._profiles()
        seen[elsewhere] = other[nomination[elsewhere]]
        seen += self.random.normal(0, _ERROR, (len(nomination), 1))
        seen += self.random.normal(0, _NOISE, size)
        points = _MIDDLE + self.severity[juror, None] + self.range[juror, None] * seen
        points = np.clip(np.round(points + self.offset), _LOWEST, _HIGHEST)
        names = [f"N{one:03}" for one in range(NOMINATIONS)]
        kept, at = np.unique(nomination, return_inverse=True)
        jurors = [f"J{one:02}" for one in range(JURORS)]
        return Table([names[one] for one in kept], jurors, at, juror, points.mean(axis=1))

    def seats(
        self, each: int = SHEETS, to: Ints | None = None, taken: Flags | None = None
    ) -> Flags:
        """Who scores what (n, m): `each` jurors for every nomination of `to`, balanced at random.

        One nomination after the other gets the jurors with the fewest sheets, by lot among
        equals, of its own track except for the share that comes from across; never one who has
        it already (`taken`).
        """
        to = self.random.permutation(NOMINATIONS if to is None else to)
        given = np.zeros((NOMINATIONS, JURORS), dtype=bool)
        own = self.track[:, None] == np.arange(JURORS) % self.setting.tracks
        lots = self.random.random((NOMINATIONS, JURORS))
        lots[given if taken is None else taken] = np.inf
        across = self.random.binomial(each, self.setting.across, NOMINATIONS)
        load = np.zeros(JURORS)
        for one in to:
            lot = load + lots[one]
            for some, count in ((own[one], each - across[one]), (~own[one], across[one])):
                if count:
                    given[one, np.where(some, lot, np.inf).argsort()[:count]] = True
            load += given[one]
        return given

    def _profiles(self) -> Floats:
        drawn = self.random.normal(0, _PROFILE, (NOMINATIONS, CRITERIA))
        return drawn - drawn.mean(axis=1, keepdims=True)
