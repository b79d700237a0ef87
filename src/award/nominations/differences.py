"""Two versions of a text side by side, word by word; pure."""

import re
from difflib import SequenceMatcher

import msgspec

from award.kit.i18n import local
from award.nominations.answers import Section, Values
from award.nominations.shown import shown

_WORDS = re.compile(r"\s+|[^\s]+")
_MOST_WORDS = 4000


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text; `is_own` where the other version does not have it."""

    text: str
    is_own: bool = False


class Compared(msgspec.Struct, frozen=True):
    """A field of which two versions exist."""

    label: str
    mine: list[Piece]
    theirs: list[Piece]


def compared(section: Section, mine: Values, theirs: Values) -> list[Compared]:
    """The fields of a section whose answers differ, each in words and side by side."""
    found = []
    for field in section["fields"]:
        left, right = shown(field, mine).text, shown(field, theirs).text
        if left != right:
            found.append(Compared(local(field["label"]), *side_by_side(left, right)))
    return found


def changed_field(before: Values, after: Values) -> str:
    """The key of the first answer that is not what it was, empty if there is none."""
    changed = (key for key, value in after.items() if (value or None) != (before.get(key) or None))
    return next(changed, "")


def side_by_side(mine: str, theirs: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; very long ones are not compared."""
    ours, others = _WORDS.findall(mine), _WORDS.findall(theirs)
    if max(len(ours), len(others)) > _MOST_WORDS:
        return [Piece(mine)], [Piece(theirs)]
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, ours, others, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        own = kind != "equal"
        left += _piece(ours[i:j], own=own)
        right += _piece(others[k:m], own=own)
    return left, right


def _piece(words: list[str], *, own: bool) -> list[Piece]:
    return [Piece("".join(words), own)] if words else []
