"""Every route says who may come, and every form carries what a form must carry."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from award.app import all_routes
from award.kit.verdict import Verdict
from award.settings import Settings
from award.web.routes import Handler, Route

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
ROUTES = all_routes(Settings(database="sqlite://", secret="x" * 32, demo=True))
PUBLIC = re.compile(
    r"/|/sign-in|/sign-out|/demo/sign-in|/feedback|/registration(/person)?|/health|/ready"
    r"|/(accessibility|privacy|imprint|plain-language|method|_gallery)"
    r"|/(invitations|password-resets|registrations)(/\{token:str\})?"
    r"|/proposals/\{token:str\}(/(account|acceptance|decline|stop))?"
    r"|/editions(/\{slug:str\}(/(criteria|eligibility|form(?:\.schema\.json)?|winners(/\{position:int\})?))?)?"
)
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


def needed(handler: Handler) -> list[str]:
    """The parameters that have to be given."""
    parameters = inspect.signature(handler).parameters.values()
    return [p.name for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD]


def test_there_are_routes_and_none_twice() -> None:
    names = [named(route) for route in ROUTES]
    assert len(names) > 20
    assert len(names) == len(set(names))


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_route_has_a_policy_or_is_public_by_name(route: Route) -> None:
    if route.policy is None:
        assert PUBLIC.fullmatch(route.path), "a public route stands on the list of public addresses"
        return
    assert not PUBLIC.fullmatch(route.path)
    assert re.fullmatch(r"award\.[a-z]+\.policy", route.policy.__module__)
    assert route.policy.__name__.startswith("may_")
    assert inspect.signature(route.policy).return_annotation is Verdict


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_handler_belongs_to_pages_and_takes_what_its_address_names(route: Route) -> None:
    assert re.match(r"award\.[a-z]+\.(pages|api)", route.handler.__module__)
    in_path = re.findall(r"\{(\w+):", route.path)
    assert needed(route.handler)[1:] == in_path
    assert len(inspect.getsource(route.handler).splitlines()) <= 25


@pytest.mark.parametrize("route", [r for r in ROUTES if r.again], ids=named)
def test_the_form_shown_again_takes_what_its_address_names(route: Route) -> None:
    assert route.again is not None
    in_path = re.findall(r"\{(\w+):", route.path)
    parameters = inspect.signature(route.again).parameters
    takes_more = any(one.kind is one.VAR_KEYWORD for one in parameters.values())
    assert set(needed(route.again)[1:]) <= set(in_path)
    assert takes_more or set(in_path) <= set(parameters)


def forms() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for found in FORM.finditer(path.read_text()):
            if re.search(r"method=[\"']post", found.group(), re.IGNORECASE):
                yield path.relative_to(TEMPLATES).as_posix(), found.group()


def test_every_form_that_posts_carries_token_and_key() -> None:
    """Most are made by the macro of ui/forms.html; what is written by hand has the same fields."""
    everything = list(forms())
    assert "ui/forms.html" in {name for name, _ in everything}
    # Signing out twice is signing out; it needs no key.
    bare = [
        (name, field)
        for name, form in everything
        for field in ("_csrf", "_key")
        if f'name="{field}"' not in form and (name, field) != ("ui/_account.html", "_key")
    ]
    assert bare == []
