"""The mean of the sheets against tables that were computed by hand and elsewhere."""

import csv
import itertools
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.composite import Measure, ScoredSheet, composites
from award.ranking.mean import Mean, means
from award.ranking.method import compute
from award.ranking.order import lot, order

DATA = Path(__file__).parent / "data"
HALVES = [Measure("A", 50, 1, 5), Measure("B", 30, 1, 5), Measure("C", 20, 1, 5)]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="") as source:
        return list(csv.DictReader(source))


def sheet(nomination: str, juror: str, **points: float | None) -> ScoredSheet:
    return ScoredSheet(f"{nomination}/{juror}", nomination, juror, points)


def mini() -> tuple[list[ScoredSheet], list[Measure]]:
    points: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows("miniA_scores.csv"):
        if row["score"]:
            of_sheet = points.setdefault((row["nomination"], row["juror"]), {})
            of_sheet[row["criterion"]] = float(row["score"])
    weights = json.loads((DATA / "miniA_expected.json").read_text())["weights"]
    return [sheet(*key, **given) for key, given in points.items()], [
        Measure(f"C{n}", weight, 1, 5) for n, weight in enumerate(weights, 1)
    ]


def test_composites_with_missing_criteria_agree_with_the_reference() -> None:
    expected = {(r["nomination"], r["juror"]): float(r["y"]) for r in rows("miniA_composite.csv")}
    found = composites(*mini(), min_weight_present=0)
    assert len(found.counted) == len(expected) == 86
    assert {(c.sheet.nomination, c.sheet.juror): c.value for c in found.counted} == pytest.approx(
        expected, abs=1e-6
    )


def test_plain_means_agree_with_the_reference() -> None:
    expected = json.loads((DATA / "miniA_expected.json").read_text())["plain_mean"]
    found = means(composites(*mini(), min_weight_present=0).counted)
    assert {one.nomination: one.value for one in found} == pytest.approx(expected, abs=1e-6)


def test_a_sheet_by_hand() -> None:
    found = composites(
        [
            sheet("N", "1", A=5, B=4, C=3),
            sheet("N", "2", A=3, B=2, C=1),
            sheet("N", "3", A=4, B=None, C=None),
        ],
        HALVES,
    )
    # .5·5+.3·4+.2·3 = 4.3; .5·3+.3·2+.2·1 = 2.3; b = 4, 3, 2, their mean .5·4+.3·3+.2·2 = 3.3,
    # so the third stands at (4 - 4) + 3.3: the hard criteria it lacks do not lift it.
    assert [one.value for one in found.counted] == pytest.approx([4.3, 2.3, 3.3])
    assert [one.weight_present for one in found.counted] == pytest.approx([1, 1, 0.5])
    assert found.centres == {"A": 4, "B": 3, "C": 2}


def test_too_little_of_the_weight_is_reported_and_does_not_count() -> None:
    thin, empty = sheet("N", "2", B=3), sheet("N", "3", A=None)
    found = composites([sheet("N", "1", A=5, B=4, C=3), thin, empty], HALVES)
    assert [(one.sheet, one.weight_present) for one in found.left_out] == [(thin, 0.3), (empty, 0)]
    exactly_half = composites([sheet("N", "1", A=5)], HALVES, min_weight_present=0.5)
    assert len(exactly_half.counted) == 1


def test_without_complete_sheets_the_centres_are_over_all_scores() -> None:
    found = composites([sheet("N", "1", A=5, B=3), sheet("M", "2", A=3, C=1)], HALVES)
    assert found.centres == {"A": 4, "B": 3, "C": 1}


def test_a_criterion_that_nobody_scored_leaves_the_others_the_weight() -> None:
    found = composites([sheet("N", "1", A=5, B=1)], HALVES)
    assert found.counted[0].value == pytest.approx((5 * 50 + 1 * 30) / 80)


def test_different_scales_become_shares_of_the_declared_ends() -> None:
    measures = [Measure("A", 1, 0, 10), Measure("B", 1, 1, 5)]
    assert composites([sheet("N", "1", A=5, B=5)], measures).counted[0].value == 75
    same = [Measure("A", 1, 1, 5)]
    assert composites([sheet("N", "1", A=2)], same).counted[0].value == 2
    assert composites([sheet("N", "1", A=2)], same, in_percent=True).counted[0].value == 25


def mean(nomination: str, value: float, sheets: int = 3, **criteria: float) -> Mean:
    return Mean(nomination, value, sheets, criteria)


def test_ties_are_parted_by_criteria_then_sheets_then_lot() -> None:
    found = order(
        [
            mean("a", 70, B=3.0, A=1.0),
            mean("b", 70 + 5e-10, B=3.0, A=2.0),
            mean("c", 70, B=4.0),
            mean("d", 70, 4, B=3.0, A=1.0),
            mean("e", 70, 4, B=3.0, A=1.0),
            mean("f", 70.1),
            mean("g", 99, 2),
        ],
        min_sheets=3,
        tie_breakers=["B", "A"],
        seed="s",
    )
    drawn = sorted("de", key=lambda one: lot("s", one))
    assert [(one.place, one.mean.nomination, one.decided_by) for one in found.standings] == [
        (1, "f", ""),
        (2, "c", "B"),
        (3, "b", "A"),
        (4, drawn[0], "lot"),
        (5, drawn[1], "lot"),
        (6, "a", "sheets"),
    ]
    assert [one.nomination for one in found.not_enough] == ["g"]


def test_the_lot_follows_its_seed_only() -> None:
    names = [mean(name, 50) for name in "abcdefgh"]
    draws = {
        tuple(
            one.mean.nomination
            for one in order(given, min_sheets=1, tie_breakers=[], seed=seed).standings
        )
        for seed in ("1", "2")
        for given in (names, names[::-1])
    }
    assert len(draws) == 2


POINTS = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 5) | st.none())
TABLES = st.dictionaries(
    st.tuples(st.integers(1, 6), st.integers(1, 4)), POINTS, min_size=1, max_size=24
)


def frozen(table: dict[tuple[int, int], dict[str, int | None]], name: str = "N") -> dict:
    return {
        "round": "r",
        "nominations": sorted({f"{name}{n}" for n, _ in table}),
        "criteria": [{"key": one.key, "weight": one.weight} for one in HALVES],
        "sheets": [
            {
                "id": f"{name}{n}/{j}",
                "nomination": f"{name}{n}",
                "juror": str(j),
                "round": "r",
                "low": 1,
                "high": 5,
                "points": points,
            }
            for (n, j), points in table.items()
        ],
    }


def rules(**other: object) -> dict:
    given = {"min_weight_present": 0.5, "min_sheets": 1, "tie_breakers": ["B", "A"], "seed": "s"}
    return given | other


@given(TABLES, st.randoms())
def test_the_order_of_the_sheets_does_not_matter(table: dict, dice: random.Random) -> None:
    plain = frozen(table)
    mixed = {**plain, "sheets": dice.sample(plain["sheets"], len(plain["sheets"]))}
    assert compute(mixed, rules()) == compute(plain, rules())


@given(TABLES)
def test_new_names_change_nothing_but_the_names(table: dict) -> None:
    def told(name: str) -> list[tuple[int, float]]:
        found = compute(frozen(table, name), rules())["standings"]
        return [(one["place"], one["mean"]) for one in found]

    assert told("N") == told("M")


@given(TABLES)
def test_everybody_is_ranked_once_or_named_with_a_reason(table: dict) -> None:
    found = compute(frozen(table), rules(min_sheets=2))
    ranked = [one["nomination"] for one in found["standings"]]
    assert (
        sorted(ranked + [one["nomination"] for one in found["not_ranked"]])
        == frozen(table)["nominations"]
    )
    assert [one["place"] for one in found["standings"]] == list(range(1, len(ranked) + 1))
    assert all(one["sheets"] >= 2 for one in found["standings"])
    values = [one["mean"] for one in found["standings"]]
    assert all(a >= b - 1e-9 for a, b in itertools.pairwise(values))


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 4)),
        st.fixed_dictionaries(dict.fromkeys("ABC", st.integers(1, 4))),
        min_size=2,
    ),
    st.data(),
)
def test_a_higher_score_never_costs_a_place(table: dict, data: st.DataObject) -> None:
    who = data.draw(st.sampled_from(sorted(table)))
    key = data.draw(st.sampled_from("ABC"))
    raised = table | {who: table[who] | {key: table[who][key] + 1}}

    def place(given: dict) -> int:
        found = compute(frozen(given), rules(tie_breakers=[]))["standings"]
        return next(one["place"] for one in found if one["nomination"] == f"N{who[0]}")

    assert place(raised) <= place(table)


@given(TABLES)
def test_means_lie_within_the_scale_when_all_is_scored(table: dict) -> None:
    whole = {who: {key: points.get(key) or 3 for key in "ABC"} for who, points in table.items()}
    for one in compute(frozen(whole), rules())["standings"]:
        assert 0 <= one["mean"] <= 100


def test_rounds_of_different_scales_are_computed_together() -> None:
    first = frozen({(1, 1): {"A": 5, "B": 5, "C": 5}, (2, 1): {"A": 1, "B": 1, "C": 1}})
    later = {
        **first["sheets"][1],
        "id": "later",
        "round": "r2",
        "low": 0,
        "high": 10,
        "points": {"A": 10, "B": 10, "C": 10},
    }
    both = {**first, "nominations": ["N2", "N3"], "sheets": [*first["sheets"], later]}
    found = compute(both, rules())
    assert [(one["nomination"], one["mean"]) for one in found["standings"]] == [("N2", 50)]
    assert found["not_ranked"] == [{"nomination": "N3", "sheets": 0, "reason": "not enough scores"}]
