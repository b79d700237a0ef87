"""F, full calibration: offset, range and reliability of every juror are learnt; pure.

    y_ij = mu + s_j + a_j t_i + e_ij / sqrt(p_j)

t ~ N(0, st2) is a nomination's distance to the mean, s ~ N(0, ss2) a juror's offset, a ~ N(1, sa2)
the juror's range (above 1: wider than the others'), p the reliability and e ~ N(0, se2). Starting
from W, eight rounds of expectation and conditional maximisation (Meng and Rubin, Biometrika 80,
1993) learn one after the other what the rest leaves open. A second opinion beside W: it follows
the scores more closely, and is harder to explain.
"""

import msgspec
import numpy as np
from scipy import linalg, sparse

from award.ranking.maths.corrected import Corrected, corrected
from award.ranking.maths.table import Floats, Table

_ROUNDS = 8
_LEAST_RANGE, _MOST_RANGE = 0.3, 3.0
_RANGE_VARIANCE = 0.04  # at the start: two thirds of the jurors within 0.8 and 1.2
_PRIOR_SHEETS = 8  # of ordinary reliability, given to every juror
_NOTHING = 1e-9
_EXACT = 1e-4  # of the variance of the scores: errors of a hundredth of their spread are none


class Calibration(msgspec.Struct, frozen=True):
    """What is learnt of nominations (n,) and jurors (m,).

    `score` is mu + t in the unit of the scores, `effects` s in the same unit, positive for
    lenient; `range` a and `reliability` p have the mean 1 over the jurors and no unit.
    """

    score: Floats
    effects: Floats
    range: Floats
    reliability: Floats


def calibration(table: Table, start: Corrected | None = None) -> Calibration:
    """F from the sheets; `start` is W where it is known already.

    Where W leaves no error (one sheet each, or all of one mind but for offsets) there is nothing
    to weigh: its scores stand, with range and reliability 1. Offsets are 0 where W finds no juror
    variance, and ranges 1 where it finds no difference between nominations. A juror with few
    sheets stays near 0, 1 and 1. Groups that share no nomination are each drawn towards the mean
    of all; to compare across them is no more possible than under W.
    """
    start = start or corrected(table)
    if start.severity.residual <= _EXACT * float(np.var(table.value)):
        ones = np.ones(len(table.jurors))
        return Calibration(start.score, start.severity.effects, ones, ones)
    state = _State(table, start)
    for _ in range(_ROUNDS):
        state.learn_offsets()
        state.learn_nominations()
        state.learn_ranges()
        state.learn_reliability()
    state.learn_nominations()
    return Calibration(start.mu + state.t, state.s, state.a, state.p)


class _State:
    """What is known after some rounds, in the notation above; `v` (n,) is the variance of t."""

    def __init__(self, table: Table, start: Corrected) -> None:
        m = len(table.jurors)
        self.table = table
        self.y = table.value - start.mu
        self.s = start.severity.effects
        self.t = start.score - start.mu
        self.v = start.error**2
        self.a, self.p = np.ones(m), np.ones(m)
        self.st2, self.ss2 = start.nomination, start.severity.juror
        self.sa2 = _RANGE_VARIANCE
        self.se2 = start.severity.residual
        self.least = _NOTHING * self.se2

    def learn_offsets(self) -> None:
        """Learn s as in W, nominations free: (A + lam I)^-1 b, where a sheet weighs p_j.

        With D_i = sum_j p_j a_j^2 and the free t_i = sum_j p_j a_j y_ij / D_i,
        A = diag(p_j m_j) - X' diag(1/D) X for X_ij = p_j a_j, b_j = p_j sum_i (y_ij - a_j t_i).
        """
        if self.ss2 <= 0:
            return
        weight = self.p * self.a
        told = self._told()
        free = self.table.nomination_sums(weight[self.table.juror] * self.y) / told
        swept = self.y - self.a[self.table.juror] * free[self.table.nomination]
        x = self.table.incidence @ sparse.diags_array(weight)
        matrix = -(x.T @ sparse.diags_array(1 / told) @ x).toarray()
        ratio = max(self.se2 / self.ss2, _NOTHING)
        matrix[np.diag_indices_from(matrix)] += self.p * self.table.per_juror + ratio
        factor = linalg.cholesky(matrix, lower=True, overwrite_a=True)
        self.s = linalg.cho_solve((factor, True), self.p * self.table.juror_sums(swept))

    def learn_nominations(self) -> None:
        """Learn mean and variance of t, given the jurors: v = st2 se2/(se2 + st2 D)."""
        rest = self._weighted(self.y - self.s[self.table.juror])
        left = self.se2 + self.st2 * self._told()
        self.t = self.st2 * self.table.nomination_sums(rest) / left
        self.v = self.st2 * self.se2 / left
        self.st2 = float(np.mean(self.t**2 + self.v))

    def learn_ranges(self) -> None:
        """Learn a by ridge to 1, its prior variance from the jurors; then its mean is made 1."""
        at = self.table.nomination
        seen = self.table.juror_sums((self.t**2 + self.v)[at]) * self.p / self.se2
        rest = (self.y - self.s[self.table.juror]) * self.t[at]
        agreed = self.table.juror_sums(rest) * self.p / self.se2
        left = 1 + self.sa2 * seen
        a = (1 + self.sa2 * agreed) / left
        self.sa2 = float(np.mean((a - 1) ** 2 + self.sa2 / left))
        a = np.clip(a, _LEAST_RANGE, _MOST_RANGE)
        mean = float(a.mean())
        self.a = a / mean
        self.t, self.v, self.st2 = self.t * mean, self.v * mean**2, self.st2 * mean**2

    def learn_reliability(self) -> None:
        """Learn p_j = (8 + m_j)/(8 + sum of squared standardised residuals); its mean is made 1."""
        by, at = self.table.juror, self.table.nomination
        rest = self.y - self.s[by] - self.a[by] * self.t[at]
        squares = self.table.juror_sums(rest**2 + self.a[by] ** 2 * self.v[at])
        p = (_PRIOR_SHEETS + self.table.per_juror) / (_PRIOR_SHEETS + squares / self.se2)
        self.p = p / p.mean()
        self.se2 = max(float(self.p @ squares) / len(self.table), self.least)

    def _told(self) -> Floats:
        """D_i (n,): how much the sheets of a nomination tell, in sheets of an ordinary juror."""
        return self.table.nomination_sums((self.p * self.a**2)[self.table.juror])

    def _weighted(self, value: Floats) -> Floats:
        return (self.p * self.a)[self.table.juror] * value
