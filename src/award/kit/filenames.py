"""Names for files and folders that every system takes, whatever they are made of; pure."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST_SUFFIX = 10


def safe(name: str, most: int = 120) -> str:
    """The name without what a path or a system means something by, at most so many bytes long."""
    parts = "-".join(_FORBIDDEN.split(unicodedata.normalize("NFC", name)))
    seen = "".join(sign for sign in parts if sign.isspace() or unicodedata.category(sign)[0] != "C")
    plain = " ".join(seen.split()).strip(". ")
    stem, suffix = _split(plain)
    kept = _cut(stem, most - len(suffix.encode())).strip(". ") + suffix
    return f"_{kept}" if not kept or _DEVICE.fullmatch(kept) else kept


def unlike(name: str, taken: set[str]) -> str:
    """The name, with a number if it is taken already; then it is taken too.

    Two names that differ by case only are one and the same on many disks.
    """
    stem, suffix = _split(name)
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){suffix}"
    taken.add(free.casefold())
    return free


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    if not stem or not suffix.isalnum() or len(suffix.encode()) > _LONGEST_SUFFIX:
        return name, ""
    return stem, dot + suffix


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
