"""The Jinja environment: everything escaped, nothing undefined, words by gettext."""

from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from award.kit import i18n
from award.kit.ids import new_token
from award.kit.links import link

_environment: Environment | None = None


def set_up(folder: Path, *, debug: bool = False, **more: Any) -> Environment:
    """Make the environment of this process; `more` are further globals."""
    global _environment  # noqa: PLW0603 - one per process, made once at the start
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=_is_markup,  # noqa: S701 - all but the plain text of mails
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=debug,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: i18n.catalogue(i18n.language.get()).gettext(message),
        lambda one, many, n: i18n.catalogue(i18n.language.get()).ngettext(one, many, n),
        newstyle=True,
        pgettext=lambda context, message: i18n.catalogue(i18n.language.get()).pgettext(
            context, message
        ),
    )
    for name in (
        "day",
        "short_day",
        "moment",
        "time_of_day",
        "deadline",
        "clock",
        "number",
        "percent",
        "local",
    ):
        environment.filters[name] = getattr(i18n, name)
    environment.globals |= {"link": link, "new_key": partial(new_token, 128), **more}
    _environment = environment
    return environment


def _is_markup(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")


def render(name: str, /, **context: Any) -> str:
    """Render a template with this context; raises RuntimeError before `set_up`."""
    if _environment is None:
        raise RuntimeError("the templates are not set up")
    return _environment.get_template(name).render(language=i18n.language.get(), **context)
