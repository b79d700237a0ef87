"""The forms of the demonstration."""

from datetime import datetime
from typing import Literal

import msgspec

STEPS = {"hour": 3600, "day": 86_400, "week": 604_800}


class ChosenRole(msgspec.Struct):
    """Whom the visitor wants to be."""

    role: Literal[
        "network_a", "network_b", "juror_a", "juror_b", "chair", "admin", "admin_b", "auditor"
    ]


class ClockMove(msgspec.Struct):
    """How far, or to which instant; a step goes before."""

    step: Literal["hour", "day", "week"] | None = None
    to: datetime | None = None
