"""The invariants of all slices, gathered for `award check`."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from award.audit import queries as audit
from award.decisions import queries as decisions
from award.jury.queries import faults as jury
from award.kit.files import Files
from award.nominations.queries import faults as nominations
from award.ranking import queries as ranking

# What is looked for, and the words for each thing that was found.
_CHECKS = (
    (nominations.changed_submissions, "The text of nomination {} is not the one handed in."),
    (nominations.without_receipt, "Nomination {} was handed in but has no receipt."),
    (jury.outside_scale, "Sheet {} has points outside the scale or of another edition."),
    (jury.out_of_place, "Assignment {} is of another panel, or its round does not judge it."),
    (jury.changed_openings, "The sheets of opening {} are not those that two persons opened."),
    (jury.changed_rules, "Round {} is ranked by other rules than those that were fixed."),
    (jury.changed_amendments, "Amendment {} does not say what its hash was made of."),
    (ranking.faults, "The result of ranking run {} is not what its input gives."),
    (ranking.uncounted, "Ranking run {} counts a sheet that must not count."),
    (decisions.faults, "Decision {} does not say what its hash was made of."),
)


def findings(engine: Engine, files: Files) -> list[str]:
    """A sentence for each thing that must never be; empty when all holds."""
    with Session(engine) as db:
        return list(_findings(db, files))


def _findings(db: Session, files: Files) -> Iterator[str]:
    for fault in audit.faults(db):
        yield f"The log “{fault.chain}” is not whole: entry {fault.number} ({fault.what})."
    for nomination_id in nominations.lost_files(db, files):
        yield f"A file of nomination {nomination_id} is gone or is not what it was."
    for find, words in _CHECKS:
        yield from (words.format(found) for found in find(db))
