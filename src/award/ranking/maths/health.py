"""Whether an assignment lets jurors be compared, before or after they score; pure."""

import msgspec
import numpy as np
from scipy import linalg

from award.ranking.maths.severity import reduced
from award.ranking.maths.table import Floats, Ints, Table


class Health(msgspec.Struct, frozen=True):
    """Groups of jurors that share no nomination cannot be compared by any statistics.

    `group` (m,) is each juror's group, `links` the fewest sheets that would make one group of
    all. `fewest` and `most` are the loads of the jurors in sheets, `spread` their standard
    deviation. `efficiency` is between 0 and 1, or None if no two jurors share a nomination.
    """

    groups: int
    group: Ints
    links: int
    fewest: int
    most: int
    spread: float
    efficiency: float | None


def health(table: Table) -> Health:
    """Of the sheets of `table`, whatever their values; nobody without a sheet is seen.

    One sheet by a juror of one group on a nomination of another makes one of both, so groups - 1
    sheets link all.
    """
    count, group = table.groups
    loads = table.per_juror
    return Health(
        count,
        group,
        max(count - 1, 0),
        int(loads.min(initial=len(table))),
        int(loads.max(initial=0)),
        float(loads.std()) if len(loads) else 0.0,
        _efficiency(table),
    )


def _efficiency(table: Table) -> float | None:
    """The harmonic mean of A's non-zero eigenvalues over the ideal.

    Its inverse is proportional to the mean variance of the differences between juror effects
    (A-efficiency: Kiefer, Annals of Statistics 3 (1975)). The ideal is the mean of the same
    eigenvalues, (N - n)/(m - groups): their sum is N - n for any assignment of N sheets to n
    nominations, so no harmonic mean is higher, and a balanced design, where all eigenvalues are
    the same, reaches it. Comparisons between groups, which are impossible, are not in it.
    """
    matrix, group = reduced(table).matrix, table.groups[1]
    known = len(table.jurors) - table.groups[0]
    if known == 0:
        return None
    member = (group[:, None] == np.unique(group)[None, :]).astype(float)
    # The null space of A are the groups; with an eigenvalue of 1 there, A has an inverse.
    bordered = matrix + member @ (member / member.sum(axis=0)).T
    inverse: Floats = linalg.inv(bordered)
    harmonic = known / (float(np.trace(inverse)) - table.groups[0])
    return harmonic / (float(np.trace(matrix)) / known)
