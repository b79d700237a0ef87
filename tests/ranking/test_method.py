"""From frozen sheets to the result of a run: against the reference, and what always holds."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.ranking.method import compute
from tests.ranking.maths.tables import expected, rows

KEYS = {"A": 50, "B": 30, "C": 20}
FEW = settings(max_examples=30)


def frozen(table: dict[tuple[str, str], dict[str, int | None]], **other: Any) -> dict[str, Any]:
    """What a run is computed from, of points by nomination and juror."""
    return {
        "round": "r",
        "nominations": sorted({nomination for nomination, _ in table}),
        "criteria": [{"key": key, "weight": weight} for key, weight in KEYS.items()],
        "sheets": [sheet(*who, points) for who, points in table.items()],
    } | other


def sheet(nomination: str, juror: str, points: dict[str, int | None], **other: Any) -> dict:
    return {
        "id": f"{nomination}/{juror}",
        "nomination": nomination,
        "juror": juror,
        "round": "r",
        "low": 1,
        "high": 5,
        "points": points,
    } | other


def rules(**other: Any) -> dict[str, Any]:
    return {
        "winners": 2,
        "seed": 7,
        "draws": 400,
        "min_sheets": 1,
        "min_weight_present": 0.5,
        "tie_breakers": ["B", "A"],
    } | other


def even(points: int) -> dict[str, int | None]:
    return dict.fromkeys(KEYS, points)


def test_the_result_agrees_with_the_reference_on_0_to_100() -> None:
    right = expected("miniA_expected.json")
    table: dict[tuple[str, str], dict[str, int | None]] = {}
    for row in rows("miniA_scores.csv"):
        points = table.setdefault((row["nomination"], row["juror"]), {})
        points[row["criterion"]] = int(row["score"]) if row["score"] else None
    criteria = [{"key": f"C{n}", "weight": one} for n, one in enumerate(right["weights"], 1)]
    found = compute(
        frozen(table, criteria=criteria),
        rules(winners=5, draws=4000, min_weight_present=0, tie_breakers=[]),
    )
    reference = right["severity_corrected"]["nominations"]
    for one in found["nominations"]:
        assert one["rank"] == reference[one["id"]]["rank"]
        assert one["score"] == pytest.approx(25 * (reference[one["id"]]["final"] - 1), abs=1e-4)
        assert one["p_winner"] == pytest.approx(reference[one["id"]]["p_top5_mc"], abs=0.01)
        assert one["score_low"] < one["score"] < one["score_high"]
        parts = sum(c["weight"] * one["parts"][c["key"]] for c in criteria)
        assert parts / sum(right["weights"]) == pytest.approx(one["score"])
    assert found["sheets"] == len(table)
    given = {(one["id"], juror) for one in found["nominations"] for juror in one["given"]}
    assert given == set(table)


def test_without_differences_between_jurors_the_means_are_the_order() -> None:
    table = {(f"N{n}", f"J{j}"): even(n) for n in range(1, 6) for j in range(3)}
    found = compute(frozen(table), rules())
    assert [(o["id"], o["mean"], o["winner"]) for o in found["nominations"]] == [
        ("N5", 100, True),
        ("N4", 75, True),
        ("N3", 50, False),
        ("N2", 25, False),
        ("N1", 0, False),
    ]
    assert found["nominations"][1]["criteria"] == {"A": 75, "B": 75, "C": 75}


def test_a_criterion_parts_equals_and_is_named() -> None:
    first, second = {"A": 3, "B": 4, "C": 2}, {"A": 3, "B": 3, "C": 3}
    # .5·3 + .3·4 + .2·2 = 3.1 and 3.0: equal only if C weighs as much as B.
    criteria = [{"key": "A", "weight": 40}, {"key": "B", "weight": 30}, {"key": "C", "weight": 30}]
    table = {(name, f"J{j}"): row for name, row in (("P", second), ("Q", first)) for j in range(3)}
    found = compute(frozen(table, criteria=criteria), rules(winners=2))
    assert [(o["id"], o["decided_by"]) for o in found["nominations"]] == [
        ("Q", "criterion B"),
        ("P", "criterion B"),
    ]


def test_with_too_few_for_all_awards_all_of_them_win() -> None:
    found = compute(frozen({("N1", "J1"): even(4), ("N2", "J1"): even(3)}), rules(winners=5))
    assert [one["winner"] for one in found["nominations"]] == [True, True]


def test_without_enough_sheets_nobody_has_a_place() -> None:
    table = {("N1", "J1"): even(4), ("N2", "J1"): {"A": None, "B": None, "C": 2}}
    found = compute(frozen(table, nominations=["N1", "N2", "N3"]), rules(min_sheets=2))
    assert found["nominations"] == found["jurors"] == []
    assert [(one["id"], one["sheets"]) for one in found["not_ranked"]] == [
        ("N1", 1),
        ("N2", 0),
        ("N3", 0),
    ]
    assert found["left_out"] == {"N2/J1": 0.2}


def test_nothing_at_all_gives_an_empty_result() -> None:
    found = compute(frozen({}), rules())
    assert found["nominations"] == found["not_ranked"] == []


def test_rounds_of_different_scales_are_computed_together() -> None:
    table = {("N1", "J1"): even(5), ("N2", "J1"): even(1)}
    later = sheet("N2", "J2", even(10), id="later", round="r2", low=0, high=10)
    given = frozen(table, nominations=["N2", "N3"])
    found = compute({**given, "sheets": [*given["sheets"], later]}, rules())
    assert [(one["id"], one["mean"]) for one in found["nominations"]] == [("N2", 50)]
    assert found["not_ranked"] == [{"id": "N3", "sheets": 0, "reason": "not enough scores"}]
    assert found["nominations"][0]["given"] == {"J1": 0, "J2": 100}


POINTS = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 5) | st.none())
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(["N1", "N2", "N3", "N4", "N5"]), st.sampled_from(["J1", "J2", "J3"])),
    POINTS,
    min_size=1,
)


@FEW
@given(TABLES, st.randoms())
def test_the_order_of_the_sheets_does_not_matter(table: dict, dice: random.Random) -> None:
    plain = frozen(table)
    mixed = {**plain, "sheets": dice.sample(plain["sheets"], len(plain["sheets"]))}
    assert compute(mixed, rules()) == compute(plain, rules())


@FEW
@given(TABLES)
def test_everybody_is_ranked_once_or_named_with_a_reason(table: dict) -> None:
    given = frozen(table)
    found = compute(given, rules(min_sheets=2))
    ranked = [one["id"] for one in found["nominations"]]
    assert sorted(ranked + [one["id"] for one in found["not_ranked"]]) == given["nominations"]
    assert [one["rank"] for one in found["nominations"]] == list(range(1, len(ranked) + 1))
    assert all(one["sheets"] >= 2 for one in found["nominations"])
    scores = [one["score"] for one in found["nominations"]]
    assert scores == sorted(scores, reverse=True)
