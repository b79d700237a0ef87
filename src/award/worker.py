"""The clock's own work inside the server: due jobs, queued mail, and who was seen when."""

import asyncio
import contextlib
import smtplib
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy.orm import Session

from award.accounts.actions import write_presence
from award.accounts.presence import Presence
from award.kit import mail, queue
from award.settings import Settings
from award.web.site import Site

_EVERY = 1.0
_PRESENCE_EVERY = 60
_SMTP_SECONDS = 10
_log = structlog.get_logger("award.worker")

# The functions of all jobs, by kind; a slice's `jobs.py` adds its own.
FUNCTIONS: dict[str, queue.JobFunction] = {}


class Worker:
    """Runs beside the requests, on the same loop; all work is done in threads."""

    def __init__(self, site: Site, presence: Presence) -> None:
        self._site = site
        self._presence = presence
        self._wake = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Until stopped: every second what is due, every minute who was seen."""
        turn = 0
        while not self._stopping:
            try:
                await self.once()
                turn += 1
                if turn % _PRESENCE_EVERY == 0:
                    await self._write_presence()
            except Exception:  # noqa: BLE001 - the next turn may go well
                _log.exception("worker")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _EVERY)

    async def stop(self) -> None:
        """End after the turn under way, with what was seen written."""
        self._stopping = True
        self._wake.set()
        await self._write_presence()

    async def once(self) -> None:
        """One turn: due jobs, then due mail."""
        now = self._site.clock.now()
        database = self._site.database
        waits = await asyncio.wrap_future(database.read(lambda db: _waits(db, now)))
        if waits:
            await asyncio.wrap_future(database.write(lambda db: run_jobs(db, now)))
            if self._site.settings.smtp:
                await self._deliver(now)

    async def _deliver(self, now: datetime) -> None:
        """Send what is due: claimed by reading, sent without a transaction, then marked."""
        settings, database = self._site.settings, self._site.database

        def composed(db: Session) -> list[tuple[str, EmailMessage]]:
            return [(m.id, mail.as_message(m, settings.mail_from)) for m in mail.unsent(db, now)]

        found = await asyncio.wrap_future(database.read(composed))
        if not found:
            return
        results = await asyncio.to_thread(_send, settings, found)
        await asyncio.wrap_future(database.write(lambda db: mail.mark(db, results, now)))

    async def _write_presence(self) -> None:
        seen = self._presence.taken()
        if seen:
            await asyncio.wrap_future(
                self._site.database.write(lambda db: write_presence(db, seen))
            )


def _waits(db: Session, now: datetime) -> bool:
    return queue.any_due(db, now) or mail.any_due(db, now)


def run_jobs(db: Session, now: datetime) -> None:
    """Run due jobs; one that fails is put off and its own changes are undone."""
    for job in queue.due(db, now):
        try:
            with db.begin_nested():
                FUNCTIONS[job.kind](db, job.payload, now)
                job.done_at = now
        except Exception as error:  # noqa: BLE001 - one job must not keep the others
            _log.exception("job", kind=job.kind, id=job.id)
            queue.put_off(job, now, repr(error))


def _send(settings: Settings, letters: list[tuple[str, EmailMessage]]) -> dict[str, str]:
    """Try each letter over one connection; maps mail ids to "" or to what went wrong."""
    try:
        connection = _connect(settings)
    except (OSError, smtplib.SMTPException) as error:
        return {mail_id: repr(error) for mail_id, _ in letters}
    with connection:
        return {mail_id: _try(connection.send_message, message) for mail_id, message in letters}


def _try(send: Callable[[EmailMessage], object], message: EmailMessage) -> str:
    try:
        send(message)
    except (OSError, smtplib.SMTPException) as error:
        return repr(error)
    return ""


def _connect(settings: Settings) -> smtplib.SMTP:
    """`smtp://user:password@host:port`, with STARTTLS if offered; `smtps://` for TLS at once."""
    url = urlsplit(settings.smtp)
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    connection = kind(url.hostname or "", url.port or 0, timeout=_SMTP_SECONDS)
    connection.ehlo()
    if url.scheme == "smtp" and connection.has_extn("starttls"):
        connection.starttls()
        connection.ehlo()
    if url.username:
        connection.login(unquote(url.username), unquote(url.password or ""))
    return connection
