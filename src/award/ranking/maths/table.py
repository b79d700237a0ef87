"""The score sheets as arrays: who scored what, and how; pure.

Notation of all modules here, with N sheets, n nominations and m jurors:

    y_ij   the value of juror j's sheet on nomination i
    n_i    sheets of nomination i, m_j sheets of juror j
    Z      incidence, n x m: how many sheets juror j has on nomination i
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]


class Table:
    """N sheets in a fixed order, by nomination and then by juror.

    `nomination` and `juror` (N,) are places in the sorted lists `nominations` and `jurors`;
    `value` (N,) is in the unit of the scores.
    """

    def __init__(
        self,
        nominations: list[str],
        jurors: list[str],
        nomination: Ints,
        juror: Ints,
        value: Floats,
    ) -> None:
        self.nominations = nominations
        self.jurors = jurors
        self.nomination = nomination
        self.juror = juror
        self.value = value

    @classmethod
    def of(cls, sheets: Iterable[tuple[str, str, float]]) -> "Table":
        """From (nomination, juror, value), in any order."""
        rows = sorted(sheets)
        nominations = sorted({row[0] for row in rows})
        jurors = sorted({row[1] for row in rows})
        at = {name: place for place, name in enumerate(nominations)}
        by = {name: place for place, name in enumerate(jurors)}
        return cls(
            nominations,
            jurors,
            np.array([at[row[0]] for row in rows], dtype=np.intp),
            np.array([by[row[1]] for row in rows], dtype=np.intp),
            np.array([row[2] for row in rows], dtype=np.float64),
        )

    def __len__(self) -> int:
        return len(self.value)

    def with_values(self, value: Floats) -> "Table":
        """The same sheets with other values (N,)."""
        return Table(self.nominations, self.jurors, self.nomination, self.juror, value)

    def only(self, kept: Flags) -> "Table":
        """The sheets where `kept` (N,) is true; whoever has none left is gone from the lists."""
        at, nomination = np.unique(self.nomination[kept], return_inverse=True)
        by, juror = np.unique(self.juror[kept], return_inverse=True)
        return Table(
            [self.nominations[place] for place in at],
            [self.jurors[place] for place in by],
            nomination,
            juror,
            self.value[kept],
        )

    @cached_property
    def per_nomination(self) -> Ints:
        """n_i (n,)."""
        return np.bincount(self.nomination, minlength=len(self.nominations))

    @cached_property
    def per_juror(self) -> Ints:
        """m_j (m,)."""
        return np.bincount(self.juror, minlength=len(self.jurors))

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Z (n, m)."""
        shape = (len(self.nominations), len(self.jurors))
        ones = np.ones(len(self))
        return sparse.coo_array((ones, (self.nomination, self.juror)), shape=shape).tocsr()

    def nomination_means(self, value: Floats) -> Floats:
        """The mean of `value` (N,) over each nomination's sheets (n,)."""
        return self.nomination_sums(value) / self.per_nomination

    def nomination_sums(self, value: Floats) -> Floats:
        """The sum of `value` (N,) over each nomination's sheets (n,)."""
        return _sums(self.nomination, value, len(self.nominations))

    def juror_sums(self, value: Floats) -> Floats:
        """The sum of `value` (N,) over each juror's sheets (m,)."""
        return _sums(self.juror, value, len(self.jurors))

    @cached_property
    def groups(self) -> tuple[int, Ints]:
        """How many groups share no nomination, and the group of each juror (m,).

        Jurors of different groups cannot be compared by any statistics.
        """
        n, m = len(self.nominations), len(self.jurors)
        edges = sparse.coo_array(
            (np.ones(len(self)), (self.nomination, self.juror + n)), shape=(n + m, n + m)
        )
        count, label = connected_components(edges, directed=False)
        return int(count), label[n:].astype(np.intp)


def _sums(place: Ints, value: Floats, length: int) -> Floats:
    return np.bincount(place, weights=value, minlength=length).astype(np.float64)
