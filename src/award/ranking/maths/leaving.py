"""Whether other nominations would win without one of the jurors; pure.

Up to 100 jurors W is computed anew from the rest of the sheets, variances included. With more
jurors the variances stay as they were learnt from all, only the effects are solved again, and
only the 100 jurors are tried whose single sheets have the most pull at the border (see `_pull`).
"""

from collections.abc import Iterator

import numpy as np
from scipy import linalg, sparse

from award.ranking.maths import fixed
from award.ranking.maths.border import Border
from award.ranking.maths.corrected import Corrected, corrected
from award.ranking.maths.ranks import SAME
from award.ranking.maths.severity import reduced
from award.ranking.maths.table import Floats, Ints, Table

_MOST = 100
_HAIR = 1e-12


def winners_without(table: Table, found: Corrected, border: Border) -> dict[int, Ints]:
    """Who would win without a juror, best first: for each juror without whom others would.

    That is where a nomination outside would pass a winner, or a winner has no other juror. A tie
    is no change.
    """
    few = len(table.jurors) <= _MOST
    scores = _anew(table) if few else _with_fixed_variances(table, found, border)
    return {juror: _winners(score, border) for juror, score in scores if not border.holds(score)}


def _winners(score: Floats, border: Border) -> Ints:
    """As many as are inside, best first; of equals who is inside comes first."""
    some = np.flatnonzero((border.inside | border.outside) & (score > -np.inf))
    steps = np.round(score[some] / SAME)
    order = np.lexsort((border.outside[some], -steps))
    return some[order[: int(border.inside.sum())]].astype(np.intp)


def _anew(table: Table) -> Iterator[tuple[int, Floats]]:
    for juror in range(len(table.jurors)):
        kept = table.juror != juror
        score = np.full(len(table.nominations), -np.inf)
        if kept.any():
            score[np.unique(table.nomination[kept])] = corrected(table.only(kept)).score
        yield juror, score


def _with_fixed_variances(
    table: Table, found: Corrected, border: Border
) -> Iterator[tuple[int, Floats]]:
    solver = _Leaving(table, found)
    pull = _pull(table, found, border)
    for juror in np.argsort(-pull, kind="stable")[:_MOST]:
        yield int(juror), solver.score(int(juror))


def _pull(table: Table, found: Corrected, border: Border) -> Floats:
    """How far a juror (m,) moves one nomination towards the other side, in parts of its way there.

    Without the sheet ij the raw score of i moves by -e_ij/(n_i - 1), the other effects as they
    are, and its score by about `shrink` times that. A winner's only sheet pulls without end.
    """
    rest = table.value - found.raw[table.nomination] - found.severity.effects[table.juror]
    others = (table.per_nomination - 1)[table.nomination]
    move = np.divide(rest, others, out=np.zeros_like(rest), where=others > 0)
    move *= found.shrink[table.nomination]
    way = np.where(
        border.inside, found.score - border.highest(found.score), border.lowest(found.score)
    )
    way = np.maximum(np.where(border.outside, way - found.score, way), _HAIR)[table.nomination]
    inside = border.inside[table.nomination]
    each = np.where(inside, move, np.where(border.outside[table.nomination], -move, 0.0)) / way
    each[inside & (others == 0)] = np.inf
    pull = np.zeros(len(table.jurors))
    np.maximum.at(pull, table.juror, each)
    return pull


class _Leaving:
    """Scores without one juror, from the equations of all.

    A nomination that juror j shares with others loses, with this sheet, a part of rank one of
    the reduced matrix: A' = A - U U' and b' = b - U g with one column for each such nomination,

        u = sqrt((n-1)/n) (1 at j, -1/(n-1) at the others)
        g = sqrt((n-1)/n) (y_ij - mean of the others)

    so that Woodbury's identity solves as many equations as j has nominations, or else as many as
    there are jurors, whichever is less.
    """

    def __init__(self, table: Table, found: Corrected) -> None:
        self.table, self.found = table, found
        self.inverse = fixed.inverse(found.severity)
        self.matrix = reduced(table).matrix
        self.sums = table.nomination_sums(table.value)
        self.sheets = np.split(
            np.argsort(table.juror, kind="stable"), np.cumsum(table.per_juror)[:-1]
        )

    def score(self, juror: int) -> Floats:
        """W's scores (n,) without the juror."""
        table, sheets = self.table, self.sheets[juror]
        at, value = table.nomination[sheets], table.value[sheets]
        effects = self._effects(juror, at, value)
        left, sums = table.per_nomination.copy(), self.sums - table.incidence @ effects
        left[at] -= 1
        sums[at] -= value - effects[juror]
        return fixed.score(self.found, sums / np.maximum(left, 1), left)

    def _effects(self, juror: int, at: Ints, value: Floats) -> Floats:
        """The effects s' (m,); that of the juror who left is of no use."""
        learnt = self.found.severity
        if learnt.spread.shape[1] == 0:
            return learnt.effects
        shared = self.table.per_nomination[at] > 1
        columns, lost = self._lost(juror, at[shared], value[shared])
        if columns.shape[0] >= len(learnt.effects):
            matrix = self.matrix - (columns.T @ columns).toarray()
            matrix.flat[:: len(matrix) + 1] += learnt.ratio
            right = self.matrix @ learnt.effects + learnt.ratio * learnt.effects
            solved: Floats = linalg.solve(matrix, right - columns.T @ lost, assume_a="pos")
            return solved
        moved = columns @ self.inverse
        start = learnt.effects - moved.T @ lost
        inner = np.eye(len(lost)) - columns @ moved.T
        found: Floats = start + moved.T @ linalg.solve(inner, columns @ start, assume_a="pos")
        return found

    def _lost(self, juror: int, at: Ints, value: Floats) -> tuple[sparse.csr_array, Floats]:
        """U' (one row for each nomination) and g."""
        n = self.table.per_nomination[at].astype(float)
        size = np.sqrt((n - 1) / n)
        alone = sparse.coo_array(
            (size * n / (n - 1), (np.arange(len(at)), np.full(len(at), juror))),
            shape=(len(at), len(self.table.jurors)),
        )
        panel = sparse.diags_array(size / (n - 1)) @ self.table.incidence[at]
        return sparse.csr_array(alone - panel), size * (n * value - self.sums[at]) / (n - 1)
