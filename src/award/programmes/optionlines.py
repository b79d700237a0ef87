"""Options as they are edited: one a line, key | German | English, of districts the state too; pure.

What else is known of an option, such as where a district lies, stays with its key.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from award.kit.i18n import gettext as _
from award.kit.i18n import number
from award.programmes.fieldkinds import MOST_LABEL
from award.programmes.formdefinition import CHOICE_KEY

_NEEDED = ("key", "de", "en")


def parts_of(kind: str) -> tuple[str, ...]:
    """What is written in each line; a district is offered below its state."""
    return (*_NEEDED, "state") if kind == "districts" else _NEEDED


def as_lines(options: Sequence[Mapping[str, Any]], kind: str) -> str:
    return "\n".join(
        " | ".join(str(one.get(part, "")) for part in parts_of(kind)) for one in options
    )


def from_lines(text: str, old: Sequence[Mapping[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The options as typed, whatever may be amiss with them."""
    known = {one["key"]: one for one in old}
    found = ({**known.get(typed["key"], {}), **typed} for _line, typed in _typed(text, kind))
    return [
        {name: value for name, value in one.items() if value or name in _NEEDED} for one in found
    ]


def faults(text: str, kind: str, states: Collection[str]) -> Iterator[str]:
    """What is amiss, with the line in which it is."""
    seen: dict[str, int] = {}
    for line, typed in _typed(text, kind):
        if message := _fault(typed, seen, states):
            yield _("Line %(line)s: %(message)s", line=line, message=message)
        seen.setdefault(typed["key"], line)


def _typed(text: str, kind: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line that is not empty: its number and its parts."""
    names = parts_of(kind)
    for place, line in enumerate(text.splitlines(), 1):
        if line.strip():
            given = [part.strip() for part in line.split("|", len(names) - 1)]
            missing = [""] * (len(names) - len(given))
            yield place, dict(zip(names, [*given, *missing], strict=True))


def _fault(typed: Mapping[str, str], seen: Mapping[str, int], states: Collection[str]) -> str:
    if not all(typed[part] for part in _NEEDED):
        return _("A key, German and English belong here, with | between them.")
    if not CHOICE_KEY.fullmatch(typed["key"]):
        return _("The key may have letters, digits and hyphens, at most 40.")
    if typed["key"] in seen:
        return _(
            "The key “%(key)s” is in line %(line)s already.",
            key=typed["key"],
            line=seen[typed["key"]],
        )
    if max(len(typed["de"]), len(typed["en"])) > MOST_LABEL:
        return _("At most %(most)s characters, please.", most=number(MOST_LABEL))
    if typed.get("state", "") not in {"", *states}:
        return _("There is no state with the key “%(key)s”.", key=typed["state"])
    return ""
