"""What to ask a juror about: a flag is a question, never a reason to delete by itself; pure."""

from collections.abc import Collection

import numpy as np

from award.ranking.maths.calibration import Calibration
from award.ranking.maths.corrected import Corrected
from award.ranking.maths.ranks import ranks
from award.ranking.maths.table import Flags, Floats, Ints, Table

_OFFSET = 2.5  # posterior standard deviations
_UNRELIABLE = 0.5
_NARROW, _WIDE = 0.5, 2.0
_CALIBRATED = 10  # sheets
_ALIKE = 3  # sheets
_COMPARED = 8  # sheets
_OUTLIER = 3.5  # standard deviations
_NOTHING = 1e-9


def checks(
    table: Table, found: Corrected, calibrated: Calibration, decisive: Collection[int]
) -> list[list[str]]:
    """The flags of each juror, in this order. `decisive` are those of `leaving.winners_without`.

    offset: more than 2.5 posterior standard deviations, and more than one residual one, from 0.
    unreliable: p_j < 0.5, and range: a_j < 0.5 or > 2, both from 10 sheets on.
    no_variance: the same value on all of 3 or more sheets.
    against_the_others: a negative rank correlation with the others (see `agreement`).
    changes_the_winners: without the juror others win.
    outlier: one `standardised` residual beyond 3.5.
    """
    many = table.per_juror >= _CALIBRATED
    beyond = np.abs(standardised(table, found)) > _OUTLIER
    flags = {
        "offset": _offset(found),
        "unreliable": many & (calibrated.reliability < _UNRELIABLE),
        "range": many & ((calibrated.range < _NARROW) | (calibrated.range > _WIDE)),
        "no_variance": _no_variance(table),
        "against_the_others": agreement(table, found) < -_NOTHING,
        "changes_the_winners": np.isin(np.arange(len(table.jurors)), list(decisive)),
        "outlier": table.juror_sums(beyond.astype(float)) > 0,
    }
    return [[key for key, flag in flags.items() if flag[j]] for j in range(len(table.jurors))]


def _offset(found: Corrected) -> Flags:
    size = np.abs(found.severity.effects)
    deviation = np.sqrt((found.severity.spread**2).sum(axis=1))
    flags: Flags = (size > _OFFSET * deviation) & (size > np.sqrt(found.severity.residual))
    return flags & (size > _NOTHING)


def _no_variance(table: Table) -> Flags:
    low, high = np.full(len(table.jurors), np.inf), np.full(len(table.jurors), -np.inf)
    np.minimum.at(low, table.juror, table.value)
    np.maximum.at(high, table.juror, table.value)
    flags: Flags = (table.per_juror >= _ALIKE) & (high - low <= _NOTHING)
    return flags


def standardised(table: Table, found: Corrected) -> Floats:
    """The residuals e_ij = y_ij - r_i - s_j (N,) in units of their standard deviation.

    That is sqrt(se2 (1 - 1/n_i)); the little that a juror's own effect takes up is left out, which
    makes the numbers a little smaller. 0 for a nomination's only sheet and where se2 is 0. With
    two sheets on a nomination both have the same: nobody can say which of them is off.
    """
    rest = table.value - found.raw[table.nomination] - found.severity.effects[table.juror]
    variance = found.severity.residual * (1 - 1 / table.per_nomination)[table.nomination]
    measured: Floats = np.divide(
        rest, np.sqrt(variance), out=np.zeros_like(rest), where=variance > 0
    )
    return measured


def agreement(table: Table, found: Corrected) -> Floats:
    """Spearman's rank correlation of each juror (m,) with the mean of the others.

    Over the nominations that others scored too; the others' values are corrected for their
    offsets, for every nomination has other jurors. Ties get the mean of their ranks. NaN with
    fewer than 8 such nominations, and where one side is all the same.
    """
    value = table.value - found.severity.effects[table.juror]
    others = (table.per_nomination - 1)[table.nomination]
    kept = others > 0
    sums = table.nomination_sums(value)[table.nomination]
    juror = table.juror[kept]
    theirs = ranks(juror, (sums - value)[kept] / others[kept]).rank
    own = ranks(juror, table.value[kept]).rank
    m = len(table.jurors)
    count = np.bincount(juror, minlength=m)
    own -= _mean(juror, own, count)[juror]
    theirs -= _mean(juror, theirs, count)[juror]
    both = _mean(juror, own * theirs, count)
    size = np.sqrt(_mean(juror, own**2, count) * _mean(juror, theirs**2, count))
    known = (count >= _COMPARED) & (size > _NOTHING)
    measured: Floats = np.divide(both, size, out=np.full(m, np.nan), where=known)
    return measured


def _mean(group: Ints, value: Floats, count: Ints) -> Floats:
    sums = np.bincount(group, weights=value, minlength=len(count))
    found: Floats = sums / np.maximum(count, 1)
    return found
