"""How a slice names its pages: address, handler, and the policy that the handler asks."""

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec

from award.web.call import Answer, Call, Policy

Handler: TypeAlias = Callable[..., Answer]


class Prepare(msgspec.Struct, frozen=True):
    """Slow work outside any transaction: `read` in a reading transaction, then `slow`.

    `read` finds the numbers and names of the address in `call.params`. It may take long, as for
    an export: pages are read beside it.

    `slow` gets what `read` returned and runs in an executor of its own, in the language of the
    page; its result is `call.prepared`. The handler checks again that what was read still holds.
    """

    read: Callable[[Call], Any]
    slow: Callable[[Any], Any]


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One address and method. Without a policy it is public.

    `body_limit` in bytes is for those that take files; the others share the setting's.
    """

    method: str
    path: str
    handler: Handler
    policy: Policy | None
    again: Handler | None = None
    prepare: Prepare | None = None
    body_limit: int | None = None
    name: str = ""

    @property
    def is_public(self) -> bool:
        return self.policy is None


class Routes:
    """The routes of one slice, filled by decorators."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def get(
        self, path: str, *, policy: Policy, prepare: Prepare | None = None
    ) -> Callable[[Handler], Handler]:
        """A page for those whom `policy` lets see it; the handler must ask it."""
        return self._add("GET", path, policy, prepare=prepare)

    def post(
        self,
        path: str,
        *,
        policy: Policy,
        again: Handler | None = None,
        prepare: Prepare | None = None,
        body_limit: int | None = None,
    ) -> Callable[[Handler], Handler]:
        """A change. `again` shows the form once more, with what was typed, when it is refused."""
        return self._add("POST", path, policy, again, prepare, body_limit)

    def public_get(self, path: str) -> Callable[[Handler], Handler]:
        """A page for everybody."""
        return self._add("GET", path, None)

    def public_post(
        self, path: str, *, again: Handler | None = None, prepare: Prepare | None = None
    ) -> Callable[[Handler], Handler]:
        """A form for everybody, such as the sign-in."""
        return self._add("POST", path, None, again, prepare)

    def _add(  # noqa: PLR0913 - a route has these parts
        self,
        method: str,
        path: str,
        policy: Policy | None,
        again: Handler | None = None,
        prepare: Prepare | None = None,
        body_limit: int | None = None,
    ) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            self.all.append(
                Route(
                    method=method,
                    path=path,
                    handler=handler,
                    policy=policy,
                    again=again,
                    prepare=prepare,
                    body_limit=body_limit,
                    name=f"{handler.__module__.removeprefix('award.')}.{handler.__name__}",
                )
            )
            return handler

        return keep
