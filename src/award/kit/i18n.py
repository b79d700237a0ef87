"""Languages: whole sentences by gettext, dates and numbers by CLDR.

The language and the zone stand in context variables, set once for a request or a letter.
"""

import contextvars
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations
from markupsafe import Markup

from award.kit import numerals

LANGUAGES = {"de": "Deutsch", "en": "English"}
DEFAULT_LANGUAGE = "de"
_LOCALES = Path(__file__).parent.parent / "locales"
_BABEL = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}
_REMEMBERED = 4096
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*$")

language: contextvars.ContextVar[str] = contextvars.ContextVar("language", default="de")
zone: contextvars.ContextVar[str] = contextvars.ContextVar("zone", default="Europe/Berlin")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything inside is said in this language."""
    token = language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        language.reset(token)


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Everything inside tells its times in this zone."""
    token = zone.set(name)
    try:
        yield
    finally:
        zone.reset(token)


def preferred(accepted: str) -> str:
    """The one of our languages that an Accept-Language header likes best."""
    found = [
        (_liking(one), one.partition(";")[0].strip()[:2].lower()) for one in accepted.split(",")
    ]
    liked = [(liking, code) for liking, code in found if code in LANGUAGES and liking > 0]
    return max(liked, key=lambda one: one[0])[1] if liked else DEFAULT_LANGUAGE


def _liking(one: str) -> float:
    """How much a language of an Accept-Language header is liked, from 0 to 1."""
    found = _QUALITY.search(one)
    return float(found[1]) if found else 1.0


@cache
def catalogue(code: str) -> NullTranslations:
    """All messages of a language: one file per slice, the English ones are the keys."""
    translations: Translations | None = None
    for path in sorted((_LOCALES / code).glob("*.po")):
        read = _compiled(path, code)
        translations = read if translations is None else translations.merge(read)
    return translations or NullTranslations()


def _compiled(path: Path, code: str) -> Translations:
    from io import BytesIO  # noqa: PLC0415 - used at the start only

    with path.open("rb") as source:
        messages = read_po(source, locale=code)
    binary = BytesIO()
    write_mo(binary, messages)
    binary.seek(0)
    return Translations(binary, domain="messages")


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the current language, with its named values filled in."""
    said = catalogue(language.get()).gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The sentence for `n` things; `%(num)s` is the number."""
    said = catalogue(language.get()).ngettext(one, many, n)
    return said % {"num": number(n), **values}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Like gettext, for a word that means two things."""
    said = catalogue(language.get()).pgettext(context, message)
    return said % values if values else said


def local(content: Mapping[str, Any] | None) -> Any:
    """The part of a programme's text in the current language, or in the other if there is none."""
    return content[spoken(content)] if content else ""


def spoken(content: Mapping[str, Any]) -> str:
    """The language in which `local` gives this text; what is given may say more than its texts."""
    first = (code for code in (language.get(), DEFAULT_LANGUAGE) if content.get(code))
    return next(first, next(iter(content)))


def told(content: Mapping[str, Any] | None) -> str:
    """The same among other words of a page, marked if it is not in the language of the page.

    Not for attributes and the title of a window, which hold no markup, and not for letters.
    """
    said = str(local(content))
    if not content or spoken(content) == language.get():
        return said
    return Markup('<span lang="{}">{}</span>').format(spoken(content), said)


# A list says the same days, times and numbers again and again.
@lru_cache(_REMEMBERED)
def _date(value: date, pattern: str, code: str) -> str:
    return format_date(value, pattern, locale=_BABEL[code])


@lru_cache(_REMEMBERED)
def _time(value: time, pattern: str, code: str) -> str:
    return format_time(value, pattern, locale=_BABEL[code])


@lru_cache(_REMEMBERED)
def _decimal(value: float, pattern: str, code: str) -> str:
    return format_decimal(value, pattern, locale=_BABEL[code])


@lru_cache(_REMEMBERED)
def _percent(share: float, pattern: str, code: str) -> str:
    return format_percent(share, pattern, locale=_BABEL[code])


def local_time(instant: datetime) -> datetime:
    """The instant by the clocks of the current zone."""
    return instant.astimezone(ZoneInfo(zone.get()))


def day(value: date | datetime, *, weekday: bool = False, year: bool = True) -> str:
    """„14. Dezember 2026“ or "14 December 2026", with the weekday or without the year if wanted."""
    local_day = local_time(value).date() if isinstance(value, datetime) else value
    pattern = {"de": "d. MMMM", "en": "d MMMM"}[language.get()] + (" y" if year else "")
    if weekday:
        pattern = {"de": "EEEE, ", "en": "EEEE "}[language.get()] + pattern
    return _date(local_day, pattern, language.get())


def short_day(value: date | datetime) -> str:
    """„14.12.2026“ or "14/12/2026", for tables."""
    local_day = local_time(value).date() if isinstance(value, datetime) else value
    return _date(local_day, {"de": "dd.MM.y", "en": "short"}[language.get()], language.get())


def zone_name(instant: datetime) -> str:
    """MEZ or CEST: the zone's short name at that instant, in the current language."""
    here = local_time(instant)
    if language.get() == "de" and zone.get() == "Europe/Berlin":
        return "MESZ" if here.dst() else "MEZ"
    if zone.get() == "Europe/Berlin":
        return "CEST" if here.dst() else "CET"
    return get_timezone_name(here, width="short", locale=_BABEL[language.get()])


def time_of_day(instant: datetime, *, seconds: bool = False) -> str:
    """„14:00 Uhr (MEZ)“ or "2:00 pm (CET)"."""
    pattern = {"de": "HH:mm", "en": "h:mm a"}[language.get()]
    if seconds:
        pattern = pattern.replace("mm", "mm:ss")
    said = _time(local_time(instant).time().replace(microsecond=0), pattern, language.get())
    hour = f"{said} Uhr" if language.get() == "de" else said
    return f"{hour} ({zone_name(instant)})"


def moment(instant: datetime, *, seconds: bool = False, weekday: bool = True) -> str:
    """„Montag, 14. Dezember 2026, 14:00 Uhr (MEZ)“."""
    return f"{day(local_time(instant), weekday=weekday)}, {time_of_day(instant, seconds=seconds)}"


def lately(instant: datetime, now: datetime) -> str:
    """„heute, 14:00 Uhr (MEZ)“ or "yesterday, 2:00 pm (CET)"; the day for what is longer ago."""
    days = (local_time(now).date() - local_time(instant).date()).days
    if days not in {0, 1}:
        return moment(instant, weekday=False)
    time = time_of_day(instant)
    if days:
        return gettext("yesterday, %(time)s", time=time)
    return gettext("today, %(time)s", time=time)


def deadline(instant: datetime) -> str:
    """The last second in time: one before the stored instant, which is the first too late."""
    return moment(instant - timedelta(seconds=1), seconds=True)


def clock(instant: datetime) -> str:
    """14:02:11, as in "Saved 14:02:11"."""
    return f"{local_time(instant):%H:%M:%S}"


def number(value: float, places: int = 0) -> str:
    """A number with the language's comma and at most two decimals."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return _decimal(value, pattern, language.get())


def signed(value: float, places: int = 0) -> str:
    """A difference with its sign, a real minus; nought has none."""
    said = number(abs(value), places)
    if not float(f"{value:.{places}f}"):
        return said
    return ("\N{MINUS SIGN}" if value < 0 else "+") + said


def exact(value: float) -> str:
    """A number with all the decimals that it has."""
    return number(value, numerals.places(value))


def euros(value: float, places: int = 0) -> str:
    """„12.500,50 €“ or "€12,500.50"; more decimals where the amount has more."""
    said = number(abs(value), max(places, numerals.places(value)))
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{said}\N{NO-BREAK SPACE}€" if language.get() == "de" else f"{sign}€{said}"


def as_typed(value: Any) -> Any:
    """A number as one would type it in the current language; anything else stays as it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return numerals.typed(value, language.get()) if is_number else value


def percent(share: float, places: int = 0) -> str:
    """A share of one as „25 %“ or "25%"."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    pattern += "\N{NO-BREAK SPACE}%" if language.get() == "de" else "%"
    return _percent(share, pattern, language.get())
