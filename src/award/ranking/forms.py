"""What is typed on the ranking's pages."""

import msgspec


class Compute(msgspec.Struct, frozen=True):
    """Which round to rank, by its position in the edition."""

    round: int
