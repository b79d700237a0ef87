"""How far the jurors agree: by variances, by ranks, and in a word; pure.

A complete block is a table in which all jurors (at least two) scored all nominations (at least
two). What is defined for complete blocks only is None for any other table.
"""

from typing import Literal, TypeAlias

import msgspec
import numpy as np
from scipy import special

from award.ranking.maths.ranks import ranks
from award.ranking.maths.severity import Variances
from award.ranking.maths.table import Floats, Table

Word: TypeAlias = Literal["none", "low", "moderate", "good", "very good"]
_STEPS: tuple[tuple[float, Word], ...] = (
    (0.2, "none"),
    (0.4, "low"),
    (0.6, "moderate"),
    (0.8, "good"),
)
_FEWEST = 2
_NOTHING = 1e-24  # of the size of the values, squared


def word(value: float) -> Word:
    """Below .2 "none" (hardly more than chance), then "low" to .4, "moderate" to .6, "good" to .8.

    Above it is "very good"; each step begins at its lower end.
    """
    return next((name for below, name in _STEPS if value < below), "very good")


def block(table: Table) -> Floats | None:
    """The values of a complete block (n, m)."""
    n, m = len(table.nominations), len(table.jurors)
    if min(n, m) < _FEWEST or len(table) != n * m:
        return None
    found = np.full((n, m), np.nan)
    found[table.nomination, table.juror] = table.value
    return None if np.isnan(found).any() else found


class Intraclass(msgspec.Struct, frozen=True):
    """The six coefficients, by case 1, 2, 3 and for one sheet or the mean of all k jurors.

    1: jurors differ by nomination; 2: jurors drawn at random; 3: these jurors, and only the order
    of nominations matters. None where the coefficient would divide by 0.
    """

    icc11: float | None
    icc21: float | None
    icc31: float | None
    icc1k: float | None
    icc2k: float | None
    icc3k: float | None


def intraclass(table: Table) -> Intraclass | None:
    """The intraclass correlations of a complete block.

    From the mean squares between nominations (b), within them (w), between jurors (j) and of what
    is left (e), for n nominations and k jurors:

        ICC11 = (b - w)/(b + (k-1) w)                 ICC1k = (b - w)/b
        ICC21 = (b - e)/(b + (k-1) e + k (j - e)/n)   ICC2k = (b - e)/(b + (j - e)/n)
        ICC31 = (b - e)/(b + (k-1) e)                 ICC3k = (b - e)/b

    Source: Shrout and Fleiss, Psychological Bulletin 86 (1979).
    """
    value = block(table)
    if value is None:
        return None
    (n, k), nothing = value.shape, _NOTHING * float(np.sum(value**2))
    value = value - value.mean()
    by_nomination, by_juror = value.mean(axis=1), value.mean(axis=0)
    rest = value - by_nomination[:, None] - by_juror
    squares = (k * np.sum(by_nomination**2), n * np.sum(by_juror**2), np.sum(rest**2))
    between, jurors, error = (0.0 if one <= nothing else float(one) for one in squares)
    b, w = between / (n - 1), (jurors + error) / (n * (k - 1))
    j, e = jurors / (k - 1), error / ((n - 1) * (k - 1))
    return Intraclass(
        icc11=_share(b - w, b + (k - 1) * w),
        icc21=_share(b - e, b + (k - 1) * e + k * (j - e) / n),
        icc31=_share(b - e, b + (k - 1) * e),
        icc1k=_share(b - w, b),
        icc2k=_share(b - e, b + (j - e) / n),
        icc3k=_share(b - e, b),
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole != 0 else None


class Reliability(msgspec.Struct, frozen=True):
    """What part of the difference between scores is between the nominations, 0 to 1.

    `single` for one sheet of any juror, as it was handed in; `mean` for the corrected mean of
    `sheets` sheets.
    """

    single: float
    mean: float
    sheets: float


def reliability(table: Table, variances: Variances) -> Reliability | None:
    """st2/(st2 + ss2 + se2) and st2/(st2 + se2/k), for any design; None without any variance.

    k is the harmonic mean of n_i, which makes se2/k the mean error variance of the nominations.
    `single` is the intraclass correlation ICC21, by the variances of an incomplete block.
    """
    nomination, juror, residual = variances.nomination, variances.juror, variances.residual
    total = nomination + juror + residual
    if total <= 0:
        return None
    sheets = len(table.nominations) / float(np.sum(1 / table.per_nomination))
    # Only the jurors' offsets differ: their correction leaves no difference at all.
    kept = nomination + residual / sheets
    return Reliability(nomination / total, nomination / kept if kept > 0 else 0.0, sheets)


class Concordance(msgspec.Struct, frozen=True):
    """Kendall's W, 0 (none) to 1 (all jurors have one order), and its test against chance."""

    w: float
    chi_square: float
    p: float


def concordance(table: Table) -> Concordance | None:
    """Kendall's W of a complete block, with R_i the sums of ranks and t the sizes of ties.

    W = 12 sum (R_i - mean R)^2 / (m^2 (n^3 - n) - m sum (t^3 - t)); m (n - 1) W is compared with
    chi-square of n - 1 degrees of freedom, which is good from 7 nominations on. None too if every
    juror gave everyone the same. Source: Siegel and Castellan, Nonparametric Statistics, 9.6.
    """
    if block(table) is None:
        return None
    found = ranks(table.juror, table.value)
    n, m = len(table.nominations), len(table.jurors)
    sums = table.nomination_sums(found.rank)
    # Each of the t sheets of a tie brings t^2 - 1, together t^3 - t.
    tied = float(np.sum(found.alike.astype(np.float64) ** 2 - 1))
    most = m**2 * (n**3 - n) - m * tied
    if most <= 0:
        return None
    w = 12 * float(np.sum((sums - sums.mean()) ** 2)) / most
    chi_square = m * (n - 1) * w
    return Concordance(w, chi_square, float(special.chdtrc(n - 1, chi_square)))


def with_the_others(table: Table) -> Floats | None:
    """Spearman's correlation of each juror's ranks with the sum of the others' ranks (m,).

    For complete blocks; nan for a juror who gave everyone the same, or whose colleagues together
    did. Source: Quandt, Journal of Wine Economics 1 (2006), as in the wine tasting reports.
    """
    if block(table) is None:
        return None
    own = ranks(table.juror, table.value).rank
    others = table.nomination_sums(own)[table.nomination] - own
    theirs = ranks(table.juror, others).rank
    # Every list of n ranks has the same mean, with ties or without.
    middle = (len(table.nominations) + 1) / 2
    own, theirs = own - middle, theirs - middle
    both = table.juror_sums(own * theirs)
    size = np.sqrt(table.juror_sums(own**2) * table.juror_sums(theirs**2))
    return np.divide(both, size, out=np.full_like(both, np.nan), where=size > 0)
