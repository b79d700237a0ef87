"""W, the severity-corrected score: every juror's offset is learnt and taken off; pure.

    y_ij = t_i + s_j + e_ij

Nominations t are fixed, jurors s ~ N(0, ss2) and errors e ~ N(0, se2) random. The juror effects
are learnt only from nominations that a juror shares with others. Sources: Patterson and Thompson,
Biometrika 58 (1971), for REML; Henderson, Biometrics 9 (1953), for method III; the numbers equal
lme4's `y ~ 0 + nomination + (1|juror)`.
"""

import msgspec
import numpy as np
from scipy import linalg, optimize

from award.ranking.maths.table import Floats, Table

_MOST_BY_EIGENVALUES = 2000
_NOTHING = 1e-12
_SPAN = 1e8  # of the ratio of the two variances, in both directions
_STEPS = 73
_FLAT = 1e-6


class Severity(msgspec.Struct, frozen=True):
    """The juror effects s (m,), positive for lenient, in the unit of the scores.

    `residual` and `juror` are the variances se2 and ss2, `ratio` is lam = se2/ss2 (infinite
    without any juror variance). `spread` (m, m) is a root of the effects' covariance:
    Cov(s) = spread @ spread.T. `criterion` is -2 log of the restricted likelihood.
    """

    effects: Floats
    residual: float
    juror: float
    ratio: float
    spread: Floats
    criterion: float = float("nan")


class Reduced(msgspec.Struct, frozen=True):
    """The equations of the jurors, nominations swept out.

    matrix A (m, m) = diag(m_j) - Z' diag(1/n_i) Z; right b (m,), b_j = sum_i (y_ij - mean_i);
    within = sum (y_ij - mean_i)^2; free = N - n.
    """

    matrix: Floats
    right: Floats
    within: float
    free: int


def reduced(table: Table) -> Reduced:
    """Sweep the nominations out of the jurors' equations."""
    centred = table.value - table.nomination_means(table.value)[table.nomination]
    weighted = table.incidence.multiply(1 / table.per_nomination[:, None])
    matrix = np.diag(table.per_juror.astype(float)) - (table.incidence.T @ weighted).toarray()
    return Reduced(
        matrix,
        table.juror_sums(centred),
        float(centred @ centred),
        len(table) - len(table.nominations),
    )


def severity(table: Table, equations: Reduced | None = None) -> Severity:
    """Juror effects and variances by REML; by Henderson's closed form above 2,000 jurors."""
    equations = equations or reduced(table)
    scale = float(table.value @ table.value)
    if equations.free == 0 or equations.within <= _NOTHING * max(scale, 1e-300):
        return _without_evidence(len(table.jurors))
    if len(table.jurors) > _MOST_BY_EIGENVALUES:
        return _closed(table, equations)
    return _restricted(equations, float(np.sum(np.log(table.per_nomination))))


def _restricted(equations: Reduced, fixed: float) -> Severity:
    """One parameter: the ratio lam, by the eigenvalues d of A and g = U'b.

    Q(lam) = RSS_0 - sum g^2/(d + lam); minimise sum log(1 + d/lam) + (N-n) log(Q/(N-n)).
    `fixed` is the logarithm of the nominations' determinant, a constant of the criterion.
    """
    d, vectors = linalg.eigh(equations.matrix)
    d = np.where(d > _NOTHING * d[-1], d, 0.0)
    g2 = np.where(d > 0, (vectors.T @ equations.right) ** 2, 0.0)
    free = equations.free
    each = np.divide(g2, d, out=np.zeros_like(d), where=d > 0)
    unexplained = max(equations.within - float(each.sum()), _NOTHING * equations.within)

    def left(ratio: float) -> float:
        # Q(lam), written without the difference of two numbers that are nearly the same.
        return unexplained + float(np.sum(each * (ratio / (d + ratio))))

    def criterion(log_ratio: float) -> float:
        ratio = np.exp(log_ratio)
        return float(np.sum(np.log1p(d / ratio)) + free * np.log(left(ratio) / free))

    widest = float(np.log(_SPAN))
    shift = float(np.log(max(d[-1], _NOTHING)))
    grid = np.linspace(shift - widest, shift + widest, _STEPS)
    tried = np.array([criterion(one) for one in grid])
    # Where the likelihood is flat, the least correction is taken.
    at = int(np.flatnonzero(tried <= tried.min() + _FLAT)[-1])
    if at == _STEPS - 1:
        return _equal_jurors(equations)
    low, high = grid[max(at - 1, 0)], grid[at + 1]
    best = optimize.minimize_scalar(
        criterion, bounds=(low, high), method="bounded", options={"xatol": 1e-11}
    ).x
    ratio = float(np.exp(best))
    residual = left(ratio) / free
    spread = vectors * np.sqrt(residual / (d + ratio))
    effects = vectors @ ((vectors.T @ equations.right) / (d + ratio))
    reached = criterion(best) + fixed + free * (1 + np.log(2 * np.pi))
    return Severity(effects, residual, residual / ratio, ratio, spread, reached)


def _closed(table: Table, equations: Reduced) -> Severity:
    """The same from Henderson's variances, with one Cholesky factor instead of eigenvalues."""
    variances = henderson(table, equations)
    if variances.juror == 0 or variances.residual == 0:
        return _equal_jurors(equations)
    ratio = variances.residual / variances.juror
    m = len(equations.right)
    factor = linalg.cholesky(equations.matrix + ratio * np.eye(m), lower=True)
    effects = linalg.cho_solve((factor, True), equations.right)
    spread = linalg.solve_triangular(factor, np.eye(m), lower=True, trans="T")
    spread *= np.sqrt(variances.residual)
    return Severity(effects, variances.residual, variances.juror, ratio, spread)


def _equal_jurors(equations: Reduced) -> Severity:
    """No juror differs from the others by more than chance."""
    m = len(equations.right)
    residual = equations.within / equations.free
    return Severity(np.zeros(m), residual, 0.0, float("inf"), np.zeros((m, 0)))


def _without_evidence(m: int) -> Severity:
    """No two sheets on one nomination, or no two that differ: nothing to be learnt."""
    return Severity(np.zeros(m), 0.0, 0.0, float("inf"), np.zeros((m, 0)))


class Variances(msgspec.Struct, frozen=True):
    """Of nominations (st2), jurors (ss2) and errors (se2), in squared units of the scores."""

    nomination: float
    juror: float
    residual: float


def henderson(table: Table, equations: Reduced | None = None) -> Variances:
    """Henderson's method III in closed form; a negative variance becomes 0.

    With R the reductions in the sum of squares and rank_ts = n + m - groups:
    se2 = RSS/(N - rank_ts), st2 = (R(t,s) - R(s) - se2 (rank_ts - m))/(N - m), ss2 likewise.
    For at most one sheet of a juror on a nomination. 0 where there are no degrees of freedom.
    """
    equations = equations or reduced(table)
    size, n, m = len(table), len(table.nominations), len(table.jurors)
    rank = n + m - table.groups[0]
    explained = float(equations.right @ additive_effects(table, equations))
    rest = max(equations.within - explained, 0.0)
    centred = table.value - (table.juror_sums(table.value) / table.per_juror)[table.juror]
    by_juror = float(centred @ centred)
    residual = rest / (size - rank) if size > rank else 0.0
    return Variances(
        _component(by_juror - rest - residual * (rank - m), size - m),
        _component(equations.within - rest - residual * (rank - n), size - n),
        residual,
    )


def _component(numerator: float, free: int) -> float:
    return max(numerator / free, 0.0) if free > 0 else 0.0


def additive_effects(table: Table, equations: Reduced | None = None) -> Floats:
    """Least squares of nomination + juror: s (m,), with sum 0 within each group, unshrunk."""
    equations = equations or reduced(table)
    group = table.groups[1]
    member = (group[:, None] == np.unique(group)[None, :]).astype(float)
    bordered = equations.matrix + member @ (member / member.sum(axis=0)).T
    effects: Floats = linalg.solve(bordered, equations.right, assume_a="pos")
    return effects
