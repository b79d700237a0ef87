"""Where further sheets help: the closed form against drawing them."""

import numpy as np
import pytest
from scipy import special

from award.ranking.maths import sharpen as module
from award.ranking.maths.border import Border
from award.ranking.maths.corrected import corrected
from award.ranking.maths.sharpen import Sharpening, sharpen
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import mini


def sharpened(given: Table, *, winners: int = 5, sheets: int = 1) -> list[Sharpening]:
    found = corrected(given)
    border = Border.of(found.score, winners)
    return sharpen(given, found, border, sheets=sheets, most=len(given.nominations))


@pytest.mark.parametrize("sheets", [1, 4])
def test_the_chance_after_further_sheets_as_drawn(sheets: int) -> None:
    found = corrected(mini())
    border = Border.of(found.score, 5)
    line = (border.lowest(found.score) + border.highest(found.score)) / 2
    noise = found.severity.residual + (found.severity.spread**2).sum(axis=1).mean()
    random = np.random.Generator(np.random.PCG64(1))
    for one in sharpened(mini(), sheets=sheets)[:3]:
        score = found.score[one.nomination]
        variance = ((score - line) / special.ndtri(one.now)) ** 2
        true = score + np.sqrt(variance) * random.standard_normal(400_000)
        mean = true + np.sqrt(noise / sheets) * random.standard_normal(400_000)
        share = variance / (variance + noise / sheets)
        wrong = (score + share * (mean - score) > line) != (true > line)
        assert one.after == pytest.approx(wrong.mean(), abs=0.003)


def test_the_greatest_gain_comes_first_and_more_sheets_gain_more() -> None:
    once, often = sharpened(mini()), sharpened(mini(), sheets=5)
    gains = [one.gain for one in once]
    assert gains == sorted(gains, reverse=True)
    assert all(0 <= one.after <= one.now <= 0.5 for one in once)
    by_name = {one.nomination: one.gain for one in often}
    assert all(by_name[one.nomination] >= one.gain for one in once)


def test_the_nominations_at_the_border_come_before_the_rest() -> None:
    order = list(np.argsort(-corrected(mini()).score, kind="stable"))
    first = [order.index(one.nomination) + 1 for one in sharpened(mini())[:4]]
    assert all(3 <= place <= 9 for place in first)


def test_whoever_is_far_away_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sharpened(mini())[:3]
    monkeypatch.setattr(module, "_MOST_NEAR", 10)
    assert sharpened(mini())[:3] == whole


def test_whoever_is_not_ranked_is_not_named() -> None:
    given = mini()
    found = corrected(given)
    border = Border.of(found.score, 5)
    first = sharpen(given, found, border)[0].nomination
    border.inside[first] = border.outside[first] = False
    assert first not in [one.nomination for one in sharpen(given, found, border, most=24)]


def test_without_a_border_there_is_nothing_to_sharpen() -> None:
    assert sharpened(mini(), winners=24) == []
    assert sharpened(mini(), winners=0) == []


def test_where_all_are_tied_no_sheet_can_tell() -> None:
    agreed = Table.of((f"N{n}", f"J{j}", 3.0) for n in range(4) for j in range(3))
    assert sharpened(agreed, winners=2) == []
    opposed = Table.of([("N1", "J1", 1), ("N1", "J2", 5), ("N2", "J1", 5), ("N2", "J2", 1)])
    assert sharpened(opposed, winners=1) == []
