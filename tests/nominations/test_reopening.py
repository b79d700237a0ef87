"""Changing what was handed in: it counts until it is handed in again, and both are kept."""

import hashlib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.nominations import actions, queries
from award.nominations.models import FormalCheck, Nomination
from award.nominations.queries import replaced, saving
from award.nominations.queries.faults import changed_submissions, without_receipt
from tests.cast import Cast
from tests.nominations.filled import KEYS, answers, as_actor, begun, handed_in, reader
from tests.world import Client, words


class Changing:
    """Nora with a nomination that she handed in."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.made = handed_in(cast)
        self.path = f"/nominations/{self.made.id}"
        self.nora = cast.world.signed_in(cast.nora)

    def reopen(self, client: Client | None = None) -> int:
        return (client or self.nora).post(f"{self.path}/reopening").status_code

    def save(self, key: str = "summary", **typed: str) -> int:
        answer = self.nora.post(f"{self.path}/sections/{key}", {"version": "1", **typed})
        return answer.status_code

    def counts(self) -> str:
        stored = self.cast.world.read(lambda db: queries.submitted(db, self.made.id))
        return str(stored.answers["summary"]["summary"])

    def actions(self) -> list[str]:
        query = select(AuditEntry.action).order_by(AuditEntry.id)
        return [
            one.partition(".")[2]
            for one in self.cast.world.read(lambda db: list(db.scalars(query)))
            if one.startswith("nominations.") and not one.endswith(("started", "saved"))
        ]


def test_it_counts_until_it_is_handed_in_again_and_both_are_kept(each_cast: Cast) -> None:
    changing = Changing(each_cast)
    nora, path = changing.nora, changing.path
    assert changing.save(summary="Zu früh.") == 422
    assert changing.reopen() == 303
    assert changing.save(summary="Besser.") == 303
    page = words(nora.get(path))
    assert "Sie ändern eine eingereichte Bewerbung." in page
    assert "gilt, bis Sie noch einmal einreichen" in page
    assert changing.counts() == "Aus zwei Saisonstellen wird eine."
    each_cast.world.clock.move(hours=1)
    assert "Noch einmal einreichen" in words(nora.get(f"{path}/check"))
    receipt = nora.follow(nora.post(f"{path}/submission"))
    assert changing.counts() == "Besser."
    [before] = each_cast.world.read(lambda db: replaced.earlier_submissions(db, changing.made.id))
    assert before.answers["summary"]["summary"] == "Aus zwei Saisonstellen wird eine."
    assert "Vorher eingereicht" in words(receipt)
    file = nora.get(f"{path}/submission.json?of={before.id}")
    assert hashlib.sha256(file.content).hexdigest() == before.sha256
    assert nora.get(f"{path}/submission.json?of=unknown").status_code == 404
    stored = each_cast.world.read(lambda db: db.get_one(Nomination, changing.made.id))
    assert stored.reference == changing.made.reference
    assert changing.actions() == ["submitted", "reopened", "submitted"]
    assert each_cast.world.read(changed_submissions) == []
    assert each_cast.world.read(without_receipt) == []
    assert changing.save(summary="Noch einmal.") == 422


def test_the_lists_show_what_counts(cast: Cast) -> None:
    changing = Changing(cast)
    changing.reopen()
    first = KEYS[0]
    values = answers(projectTitle="Neuer Titel")[first]

    def save(db: Session) -> str:
        before, by = saving.before(db, changing.made.id, first), as_actor(cast.nora)
        actions.save_section(db, before, values, version=1, by=by, at=cast.world.now)
        return db.get_one(Nomination, changing.made.id, populate_existing=True).title

    assert cast.world.write(save) == "Saison wird Stelle"
    assert changing.nora.post(f"{changing.path}/submission").status_code == 303
    stored = cast.world.read(lambda db: db.get_one(Nomination, changing.made.id))
    assert stored.title == "Neuer Titel"
    assert "neuer titel" in stored.folded


def test_leaving_it_and_forgetting_it_both_keep_what_was_handed_in(cast: Cast) -> None:
    changing = Changing(cast)
    changing.reopen()
    changing.save(summary="Besser.")
    assert changing.nora.post(f"{changing.path}/reopening/end").status_code == 303
    assert changing.counts() == "Aus zwei Saisonstellen wird eine."
    assert "Sie ändern" not in words(changing.nora.get(changing.path))
    changing.reopen()
    cast.world.clock.move(days=60)
    nora = cast.world.signed_in(cast.nora)
    page = words(nora.get(changing.path))
    assert "Was Sie seitdem geändert haben, wurde nicht noch einmal eingereicht." in page
    assert "Besser." not in page
    assert nora.post(f"{changing.path}/submission").status_code == 422
    assert changing.actions()[:4] == ["submitted", "reopened", "closed_again", "reopened"]


def test_nothing_changed_is_no_second_submission(cast: Cast) -> None:
    changing = Changing(cast)
    changing.reopen()
    again = changing.nora.post(f"{changing.path}/submission")
    assert again.status_code == 422
    assert "Seit dem Einreichen wurde nichts geändert." in words(again)


def test_gaps_are_found_before_it_is_handed_in_again(cast: Cast) -> None:
    changing = Changing(cast)
    changing.reopen()
    changing.save(summary="")
    assert changing.nora.post(f"{changing.path}/submission").status_code == 422
    assert changing.counts() == "Aus zwei Saisonstellen wird eine."


@pytest.mark.parametrize("moment", ["checked", "late", "withdrawn"])
def test_when_it_stays_as_it_is(cast: Cast, moment: str) -> None:
    changing = Changing(cast)
    changing.reopen()
    if moment == "checked":
        check = FormalCheck(
            nomination_id=changing.made.id, is_admitted=True, checks={}, at=cast.world.now
        )
        cast.world.write(lambda db: db.add(check))
    elif moment == "late":
        cast.world.clock.move(days=60)
        changing.nora = cast.world.signed_in(cast.nora)
    else:
        changing.nora.post(f"{changing.path}/withdrawal", {"reason": "Schluss."})
    assert changing.save(summary="Zu spät.") == 422
    assert changing.nora.post(f"{changing.path}/submission").status_code == 422
    refused = changing.nora.post(f"{changing.path}/reopening")
    assert refused.status_code == 422
    assert "Das ging nicht" in words(refused)


def test_writers_only(cast: Cast) -> None:
    changing = Changing(cast)
    assert changing.reopen(cast.world.signed_in(reader(cast))) == 403
    for other in (cast.mallory, cast.olga, cast.jules):
        assert changing.reopen(cast.world.signed_in(other)) == 404


def test_what_is_not_being_changed_is_not_ended(each_cast: Cast) -> None:
    nora = each_cast.world.signed_in(each_cast.nora)
    for made in (begun(each_cast), handed_in(each_cast)):
        answer = nora.post(f"/nominations/{made.id}/reopening/end")
        assert answer.status_code == 422
        assert "so dass es nichts zu beenden gibt" in words(answer)
    query = select(AuditEntry).where(AuditEntry.action == "nominations.closed_again")
    assert each_cast.world.read(lambda db: list(db.scalars(query))) == []
