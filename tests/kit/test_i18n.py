"""Days, times and numbers as each language says them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from award.kit import i18n

WINTER = datetime(2026, 12, 14, 13, 0, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "german", "english"),
    [
        (lambda: i18n.day(WINTER), "14. Dezember 2026", "14 December 2026"),
        (
            lambda: i18n.day(SUMMER, weekday=True),
            "Donnerstag, 2. Juli 2026",
            "Thursday 2 July 2026",
        ),
        (lambda: i18n.day(date(2026, 1, 3), year=False), "3. Januar", "3 January"),
        (lambda: i18n.short_day(WINTER), "14.12.2026", "14/12/2026"),
        (lambda: i18n.time_of_day(WINTER), "14:00 Uhr (MEZ)", "2:00 pm (CET)"),
        (lambda: i18n.time_of_day(SUMMER), "00:30 Uhr (MESZ)", "12:30 am (CEST)"),
        (
            lambda: i18n.moment(WINTER, seconds=True),
            "Montag, 14. Dezember 2026, 14:00:05 Uhr (MEZ)",
            "Monday 14 December 2026, 2:00:05 pm (CET)",
        ),
        (
            lambda: i18n.deadline(datetime(2026, 12, 14, 23, tzinfo=UTC)),
            "Montag, 14. Dezember 2026, 23:59:59 Uhr (MEZ)",
            "Monday 14 December 2026, 11:59:59 pm (CET)",
        ),
        (lambda: i18n.clock(WINTER), "14:00:05", "14:00:05"),
        (lambda: i18n.number(1234.5, 1), "1.234,5", "1,234.5"),
        (lambda: i18n.number(1234), "1.234", "1,234"),
        (lambda: i18n.percent(0.25), "25\N{NO-BREAK SPACE}%", "25%"),
        (lambda: i18n.local({"de": "ja", "en": "yes"}), "ja", "yes"),
        (lambda: i18n.local({"de": "ja"}), "ja", "ja"),
        (lambda: i18n.local(None), "", ""),
    ],
)
def test_each_language_has_its_own_way(said: Callable[[], str], german: str, english: str) -> None:
    for _ in range(2):  # said again it is remembered
        with i18n.speaking("de"):
            assert said() == german
        with i18n.speaking("en"):
            assert said() == english


def test_another_zone_has_other_names() -> None:
    token = i18n.zone.set("UTC")
    try:
        assert i18n.time_of_day(WINTER) == "13:00 Uhr (UTC)"
    finally:
        i18n.zone.reset(token)


def test_an_unknown_language_is_the_first_one() -> None:
    with i18n.speaking("xx"):
        assert i18n.language.get() == "de"
    assert i18n.language.get() == "de"
