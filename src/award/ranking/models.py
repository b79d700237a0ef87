"""A ranking run: frozen input, method, parameters and result."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class Run(Base):
    """One computation; the same input and parameters give the same result again.

    `input` is what `method.compute` was given, ids instead of names, and `input_sha256` the hash
    of its canonical form. `input` and `result` are large, and read only where they are looked at.
    """

    __tablename__ = "ranking_run"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    method: Mapped[str]
    parameters: Mapped[dict[str, Any]]
    input: Mapped[dict[str, Any]] = mapped_column(deferred=True, deferred_group="computation")
    input_sha256: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(deferred=True, deferred_group="computation")
    software: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
