"""The random model beside W: nominations and jurors both random, crossed; pure.

    y_ij = mu + t_i + s_j + e_ij,  t ~ N(0, st2), s ~ N(0, ss2), e ~ N(0, se2)

By REML, the numbers of lme4's `y ~ 1 + (1|nomination) + (1|juror)`. In terms of the two ratios
g = st2/se2 and h = ss2/se2 the covariance is se2 V, V = I + g Zt Zt' + h Zs Zs', and mu and se2
have closed forms. Minimised is, with Q = (y - mu)' V^-1 (y - mu),

    log|V| + log(1' V^-1 1) + (N-1) (1 + log(2 pi Q/(N-1)))

The side with more members is swept out (a diagonal matrix), the other stays (dense). Source: Bates,
Mächler, Bolker and Walker, Journal of Statistical Software 67 (2015), section 3.
"""

import itertools
import math
from functools import cached_property

import msgspec
import numpy as np
from scipy import linalg, optimize, sparse

from award.ranking.maths.severity import Variances, henderson
from award.ranking.maths.table import Floats, Ints, Table

_NOTHING = 1e-12
_SPAN = 18.0  # of the logarithm of a ratio, in both directions
_SMALL = 0.01  # a ratio below may be zero; the search begins above
_TRIED = (0.03, 0.3, 3.0, 30.0)
_MANY = 10_000  # sheets, with which the criterion has one valley
_FLAT = 1e-8


class Crossed(msgspec.Struct, frozen=True):
    """Variances in squared units of the scores; `mu` and the effects (n,), (m,) in their unit.

    The effects are best linear unbiased predictions. `criterion` is -2 log of the restricted
    likelihood, minus infinity where no two scores differ, not a number for a single sheet.
    """

    variances: Variances
    mu: float
    criterion: float
    nominations: Floats
    jurors: Floats


def crossed(table: Table) -> Crossed:
    """The random model by REML.

    A variance for which zero is as likely is 0. So is that of nominations (jurors) where each has
    one sheet only, which cannot be told from the errors', or where there is but one, which cannot
    be told from the mean. All scores equal: all variances 0.
    """
    mean = float(table.value.mean())
    centred = table.value - mean
    if float(centred @ centred) <= _NOTHING * float(table.value @ table.value):
        n, m = len(table.nominations), len(table.jurors)
        criterion = -math.inf if len(table) > 1 else math.nan
        return Crossed(Variances(0.0, 0.0, 0.0), mean, criterion, np.zeros(n), np.zeros(m))
    design = _Design(table, centred)
    best = _least(design, _ratios(table, design))
    residual = best.squares / (len(table) - 1)
    swept, kept = (best.ratios * residual).tolist()
    effects = (best.swept, best.kept)
    if design.turned:
        swept, kept, effects = kept, swept, effects[::-1]
    return Crossed(
        Variances(swept, kept, residual), mean + best.mu, best.criterion, effects[0], effects[1]
    )


class _Design:
    """The sheets as the equations need them: the larger side is swept out, the other kept.

    `turned` if the jurors are the larger side; `z` is the incidence, swept x kept.
    """

    def __init__(self, table: Table, value: Floats) -> None:
        self.value = value
        self.turned = len(table.jurors) > len(table.nominations)
        places, counts = (table.nomination, table.juror), (table.per_nomination, table.per_juror)
        order = -1 if self.turned else 1
        self.at, self.by = places[::order]
        self.n, self.m = (one.astype(float) for one in counts[::order])
        self.z = table.incidence.T.tocsr() if self.turned else table.incidence
        self.sides = np.column_stack([value, np.ones(len(value))])

    def swept_sums(self, value: Floats) -> Floats:
        """(swept, columns of `value`)."""
        return self._sums(self.at, value, len(self.n))

    def kept_sums(self, value: Floats) -> Floats:
        """(kept, columns of `value`)."""
        return self._sums(self.by, value, len(self.m))

    @staticmethod
    def _sums(place: Ints, value: Floats, length: int) -> Floats:
        return np.column_stack([np.bincount(place, one, length) for one in value.T])


class _Fit:
    """Everything at given ratios (2,) = (g, h), of the swept and of the kept side.

    With D = 1 + g n: the kept side's matrix is S = I + h (diag(m) - g Z' D^-1 Z), and
    log|V| = sum log D + log|S|.
    """

    def __init__(self, design: _Design, ratios: Floats) -> None:
        self.design, self.ratios = design, ratios
        g, h = ratios
        self.d = 1 + g * design.n
        matrix = self._between(1 / self.d)
        matrix *= -g * h
        matrix[np.diag_indices_from(matrix)] += 1 + h * design.m
        self.factor = linalg.cholesky(matrix, lower=True, overwrite_a=True)
        sums = design.swept_sums(design.sides) * (g / self.d)[:, None]
        right = h * (design.kept_sums(design.sides) - design.z.T @ sums)
        kept = linalg.cho_solve((self.factor, True), right)
        swept = sums - (g / self.d)[:, None] * (design.z @ kept)
        left = design.sides - swept[design.at] - kept[design.by]  # V^-1 y and V^-1 1
        self.told, self.ones = float(left[:, 1].sum()), left[:, 1]
        self.mu = float(left[:, 0].sum()) / self.told
        self.left = left[:, 0] - self.mu * self.ones
        squares = float((design.value - self.mu) @ self.left)
        self.squares = max(squares, _NOTHING * float(design.value @ design.value))
        self.swept = swept[:, 0] - self.mu * swept[:, 1]
        self.kept = kept[:, 0] - self.mu * kept[:, 1]

    @cached_property
    def criterion(self) -> float:
        """-2 log of the restricted likelihood."""
        free = len(self.design.value) - 1
        spread = np.sum(np.log(self.d)) + 2 * np.sum(np.log(np.diag(self.factor)))
        fitted = free * (1 + math.log(2 * math.pi * self.squares / free))
        return float(spread) + math.log(self.told) + fitted

    @property
    def slope(self) -> Floats:
        """Of the criterion by the logarithms of both ratios (2,).

        d log|V| / d log g = sum (1 - 1/D) - g h sum S^-1 * (Z' D^-2 Z), and for h
        the trace of I - S^-1; dQ / d log g = -g |Zt' V^-1 (y - mu)|^2, and so on.
        """
        g, h = self.ratios
        design = self.design
        inverse, _ = linalg.lapack.dpotri(self.factor, lower=1)  # its lower half; above it is 0
        between = self._between(self.d**-2)
        own = np.diag(inverse)
        both = 2 * float(np.einsum("ij,ij", inverse, between)) - float(own @ np.diag(between))
        traces = np.array([np.sum(1 - 1 / self.d) - g * h * both, np.sum(1 - own)])
        sides = np.column_stack([self.left, self.ones])
        sums = (design.swept_sums(sides), design.kept_sums(sides))
        moved = np.array([np.sum(one**2, axis=0) for one in sums]) * self.ratios[:, None]
        free = len(design.value) - 1
        slope: Floats = traces - moved[:, 1] / self.told - free * moved[:, 0] / self.squares
        return slope

    def _between(self, weight: Floats) -> Floats:
        """Z' diag(weight) Z (kept, kept)."""
        z = self.design.z
        between: Floats = (z.T @ (sparse.diags_array(weight) @ z)).toarray()
        return between


def _ratios(table: Table, design: _Design) -> Floats:
    """Where to start (2,): Henderson's; 0 for a side of one, or of one sheet each."""
    found = henderson(table)
    sides = np.array([found.nomination, found.juror])
    if found.residual > 0:
        sides = sides / found.residual
    sides = np.clip(sides, _SMALL, math.exp(_SPAN))
    single = [counts.max() <= 1 or len(counts) == 1 for counts in (design.n, design.m)]
    return np.where(single, 0.0, sides[::-1] if design.turned else sides)


def _least(design: _Design, start: Floats) -> _Fit:
    """The fit with the least criterion; zero for a ratio that does not lower it."""
    free = start > 0

    def at(logs: Floats) -> _Fit:
        ratios = np.zeros(2)
        ratios[free] = np.exp(logs)
        return _Fit(design, ratios)

    def both(logs: Floats) -> tuple[float, Floats]:
        fit = at(logs)
        return fit.criterion, fit.slope[free]

    logs = np.log(_start(design, start)[free])
    if free.any():
        logs = optimize.minimize(
            both,
            logs,
            jac=True,
            method="L-BFGS-B",
            bounds=[(-_SPAN, _SPAN)] * int(free.sum()),
            options={"ftol": 1e-13, "gtol": 1e-6},
        ).x
    best = at(logs)
    for zero in ([True, False], [False, True], [True, True]):
        if (best.ratios[zero] < _SMALL).all():
            other = _Fit(design, np.where(zero, 0.0, best.ratios))
            if other.criterion <= best.criterion + _FLAT:
                best = other
    return best


def _start(design: _Design, start: Floats) -> Floats:
    """The best of some ratios (2,): few sheets can have two valleys, the lower is meant."""
    if len(design.value) > _MANY:
        return start
    tried = [np.where(start > 0, one, 0.0) for one in itertools.product(_TRIED, _TRIED)]
    return min([start, *tried], key=lambda ratios: _Fit(design, ratios).criterion)
