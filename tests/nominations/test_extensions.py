"""More time for one nomination: who gives it, to the second, never into the judging."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.kit import queue
from award.kit.mail import Mail
from award.nominations.models import Extension, FormalCheck, Nomination, Withdrawal
from award.programmes.models import Phase
from award.worker import REGULAR
from tests.cast import Cast
from tests.nominations.filled import begun, handed_in
from tests.world import words

UNTIL = "2026-12-16T23:59:59"  # the edition's own deadline is 14 December, 09:59:59
END = datetime(2026, 12, 16, 23, 0, tzinfo=UTC)


def _extend(
    cast: Cast,
    made: Nomination,
    until: str = UNTIL,
    reason: str = "Stromausfall",
    name: str = "olga",
) -> httpx.Response:
    client = cast.world.signed_in(getattr(cast, name))
    path = f"/admin/editions/2026/nominations/{made.id}"
    return client.post(f"{path}/extension", {"ends_at": until, "why": reason})


def _rows(cast: Cast) -> list[Extension]:
    return cast.world.read(lambda db: list(db.scalars(select(Extension))))


def _save(cast: Cast, made: Nomination, version: int = 1) -> httpx.Response:
    nora = cast.world.signed_in(cast.nora)
    typed = {"summary": f"Fassung {version}", "version": str(version)}
    return nora.post(f"/nominations/{made.id}/sections/summary", typed)


def test_more_time_is_given_told_and_written_down(each_cast: Cast) -> None:
    made = begun(each_cast)
    assert _extend(each_cast, made).status_code == 303
    [row] = _rows(each_cast)
    assert (row.ends_at, row.reason, row.by) == (END, "Stromausfall", each_cast.olga.id)
    [mail] = each_cast.world.read(lambda db: list(db.scalars(select(Mail))))
    assert mail.recipient == each_cast.nora.email
    assert "Mittwoch, 16. Dezember 2026, 23:59:59 Uhr (MEZ)" in mail.text
    assert "Der Grund: Stromausfall" in mail.text
    entry = select(AuditEntry).where(AuditEntry.action == "nominations.extended")
    assert each_cast.world.read(lambda db: len(list(db.scalars(entry)))) == 1
    olga = each_cast.world.signed_in(each_cast.olga)
    said = words(olga.get(f"/admin/editions/2026/nominations/{made.id}"))
    assert "verlängert bis Mittwoch, 16. Dezember 2026, 23:59:59 Uhr (MEZ): Stromausfall" in said
    own = words(each_cast.world.signed_in(each_cast.nora).get(f"/nominations/{made.id}"))
    assert "Für diese Bewerbung verlängert." in own


@pytest.mark.parametrize(("seconds", "status"), [(-1, 303), (0, 422), (1, 422)])
def test_its_own_deadline_counts_to_the_second(each_cast: Cast, seconds: int, status: int) -> None:
    made, other = (
        begun(each_cast),
        begun(each_cast, network=each_cast.other_network, by=each_cast.mallory),
    )
    _extend(each_cast, made)
    each_cast.world.clock.instant = END + timedelta(seconds=seconds)
    assert _save(each_cast, made).status_code == status
    nora = each_cast.world.signed_in(each_cast.nora)
    answer = nora.post(f"/nominations/{made.id}/submission")
    assert answer.status_code == status
    if status == 422:
        assert "Die Frist endete am 16. Dezember 2026" in words(answer)
    mallory = each_cast.world.signed_in(each_cast.mallory)
    late = mallory.post(f"/nominations/{other.id}/submission")
    assert "Die Frist endete am 14. Dezember 2026" in words(late)


def test_what_is_handed_in_can_be_changed_in_that_time(cast: Cast) -> None:
    made = handed_in(cast)
    _extend(cast, made)
    cast.world.clock.instant = END - timedelta(hours=1)
    nora = cast.world.signed_in(cast.nora)
    assert "Bewerbung ändern" in words(nora.get(f"/nominations/{made.id}"))
    nora.post(f"/nominations/{made.id}/reopening")
    assert _save(cast, made).status_code == 303
    assert nora.post(f"/nominations/{made.id}/submission").status_code == 303


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2026-12-14T09:59:59", "Bitte wählen Sie einen Zeitpunkt nach der jetzigen Frist."),
        ("2026-11-01T10:00:00", "Bitte wählen Sie einen Zeitpunkt nach der jetzigen Frist."),
        ("2027-03-01T10:00:00", "Die Jury beginnt am"),
        ("morgen", "Bitte schreiben Sie Tag und Uhrzeit so"),
        ("", "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_what_was_typed_stays(
    cast: Cast, until: str, message: str
) -> None:
    made = begun(cast)
    answer = _extend(cast, made, until, reason="Wegen des Sturms")
    assert answer.status_code == 422
    assert message in words(answer)
    assert "Wegen des Sturms" in answer.text
    assert _rows(cast) == []


def test_it_is_never_shortened(cast: Cast) -> None:
    made = begun(cast)
    _extend(cast, made)
    assert _extend(cast, made, "2026-12-15T23:59:59").status_code == 422
    assert _extend(cast, made, "2026-12-17T23:59:59").status_code == 303
    assert len(_rows(cast)) == 2


def test_not_for_what_is_checked_or_withdrawn_nor_once_the_jury_reads(cast: Cast) -> None:
    checked, gone = handed_in(cast), begun(cast, network=cast.other_network, by=cast.mallory)

    def settle(db: Session) -> None:
        now = cast.world.now
        db.add(FormalCheck(nomination_id=checked.id, is_admitted=True, checks={}, at=now))
        db.add(Withdrawal(nomination_id=gone.id, at=now, by=cast.mallory.id, reason="x"))

    cast.world.write(settle)
    assert _extend(cast, checked).status_code == 422
    assert _extend(cast, gone).status_code == 422
    cast.open_judging()
    assert _extend(cast, checked, "2027-03-01T10:00:00").status_code == 404
    assert _rows(cast) == []


def test_only_administrators_give_more_time(cast: Cast) -> None:
    made = begun(cast)
    for name in ("nora", "mallory", "jules", "carla", "ada"):
        assert _extend(cast, made, name=name).status_code == 404
    assert _rows(cast) == []


def test_whoever_has_more_time_is_reminded_of_the_own_deadline(cast: Cast) -> None:
    made = begun(cast)
    _extend(cast, made)
    cast.world.write(lambda db: queue.begin_regular(db, REGULAR, cast.world.now))
    cast.world.clock.instant = datetime(2026, 12, 13, 9, 0, tzinfo=UTC)
    cast.world.work()
    letters = cast.world.read(lambda db: list(db.scalars(select(Mail).order_by(Mail.id))))
    [reminder] = [one for one in letters if one.subject.startswith("Noch nicht eingereicht")]
    assert "16. Dezember 2026, 23:59:59 Uhr (MEZ)" in reminder.text


def test_the_list_shows_who_has_more_time(cast: Cast) -> None:
    made = begun(cast)
    olga = cast.world.signed_in(cast.olga)
    assert "Zeit bis" not in words(olga.get("/admin/editions/2026/nominations"))
    _extend(cast, made)
    assert "Zeit bis 16. Dezember" in words(olga.get("/admin/editions/2026/nominations"))


def _begin_judging(cast: Cast, at: str) -> httpx.Response:
    olga = cast.world.signed_in(cast.olga)
    typed = {
        "starts_at": at,
        "ends_at": "2027-01-04T09:59:59",
        "reason": "Die Jury hat es eilig.",
        "version": "1",
    }
    return olga.post(f"/admin/editions/2026/phases/{cast.phases['judging'].id}", typed)


def test_the_judging_is_not_moved_before_what_was_promised(each_cast: Cast) -> None:
    made = begun(each_cast)
    _extend(each_cast, made, "2026-12-18T23:59:59")
    refused = _begin_judging(each_cast, "2026-12-18T23:59:59")
    assert refused.status_code == 422
    said = words(refused)
    assert "Eine Bewerbung hat Zeit bis Freitag, 18. Dezember 2026, 23:59:59 Uhr (MEZ)." in said
    assert "Die Jury hat es eilig." in refused.text
    assert _begin_judging(each_cast, "2026-12-19T00:00:00").status_code == 303


def test_what_is_withdrawn_keeps_no_judging_up(cast: Cast) -> None:
    made = begun(cast)
    _extend(cast, made, "2026-12-18T23:59:59")
    nora = cast.world.signed_in(cast.nora)
    nora.post(f"/nominations/{made.id}/withdrawal", {"reason": "Wir hören auf."})
    assert _begin_judging(cast, "2026-12-18T08:00:00").status_code == 303


def test_no_deadline_reaches_into_the_judging(cast: Cast) -> None:
    """Whatever way the judging came before it."""
    made, begin = begun(cast), END - timedelta(days=1)
    _extend(cast, made)

    def move(db: Session) -> None:
        db.get_one(Phase, cast.phases["judging"].id).starts_at = begin

    cast.world.write(move)
    cast.world.clock.instant = begin - timedelta(seconds=1)
    assert _save(cast, made).status_code == 303
    cast.world.clock.instant = begin
    assert _save(cast, made, 2).status_code == 422


# Of the hour that comes twice the second one counts; one that does not exist cannot be chosen.
NIGHTS = [
    ("2027-10-31T02:29:59", "2027-10-31T01:30:00+00:00", "02:29:59 Uhr (MEZ)"),
    ("2027-10-31T01:59:59", "2027-10-31T00:00:00+00:00", "01:59:59 Uhr (MESZ)"),
    ("2027-03-28T01:59:59", "2027-03-28T01:00:00+00:00", "01:59:59 Uhr (MEZ)"),
    ("2027-03-28T03:00:00", "2027-03-28T01:00:01+00:00", "03:00:00 Uhr (MESZ)"),
]


def _before(cast: Cast, night: datetime) -> None:
    """Nominations end five days before that night, judging begins five days after it."""

    def move(db: Session) -> None:
        phases = {kind: db.get_one(Phase, one.id) for kind, one in cast.phases.items()}
        phases["nominations"].ends_at = night - timedelta(days=5)
        phases["formal_check"].starts_at = night - timedelta(days=5)
        phases["judging"].starts_at = night + timedelta(days=5)

    cast.world.write(move)


@pytest.mark.parametrize(("typed", "end", "said"), NIGHTS)
def test_in_the_nights_in_which_the_clocks_change(
    cast: Cast, typed: str, end: str, said: str
) -> None:
    made, first_too_late = begun(cast), datetime.fromisoformat(end)
    _before(cast, first_too_late)
    assert _extend(cast, made, typed).status_code == 303
    assert _rows(cast)[0].ends_at == first_too_late
    for version, (seconds, status) in enumerate(((-1, 303), (0, 422), (1, 422)), 1):
        cast.world.clock.instant = first_too_late + timedelta(seconds=seconds)
        answer = _save(cast, made, version)
        assert answer.status_code == status, seconds
    assert said in words(answer)


@pytest.mark.parametrize("hour", ["02:00:00", "02:30:00", "02:59:59"])
def test_an_hour_that_the_clocks_skip_is_no_deadline(cast: Cast, hour: str) -> None:
    made = handed_in(cast)
    _before(cast, datetime(2027, 3, 28, 1, tzinfo=UTC))
    refused = _extend(cast, made, f"2027-03-28T{hour}")
    assert "In dieser Nacht überspringen die Uhren diese Stunde." in words(refused)
    cast.world.clock.instant = datetime(2027, 3, 24, 12, tzinfo=UTC)
    olga = cast.world.signed_in(cast.olga)
    typed = {"sections": ["partners"], "why": "Fehlt.", "ends_at": f"2027-03-28T{hour}"}
    given = olga.post(f"/admin/editions/2026/nominations/{made.id}/extra-time", typed)
    assert given.status_code == 422
    assert "In dieser Nacht überspringen die Uhren diese Stunde." in words(given)
    assert _rows(cast) == []
