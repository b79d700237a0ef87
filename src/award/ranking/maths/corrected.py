"""The score of each nomination under W: raw corrected, then shrunk by its evidence; pure."""

import msgspec
import numpy as np

from award.ranking.maths.severity import Severity, henderson, reduced, severity
from award.ranking.maths.table import Floats, Ints, Table

_BLOCK = 4_000_000  # numbers held at a time


class Corrected(msgspec.Struct, frozen=True):
    """`raw` r (n,) is the mean of y_ij - s_j; `score` t (n,) is r drawn towards the mean `mu`.

    `shrink` (n,) is the share of its distance to `mu` that a nomination keeps, `error` (n,) the
    standard error of t that is left when the juror effects are known; `nomination` is st2.
    """

    severity: Severity
    raw: Floats
    score: Floats
    shrink: Floats
    error: Floats
    mu: float
    nomination: float


def corrected(table: Table) -> Corrected:
    """r_i = mean_j(y_ij - s_j); t_i = mu + n_i/(n_i + se2/st2) (r_i - mu).

    mu is the mean of r weighted by 1/(st2 + se2/n_i). Without any difference between nominations
    (st2 = 0) all scores are mu.
    """
    equations = reduced(table)
    learnt = severity(table, equations)
    raw = table.nomination_means(table.value - learnt.effects[table.juror])
    variance = henderson(table, equations).nomination
    noise = learnt.residual / table.per_nomination
    total = variance + noise
    if variance <= 0 and learnt.residual <= 0:
        # One sheet each, or all of one mind: the raw score is all that is known.
        shrink, error, mu = np.ones(len(raw)), np.zeros(len(raw)), float(raw.mean())
        return Corrected(learnt, raw, raw.copy(), shrink, error, mu, variance)
    mu = float(np.average(raw, weights=1 / total))
    shrink = variance / total
    return Corrected(
        learnt, raw, mu + shrink * (raw - mu), shrink, np.sqrt(shrink * noise), mu, variance
    )


def posterior(table: Table, found: Corrected, at: Ints) -> Floats:
    """The variance of the true scores of the nominations `at`, given all sheets.

    error^2 + shrink_i^2 Var(mean of its jurors' effects): what its own sheets leave open, and what
    is left open of how strict its jurors are.
    """
    size = max(1, _BLOCK // max(1, len(table.jurors)))
    blocks = [
        _of_jurors(table, found, at[start : start + size]) for start in range(0, len(at), size)
    ]
    of_jurors = np.concatenate(blocks) if blocks else np.zeros(0)
    variance: Floats = found.error[at] ** 2 + found.shrink[at] ** 2 * of_jurors
    return variance


def _of_jurors(table: Table, found: Corrected, at: Ints) -> Floats:
    """Var(mean of its jurors' effects) of each at `at`; takes as much memory as at x jurors."""
    mean_spread = table.incidence[at] @ found.severity.spread
    mean_spread /= table.per_nomination[at][:, None]
    variance: Floats = (mean_spread**2).sum(axis=1)
    return variance
