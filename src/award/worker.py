"""The clock's own work inside the server: due jobs, queued mail, and who was seen when.

What takes long has a loop of its own, so that letters do not wait for it.
"""

import asyncio
import contextlib
import smtplib
import ssl
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy.orm import Session

from award.accounts import jobs as accounts
from award.accounts.actions import write_presence, write_token_use
from award.accounts.presence import Presence
from award.accounts.secrets import without_tokens
from award.jury import jobs as jury
from award.kit import mail, queue, replay
from award.nominations import jobs as nominations
from award.ranking import jobs as ranking
from award.settings import Settings
from award.web.site import Site

_EVERY = 1.0
_PRESENCE_EVERY = 60
_FORGET_EVERY = 3600
_KEPT = timedelta(days=30)
_SMTP_SECONDS = 10
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_log = structlog.get_logger("award.worker")

# The functions of all jobs, by kind; they stand in the slices' `jobs.py`.
FUNCTIONS: dict[str, queue.JobFunction] = {
    "accounts.clear_attempts": accounts.clear_attempts,
    "jury.fix_rules": jury.fix_rules,
    "nominations.clear_files": nominations.clear_files,
    "nominations.erase_contacts": nominations.erase_contacts,
    "nominations.lapse_proposals": nominations.lapse_proposals,
    "nominations.remind": nominations.remind,
    "nominations.take_in": nominations.take_in,
    "nominations.tell_of_moves": nominations.tell_of_moves,
}
# Those that are due again some time after each run.
REGULAR = {
    "accounts.clear_attempts": timedelta(hours=1),
    "jury.fix_rules": timedelta(minutes=1),
    "nominations.clear_files": timedelta(hours=6),
    "nominations.erase_contacts": timedelta(hours=1),
    "nominations.lapse_proposals": timedelta(minutes=1),
    "nominations.remind": timedelta(minutes=1),
    "nominations.tell_of_moves": timedelta(minutes=1),
}


# Those that would hold the writer up.
SLOW: dict[str, queue.SlowJob] = {
    ranking.COMPUTE: queue.SlowJob(ranking.given, ranking.computed, ranking.keep),
}


class Worker:
    """Runs beside the requests, on the same loop; all work is done in threads."""

    def __init__(self, site: Site, presence: Presence) -> None:
        self._site = site
        self._presence = presence
        self._wake = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Until stopped: every second what is due, every minute who was seen."""
        slow = asyncio.create_task(self._run_slow())
        try:
            await self._run_quick()
        finally:  # what was begun is claimed for a minute, and then taken up again
            slow.cancel()
            await asyncio.wait({slow})

    async def _run_quick(self) -> None:
        turn = 0
        while not self._stopping:
            try:
                if turn == 0:
                    await self._begin()
                await self.quick()
                turn += 1
                if turn % _PRESENCE_EVERY == 0:
                    await self._write_presence()
                if turn % _FORGET_EVERY == 0:
                    await self._forget()
            except Exception:  # noqa: BLE001 - the next turn may go well
                _log.exception("worker")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _EVERY)

    async def _run_slow(self) -> None:
        while True:
            try:
                await self.slow()
            except Exception:  # noqa: BLE001 - as above
                _log.exception("worker")
            await asyncio.sleep(_EVERY)

    async def stop(self) -> None:
        """End after the turn under way, with what was seen written."""
        self._stopping = True
        self._wake.set()
        await self._write_presence()

    async def once(self) -> None:
        """One turn of both."""
        await self.quick()
        await self.slow()

    async def quick(self) -> None:
        """Due jobs, then due mail."""
        now = self._site.clock.now()
        database = self._site.database
        waits = await asyncio.wrap_future(database.read(lambda db: _waits(db, now)))
        if waits:
            await asyncio.wrap_future(database.write(lambda db: run_jobs(db, now, self._site)))
            if self._site.settings.smtp:
                await self._deliver(now)

    async def slow(self) -> None:
        """The slow job that is due longest, if there is one."""
        now, database = self._site.clock.now(), self._site.database
        waits = partial(queue.any_due, now=now, slow=SLOW, is_slow=True)
        if not await asyncio.wrap_future(database.read(waits)):
            return
        claim = partial(queue.claim, now=now, slow=SLOW)
        job = await asyncio.wrap_future(database.write(claim))
        if job is None:  # another process took it
            return
        keeping = asyncio.create_task(self._keep(job.id))
        try:
            await self._carry_out(job)
        finally:
            keeping.cancel()

    async def _carry_out(self, job: queue.Job) -> None:
        work, database = SLOW[job.kind], self._site.database
        try:
            turn = self._turn(job)
            read = database.read(lambda db: work.read(db, turn), is_long=True)
            found = await asyncio.wrap_future(read)
            made = await asyncio.to_thread(work.work, found)
            end = partial(_end_slow, job=job, turn=self._turn(job), made=made)
            await asyncio.wrap_future(database.write(end))
        except Exception as error:  # noqa: BLE001 - one job must not keep the others
            _log.exception("job", kind=job.kind, id=job.id)
            put_off = partial(_put_off, job=job, now=self._site.clock.now(), error=repr(error))
            await asyncio.wrap_future(database.write(put_off))

    async def _keep(self, job_id: str) -> None:
        """Renew the claim as long as the job is worked at."""
        while True:
            await asyncio.sleep(queue.CLAIM.total_seconds() / 3)
            until = self._site.clock.now() + queue.CLAIM
            with contextlib.suppress(Exception):  # the next time may go well
                renew = partial(_renew, job_id=job_id, until=until)
                await asyncio.wrap_future(self._site.database.write(renew))

    def _turn(self, job: queue.Job) -> queue.Turn:
        url = self._site.settings.public_url
        return queue.Turn(job.payload, self._site.clock.now(), url, self._site.files)

    async def _begin(self) -> None:
        now = self._site.clock.now()
        await asyncio.wrap_future(
            self._site.database.write(lambda db: queue.begin_regular(db, REGULAR, now))
        )

    async def _deliver(self, now: datetime) -> None:
        """Send what is due: claimed, sent without a transaction, then marked."""
        settings, database = self._site.settings, self._site.database
        found = await asyncio.wrap_future(database.write(lambda db: mail.claim(db, now)))
        if not found:
            return
        results = await asyncio.to_thread(_send, settings, found)
        mark = partial(mail.mark, results=results, now=now, kept=without_tokens)
        await asyncio.wrap_future(database.write(mark))

    async def _write_presence(self) -> None:
        seen, database = self._presence.taken(), self._site.database
        if seen.sessions:
            await asyncio.wrap_future(database.write(lambda db: write_presence(db, seen.sessions)))
        if seen.tokens:
            await asyncio.wrap_future(database.write(lambda db: write_token_use(db, seen.tokens)))

    async def _forget(self) -> None:
        before = self._site.clock.now() - _KEPT
        await asyncio.wrap_future(self._site.database.write(lambda db: replay.forget(db, before)))


def _waits(db: Session, now: datetime) -> bool:
    return queue.any_due(db, now, slow=SLOW, is_slow=False) or mail.any_due(db, now)


def run_jobs(db: Session, now: datetime, site: Site) -> None:
    """Run due jobs; one that fails is put off and its own changes are undone."""
    url, files = site.settings.public_url, site.files
    for job in queue.due(db, now, slow=SLOW):
        try:
            with db.begin_nested():
                FUNCTIONS[job.kind](db, queue.Turn(job.payload, now, url, files))
                queue.end(job, now, again_after=REGULAR.get(job.kind))
        except Exception as error:  # noqa: BLE001 - one job must not keep the others
            _log.exception("job", kind=job.kind, id=job.id)
            queue.put_off(job, now, repr(error))


def _end_slow(db: Session, job: queue.Job, turn: queue.Turn, made: Any) -> None:
    """Write what was made, unless another process did so meanwhile."""
    row = queue.claimed(db, job.id)
    if row is not None:
        SLOW[job.kind].write(db, turn, made)
        queue.end(row, turn.at, again_after=None)


def _put_off(db: Session, job: queue.Job, now: datetime, error: str) -> None:
    row = queue.claimed(db, job.id)
    if row is not None:
        row.tries -= 1  # counted when it was claimed
        queue.put_off(row, now, error)


def _renew(db: Session, job_id: str, until: datetime) -> None:
    row = queue.claimed(db, job_id)
    if row is not None:
        row.due_at = max(row.due_at, until)


def _send(settings: Settings, mails: list[mail.Mail]) -> dict[str, str]:
    """Try each letter over one connection; maps mail ids to "" or to what went wrong."""
    try:
        connection = _connect(settings)
    except (OSError, smtplib.SMTPException) as error:
        return {one.id: repr(error) for one in mails}
    try:
        return {one.id: _try(connection, one, settings.mail_from) for one in mails}
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.quit()


def _try(connection: smtplib.SMTP, one: mail.Mail, sender: str) -> str:
    try:
        connection.send_message(mail.as_message(one, sender))
    except (OSError, ValueError, smtplib.SMTPException) as error:
        return repr(error)
    return ""


def _connect(settings: Settings) -> smtplib.SMTP:
    """`smtp://user:password@host:port`, with STARTTLS if offered; `smtps://` for TLS at once.

    A password goes over the network only when TLS is on.
    """
    url = urlsplit(settings.smtp)
    host, port = url.hostname or "", url.port or 0
    trust = _trust(host)
    if url.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=_SMTP_SECONDS, context=trust
        )
    else:
        connection = smtplib.SMTP(host, port, timeout=_SMTP_SECONDS)
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=trust)
        elif url.username and host not in _LOOPBACK:
            raise smtplib.SMTPNotSupportedError("the mail server offers no TLS for the password")
    if url.username:
        connection.login(unquote(url.username), unquote(url.password or ""))
    return connection


def _trust(host: str) -> ssl.SSLContext:
    """Certificates are checked, but for a mail server on this machine, which signs its own."""
    context = ssl.create_default_context()
    if host in _LOOPBACK:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
