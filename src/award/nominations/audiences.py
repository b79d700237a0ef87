"""For whom a field is shown: its network, those who oversee, and the jury; pure."""

from collections.abc import Mapping
from typing import Any

from award.nominations.answers import Field

ADMINISTRATOR, NETWORK, JURY, BLIND_JURY = "administrator", "network", "jury", "blind jury"
_SAY_WHO = frozenset({"organisation", "organisations", "person"})  # these kinds are names


def is_blind(definition: Mapping[str, Any]) -> bool:
    """Whether the jury does not see who nominates, until a round's scores are opened."""
    return bool(definition.get("blind"))


def jury(*, blind: bool) -> str:
    """The jury as an audience."""
    return BLIND_JURY if blind else JURY


def reads(field: Field, audience: str) -> bool:
    """Whether a field is shown to this audience; what is not for the jury never is to jurors."""
    if audience not in {JURY, BLIND_JURY}:
        return True
    only = field.get("visible_to")
    if only and JURY not in only:
        return False
    return audience == JURY or not _says_who(field)


def _says_who(field: Field) -> bool:
    return field["kind"] in _SAY_WHO or field["key"] == "networkName"
