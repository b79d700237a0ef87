"""Moving a phase: to the second, in the edition's zone, with a reason that all can read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.programmes.calendar import Placed, clashes, instant_of, shifted, wall_clock
from award.programmes.models import Edition, Phase, PhaseMove
from tests.cast import Cast
from tests.world import words

BERLIN = ZoneInfo("Europe/Berlin")


def _address(cast: Cast, kind: str = "nominations") -> str:
    return f"/admin/editions/2026/phases/{cast.phases[kind].id}"


def _form(
    begin: str, end: str, reason: str = "Viele baten darum.", version: str = "1"
) -> dict[str, str]:
    return {"starts_at": begin, "ends_at": end, "reason": reason, "version": version}


def _stored(cast: Cast, kind: str = "nominations") -> Phase:
    found = cast.world.read(lambda db: db.get(Phase, cast.phases[kind].id))
    assert found is not None
    return found


def test_a_phase_is_moved_with_a_reason_that_visitors_read(each_cast: Cast) -> None:
    cast = each_cast
    world, olga = cast.world, cast.world.signed_in(cast.olga)
    moved = olga.post(_address(cast), _form("2026-11-16T10:00:00", "2026-12-20T23:59:59"))
    assert moved.headers["location"] == "/admin/editions/2026/setup?saved=phase"
    phase = _stored(cast)
    assert phase.starts_at == cast.phases["nominations"].starts_at
    assert phase.ends_at == datetime(2026, 12, 20, 23, tzinfo=UTC)  # 21 December, 00:00 (CET)
    german, english = (words(world.visitor().get(page)) for page in ("/", "/en/"))
    assert (
        "endet jetzt Sonntag, 20. Dezember 2026, 23:59:59 Uhr (MEZ), "
        "vorher Montag, 14. Dezember 2026, 09:59:59 Uhr (MEZ)."
    ) in german
    assert "Viele baten darum." in german
    assert "now ends Sunday 20 December 2026, 11:59:59 pm (CET)" in english
    query = select(AuditEntry).where(AuditEntry.action == "programmes.move_phase")
    entry = world.read(lambda db: db.scalars(query).one())
    assert entry.details["new"] == [
        int(phase.starts_at.timestamp()),
        int(datetime(2026, 12, 20, 23, tzinfo=UTC).timestamp()),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("/", "Bewerben bis Montag, 14. Dezember 2026, 09:59:59 Uhr (MEZ)"),
        ("/en/", "Nominate until Monday 14 December 2026, 9:59:59 am (CET)"),
    ],
)
def test_the_deadline_is_shown_one_second_earlier_with_its_zone(
    cast: Cast, language: str, said: str
) -> None:
    assert said in words(cast.world.visitor().get(language))


@pytest.mark.parametrize(
    ("begin", "end", "reason", "field", "message"),
    [
        (
            "2026-12-01T10:00:00",
            "2026-12-01T09:59:59",
            "So.",
            "ends_at",
            "Das Ende muss nach dem Beginn liegen.",
        ),
        ("2026-11-16T10:00:00", "", "So.", "ends_at", "Bitte sagen Sie, bis wann."),
        (
            "2026-11-16T10:00:00",
            "2026-12-20T23:59:59",
            "",
            "reason",
            "Bitte sagen Sie, warum. Alle, die den Aufruf lesen, sehen es.",
        ),
        (
            "2026-03-29T02:30:00",
            "2026-12-20T23:59:59",
            "So.",
            "starts_at",
            "In dieser Nacht überspringen die Uhren diese Stunde.",
        ),
    ],
)
def test_a_move_that_cannot_be_is_refused_at_its_field(  # noqa: PLR0913 - one case each
    cast: Cast, begin: str, end: str, reason: str, field: str, message: str
) -> None:
    before = _stored(cast)
    again = cast.world.signed_in(cast.olga).post(_address(cast), _form(begin, end, reason))
    assert again.status_code == 422
    assert message in words(again)
    assert f'id="error-{field}"' in again.text
    assert f'value="{begin}"' in again.text
    after = _stored(cast)
    assert (after.starts_at, after.ends_at) == (before.starts_at, before.ends_at)
    assert cast.world.read(lambda db: db.scalar(select(PhaseMove.id))) is None


def test_a_deadline_in_the_past_has_to_be_meant(each_cast: Cast) -> None:
    cast = each_cast
    olga = cast.world.signed_in(cast.olga)
    past = _form("2026-11-16T10:00:00", "2026-11-20T23:59:59")
    asked = olga.post(_address(cast), past)
    assert asked.status_code == 422
    assert "Dieses Ende liegt in der Vergangenheit" in words(asked)
    assert _stored(cast).ends_at == cast.phases["nominations"].ends_at
    assert olga.post(_address(cast), {**past, "ends_at_once": "on"}).is_redirect
    assert _stored(cast).ends_at == datetime(2026, 11, 20, 23, tzinfo=UTC)
    only_later = _form("2026-11-17T10:00:00", "2026-11-20T23:59:59", "Später.", "2")
    assert olga.post(_address(cast), only_later).is_redirect  # this end was past before


def test_moving_into_summer_time_keeps_the_time_on_the_clocks(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    olga.post(_address(cast, "announcement"), _form("2027-03-01T09:00:00", "2027-04-12T23:59:59"))
    phase = _stored(cast, "announcement")
    assert phase.starts_at == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert phase.ends_at == datetime(2027, 4, 12, 22, tzinfo=UTC)
    shown = olga.get(_address(cast, "announcement")).text
    assert 'value="2027-03-01T09:00:00"' in shown
    assert 'value="2027-04-12T23:59:59"' in shown


def test_in_the_night_with_one_hour_twice_a_deadline_is_the_later_one(cast: Cast) -> None:
    """What was chosen stays the same instant when the form is saved again as it is shown."""
    olga = cast.world.signed_in(cast.olga)
    olga.post(_address(cast, "call"), _form("2026-10-25T02:30:00", "2027-10-31T02:29:59"))
    phase = _stored(cast, "call")
    assert phase.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert phase.ends_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    same = olga.post(
        _address(cast, "call"), _form("2026-10-25T02:30:00", "2027-10-31T02:29:59", "", "2")
    )
    assert same.status_code == 422
    unchanged = _form("2026-10-25T02:30:00", "2027-10-31T02:29:59", "Nochmal.", "2")
    assert "Diese Zeiten gelten schon." in words(olga.post(_address(cast, "call"), unchanged))


@pytest.mark.parametrize(
    ("kind", "begin", "end", "field", "said"),
    [
        (
            "judging",
            "2026-12-10T10:00:00",
            "2026-12-20T23:59:59",
            "starts_at",
            (
                "Diese Phase kann nicht beginnen, bevor „Befangenheit erklären“ beginnt: "
                "Donnerstag, 17. Dezember 2026, 10:00 Uhr (MEZ)."
            ),
        ),
        (
            "nominations",
            "2026-11-16T10:00:00",
            "2026-12-24T23:59:59",
            "ends_at",
            (
                "Diese Phase muss zu Ende sein, wenn „Vorrunde“ beginnt: "
                "Montag, 21. Dezember 2026, 10:00 Uhr (MEZ)."
            ),
        ),
        (
            "judging",
            "2026-12-21T10:00:00",
            "2027-02-20T23:59:59",
            "ends_at",
            (
                "Diese Phase muss zu Ende sein, wenn „Bekanntgabe“ beginnt: "
                "Freitag, 22. Januar 2027, 10:00 Uhr (MEZ)."
            ),
        ),
        (
            "announcement",
            "2026-12-30T10:00:00",
            "",
            "starts_at",
            (
                "Diese Phase kann erst beginnen, wenn „Vorrunde“ zu Ende ist: "
                "Montag, 4. Januar 2027, 09:59:59 Uhr (MEZ)."
            ),
        ),
        (
            "nominations",
            "2026-11-10T10:00:00",
            "2026-12-14T09:59:59",
            "starts_at",
            (
                "Diese Phase kann nicht beginnen, bevor „Aufruf“ beginnt: "
                "Montag, 16. November 2026, 10:00 Uhr (MEZ)."
            ),
        ),
        (
            "conflicts",
            "2026-12-22T10:00:00",
            "2026-12-24T09:59:59",
            "starts_at",
            (
                "Diese Phase muss beginnen, bevor „Vorrunde“ beginnt: "
                "Montag, 21. Dezember 2026, 10:00 Uhr (MEZ)."
            ),
        ),
    ],
)
def test_a_phase_keeps_its_place_among_the_others(  # noqa: PLR0913 - one case each
    cast: Cast, kind: str, begin: str, end: str, field: str, said: str
) -> None:
    before = _stored(cast, kind)
    again = cast.world.signed_in(cast.olga).post(_address(cast, kind), _form(begin, end))
    assert again.status_code == 422
    assert said in words(again)
    assert f'id="error-{field}"' in again.text
    assert _stored(cast, kind).starts_at == before.starts_at
    assert _stored(cast, kind).ends_at == before.ends_at


def test_the_order_is_told_in_the_language_of_the_page_and_in_the_zone_of_the_edition(
    cast: Cast,
) -> None:
    def elsewhere(db: Session) -> None:
        db.get_one(Edition, cast.edition.id).time_zone = "America/New_York"

    cast.world.write(elsewhere)
    olga = cast.world.signed_in(cast.olga)
    early = _form("2026-12-30T04:00:00", "")
    assert (
        "This cannot begin before “First round” is over: "
        "Monday 4 January 2027, 3:59:59 am (Eastern Standard Time). "
        "Please choose another time, or move that phase first."
    ) in words(olga.post(f"/en{_address(cast, 'announcement')}", early))


def test_phases_that_follow_each_other_are_moved_one_after_the_other(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    for kind, begin, end in (
        ("announcement", "2027-03-01T10:00:00", ""),
        ("judging", "2027-01-25T00:00:00", "2027-02-20T23:59:59"),
        ("nominations", "2026-11-16T10:00:00", "2027-01-24T23:59:59"),
    ):
        assert olga.post(_address(cast, kind), _form(begin, end)).is_redirect
    assert _stored(cast).ends_at == _stored(cast, "judging").starts_at


def test_what_is_in_the_wrong_order_already_does_not_keep_the_other_time_from_moving(
    cast: Cast,
) -> None:
    def overlap(db: Session) -> None:
        nominations = db.get_one(Phase, cast.phases["nominations"].id)
        nominations.ends_at = cast.phases["judging"].starts_at + timedelta(days=2)

    cast.world.write(overlap)
    olga = cast.world.signed_in(cast.olga)
    longer = _form("2026-12-21T10:00:00", "2027-01-10T23:59:59")
    assert olga.post(_address(cast, "judging"), longer).is_redirect
    assert olga.post(_address(cast), _form("2026-11-16T10:00:00", "2026-12-22T23:59:59")).is_error
    assert olga.post(
        _address(cast), _form("2026-11-16T10:00:00", "2026-12-20T23:59:59")
    ).is_redirect


def test_a_judging_that_has_begun_does_not_begin_again(cast: Cast) -> None:
    cast.open_judging()
    olga = cast.world.signed_in(cast.olga)
    later = _form("2026-12-28T10:00:00", "2027-01-10T23:59:59")
    refused = olga.post(_address(cast, "judging"), later)
    assert refused.status_code == 422
    assert "Die Jury bewertet schon und hat die Bewerbungen gelesen." in words(refused)
    assert 'id="error-starts_at"' in refused.text
    longer = _form("2026-12-21T10:00:00", "2027-01-10T23:59:59")
    assert olga.post(_address(cast, "judging"), longer).is_redirect


def _placed(kind: str, start: int, end: int | None, turn: int = 0) -> Placed:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    return Placed(
        id=f"{kind}{turn}",
        kind=kind,
        turn=turn,
        starts_at=day + timedelta(days=start),
        ends_at=None if end is None else day + timedelta(days=end),
    )


_IN_ORDER = [
    _placed("call", 0, 20),
    _placed("nominations", 0, 20),
    _placed("formal_check", 15, 30),
    _placed("conflicts", 10, 40),
    _placed("judging", 20, 40, 1),
    _placed("judging", 40, 50, 2),
    _placed("meeting", 50, 51),
    _placed("announcement", 51, None),
]


@pytest.mark.parametrize("moved", _IN_ORDER, ids=lambda one: one.id)
def test_what_may_overlap_or_meet_does_not_clash(moved: Placed) -> None:
    assert clashes(moved, [one for one in _IN_ORDER if one is not moved]) == []


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        (_placed("judging", 39, 50, 2), [("judging1", "judging2", True)]),
        (_placed("judging", 20, 41, 1), [("judging1", "judging2", True)]),
        (
            _placed("judging", 9, 40, 1),
            [
                ("nominations0", "judging1", True),
                ("formal_check0", "judging1", False),
                ("conflicts0", "judging1", False),
            ],
        ),
        (
            _placed("judging", 40, 52, 2),
            [("judging2", "meeting0", True), ("judging2", "announcement0", True)],
        ),
        (
            _placed("meeting", 49, 53),
            [("meeting0", "announcement0", True), ("judging2", "meeting0", True)],
        ),
        (_placed("call", 1, 2), [("call0", "nominations0", False)]),
        (
            _placed("announcement", 10, None),
            [
                ("meeting0", "announcement0", True),
                ("judging2", "announcement0", True),
                ("judging1", "announcement0", True),
            ],
        ),
    ],
)
def test_phases_in_the_wrong_order_are_named_the_gravest_first(
    moved: Placed, expected: list[tuple[str, str, bool]]
) -> None:
    found = clashes(moved, [one for one in _IN_ORDER if one.id != moved.id])
    assert [(one.earlier.id, one.later.id, one.is_end) for one in found] == expected


def test_two_administrators_move_the_same_phase(each_cast: Cast) -> None:
    cast = each_cast
    otto, olga = cast.world.signed_in(cast.otto), cast.world.signed_in(cast.olga)
    assert otto.post(
        _address(cast), _form("2026-11-16T10:00:00", "2026-12-18T23:59:59")
    ).is_redirect
    both = olga.post(_address(cast), _form("2026-11-16T10:00:00", "2026-12-19T23:59:59"))
    assert both.status_code == 409
    said = words(both)
    assert "Otto Verwaltung hat das um" in said
    assert "18. Dezember 2026, 23:59:59 Uhr (MEZ)" in said
    assert 'value="2026-12-19T23:59:59"' in both.text


def test_before_the_publication_nothing_is_shown_and_no_reason_needed(cast: Cast) -> None:
    def hide(db: Session) -> None:
        edition = db.get(Edition, cast.edition.id)
        assert edition is not None
        edition.published_at = None

    cast.world.write(hide)
    olga = cast.world.signed_in(cast.olga)
    moved = olga.post(_address(cast), _form("2026-11-16T10:00:00", "2026-12-20T23:59:59", ""))
    assert moved.status_code == 303
    olga.post("/admin/editions/2026/publication")
    assert "Was verschoben wurde" not in words(cast.world.visitor().get("/editions/2026"))


def test_the_announcement_may_have_no_end(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    moved = olga.post(_address(cast, "announcement"), _form("2027-02-01T14:00:00", ""))
    assert moved.status_code == 303
    assert _stored(cast, "announcement").ends_at is None


def test_a_phase_of_another_edition_is_not_found(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    assert olga.get("/admin/editions/2026/phases/unknown").status_code == 404


@pytest.mark.parametrize(
    ("instant", "days", "expected"),
    [
        ("2026-03-28T09:00:00+01:00", 1, "2026-03-29T09:00:00+02:00"),
        ("2026-10-24T09:00:00+02:00", 1, "2026-10-25T09:00:00+01:00"),
        ("2026-03-29T00:00:00+01:00", 1, "2026-03-30T00:00:00+02:00"),
        ("2026-12-31T23:00:00+01:00", -365, "2025-12-31T23:00:00+01:00"),
    ],
)
def test_days_are_counted_by_the_clocks_on_the_wall(instant: str, days: int, expected: str) -> None:
    given = datetime.fromisoformat(instant)
    assert shifted(given, days, "Europe/Berlin") == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("wall", "later", "expected"),
    [
        ("2026-03-29T01:59:59", False, "2026-03-29T00:59:59+00:00"),
        ("2026-03-29T02:00:00", False, None),
        ("2026-03-29T03:00:00", False, "2026-03-29T01:00:00+00:00"),
        ("2026-10-25T02:30:00", False, "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:30:00", True, "2026-10-25T01:30:00+00:00"),
    ],
)
def test_a_time_on_the_wall_is_one_instant_or_none(
    wall: str,
    later: bool,  # noqa: FBT001 - a column of the table
    expected: str | None,
) -> None:
    found = instant_of(datetime.fromisoformat(wall), "Europe/Berlin", later=later)
    assert found == (datetime.fromisoformat(expected) if expected else None)
    if found is not None:
        assert wall_clock(found, "Europe/Berlin") == wall


def test_an_hour_later_is_an_hour_later_also_that_night() -> None:
    begin = instant_of(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")  # noqa: DTZ001 - on a wall
    end = instant_of(datetime(2026, 10, 25, 2, 30), "Europe/Berlin", later=True)  # noqa: DTZ001
    assert begin is not None
    assert end is not None
    assert end - begin == timedelta(hours=1)
