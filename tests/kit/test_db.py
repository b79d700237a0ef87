"""The database's promise: one call, one transaction, and an answer only after the commit."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from award.kit import db, i18n, queue
from award.kit.db import Database, SqliteDatabase, open_database
from award.kit.queue import Job

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECONDS = 20


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def each_database(each_url: str) -> Iterator[Database]:
    database = open_database(each_url)
    yield database
    database.close()


def keep(name: str) -> Callable[[Session], str]:
    """Writes a row with this name."""

    def work(db: Session) -> str:
        queue.enqueue(db, name, {}, due_at=AT)
        db.flush()
        return name

    return work


def kept(db: Session) -> list[str]:
    return list(db.scalars(select(Job.kind).order_by(Job.kind)))


class Held:
    """Holds the writer inside its first job, so that what comes now has to wait together."""

    def __init__(self, database: Database) -> None:
        self._go, self._inside = threading.Event(), threading.Event()
        self.first = database.write(self._work)
        assert self._inside.wait(SECONDS)

    def _work(self, db: Session) -> str:
        self._inside.set()
        assert self._go.wait(SECONDS)
        return keep("first")(db)

    def release(self) -> None:
        self._go.set()


def commits(database: Database) -> list[object]:
    counted: list[object] = []
    event.listen(database.engine, "commit", counted.append)
    return counted


def broken_commit(db: Session) -> str:
    """Writes a row whose missing parent is noticed by the commit only."""
    db.execute(text("PRAGMA defer_foreign_keys=ON"))
    db.execute(text("INSERT INTO withdrawal VALUES ('nobody', '2026-11-23', NULL, 'x')"))
    return "done"


def test_what_waits_shares_one_commit(
    sqlite: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_BATCH_SECONDS", SECONDS)  # however slow this machine is
    counted = commits(sqlite)
    held = Held(sqlite)
    waiting = [sqlite.write(keep(f"job {number:02}")) for number in range(30)]
    assert not any(job.done() for job in waiting)
    held.release()
    assert [job.result(SECONDS) for job in waiting] == [f"job {n:02}" for n in range(30)]
    assert len(counted) == 1
    assert len(sqlite.read(kept).result(SECONDS)) == 31


def test_more_than_a_batch_is_done_in_its_order(sqlite: SqliteDatabase) -> None:
    held = Held(sqlite)
    order: list[int] = []
    waiting = [sqlite.write(lambda _db, n=n: order.append(n)) for n in range(150)]
    held.release()
    wait(waiting, SECONDS)
    assert order == list(range(150))


@pytest.mark.parametrize("number", [0, 62, 63, 64, 65, 130])
def test_closing_finishes_what_waits(sqlite_url: str, number: int) -> None:
    database = SqliteDatabase(sqlite_url)
    held = Held(database)
    waiting = [database.write(keep(f"{n}")) for n in range(number)]
    closing = threading.Thread(target=database.close)
    closing.start()
    held.release()
    closing.join(SECONDS)
    assert not closing.is_alive()
    assert [job.result(0) for job in waiting] == [f"{n}" for n in range(number)]


def test_a_failed_commit_fails_each_honestly(sqlite: SqliteDatabase) -> None:
    held = Held(sqlite)
    waiting: list[Future[str]] = [
        sqlite.write(keep("before")),
        sqlite.write(broken_commit),
        sqlite.write(keep("after")),
    ]
    held.release()
    for job in [held.first, *waiting]:
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            job.result(SECONDS)
    assert sqlite.read(kept).result(SECONDS) == []
    assert sqlite.write(keep("next")).result(SECONDS) == "next"
    assert sqlite.read(kept).result(SECONDS) == ["next"]


@pytest.mark.parametrize("error", [ValueError, SystemExit])
def test_a_jobs_failure_leaves_the_others(
    sqlite: SqliteDatabase, error: type[BaseException]
) -> None:
    def fails(db: Session) -> None:
        keep("undone")(db)
        raise error

    held = Held(sqlite)
    good, bad, late = sqlite.write(keep("a")), sqlite.write(fails), sqlite.write(keep("b"))
    held.release()
    assert (good.result(SECONDS), late.result(SECONDS)) == ("a", "b")
    with pytest.raises(error):
        bad.result(SECONDS)
    assert sqlite.read(kept).result(SECONDS) == ["a", "b", "first"]


def test_a_transaction_given_up_by_sqlite_fails_all_that_shared_it(sqlite: SqliteDatabase) -> None:
    def gives_up(db: Session) -> None:
        row = "INTO answered_form VALUES ('key', '', '/', '2026-11-23')"
        db.execute(text("INSERT " + row))
        db.execute(text("INSERT OR ROLLBACK " + row))

    held = Held(sqlite)
    before, bad = sqlite.write(keep("before")), sqlite.write(gives_up)
    held.release()
    for job in (held.first, before, bad):
        with pytest.raises(DBAPIError):
            job.result(SECONDS)
    assert sqlite.read(kept).result(SECONDS) == []
    assert sqlite.write(keep("next")).result(SECONDS) == "next"


def test_a_transaction_that_cannot_begin_is_an_error_and_no_silence(
    sqlite: SqliteDatabase,
) -> None:
    sqlite.write(lambda _: sqlite._connection.exec_driver_sql("PRAGMA busy_timeout=10")).result(5)
    with sqlite.engine.connect() as other:
        other.begin()
        refused = sqlite.write(keep("locked out"))
        with pytest.raises(OperationalError, match="locked"):
            refused.result(SECONDS)
    assert sqlite.write(keep("later")).result(SECONDS) == "later"


def test_a_job_that_nobody_waits_for_is_not_begun(sqlite: SqliteDatabase) -> None:
    held = Held(sqlite)
    dropped, wanted = sqlite.write(keep("dropped")), sqlite.write(keep("wanted"))
    assert dropped.cancel()
    held.release()
    wanted.result(SECONDS)
    assert sqlite.read(kept).result(SECONDS) == ["first", "wanted"]


def test_a_file_that_cannot_be_opened_is_said_at_the_start() -> None:
    with pytest.raises(OperationalError, match="unable to open"):
        SqliteDatabase("sqlite:////nowhere/at/all/award.db")


def test_a_long_read_holds_up_no_page(each_database: Database) -> None:
    may_end = threading.Event()
    long = each_database.read(lambda _db: may_end.wait(SECONDS), is_long=True)
    assert each_database.read(kept).result(SECONDS) == []
    assert not long.done()
    may_end.set()
    assert long.result(SECONDS)


def test_a_read_within_a_read_is_told_and_does_not_wait_for_ever(sqlite: SqliteDatabase) -> None:
    nested = sqlite.read(lambda _db: sqlite.read(kept).result(SECONDS))
    with pytest.raises(RuntimeError, match="asked for another"):
        nested.result(SECONDS)


def test_readers_cannot_write(each_database: Database) -> None:
    def writes(db: Session) -> None:
        db.execute(text("DELETE FROM job"))

    with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
        each_database.read(writes).result(SECONDS)


def test_a_failed_write_leaves_nothing(each_database: Database) -> None:
    def fails(db: Session) -> None:
        keep("half")(db)
        raise ValueError("half")

    with pytest.raises(ValueError, match="half"):
        each_database.write(fails).result(SECONDS)
    assert each_database.read(kept).result(SECONDS) == []


@pytest.mark.parametrize("code", ["de", "en"])
def test_the_language_reaches_the_thread(each_database: Database, code: str) -> None:
    def said(_db: Session) -> tuple[str, str]:
        return i18n.language.get(), threading.current_thread().name

    with i18n.speaking(code):
        read, written = each_database.read(said), each_database.write(said)
    assert [read.result(SECONDS)[0], written.result(SECONDS)[0]] == [code, code]
    assert threading.current_thread().name not in (read.result()[1], written.result()[1])


def test_errors_do_not_tell_what_was_saved(each_database: Database) -> None:
    def fails(db: Session) -> None:
        row = {"id": "twice", "kind": "a secret", "payload": {}, "due_at": AT}
        db.execute(Job.__table__.insert(), [row])  # type: ignore[attr-defined]
        db.execute(Job.__table__.insert(), [row])  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError) as caught:
        each_database.write(fails).result(SECONDS)
    assert "a secret" not in str(caught.value)


def test_postgresql_runs_a_deadlocked_transaction_again(postgres: Any) -> None:
    database = open_database(postgres.migrated())
    for name in ("one", "two"):
        database.write(keep(name)).result(SECONDS)
    both_hold = threading.Barrier(2)
    runs: list[str] = []

    def locks(first: str, second: str) -> Callable[[Session], None]:
        def work(db: Session) -> None:
            runs.append(first)
            _touch(db, first)
            if len(runs) <= 2:  # only in the first attempts, so that they meet for certain
                both_hold.wait(SECONDS)
            _touch(db, second)

        return work

    writes = [database.write(locks("one", "two")), database.write(locks("two", "one"))]
    for write in writes:
        write.result(SECONDS)
    assert len(runs) == 3
    assert database.read(lambda db: db.scalar(select(func.sum(Job.tries)))).result() == 4
    database.close()


def _touch(db: Session, name: str) -> None:
    db.execute(text("UPDATE job SET tries = tries + 1 WHERE kind = :name"), {"name": name})
