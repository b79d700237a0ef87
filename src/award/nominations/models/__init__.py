"""What networks hand in. A state is a row: submission, withdrawal, formal check."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base, Json
from award.nominations.folded import folded
from award.nominations.models.intakes import Intake as Intake
from award.nominations.models.proposals import Proposal as Proposal
from award.nominations.models.proposals import ProposalOutcome as ProposalOutcome
from award.nominations.models.proposals import ProposalStop as ProposalStop


def _folded(context: Any) -> str:
    """Rows written without an action, such as the demonstration's, are found as well."""
    row = context.get_current_parameters()
    return folded(row.get("title"), row.get("network_name"), row.get("reference"))


class Nomination(Base):
    """A network's entry in an edition, from the first word on.

    `title`, `network_name`, `state`, `region` and `field_of_action` repeat answers of the form,
    so that lists need not read it. `reference` is given at the submission. `folded` is what the
    administrators' search looks into: title, network and reference without accents.
    """

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("edition_id", "reference"),
        Index("ix_nomination_edition_id_network_id", "edition_id", "network_id"),
        # All that a search and the counts of a list read. PostgreSQL takes no such long text into
        # an index, and needs none: it joins whole tables.
        Index("ix_nomination_edition_id_folded_id", "edition_id", "folded", "id").ddl_if(
            dialect="sqlite"
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"))
    network_id: Mapped[str] = mapped_column(ForeignKey("network.id"), index=True)
    reference: Mapped[str | None]
    title: Mapped[str] = mapped_column(default="")
    title_parts: Mapped[list[Any]] = mapped_column(default=list)
    network_name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    field_of_action: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default=_folded)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]


class Answers(Base):
    """One section of the form as last saved; `version` rises with every save.

    `size` is the number of its characters, which administrators may know of a draft.
    `written_since` is when the person who saved it last began to write (see `keeping`), `field`
    what was changed by that save: a mark for colleagues, and nothing more.
    """

    __tablename__ = "answers"

    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
    version: Mapped[int]
    is_complete: Mapped[bool]
    size: Mapped[int] = mapped_column(default=0)
    saved_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime]
    written_since: Mapped[datetime | None]
    field: Mapped[str] = mapped_column(default="")


class Attachment(Base):
    """A file of a nomination, in a field of its form; its content is kept under `sha256`.

    What it shows is said in the section's answers, by its id. One that was handed in stays when
    it is taken out of what is being changed: `removed_at` says so. Any other row goes.
    """

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("nomination_id", "field", "sha256"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"))
    section: Mapped[str]
    field: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    pages: Mapped[int | None]
    sha256: Mapped[str]
    preview_sha256: Mapped[str]
    added_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class EarlierAnswers(Base):
    """A section as it was before somebody went on writing."""

    __tablename__ = "earlier_answers"

    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
    size: Mapped[int]
    saved_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime]
    field: Mapped[str] = mapped_column(default="")


class Extension(Base):
    """A later deadline for one nomination, and why. The latest counts; none is ever shortened.

    `sections` make it the extra time of the formal check, given once: only these may be changed,
    and `reason` says what is missing in them.
    """

    __tablename__ = "extension"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), index=True)
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    sections: Mapped[list[str] | None] = mapped_column(Json)
    by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class Reminder(Base):
    """The writers of a draft were reminded of a deadline, so many hours before it at the most."""

    __tablename__ = "reminder"

    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(primary_key=True)
    hours_before: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ToldOfMove(Base):
    """The writers of a nomination were told that the deadline for all has moved."""

    __tablename__ = "told_of_move"

    move_id: Mapped[str] = mapped_column(ForeignKey("phase_move.id"), primary_key=True)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    at: Mapped[datetime]


class Submission(Base):
    """What was handed in: the text as it was then, its hash, and the version of the form."""

    __tablename__ = "submission"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), unique=True)
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    answers: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    form_version: Mapped[int] = mapped_column(default=1)
    is_outside_form: Mapped[bool] = mapped_column(default=False)


class Reopening(Base):
    """The network is changing what it handed in, which counts until it hands in again."""

    __tablename__ = "reopening"

    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class EarlierSubmission(Base):
    """What was handed in before it was handed in again."""

    __tablename__ = "earlier_submission"

    id: Mapped[str] = mapped_column(primary_key=True)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    answers: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    form_version: Mapped[int] = mapped_column(default=1)
    replaced_at: Mapped[datetime]


class Withdrawal(Base):
    """The network took its nomination back."""

    __tablename__ = "withdrawal"

    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]


class FormalCheck(Base):
    """Admitted or not, with the list of checks and the reasons."""

    __tablename__ = "formal_check"

    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    is_admitted: Mapped[bool]
    checks: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class DraftLook(Base):
    """An administrator looked into a draft's text, and why. It ends by itself."""

    __tablename__ = "draft_look"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    nomination_id: Mapped[str] = mapped_column(ForeignKey("nomination.id"), index=True)
    by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]
    at: Mapped[datetime]


class SavedFilter(Base):
    """A search with its filters and order that an administrator comes back to; nobody else's."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("account_id", "edition_id", "name"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"))
    name: Mapped[str]
    search: Mapped[str]
    status: Mapped[str]
    state: Mapped[str]
    field: Mapped[str]
    sort: Mapped[str]
    at: Mapped[datetime]
