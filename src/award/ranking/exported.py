"""What every file of a run tells; pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from award.ranking.standings import Standing, standings


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A run with the words around it.

    `named` gives what is known of its nominations by id (reference, title, network_name, state),
    `criteria` the names of the criteria by key. Jurors are known by the ids of the input only:
    nobody asks who reads a file later.
    """

    id: str
    programme: str
    edition: str
    round: str
    is_invented: bool
    method: str
    software: str
    source_url: str
    at: datetime
    parameters: Mapping[str, Any]
    input: Mapping[str, Any]
    input_sha256: str
    result: Mapping[str, Any]
    named: Mapping[str, Any]
    criteria: Mapping[str, str]

    @property
    def ranked(self) -> list[Standing]:
        return standings(self.result)

    @property
    def winners(self) -> int:
        """How many win, or fewer where not as many have a place."""
        return min(int(self.parameters["winners"]), len(self.result["nominations"]))
