"""W once more with the variances as they were learnt: then all of it is linear in the values; pure.

It costs far less than to learn the variances anew, and answers what one change does: another
weight of a criterion, one juror less.
"""

import numpy as np

from award.ranking.maths.corrected import Corrected
from award.ranking.maths.severity import Severity
from award.ranking.maths.table import Floats, Ints


def inverse(learnt: Severity) -> Floats:
    """(A + lam I)^-1 (m, m), which turns the jurors' right side into their effects.

    All zero where no juror differs from the others, so that all effects are 0.
    """
    if learnt.spread.shape[1] == 0:
        return np.zeros((len(learnt.effects), len(learnt.effects)))
    found: Floats = learnt.spread @ learnt.spread.T / learnt.residual
    return found


def effects(learnt: Severity, right: Floats) -> Floats:
    """The juror effects s (m,) of another right side b (m,): s = (A + lam I)^-1 b."""
    if learnt.spread.shape[1] == 0:
        return np.zeros(len(right))
    found: Floats = learnt.spread @ (learnt.spread.T @ right) / learnt.residual
    return found


def score(found: Corrected, raw: Floats, sheets: Ints) -> Floats:
    """The scores t (n,) of raw corrected ones r (n,) and numbers of sheets n_i (n,).

    As in `corrected`: t_i = mu + st2/(st2 + se2/n_i) (r_i - mu), mu the mean of r weighted by
    1/(st2 + se2/n_i). Minus infinity for a nomination without sheets.
    """
    scores = np.full(len(raw), -np.inf)
    at = sheets > 0
    if not at.any():
        return scores
    total = found.nomination + found.severity.residual / sheets[at]
    if not total.any():
        scores[at] = raw[at]
        return scores
    mu = np.average(raw[at], weights=1 / total)
    scores[at] = mu + found.nomination / total * (raw[at] - mu)
    return scores
