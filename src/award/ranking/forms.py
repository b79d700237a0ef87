"""What is typed on the ranking's pages."""

from typing import Literal

import msgspec


class Compute(msgspec.Struct, frozen=True):
    """Which round to rank, by its position in the edition."""

    round: int


class Export(msgspec.Struct, frozen=True):
    """The kind of file."""

    kind: Literal["zip", "xlsx", "csv", "json", "pdf"]
