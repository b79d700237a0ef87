"""The pure parts: a juror's levels, and the hashes of frozen sheets."""

from datetime import UTC, datetime

import pytest

from award.jury.frozen import list_sha256, sheet_sha256
from award.jury.points import bars

AT = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)


def test_there_is_a_bar_for_every_level_and_the_most_given_is_the_tallest() -> None:
    drawn = bars({2: 4, 5: 1}, 1, 5)
    assert [(bar.level, bar.count) for bar in drawn] == [(1, 0), (2, 4), (3, 0), (4, 0), (5, 1)]
    assert max(drawn, key=lambda bar: bar.height).level == 2
    assert drawn[0].height == 0


def _hash(**changed: object) -> str:
    given = {
        "assignment_id": "a",
        "nomination_id": "n",
        "seat_id": "s",
        "handed_in_at": AT,
        "comment": "",
        "marks": {"K1": (4, "gut"), "K2": (None, "")},
    }
    return sheet_sha256(**(given | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": {"K1": (5, "gut"), "K2": (None, "")}},
        {"marks": {"K1": (4, "besser"), "K2": (None, "")}},
        {"marks": {"K1": (4, "gut"), "K2": (0, "")}},
        {"comment": "anders"},
        {"seat_id": "t"},
        {"nomination_id": "m"},
        {"handed_in_at": AT.replace(minute=1)},
    ],
)
def test_every_part_of_a_sheet_changes_its_hash(changed: dict[str, object]) -> None:
    assert _hash(**changed) != _hash()


def test_the_order_of_criteria_and_of_sheets_does_not_matter() -> None:
    assert _hash(marks={"K2": (None, ""), "K1": (4, "gut")}) == _hash()
    assert list_sha256([("a", "1"), ("b", "2")]) == list_sha256([("b", "2"), ("a", "1")])
    assert list_sha256([("a", "1"), ("b", "2")]) != list_sha256([("a", "2"), ("b", "1")])
