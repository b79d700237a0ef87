"""Reminders: 7 days, 2 days and 6 hours before the deadline, to those whose draft is unfinished."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from award.kit import queue
from award.kit.mail import Mail
from award.nominations.models import Nomination
from award.programmes.models import Phase
from award.worker import REGULAR
from tests.cast import Cast
from tests.nominations.filled import begun, handed_in, reader, writer
from tests.world import words


class Waiting:
    """The clock before a deadline, with the worker at work."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        cast.world.write(lambda db: queue.begin_regular(db, REGULAR, cast.world.now))

    def until(self, **before: float) -> None:
        """Move to so long before the deadline, let the worker work, and begin a new minute."""
        end = self.cast.world.read(
            lambda db: db.get_one(Phase, self.cast.phases["nominations"].id).ends_at
        )
        assert end is not None
        self.cast.world.clock.instant = end - timedelta(**before)
        self.cast.world.work()

    def letters(self) -> list[Mail]:
        query = select(Mail).where(Mail.event.startswith("nominations.reminder"))
        return self.cast.world.read(lambda db: list(db.scalars(query.order_by(Mail.created_at))))


def test_three_times_and_each_once(each_cast: Cast) -> None:
    begun(each_cast)
    waiting = Waiting(each_cast)
    sent = []
    for before in ({"days": 7.1}, {"days": 7}, {"days": 6}, {"days": 2}, {"days": 1}):
        waiting.until(**before)
        sent.append(len(waiting.letters()))
    for hours in (6, 5, 0.1, 0, -1):
        waiting.until(hours=hours)
        sent.append(len(waiting.letters()))
    assert sent == [0, 1, 1, 2, 2, 3, 3, 3, 3, 3]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Es fehlt nichts: Sie können jetzt einreichen."),
        ({"summary": "", "goal": ""}, "Es fehlen noch 2 Angaben."),
    ],
)
def test_it_says_until_when_and_what_is_missing(
    cast: Cast, changed: dict[str, str], said: str
) -> None:
    begun(cast, **changed)
    waiting = Waiting(cast)
    waiting.until(days=2)
    [letter] = waiting.letters()
    assert letter.recipient == cast.nora.email
    assert letter.subject == "Noch nicht eingereicht: Saison wird Stelle"
    assert "Die Frist endet: Montag, 14. Dezember 2026, 09:59:59 Uhr (MEZ)." in letter.text
    assert said in letter.text
    assert "http://127.0.0.1:8000/nominations/" in letter.text


def test_every_writer_and_nobody_else(cast: Cast) -> None:
    begun(cast)
    reader(cast)
    juna = writer(cast)
    waiting = Waiting(cast)
    waiting.until(days=7)
    assert {one.recipient for one in waiting.letters()} == {cast.nora.email, juna.email}


def test_what_is_handed_in_or_was_begun_since_is_not_reminded(cast: Cast) -> None:
    handed_in(cast)
    waiting = Waiting(cast)
    waiting.until(days=1)
    begun(cast)
    waiting.until(hours=23)
    assert waiting.letters() == []
    waiting.until(hours=6)
    assert len(waiting.letters()) == 1


def test_a_deadline_that_is_moved_counts_anew(cast: Cast) -> None:
    begun(cast)
    waiting = Waiting(cast)
    waiting.until(days=2)

    def extend(db: queue.Session) -> None:
        phase = db.get_one(Phase, cast.phases["nominations"].id)
        assert phase.ends_at is not None
        phase.ends_at += timedelta(days=14)

    cast.world.write(extend)
    waiting.until(days=7)
    assert len(waiting.letters()) == 2


def test_a_few_at_a_time_and_in_the_end_all(cast: Cast) -> None:
    for _one in range(27):
        begun(cast)
    waiting = Waiting(cast)
    waiting.until(days=7)
    assert len(waiting.letters()) == 25
    waiting.until(days=6.99)
    assert len(waiting.letters()) == 27


def test_a_deadline_of_one_s_own_is_reminded_of_as_well(each_cast: Cast) -> None:
    made, other = (
        begun(each_cast),
        begun(each_cast, network=each_cast.other_network, by=each_cast.mallory),
    )
    waiting = Waiting(each_cast)
    waiting.until(days=3)
    assert len(waiting.letters()) == 2
    extend(each_cast, made, "2026-12-16T23:59:59")
    waiting.until(days=2)
    waiting.until(hours=6)
    recipients = [one.recipient for one in waiting.letters()]
    assert recipients.count(each_cast.mallory.email) == 3
    assert recipients.count(each_cast.nora.email) == 1
    own_end = datetime(2026, 12, 16, 23, 0, tzinfo=UTC)
    for hours in (48, 6, 5, 0):
        each_cast.world.clock.instant = own_end - timedelta(hours=hours)
        each_cast.world.work()
    to_nora = [one for one in waiting.letters() if one.recipient == each_cast.nora.email]
    assert len(to_nora) == 3
    assert "Mittwoch, 16. Dezember 2026, 23:59:59 Uhr (MEZ)" in to_nora[-1].text
    assert other.id != made.id


def test_what_is_to_be_supplied_is_reminded_of(cast: Cast) -> None:
    made = handed_in(cast)
    waiting = Waiting(cast)
    waiting.until(hours=-1)
    olga = cast.world.signed_in(cast.olga)
    typed = {"sections": "summary", "why": "Zu kurz.", "ends_at": "2026-12-18T23:59:59"}
    path = f"/admin/editions/2026/nominations/{made.id}/extra-time"
    assert olga.post(path, typed).status_code == 303
    cast.world.clock.instant = datetime(2026, 12, 17, 0, 0, tzinfo=UTC)
    cast.world.work()
    [letter] = waiting.letters()
    assert "fehlt etwas. Nachgereicht ist es noch nicht." in letter.text


def test_all_are_told_once_that_the_deadline_has_moved(each_cast: Cast) -> None:
    begun(each_cast)
    handed_in(each_cast, network=each_cast.other_network, by=each_cast.mallory)
    waiting = Waiting(each_cast)
    move(each_cast, "2026-12-20T23:59:59", "Viele baten darum.", version="1")
    each_cast.world.work()
    each_cast.world.clock.move(minutes=2)
    begun(each_cast)  # begun since, it knows no other deadline
    each_cast.world.clock.move(minutes=2)
    each_cast.world.work()
    letters = told(each_cast)
    assert [one.recipient for one in letters] == sorted(
        [each_cast.nora.email, each_cast.mallory.email]
    )
    assert letters[0].subject == "Neue Frist: Auszeichnung 2026"
    assert "bis Sonntag, 20. Dezember 2026, 23:59:59 Uhr (MEZ)" in letters[0].text
    assert "Bisher war die Frist Montag, 14. Dezember 2026, 09:59:59 Uhr (MEZ)." in letters[0].text
    assert "Viele baten darum." in letters[0].text
    assert waiting.letters() == []


def test_only_the_last_move_is_told_and_not_to_those_with_more_time(cast: Cast) -> None:
    made = begun(cast)
    begun(cast, network=cast.other_network, by=cast.mallory)
    Waiting(cast)
    extend(cast, made, "2026-12-20T23:59:59")
    move(cast, "2026-12-17T23:59:59", "Zuerst.", version="1")
    move(cast, "2026-12-18T23:59:59", "Dann doch.", version="2")
    cast.world.work()
    [letter] = told(cast)
    assert letter.recipient == cast.mallory.email
    assert "Dann doch." in letter.text


def extend(cast: Cast, made: Nomination, until: str) -> None:
    olga = cast.world.signed_in(cast.olga)
    path = f"/admin/editions/2026/nominations/{made.id}/extension"
    assert olga.post(path, {"ends_at": until, "why": "Sturm"}).status_code == 303


def move(cast: Cast, until: str, reason: str, *, version: str) -> None:
    olga = cast.world.signed_in(cast.olga)
    typed = {"starts_at": "2026-11-16T10:00:00", "ends_at": until, "reason": reason}
    path = f"/admin/editions/2026/phases/{cast.phases['nominations'].id}"
    moved = olga.post(path, typed | {"version": version})
    assert moved.status_code == 303, words(moved)


def told(cast: Cast) -> list[Mail]:
    query = select(Mail).where(Mail.event.startswith("nominations.moved"))
    return cast.world.read(lambda db: list(db.scalars(query.order_by(Mail.recipient))))
