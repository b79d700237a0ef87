"""The award (programme), its editions, and what an edition is made of.

Programme texts are content, kept per language as {"de": …, "en": …}.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base

USUAL_ZONE = "Europe/Berlin"  # of an edition that says nothing else


class Programme(Base):
    """An award. `texts` holds hero, purpose and imprint, `name` what stands beside the mark."""

    __tablename__ = "programme"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[dict[str, str]]
    contact_email: Mapped[str]
    texts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Edition(Base):
    """One year of a programme. Public from the instant `published_at` on, if it has one.

    `kind` is "round" for one that is run here and "archive" for one that is only told of.
    `facts` is what an archive page tells: ceremony, organiser, quote, sources.
    """

    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("kind IN ('round', 'archive')", name="kind"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[dict[str, str]]
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(default="round")
    time_zone: Mapped[str] = mapped_column(default=USUAL_ZONE)
    winners: Mapped[int] = mapped_column(default=5)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Phase(Base):
    """A stretch of an edition's way, from `starts_at` until just before `ends_at`.

    Kinds: call, nominations, formal_check, conflicts, judging (one per round), meeting,
    announcement. Phases may overlap, any may be left out. `ends_at` is the first instant that is
    too late. `announcement.starts_at` is the planned day of announcing.
    """

    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("edition_id", "kind", "round_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str]
    round_id: Mapped[str | None] = mapped_column(ForeignKey("round.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Round(Base):
    """A stage of judging. Sealed until its opening by two persons (slice `jury`)."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("edition_id", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"))
    position: Mapped[int]
    name: Mapped[dict[str, str]]
    jurors_per_nomination: Mapped[int] = mapped_column(default=5)
    shortlist_size: Mapped[int | None]
    scale_min: Mapped[int] = mapped_column(default=1)
    scale_max: Mapped[int] = mapped_column(default=5)
    scale_labels: Mapped[dict[str, Any]]
    min_weight_present: Mapped[float] = mapped_column(default=0.75)
    min_sheets: Mapped[int] = mapped_column(default=3)
    carries_earlier_sheets: Mapped[bool] = mapped_column(default=True)


class Criterion(Base):
    """What is judged, with its weight (all of an edition sum to 100) and five anchors.

    `anchors` is a list of {"points", "de", "en"}; `tie_break` its place among the tie-breakers.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("edition_id", "key"),
        CheckConstraint("weight > 0 AND weight <= 100", name="weight"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"))
    position: Mapped[int]
    key: Mapped[str]
    name: Mapped[dict[str, str]]
    question: Mapped[dict[str, str]]
    weight: Mapped[float]
    anchors: Mapped[list[Any]]
    tie_break: Mapped[int | None]


class FormDefinition(Base):
    """The nomination form of an edition as data: sections, fields, choices, limits, checks.

    It is the newest of its versions (`FormVersion`), which `version` names.
    """

    __tablename__ = "form_definition"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    definition: Mapped[dict[str, Any]]


class FormVersion(Base):
    """A form as it was made by one change, the present one included; `reason` once it is public."""

    __tablename__ = "form_version"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    definition: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class PhaseMove(Base):
    """A phase moved by hand, and why; shown to all once the call is published."""

    __tablename__ = "phase_move"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    old_starts_at: Mapped[datetime]
    old_ends_at: Mapped[datetime | None]
    new_starts_at: Mapped[datetime]
    new_ends_at: Mapped[datetime | None]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class RankingRules(Base):
    """By what rules a round is ranked, as they were fixed; the row with the highest number holds.

    The first is written when judging opens, each later one by a confirmed amendment. `sha256` is
    the hash of `rules`, which `rules.py` describes. The database refuses to change a row.
    """

    __tablename__ = "ranking_rules"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    amendment_id: Mapped[str | None] = mapped_column(ForeignKey("rules_amendment.id"))
    at: Mapped[datetime]


_WAITS = text("confirmed_at IS NULL AND dropped_at IS NULL")


class RulesAmendment(Base):
    """Other rules after the call: proposed by one person with a reason, confirmed by another.

    `before` and `after` are the rules of the round; weights and the order among equals are those
    of all rounds. `opened` are the positions of the rounds whose scores were open already.
    `sha256` is the hash of exactly what is confirmed. The database keeps it to one proposal at a
    time, and to one end of each.
    """

    __tablename__ = "rules_amendment"
    __table_args__ = (
        CheckConstraint("confirmed_by <> proposed_by", name="two_persons"),
        CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name="one_end"),
        Index(
            "uq_rules_amendment_one_at_a_time",
            "edition_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    opened: Mapped[list[Any]]
    reason: Mapped[str]
    sha256: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]
    dropped_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    dropped_at: Mapped[datetime | None]
