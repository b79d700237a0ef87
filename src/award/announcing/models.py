"""Winners of editions that were not run here, exactly as they were printed."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class ArchivedWinner(Base):
    """A winner without nomination, scores or rank. `districts` colour the map."""

    __tablename__ = "archived_winner"
    __table_args__ = (UniqueConstraint("edition_id", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"))
    position: Mapped[int]
    name: Mapped[str]
    region_as_printed: Mapped[str]
    spellings: Mapped[list[Any]] = mapped_column(default=list)
    districts: Mapped[list[Any]]
    longitude: Mapped[float]
    latitude: Mapped[float]
