"""On which nominations further sheets would make the border of the winners clearest; pure.

The border lies midway between the last winner and the first outside. Given all sheets, the true
score of a nomination is about N(t_i, v_i), and with chance Phi(-|h|), h = (t_i - border)/sqrt(v_i),
it belongs on the other side. One more sheet has the noise q: the error's variance and the mean
posterior variance of a juror's effect. After it the chance is expected to be

    2 T(h, sqrt(q / v_i)),    T Owen's function,

for the true score and the new estimate are jointly normal with correlation sqrt(v_i / (v_i + q)).
The border itself is held still, and the new juror is any of them. Source: the value of sample
information, Raiffa and Schlaifer, Applied Statistical Decision Theory (1961); Owen, Annals of
Mathematical Statistics 27 (1956).
"""

import msgspec
import numpy as np
from scipy import special

from award.ranking.maths.border import Border
from award.ranking.maths.corrected import Corrected, posterior
from award.ranking.maths.table import Ints, Table

_MOST_NEAR = 2000  # nominations looked at
_NOTHING = 1e-12


class Sharpening(msgspec.Struct, frozen=True):
    """What further sheets on one nomination would do.

    `now` is the chance that it is on the wrong side of the border, `after` the chance expected
    once the sheets are there.
    """

    nomination: int
    now: float
    after: float

    @property
    def gain(self) -> float:
        return self.now - self.after


def sharpen(
    table: Table, found: Corrected, border: Border, *, sheets: int = 1, most: int = 10
) -> list[Sharpening]:
    """The nominations where `sheets` further sheets gain most, at most `most` of them.

    None if there is no border, or nothing that further sheets could tell.
    """
    ranked = np.flatnonzero(border.inside | border.outside)
    if not border.inside.any() or not border.outside.any():
        return []
    line = (border.lowest(found.score) + border.highest(found.score)) / 2
    near = _nearest(found, ranked, line)
    variance = posterior(table, found, near)
    near, variance = near[variance > _NOTHING], variance[variance > _NOTHING]
    of_a_juror = (found.severity.spread**2).sum(axis=1).mean()
    noise = (found.severity.residual + of_a_juror) / sheets
    away = np.abs(found.score[near] - line) / np.sqrt(variance)
    now = special.ndtr(-away)
    after = 2 * special.owens_t(away, np.sqrt(noise / variance))
    best = np.lexsort((near, after - now))[:most]
    return [Sharpening(int(near[at]), float(now[at]), float(after[at])) for at in best]


def _nearest(found: Corrected, ranked: Ints, line: float) -> Ints:
    """Those nearest to the border by the largest variance that each can have."""
    utmost = (found.severity.spread**2).sum(axis=1).max(initial=0.0)
    variance = found.error[ranked] ** 2 + found.shrink[ranked] ** 2 * utmost
    way = np.abs(found.score[ranked] - line) / np.sqrt(np.maximum(variance, _NOTHING))
    return ranked[np.argsort(way, kind="stable")[:_MOST_NEAR]]
