"""The Jinja environment: everything escaped, nothing undefined, words by gettext."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from award.kit import i18n
from award.kit.ids import new_token
from award.kit.links import link

_environment: Environment | None = None
_DRAWN = 4096
_FILTERS = (
    "day",
    "short_day",
    "moment",
    "time_of_day",
    "lately",
    "deadline",
    "clock",
    "number",
    "as_typed",
    "percent",
    "signed",
    "local",
    "told",
)


def set_up(folder: Path, *, debug: bool = False) -> None:
    """Take the environment of this process from a folder."""
    global _environment  # noqa: PLW0603 - one per process, chosen at the start
    _environment = _made(folder, debug)


@cache
def _made(folder: Path, debug: bool) -> Environment:  # noqa: FBT001 - a key of the cache
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=_is_markup,  # noqa: S701 - all but the plain text of mails
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=debug,
        extensions=["jinja2.ext.do"],
    )
    environment.filters |= {name: getattr(i18n, name) for name in _FILTERS}
    environment.globals |= {
        "_": _gettext,
        "ngettext": _ngettext,
        "pgettext": _pgettext,
        "link": link,
        "new_key": partial(new_token, 128),
        "kept": _kept,
        "kept_each": _kept_each,
    }
    return environment


# The words come from here and not from Jinja's own extension, which looks each of them up through
# the template's context: a third of a page's time. What they give is escaped like all else.
def _gettext(message: str, /, **values: Any) -> str:
    return _filled(i18n.gettext(message), values)


def _ngettext(one: str, many: str, n: int, /, **values: Any) -> str:
    said = i18n.catalogue(i18n.language.get()).ngettext(one, many, n)
    return _filled(said, {"num": i18n.number(n), **values})


def _pgettext(context: str, message: str, /, **values: Any) -> str:
    return _filled(i18n.pgettext(context, message), values)


def _filled(said: str, values: dict[str, Any]) -> str:
    """The sentence with its values; markup stays markup, and everything else in it is escaped."""
    if not values:
        return said
    is_markup = any(hasattr(value, "__html__") for value in values.values())
    return (Markup(said) if is_markup else said) % values  # noqa: S704 - said is our own sentence


def _kept(macro: Callable[..., str], *values: Any) -> str:
    """What a macro makes of these values; the same values are drawn once.

    For a macro from another file, imported without context, so that its values, the language and
    the zone are all that it depends on. The values are hashable: tuples, never lists.
    """
    return _drawn(i18n.language.get(), i18n.zone.get(), macro, *values)


def _kept_each(macro: Callable[..., str], items: Iterable[Any]) -> Markup:
    """The same for each of a list's items, frozen and hashable, one after the other."""
    language, zone = i18n.language.get(), i18n.zone.get()
    drawn = "".join(_drawn(language, zone, macro, item) for item in items)
    return Markup(drawn)  # noqa: S704 - macros escape what they are given


# A third of the time of a page with many rows or levels goes into drawing the same ones again.
@lru_cache(_DRAWN, typed=True)
def _drawn(_language: str, _zone: str, macro: Callable[..., str], *values: Any) -> str:
    return macro(*values)


def _is_markup(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")


def render(name: str, /, **context: Any) -> str:
    """Render a template with this context; raises RuntimeError before `set_up`."""
    if _environment is None:
        raise RuntimeError("the templates are not set up")
    return _environment.get_template(name).render(language=i18n.language.get(), **context)
