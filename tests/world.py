"""The whole application in this process: real database, real requests, a clock to set."""

import asyncio
import re
import threading
from collections.abc import AsyncIterable, Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx
from sqlalchemy import event
from sqlalchemy.orm import Session

from award.accounts.actions.tokens import PREFIX
from award.accounts.models import AccessToken, Account
from award.accounts.models import Session as BrowserSession
from award.accounts.presence import Presence
from award.app import create_app
from award.kit.clock import Clock
from award.kit.ids import new_access_token, new_token
from award.settings import Settings
from award.web.routes import Route
from award.web.security import cookie_name, form_token, token_hash
from award.worker import Worker

T = TypeVar("T")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
URL = "http://127.0.0.1:8000"


class SetClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, instant: datetime = START) -> None:
        super().__init__()
        self.instant = instant

    def now(self) -> datetime:
        return self.instant + self.ahead

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


class World:
    """One running application. Its requests run on a loop in a thread of their own."""

    def __init__(self, database: str, routes: Sequence[Route] = (), **settings: Any) -> None:
        self._files = TemporaryDirectory()
        given: dict[str, Any] = {
            "database": database,
            "files": self._files.name,
            "secret": "a secret for tests, long enough to be taken",
            "argon2_memory_kib": 8,
            "argon2_passes": 1,
        }
        self.settings = Settings(**given | settings)
        self.clock = SetClock()
        self.app = create_app(self.settings, self.clock, routes)
        self.site = self.app.site
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self.site.slow.shutdown()
        self.site.uploads.shutdown()
        self.site.database.close()
        self._files.cleanup()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the application's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def write(self, work: Callable[[Session], T]) -> T:
        return self.site.database.write(work).result(60)

    def read(self, work: Callable[[Session], T]) -> T:
        return self.site.database.read(work).result(60)

    def work(self) -> None:
        """One turn of the worker: due jobs and mail."""
        self.run(_turn(self))

    def visitor(self) -> "Client":
        return Client(self)

    def signed_in(self, account: Account) -> "Client":
        """A browser in which this person is signed in, with the password just given."""
        token = new_token()

        def begin(db: Session) -> None:
            now = self.now
            db.add(
                BrowserSession(
                    token_hash=token_hash(token),
                    account_id=account.id,
                    created_at=now,
                    seen_at=now,
                    fresh_at=now,
                )
            )

        self.write(begin)
        return Client(self, token)

    def program(self, account: Account) -> "Client":
        """A program with an access token of this person."""
        secret = new_access_token(PREFIX)

        def make(db: Session) -> None:
            now = self.now
            made = {"account_id": account.id, "token_hash": token_hash(secret), "name": "tests"}
            times = {"created_at": now, "expires_at": now + timedelta(days=365)}
            db.add(AccessToken(**made, **times))

        self.write(make)
        return Client(self, bearer=secret)


async def _turn(world: World) -> None:
    await Worker(world.site, Presence()).once()


class Client:
    """A browser without JavaScript: it keeps the cookie and sends the form's hidden fields.

    With `bearer` it is a program instead: it has no cookie, and sends its access token.
    """

    def __init__(self, world: World, token: str = "", bearer: str = "") -> None:
        self.world = world
        self.bearer = bearer
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=world.app), base_url=URL, follow_redirects=False
        )
        if bearer:
            self._http.headers["Authorization"] = f"Bearer {bearer}"
        if token:
            # Of this host, so that a new session takes its place.
            self._http.cookies.set(cookie_name(world.settings), token, domain="127.0.0.1")

    @property
    def token(self) -> str:
        return self._http.cookies.get(cookie_name(self.world.settings)) or ""

    def get(self, path: str, *, htmx: bool = False, **headers: str) -> httpx.Response:
        """A GET; redirects are not followed."""
        return self.request("GET", path, htmx=htmx, headers=headers)

    def follow(self, response: httpx.Response) -> httpx.Response:
        """The page that a 303 leads to."""
        assert response.status_code == 303, (response.status_code, words(response))
        return self.get(response.headers["location"])

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, htmx: bool = False, **headers: str
    ) -> httpx.Response:
        """A form with a valid token and a new key, unless `data` brings its own."""
        fields = {"_key": new_token(128), **(data or {})}
        if self.token:
            fields.setdefault("_csrf", form_token(self.world.settings, self.token))
        return self.request("POST", path, data=fields, htmx=htmx, headers=headers)

    def send(
        self, path: str, data: dict[str, Any], files: list[tuple[str, str, bytes]], **headers: str
    ) -> httpx.Response:
        """A form with files, each with its field, name and content."""
        fields = {"_key": new_token(128), **data}
        fields.setdefault("_csrf", form_token(self.world.settings, self.token))
        parts = [(field, (name, content)) for field, name, content in files]
        return self.request("POST", path, data=fields, files=parts, headers=headers)

    def stream(self, path: str, body: AsyncIterable[bytes]) -> httpx.Response:
        """A form whose body comes bit by bit after its head."""
        kind = {"Origin": URL, "Content-Type": "application/x-www-form-urlencoded"}
        return self.world.run(self._http.post(path, content=body, headers=kind))

    def request(  # noqa: PLR0913 - a request has these parts
        self,
        method: str,
        path: str,
        *,
        data: dict[str, Any] | None = None,
        files: list[tuple[str, tuple[str, bytes]]] | None = None,
        htmx: bool = False,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        sent = {"Origin": URL} if method == "POST" else {}
        sent |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if htmx:
            sent["HX-Request"] = "true"
        target = urlsplit(path)
        path = target.path + (f"?{target.query}" if target.query else "")
        return self.world.run(
            self._http.request(method, path, data=data, files=files, headers=sent)
        )


def words(response: httpx.Response) -> str:
    """What a page says in its main part, without tags and with single blanks."""
    html = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", response.text)
    main = re.search(r"(?s)<main.*</main>", html)
    text = re.sub(r"<[^>]*>", " ", main.group() if main else html)
    for entity, sign in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(entity, sign)
    return re.sub(r"\s+", " ", text.replace("&amp;", "&")).strip()


class Statements:
    """Counts the SQL statements inside a `with`, without BEGIN, COMMIT and savepoints."""

    _UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")

    def __init__(self, world: World) -> None:
        database = world.site.database
        self._engines = [database.engine]
        reading = getattr(database, "_read_engine", None)
        if reading is not None:
            self._engines.append(reading)
        self.all: list[str] = []

    def __enter__(self) -> Self:
        for engine in self._engines:
            event.listen(engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines:
            event.remove(engine, "before_cursor_execute", self._note)

    def __len__(self) -> int:
        return len(self.all)

    def _note(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(self._UNCOUNTED):
            self.all.append(statement)
