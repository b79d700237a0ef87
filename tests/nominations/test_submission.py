"""Handing in to the second, the receipt, and taking it back."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from award.audit import queries as audit
from award.audit.models import AuditEntry
from award.kit.mail import Mail
from award.nominations import queries
from award.nominations.canonical import sha256
from award.web.security import form_token
from tests.cast import Cast
from tests.nominations.filled import answers, begun, handed_in
from tests.world import words


def _entries(cast: Cast, action: str) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.action == action)
    return cast.world.read(lambda db: list(db.scalars(query)))


def _mails(cast: Cast) -> list[Mail]:
    return cast.world.read(lambda db: list(db.scalars(select(Mail).order_by(Mail.created_at))))


def _to_deadline(cast: Cast, seconds: float) -> None:
    end = cast.phases["nominations"].ends_at
    assert end is not None
    cast.world.clock.instant = end + timedelta(seconds=seconds)


def test_handing_in_gives_a_receipt_on_the_page_and_by_mail(each_cast: Cast) -> None:
    made = begun(each_cast)
    nora = each_cast.world.signed_in(each_cast.nora)
    assert "Es fehlt nichts." in words(nora.get(f"/nominations/{made.id}/check"))
    page = nora.follow(nora.post(f"/nominations/{made.id}/submission"))
    said = words(page)
    stored = each_cast.world.read(lambda db: queries.submitted(db, made.id))
    assert stored.answers == answers()
    assert stored.sha256 == sha256(answers())
    assert stored.sha256 in said
    assert "23. November 2026, 10:00:00 Uhr (MEZ)" in said
    [mail] = _mails(each_cast)
    assert mail.recipient == each_cast.nora.email
    assert stored.sha256 in mail.text
    [entry] = _entries(each_cast, "nominations.submitted")
    assert entry.details["reference"] in said
    assert entry.details["reference"].startswith("2026-")
    assert list(each_cast.world.read(lambda db: list(audit.faults(db)))) == []


def test_the_file_has_the_receipt_s_fingerprint(cast: Cast) -> None:
    made = handed_in(cast)
    nora = cast.world.signed_in(cast.nora)
    file = nora.get(f"/nominations/{made.id}/submission.json")
    stored = cast.world.read(lambda db: queries.submitted(db, made.id))
    assert hashlib.sha256(file.content).hexdigest() == stored.sha256
    assert file.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(("seconds", "status"), [(-1, 303), (0, 422), (1, 422)])
def test_the_deadline_counts_to_the_second(cast: Cast, seconds: int, status: int) -> None:
    made = begun(cast)
    _to_deadline(cast, seconds)
    nora = cast.world.signed_in(cast.nora)
    answer = nora.post(f"/nominations/{made.id}/submission")
    assert answer.status_code == status
    late = _entries(cast, "nominations.late")
    if status == 303:
        assert late == []
        return
    assert [(entry.object_id, entry.details) for entry in late] == [(made.id, {"seconds": seconds})]
    said = words(answer)
    assert "Die Frist endete am 14. Dezember 2026 um 09:59:59 Uhr (MEZ)." in said
    assert "wenden Sie sich an award@organiser.example" in said
    assert "Saison wird Stelle" in nora.get(f"/nominations/{made.id}").text
    save = {"summary": "zu spät", "version": "1"}
    assert nora.post(f"/nominations/{made.id}/sections/summary", save).status_code == 422


def test_in_time_is_whose_head_arrived_before_the_deadline(cast: Cast) -> None:
    made = begun(cast)
    _to_deadline(cast, -1)
    nora = cast.world.signed_in(cast.nora)
    csrf = form_token(cast.world.settings, nora.token)

    async def body() -> AsyncIterator[bytes]:
        cast.world.clock.move(seconds=30)  # the head is there, the form itself takes its time
        yield f"_csrf={csrf}&_key=k".encode()

    answer = nora.stream(f"/nominations/{made.id}/submission", body())
    assert answer.status_code == 303
    stored = cast.world.read(lambda db: queries.submitted(db, made.id))
    assert stored.at < cast.phases["nominations"].ends_at <= cast.world.now


def test_late_is_said_before_what_is_missing(cast: Cast) -> None:
    made = begun(cast, goal="")
    _to_deadline(cast, 4)
    answer = cast.world.signed_in(cast.nora).post(f"/nominations/{made.id}/submission")
    assert "Die Frist endete" in words(answer)


def test_gaps_are_listed_and_lead_to_their_fields(cast: Cast) -> None:
    made = begun(
        cast,
        goal="",
        summary="x" * 501,
        partners=[{"kind": "kommune", "name": "Noch ein Kreis"}],
        termsAccepted=False,
    )
    nora = cast.world.signed_in(cast.nora)
    answer = nora.post(f"/nominations/{made.id}/submission")
    assert answer.status_code == 422
    said = words(answer)
    for words_ in (
        "5 Stellen brauchen noch Ihren Blick",
        "„Ziel“ fehlt noch.",
        "„Kurzfassung“ ist 1 Zeichen zu lang.",
        "„Weitere Partner“: 1 weitere Angabe ist nötig.",
        "3 verschiedene Arten von Einrichtungen sind nötig, bisher: 1.",
        "Bitte bestätigen Sie: Wir bestätigen die Teilnahmebedingungen.",
    ):
        assert words_ in said
    assert f"/nominations/{made.id}/sections/needs-and-goal?check=1#field-goal" in answer.text
    assert _mails(cast) == []


def test_what_was_handed_in_stays_as_it_is(cast: Cast) -> None:
    made = handed_in(cast)
    nora = cast.world.signed_in(cast.nora)
    save = {"summary": "anders", "version": "1"}
    assert nora.post(f"/nominations/{made.id}/sections/summary", save).status_code == 422
    assert nora.post(f"/nominations/{made.id}/submission").status_code == 422
    assert len(_entries(cast, "nominations.submitted")) == 1
    page = words(nora.get(f"/nominations/{made.id}"))
    assert "Ihre Bewerbung ist angekommen." in page
    assert "Formal geprüft" in page


def test_references_are_random_and_never_twice(cast: Cast) -> None:
    references = [handed_in(cast).reference for _one in range(12)]
    assert len(set(references)) == 12
    assert references != sorted(references, key=str)


def test_it_can_be_taken_back_until_the_jury_reads(each_cast: Cast) -> None:
    made, other = handed_in(each_cast), handed_in(each_cast)
    nora = each_cast.world.signed_in(each_cast.nora)
    path = f"/nominations/{made.id}/withdrawal"
    missing = nora.post(path, {"reason": ""})
    assert missing.status_code == 422
    assert "Bitte füllen Sie dieses Feld aus." in words(missing)
    page = nora.follow(nora.post(path, {"reason": "Wir hören auf."}))
    assert "zurückgezogen" in words(page)
    assert "Formal geprüft" not in words(page)  # it ends here: nothing is waited for
    assert len(_entries(each_cast, "nominations.withdrawn")) == 1
    assert nora.post(path, {"reason": "noch einmal"}).status_code == 422
    each_cast.open_judging()
    nora = each_cast.world.signed_in(each_cast.nora)
    refused = nora.post(f"/nominations/{other.id}/withdrawal", {"reason": "Zu spät."})
    assert refused.status_code == 422
    assert "Die Jury hat zu lesen begonnen" in words(refused)
    found = each_cast.world.read(lambda db: queries.counts(db, each_cast.edition.id))
    assert (found.submitted, found.withdrawn, found.drafts) == (1, 1, 0)


def test_where_it_stands_without_any_score(cast: Cast) -> None:
    made = handed_in(cast)
    cast.open_judging()
    said = words(cast.world.signed_in(cast.nora).get(f"/nominations/{made.id}"))
    assert "Wird bewertet" in said
    assert "Entschieden" in said
    assert "Punkte" not in said
