"""One request inside its transaction, and what a handler may answer."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeAlias, TypeVar

import msgspec
from sqlalchemy.orm import Session

from award.kit.actor import VISITOR, Actor
from award.kit.errors import NotAllowed, NotFound, Problem, SignInNeeded
from award.kit.files import Scratch
from award.kit.links import link
from award.kit.verdict import Verdict
from award.web.forms import Typed, parse
from award.web.site import Site

S = TypeVar("S", bound=msgspec.Struct)
Policy: TypeAlias = Callable[..., Verdict]
_SHOWN_AGAIN = {
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
}
API = "/api/"  # below it are programs with access tokens, everywhere else people with sessions


class Upload(msgspec.Struct, frozen=True):
    """A file as it was sent; what its name and content claim is not true before it is examined."""

    field: str
    name: str
    content: bytes


class Call:
    """What a handler is given. It never opens or commits the transaction itself."""

    def __init__(  # noqa: PLR0913 - a request has these parts
        self,
        *,
        site: Site,
        path: str,
        query: Typed,
        typed: Typed,
        token: str,
        headers: Mapping[str, str],
        address: str,
        params: Mapping[str, Any],
        method: str = "GET",
    ) -> None:
        self.site = site
        self.method = method
        self.path = path
        self.params = params
        self.query = query
        self.typed = typed
        self.is_api = path.startswith(API)
        self.token = "" if self.is_api else token  # a program brings no session
        self.address = address
        self.is_htmx = headers.get("hx-request") == "true"
        self.wants_json = self.is_api or "json" in headers.get("accept", "")
        self.headers = headers
        self.now: datetime = site.clock.now()
        self.actor: Actor = VISITOR
        self.files: list[Upload] = []
        self.prepared: Any = None
        self.refusal: Problem | None = None
        self.asked: set[Policy] = set()
        self._db: Session | None = None

    @property
    def db(self) -> Session:
        if self._db is None:
            raise RuntimeError("the call is not inside its transaction")
        return self._db

    def enter(self, db: Session) -> None:
        """Begin with a session of the database; a second run of the same call starts afresh."""
        self._db = db
        self.asked = set()

    def allow(self, policy: Policy, *things: Any, **more: Any) -> None:
        """Go on only if the policy says yes.

        Raises NotFound where the thing does not exist for this person (SignInNeeded for a
        visitor), NotAllowed with the policy's reason where it may be seen but not done.
        """
        verdict = policy(self.actor, *things, **more)
        self.asked.add(policy)
        if verdict.allowed:
            return
        if not self.actor.is_signed_in:
            raise SignInNeeded
        if verdict.hidden:
            raise NotFound
        raise NotAllowed(verdict.code, verdict.reason)

    def can(self, policy: Policy, *things: Any, **more: Any) -> bool:
        """Whether the policy says yes; for buttons that are shown or not."""
        return policy(self.actor, *things, **more).allowed

    def form(self, kind: type[S]) -> S:
        """The typed form as a struct; raises Refused with a message for each field at fault."""
        return parse(kind, self.typed)

    @property
    def is_shown_again(self) -> bool:
        """Whether a form was refused in such a way that it is shown once more."""
        return self.refusal is not None and self.refusal.status in _SHOWN_AGAIN

    @property
    def key(self) -> str:
        """By what this very form is known when it comes again, empty if it has no key.

        What was typed and where it goes belong to it: a page that the browser brings back has the
        key of a form that was carried out, and may hold other words or be sent by another button.
        """
        if not (key := self.typed.get("_key")):
            return ""
        said = [(name, self.typed.all(name)) for name in self.typed if name != "_csrf"]
        files = [(one.field, one.name, sha256(one.content).hexdigest()) for one in self.files]
        return sha256(json.dumps([key, self.path, said, files]).encode()).hexdigest()


class Page(msgspec.Struct, frozen=True):
    """A template and what it shows; `is_tagged` answers 304 to whoever has the same already."""

    template: str
    context: dict[str, Any]
    status: int = 200
    headers: dict[str, str] = {}
    is_tagged: bool = False


class Fragment(msgspec.Struct, frozen=True):
    """A changed part for htmx; `location` is the page that shows the same without it."""

    template: str
    location: str
    context: dict[str, Any]


class See(msgspec.Struct, frozen=True):
    """Go and see there (303)."""

    location: str
    headers: dict[str, str] = {}


class Data(msgspec.Struct, frozen=True):
    """Bytes of a media type, shown or as an attachment under a name.

    `location` gives the same again, for a form that comes twice.
    """

    body: bytes
    media_type: str
    headers: dict[str, str] = {}
    status: int = 200
    location: str = ""


class Sent(msgspec.Struct, frozen=True):
    """A file that was made for this answer; it is sent from the disk bit by bit, and then gone."""

    file: Scratch
    media_type: str
    headers: dict[str, str] = {}


Answer: TypeAlias = Page | Fragment | See | Data | Sent


def page(template: str, /, **context: Any) -> Page:
    return Page(template, context)


def see(path: str, /, **query: Any) -> See:
    return See(link(path, **query))


def fragment(template: str, location: str, /, **context: Any) -> Fragment:
    return Fragment(template, link(location), context)
