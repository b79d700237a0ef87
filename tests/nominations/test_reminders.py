"""Reminders: 7 days, 2 days and 6 hours before the deadline, to those whose draft is unfinished."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from award.kit import queue
from award.kit.mail import Mail
from award.programmes.models import Phase
from award.worker import REGULAR
from tests.cast import Cast
from tests.nominations.filled import begun, handed_in, reader, writer


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
