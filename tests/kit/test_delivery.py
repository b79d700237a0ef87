"""Letters reach a real mail server; jobs are done once, and put off when they fail."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from award.accounts.presence import Presence
from award.kit import i18n, mail, queue, replay
from award.kit.mail import Letter, Mail
from award.kit.queue import Job
from award.worker import FUNCTIONS, REGULAR, SLOW, Worker
from tests.postbox import Postbox, serving
from tests.web.stage import notes
from tests.world import World

LETTER = Letter(
    subject="Ihre Bewerbung\nist da",
    paragraphs=("Größe <b>zählt</b> nicht.",),
    action=("Ansehen", "http://127.0.0.1:8000/nominations/x"),
    reason="Sie haben sie eingereicht.",
)


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    with serving() as served:
        yield served


@pytest.fixture
def post(each_url: str, postbox: tuple[Postbox, str]) -> Iterator[tuple[World, Postbox]]:
    box, address = postbox
    world = World(each_url, smtp=address, mail_from="award@award.example")
    yield world, box
    world.close()


def send(world: World, event: str = "e1", to: str = "nora@cast.example", **more: Any) -> None:
    world.write(lambda db: mail.queue(db, LETTER, to=to, event=event, at=world.now, **more))


def mails(world: World) -> list[Mail]:
    return world.read(lambda db: list(db.scalars(select(Mail).order_by(Mail.event))))


def test_a_letter_arrives_once_in_text_and_html(post: tuple[World, Postbox]) -> None:
    world, box = post
    send(world)
    for _ in range(3):
        world.work()
    [letter], [row] = box.letters, mails(world)
    assert letter["Subject"] == "Ihre Bewerbung ist da"
    assert (letter["From"], letter["To"]) == ("award@award.example", "nora@cast.example")
    assert letter["Message-ID"] == f"<{row.id}@award.example>"
    plain, html = (part.get_content() for part in letter.iter_parts())  # type: ignore[attr-defined]
    assert "Größe <b>zählt</b> nicht." in plain
    assert "Größe &lt;b&gt;zählt&lt;/b&gt; nicht." in html
    for said in (plain, html):
        assert "http://127.0.0.1:8000/nominations/x" in said
    assert (row.sent_at, row.tries, row.last_error) == (world.now, 1, "")


def test_after_a_failure_it_is_sent_again_with_the_same_id(post: tuple[World, Postbox]) -> None:
    world, box = post
    box.answers = ["451 later", "451 later"]
    send(world)
    world.work()
    world.work()  # too early: it waits a minute
    [row] = mails(world)
    assert (row.sent_at, row.tries, "451" in row.last_error) == (None, 1, True)
    world.clock.move(minutes=1)
    world.work()
    world.clock.move(minutes=2)
    world.work()
    [letter], [row] = box.letters, mails(world)
    assert letter["Message-ID"] == f"<{row.id}@award.example>"
    assert (row.tries, row.last_error, row.sent_at) == (3, "", world.now)


def test_one_letter_that_fails_does_not_keep_the_others(post: tuple[World, Postbox]) -> None:
    world, box = post
    for number in range(8):
        send(world, f"{number}", to="no\n@cast.example" if number == 4 else "nora@cast.example")
    world.work()
    assert [row.event for row in mails(world) if row.sent_at is None] == ["4"]
    assert len(box.letters) == 7


def test_no_mail_server_puts_the_letter_off(each_url: str) -> None:
    world = World(each_url, smtp="smtp://127.0.0.1:9")
    send(world)
    world.work()
    [row] = mails(world)
    assert (row.sent_at, row.due_at) == (None, world.now + timedelta(minutes=1))
    assert "refused" in row.last_error
    world.close()


def test_a_claimed_letter_is_not_sent_by_another_and_due_again_after_a_crash(
    post: tuple[World, Postbox],
) -> None:
    world, box = post
    send(world)
    world.write(lambda db: mail.claim(db, world.now))
    world.work()
    assert box.letters == []
    world.clock.move(minutes=5)
    world.work()
    assert len(box.letters) == 1


def test_one_event_is_one_letter_and_waits_for_its_time(post: tuple[World, Postbox]) -> None:
    world, box = post
    later = world.now + timedelta(hours=1)
    for _ in range(2):
        send(world, not_before=later)
    world.work()
    assert box.letters == []
    world.clock.move(hours=1)
    world.work()
    assert len(box.letters) == 1


def test_a_letter_speaks_the_language_it_was_written_in(world: World) -> None:
    for code in ("de", "en"):
        with i18n.speaking(code):
            send(world, code)
    german, english = mails(world)
    assert ('lang="de"' in german.html, 'lang="en"' in english.html) == (True, True)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    def note(db: Session, turn: queue.Turn) -> None:
        queue.enqueue(db, turn.payload["name"], {}, due_at=turn.at + timedelta(days=1000))
        db.flush()
        if turn.payload.get("fails"):
            raise ValueError("this job fails")

    monkeypatch.setitem(FUNCTIONS, "note", note)


def later_notes(world: World) -> list[str]:
    return [kind for kind in world.read(notes) if kind != "note"]


@pytest.mark.usefixtures("jobs")
def test_a_job_is_done_once_at_its_time(each_world: World) -> None:
    due = each_world.now + timedelta(minutes=10)
    each_world.write(lambda db: queue.enqueue(db, "note", {"name": "done"}, due_at=due))
    each_world.work()
    assert later_notes(each_world) == []
    each_world.clock.move(minutes=10)
    for _ in range(3):
        each_world.work()
    assert later_notes(each_world) == ["done"]


@pytest.mark.usefixtures("jobs")
def test_a_failing_job_is_put_off_and_undone_and_leaves_the_others(each_world: World) -> None:
    def both(db: Session) -> None:
        queue.enqueue(db, "note", {"name": "bad", "fails": True}, due_at=each_world.now)
        queue.enqueue(db, "note", {"name": "good"}, due_at=each_world.now)
        queue.enqueue(db, "nobody knows", {}, due_at=each_world.now)

    each_world.write(both)
    each_world.work()
    assert sorted(later_notes(each_world)) == ["good", "nobody knows"]
    put_off = each_world.read(
        lambda db: db.scalars(select(Job).where(Job.tries == 1).order_by(Job.kind)).all()
    )
    assert [(job.kind, job.done_at) for job in put_off] == [("nobody knows", None), ("note", None)]
    assert {job.due_at for job in put_off} == {each_world.now + timedelta(minutes=1)}
    for minutes in (1, 2, 4, 8, 16, 32, 64, 64):
        each_world.clock.move(minutes=minutes)
        each_world.work()
    bad = select(Job).where(Job.tries > 1, Job.kind == "note")
    [job] = each_world.read(lambda db: db.scalars(bad).all())
    assert (job.tries, job.done_at, job.due_at) == (9, None, each_world.now + timedelta(minutes=64))


@pytest.mark.usefixtures("jobs")
def test_a_regular_job_has_one_row_and_comes_again(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[datetime] = []
    monkeypatch.setitem(FUNCTIONS, "often", lambda _db, turn: runs.append(turn.at))
    monkeypatch.setitem(REGULAR, "often", timedelta(minutes=5))
    for _ in range(2):
        each_world.write(lambda db: queue.begin_regular(db, ["often"], each_world.now))
    for minutes in (0, 1, 4, 5):
        each_world.clock.move(minutes=minutes)
        each_world.work()
    begun = each_world.now - timedelta(minutes=10)
    assert runs == [begun, begun + timedelta(minutes=5), each_world.now]
    assert len(each_world.read(lambda db: db.scalars(select(Job)).all())) == 1


def slow_job(world: World, work: Callable[[str], str]) -> queue.SlowJob:
    def write(db: Session, turn: queue.Turn, made: str) -> None:
        queue.enqueue(db, made, {}, due_at=turn.at + timedelta(days=1000))

    return queue.SlowJob(lambda _db, turn: turn.payload["name"], work, write)


def ask(world: World, name: str) -> None:
    payload = {"name": name}
    world.write(lambda db: queue.ask_once(db, "slow", "x", payload, due_at=world.now))


def made_slowly(world: World) -> list[str]:
    regular = {"slow", *REGULAR}
    return [kind for kind in world.read(notes) if kind not in regular]


def test_a_slow_job_works_while_others_write_and_is_asked_for_once(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(name: str) -> str:
        each_world.write(
            lambda db: queue.enqueue(db, "beside", {}, due_at=each_world.now + timedelta(days=9))
        )
        return f"{name} made"

    monkeypatch.setitem(SLOW, "slow", slow_job(each_world, work))
    ask(each_world, "first")
    ask(each_world, "second")
    assert each_world.read(lambda db: queue.waiting(db, "slow", "x")) is not None
    for _ in range(2):
        each_world.work()
    assert sorted(made_slowly(each_world)) == ["beside", "first made"]
    assert each_world.read(lambda db: queue.waiting(db, "slow", "x")) is None
    ask(each_world, "third")
    each_world.work()
    assert "third made" in made_slowly(each_world)


def test_a_slow_job_that_fails_is_put_off(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def work(name: str) -> str:
        tried.append(name)
        if len(tried) == 1:
            raise ValueError("the first time")
        return "made"

    monkeypatch.setitem(SLOW, "slow", slow_job(each_world, work))
    ask(each_world, "x")
    each_world.work()
    job = each_world.read(lambda db: queue.waiting(db, "slow", "x"))
    assert job is not None
    assert (job.tries, job.last_error) == (1, "ValueError('the first time')")
    each_world.clock.move(minutes=1)
    each_world.work()
    assert made_slowly(each_world) == ["made"]


def test_a_slow_job_is_taken_up_again_after_the_server_went_away(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(name: str) -> str:
        begun.set()
        go_on.wait(30)
        return "made"

    monkeypatch.setitem(SLOW, "slow", slow_job(each_world, work))
    ask(each_world, "x")

    async def until_stopped() -> None:
        worker = Worker(each_world.site, Presence())
        running = asyncio.create_task(worker.run())
        await asyncio.to_thread(begun.wait, 30)
        await worker.stop()
        await running

    each_world.run(until_stopped())
    go_on.set()
    each_world.work()
    assert made_slowly(each_world) == []  # it is claimed, and the first one never wrote
    each_world.clock.move(minutes=1)
    each_world.work()
    assert made_slowly(each_world) == ["made"]


def test_a_worker_whose_first_turn_fails_goes_on(world: World) -> None:
    world.write(lambda db: db.execute(text("ALTER TABLE job RENAME TO away")))

    async def run() -> None:
        worker = Worker(world.site, Presence())
        running = asyncio.create_task(worker.run())
        await asyncio.sleep(0.2)
        world.write(lambda db: db.execute(text("ALTER TABLE away RENAME TO job")))
        await asyncio.sleep(1.2)
        await worker.stop()
        await running

    world.run(run())
    assert set(world.read(lambda db: db.scalars(select(Job.id)).all())) == set(REGULAR)


def test_old_keys_are_forgotten(each_world: World) -> None:
    def claimed(db: Session) -> None:
        for key, days in (("old", 31), ("young", 1)):
            replay.claim(db, key, None, "/", each_world.now - timedelta(days=days))
        replay.forget(db, each_world.now - timedelta(days=30))

    each_world.write(claimed)
    left = each_world.read(lambda db: [replay.answered(db, key, None) for key in ("old", "young")])
    assert left == [None, "/"]


def test_a_link_that_works_once_is_not_kept_once_its_letter_is_sent(
    post: tuple[World, Postbox],
) -> None:
    world, box = post
    box.answers = ["451 later"]
    address = f"{world.settings.public_url}/invitations/aB-_9"
    letter = Letter(subject="Einladung", paragraphs=("Bitte.",), action=("Hierher", address))
    world.write(lambda db: mail.queue(db, letter, to="nora@cast.example", event="e", at=world.now))
    world.work()
    [row] = mails(world)
    assert address in row.text  # not sent, and to be tried again
    world.clock.move(minutes=2)
    world.work()
    [row], [sent] = mails(world), box.letters
    assert all(address in part.get_content() for part in sent.iter_parts())  # type: ignore[attr-defined]
    assert "aB-_9" not in row.text + row.html
    assert (row.recipient, row.subject, row.sent_at) == (
        "nora@cast.example",
        "Einladung",
        world.now,
    )
    assert "/invitations/…" in row.text
