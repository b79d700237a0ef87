"""The invariants of all slices, gathered for `award check`."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from award.audit.queries import faults


def findings(engine: Engine) -> list[str]:
    """A sentence for each thing that must never be; empty when all holds."""
    with Session(engine) as db:
        return [
            f"The log “{fault.chain}” is not whole: entry {fault.number} ({fault.what})."
            for fault in faults(db)
        ]
