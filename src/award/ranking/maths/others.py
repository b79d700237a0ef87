"""The usual other scores of a nomination, to be shown beside W; pure.

All are means or middles over the nomination's n_i sheets, higher is better, every juror with the
same say. Trimmed mean, median and `additive` are in the unit of the scores, z-scores in standard
deviations, Borda between 0 and 1.
"""

import msgspec
import numpy as np

from award.ranking.maths.ranks import SAME, ranks
from award.ranking.maths.severity import additive_effects
from award.ranking.maths.table import Floats, Ints, Table

TRIMMED = 5  # one sheet of so many is left out at each end


class Trimmed(msgspec.Struct, frozen=True):
    """`value` (n,), and how many sheets were left out at each end, `each_end` (n,)."""

    value: Floats
    each_end: Ints


def trimmed_means(table: Table) -> Trimmed:
    """The mean without the lowest and the highest fifth: g_i = floor(n_i / 5) at each end.

    From 5 sheets on the lowest and the highest one are left out, from 10 on two each; with fewer
    than 5 it is the plain mean. Source: the 20 % trimmed mean of Wilcox, Introduction to Robust
    Estimation and Hypothesis Testing, 3.3; at 5 to 9 sheets the rule of many sports juries.
    """
    value, place = _in_order(table)
    each_end = table.per_nomination // TRIMMED
    cut, count = each_end[table.nomination], table.per_nomination[table.nomination]
    kept = (place >= cut) & (place < count - cut)
    sums = table.nomination_sums(np.where(kept, value, 0.0))
    return Trimmed(sums / (table.per_nomination - 2 * each_end), each_end)


def medians(table: Table) -> Floats:
    """The middle value (n,), or the mean of the two middle ones if n_i is even."""
    value, place = _in_order(table)
    count = table.per_nomination[table.nomination]
    middle = (place == (count - 1) // 2) | (place == count // 2)
    sums = table.nomination_sums(np.where(middle, value, 0.0))
    return sums / (2 - table.per_nomination % 2)


def _in_order(table: Table) -> tuple[Floats, Ints]:
    """Each nomination's values from the lowest on (N,), and their places from 0 on (N,)."""
    order = np.lexsort((table.value, table.nomination))
    start = np.cumsum(table.per_nomination) - table.per_nomination
    return table.value[order], np.arange(len(table)) - start[table.nomination]


def z_scores(table: Table, *, prior: float = 5.0) -> Floats:
    """The mean (n,) of z_ij = (y_ij - c_j) / d_j over each nomination's sheets.

    A juror's mean and standard deviation (ddof 1) are drawn towards those of all sheets, each
    keeping the share m_j/(m_j + prior) of the distance; with `prior` 0 they are the juror's own.
    A juror with one sheet, or the same score for everyone, has the deviation of all sheets. All
    sheets the same: 0.
    """
    deviation = _deviation(table.value)
    if deviation <= SAME:
        return np.zeros(len(table.nominations))
    overall = float(table.value.mean())
    mean = table.juror_sums(table.value) / table.per_juror
    squares = table.juror_sums((table.value - mean[table.juror]) ** 2)
    own = np.sqrt(squares / np.maximum(table.per_juror - 1, 1))
    own = np.where(own > SAME, own, deviation)
    keeps = table.per_juror / (table.per_juror + prior)
    centre = overall + keeps * (mean - overall)
    spread = deviation + keeps * (own - deviation)
    return table.nomination_means((table.value - centre[table.juror]) / spread[table.juror])


def _deviation(value: Floats) -> float:
    return float(np.std(value, ddof=1)) if len(value) > 1 else 0.0


def borda(table: Table) -> Floats:
    """The mean (n,) of (rank - 0.5)/m_j, with the rank in the juror's own list, 1 for the lowest.

    Equal scores share the mean of their ranks. 0.5 is the middle of every list, also of a list of
    one, so that long and short lists can be averaged.
    """
    found = ranks(table.juror, table.value)
    return table.nomination_means((found.rank - 0.5) / table.per_juror[table.juror])


class Additive(msgspec.Struct, frozen=True):
    """`value` t (n,), and the juror `effects` s (m,), positive for lenient."""

    value: Floats
    effects: Floats


def additive(table: Table) -> Additive:
    """Least squares of y_ij = t_i + s_j + e_ij, unshrunk: t_i = mean_j(y_ij - s_j).

    The juror effects have sum 0 over all jurors, or within each group where groups share no
    nomination; a juror who shares none has effect 0. Customarily the values of the sheets are
    weighted means over the criteria present.
    """
    effects = additive_effects(table)
    return Additive(table.nomination_means(table.value - effects[table.juror]), effects)
