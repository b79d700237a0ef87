"""Documents as PDF/UA by typst; what stands in them is data, never source.

The same data at the same time give the same bytes.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loaded when the first document is set, not when the server starts
    import typst

_SEEN = {"\n", "\t"}


class NotSet(Exception):
    """A document that could not be set; its words say why, for those who look after the program."""


def typeset(folder: Path, name: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set the document `name` of the folder from its data; takes some tenths of a second.

    A sign that none of the folder's fonts has is written as its number in brackets: a document
    that is to be accessible may not hold one that cannot be read. Raises NotSet.
    """
    import typst  # noqa: PLC0415 - 30 MB that most processes never need

    readable = _readable(data, _signs(folder / "fonts"))
    try:
        return typst.compile(
            folder / f"{name}.typ",
            root=folder,
            font_paths=_fonts(folder / "fonts"),
            sys_inputs={"data": json.dumps(readable, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise NotSet(str(error)) from error


@cache
def _fonts(folder: Path) -> "typst.Fonts":
    import typst  # noqa: PLC0415 - see typeset

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


@cache
def _signs(folder: Path) -> frozenset[int]:
    """The code points that at least one of the fonts can draw."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - see typeset

    signs: set[int] = set()
    for path in sorted(folder.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            signs |= set(font.getBestCmap())
    return frozenset(signs)


def _readable(value: Any, signs: frozenset[int]) -> Any:
    if isinstance(value, str):
        return "".join(
            sign if ord(sign) in signs or sign in _SEEN else _named(sign) for sign in value
        )
    if isinstance(value, Mapping):
        return {key: _readable(inner, signs) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(inner, signs) for inner in value]
    return value


def _named(sign: str) -> str:
    """Such as [U+1F9BA]; what cannot be seen anyway is left out."""
    return f"[U+{ord(sign):04X}]" if sign.isprintable() else ""
