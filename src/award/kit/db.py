"""The database: one thread call is one transaction, and what was answered is on disk.

SQLite has one writer thread. Whatever waits in its queue shares one `BEGIN IMMEDIATE … COMMIT`,
each job in a savepoint of its own, and every job is answered after that commit. It has one thread
that reads for pages, since two would only hand the interpreter's lock to and fro (decision 0023),
and one for long reads, which hold up no page.
PostgreSQL has a pool of threads, each transaction its own.
"""

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeAlias, TypeVar, cast

import msgspec
from sqlalchemy import Connection, CursorResult, Engine, Executable, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

T = TypeVar("T")
Work: TypeAlias = Callable[[Session], T]

_READERS = "reader"  # what the names of the reading threads begin with
_POSTGRES_THREADS = 10
_BATCH = 64
_BATCH_SECONDS = 0.05
_TRIES = 4
_AGAIN = {"40001", "40P01"}  # serialization failure, deadlock: the same work may be run again
# Much quicker than the usual reader and writer of JSON.
_JSON: dict[str, Any] = {
    "json_serializer": lambda value: msgspec.json.encode(value).decode(),
    "json_deserializer": msgspec.json.decode,
}


def rows(
    db: Session, statement: Executable, values: Mapping[str, Any]
) -> CursorResult[*tuple[Any, ...]]:
    """Read columns past the session, which makes objects of rows and takes thrice the time.

    What the session has not written yet is written first, as before any other statement.
    """
    if db.autoflush:
        db.flush()
    return db.connection().execute(statement, values)


def lock(db: Session, statement: Executable, values: Mapping[str, Any]) -> None:
    """Lock rows until the end of the transaction; SQLite's one writer has them to itself."""
    if db.get_bind().dialect.name != "sqlite":
        rows(db, statement, values)


class Database(Protocol):
    """`read` and `write` run a function in one transaction, in one call of another thread."""

    engine: Engine

    def read(self, work: Work[T], *, is_long: bool = False) -> Future[T]:
        """Run `work` in a transaction that cannot write; `is_long` holds up no other reading."""

    def write(self, work: Work[T]) -> Future[T]:
        """Run `work` and commit; the result comes only after the commit."""

    def close(self) -> None:
        """Finish what waits and end the threads."""


def open_database(url: str) -> Database:
    """Open the database of a SQLAlchemy address."""
    return SqliteDatabase(url) if url.startswith("sqlite") else PostgresDatabase(url)


class _Job:
    """One function that waits for the writer, with the language of the request that sent it."""

    __slots__ = ("context", "error", "future", "result", "work")

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.context = contextvars.copy_context()
        self.future: Future[Any] = Future()
        self.result: Any = None
        self.error: BaseException | None = None

    def answer(self) -> None:
        if self.future.cancelled():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class SqliteDatabase:
    """One file, one thread that writes, one that reads, and one for long reads.

    Raises OperationalError when the file cannot be opened.
    """

    def __init__(self, url: str) -> None:
        self.engine = sqlite_engine(url)
        self._connection = self.engine.connect()
        self._read_engine = sqlite_engine(url, query_only=True)
        self._reader = ThreadPoolExecutor(1, _READERS)
        self._long_reader = ThreadPoolExecutor(1, f"{_READERS}-long")
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_until_closed, name="writer", daemon=True)
        self._writer.start()

    def read(self, work: Work[T], *, is_long: bool = False) -> Future[T]:
        if threading.current_thread().name.startswith(_READERS):
            raise RuntimeError("a transaction that reads asked for another and would wait for ever")
        context = contextvars.copy_context()
        reader = self._long_reader if is_long else self._reader
        return reader.submit(context.run, self._read, work)

    def _read(self, work: Work[T]) -> T:
        with Session(self._read_engine, autoflush=False, expire_on_commit=False) as session:
            return work(session)

    def write(self, work: Work[T]) -> Future[T]:
        job = _Job(work)
        self._jobs.put(job)
        return cast("Future[T]", job.future)

    def close(self) -> None:
        self._jobs.put(None)
        self._writer.join()
        for reader in (self._reader, self._long_reader):
            reader.shutdown()
        self._read_engine.dispose()
        self.engine.dispose()

    def _write_until_closed(self) -> None:
        with self._connection as connection:
            while (job := self._jobs.get()) is not None:
                if job.future.set_running_or_notify_cancel():
                    self._commit_together(connection, job)

    def _commit_together(self, connection: Connection, first: _Job) -> None:
        """Run all that waits, commit once, then answer; a failed commit fails each of them."""
        taken = [first]
        try:
            with connection.begin():
                first.context.run(_run_in_savepoint, connection, first)
                for job in self._waiting():
                    taken.append(job)
                    job.context.run(_run_in_savepoint, connection, job)
        except BaseException as error:  # noqa: BLE001 - whatever it was, nothing is on disk
            _end(connection)
            for job in taken:
                job.error = error
        for job in taken:
            job.answer()

    def _waiting(self) -> Iterator[_Job]:
        """What else is in the queue, up to a bound in number and time."""
        until = time.monotonic() + _BATCH_SECONDS
        for _ in range(_BATCH - 1):
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self._jobs.put(None)  # the wish to close keeps its place behind this batch
                return
            if job.future.set_running_or_notify_cancel():
                yield job
            if time.monotonic() > until:
                return


def _run_in_savepoint(connection: Connection, job: _Job) -> None:
    with Session(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    ) as session:
        try:
            job.result = job.work(session)
            session.commit()
        except BaseException as error:  # noqa: BLE001 - the job's own; the writer lives on
            session.rollback()
            job.error = error
    if not _raw(connection).in_transaction:  # SQLite gave up the whole transaction
        raise job.error or RuntimeError("the transaction ended by itself")


def _end(connection: Connection) -> None:
    """Leave no transaction open: SQLite keeps one whose commit failed, and none could begin."""
    if _raw(connection).in_transaction:
        _raw(connection).rollback()


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def sqlite_engine(url: str, *, query_only: bool = False) -> Engine:
    """An engine that leaves BEGIN to us and never answers before the disk has it."""
    pool: dict[str, Any] = {} if query_only else {"poolclass": NullPool}
    # What is saved must not come into the log with an error of the database.
    engine = create_engine(url, hide_parameters=True, **_JSON, **pool)

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "mmap_size=0",
            f"query_only={int(query_only)}",
        ):
            raw.execute(f"PRAGMA {pragma}")

    # Not by an event: an engine that is listened to asks at every statement who listens.
    begin = "BEGIN" if query_only else "BEGIN IMMEDIATE"
    engine.dialect.do_begin = lambda raw: raw.execute(begin)  # type: ignore[assignment,method-assign]
    return engine


class PostgresDatabase:
    """Any number of processes; each transaction on its own, tried again after a deadlock."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(
            url, pool_size=_POSTGRES_THREADS, pool_pre_ping=True, hide_parameters=True, **_JSON
        )
        self._reading = self.engine.execution_options(postgresql_readonly=True)
        self._threads = ThreadPoolExecutor(_POSTGRES_THREADS, "postgres")

    def read(self, work: Work[T], *, is_long: bool = False) -> Future[T]:
        context = contextvars.copy_context()
        return self._threads.submit(context.run, self._read, work)

    def _read(self, work: Work[T]) -> T:
        with Session(self._reading, autoflush=False, expire_on_commit=False) as session:
            return work(session)

    def write(self, work: Work[T]) -> Future[T]:
        context = contextvars.copy_context()
        return self._threads.submit(context.run, self._write, work)

    def _write(self, work: Work[T]) -> T:
        for tried in range(1, _TRIES + 1):
            try:
                with Session(self.engine, expire_on_commit=False) as session, session.begin():
                    result = work(session)
            except DBAPIError as error:
                if tried == _TRIES or getattr(error.orig, "sqlstate", None) not in _AGAIN:
                    raise
                time.sleep(0.01 * tried)
            else:
                return result
        raise AssertionError("unreachable")

    def close(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()
