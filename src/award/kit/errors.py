"""What an action raises when it cannot do what was asked; `web/problems.py` translates."""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

Afterwards: TypeAlias = Callable[[Session], object]


class Problem(Exception):
    """A request that is answered with words instead of a change.

    `code` is for machines, `message` is for people and already in their language,
    `errors` maps form fields to messages, `detail` is for the page that shows the problem,
    and `afterwards` is written in a transaction of its own, since the request's is rolled back.
    """

    status = 422

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        errors: dict[str, str] | None = None,
        detail: dict[str, Any] | None = None,
        afterwards: Afterwards | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.errors = errors or {}
        self.detail = detail or {}
        self.afterwards = afterwards


class Refused(Problem):
    """Understood, and not done: a rule or a field says no."""


class Changed(Problem):
    """Somebody else saved in between; `detail` holds both texts."""

    status = 409


class NotAllowed(Problem):
    """Seen by this person, but not theirs to do."""

    status = 403


class NotFound(Problem):
    """Not there, or not there for this person: the two cannot be told apart."""

    status = 404

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)


class SignInNeeded(Problem):
    """Nobody is signed in."""

    status = 401

    def __init__(self, code: str = "sign_in_needed") -> None:
        super().__init__(code)


class TokenNeeded(SignInNeeded):
    """A program came without an access token, or (`is_wrong`) with one that is not good."""

    def __init__(
        self, message: str, *, is_wrong: bool = False, afterwards: Afterwards | None = None
    ) -> None:
        super().__init__("token_wrong" if is_wrong else "token_needed")
        self.message = message
        self.is_wrong = is_wrong
        self.afterwards = afterwards


class TooMany(Problem):
    """Too many attempts; `retry_after` in seconds."""

    status = 429

    def __init__(self, code: str, message: str, *, retry_after: int) -> None:
        super().__init__(code, message, detail={"retry_after": retry_after})
        self.retry_after = retry_after


class Ending(Problem):
    """The server ends, and this waited: nothing of it was done. `retry_after` in seconds."""

    status = 503
    retry_after = 30
