"""Proposing and confirming the winners: two persons, one hash, an embargo, one letter each."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from award.accounts.models import Account, RoleGrant
from award.audit.models import AuditEntry
from award.decisions import actions, queries
from award.decisions.confirmable import Choice
from award.decisions.models import DecidedWinner, Decision
from award.jury.models import Conflict, Seat
from award.kit.errors import Changed, NotAllowed, Refused
from award.kit.mail import Mail
from award.nominations.models import Answers, Withdrawal
from award.ranking.models import Run
from tests.cast import Cast
from tests.ranking.opened import Judged, actor, judged
from tests.world import Client, Statements, words

PASSWORD = "correct horse battery"
EMBARGO = "2027-03-04T14:00:00"
INSTANT = datetime(2027, 3, 4, 13, 0, tzinfo=UTC)
CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
EVERYBODY = ("nora", "mallory", "jules", "carla", "olga", "ada")


@pytest.fixture
def found(cast: Cast) -> Judged:
    """An opened round with a run, and passwords for those who confirm."""
    found = judged(cast)
    _with_passwords(found)
    found.open()
    return found


def _with_passwords(found: Judged) -> None:
    cast = found.cast
    hashed = cast.world.site.passwords.hashed(PASSWORD)
    ids = [getattr(cast, name).id for name in ("olga", "otto", "carla", "ada")]
    cast.world.write(
        lambda db: db.execute(
            update(Account).where(Account.id.in_(ids)).values(password_hash=hashed)
        )
    )


def typed(found: Judged, run: Run, *choice: int, **other: str) -> dict[str, str]:
    """The form filled in with these nominations (by their number from 1)."""
    fields = {"run": run.id, "embargo": EMBARGO, "version": "0"}
    for number, which in enumerate(choice or (1, 2), 1):
        fields[f"nomination_{number}"] = found.nominations[which - 1].id
        fields[f"reason_{number}"] = f"Grund {number}"
    return fields | other


def propose(found: Judged, *choice: int, **other: str) -> Decision:
    """Olga's proposal by the form."""
    run = found.run()
    answer = found.client("olga").post(
        f"{found.base}/decisions/proposal", typed(found, run, *choice, **other)
    )
    assert answer.status_code == 303, words(answer)
    return standing(found)


def standing(found: Judged) -> Decision:
    decision = found.cast.world.read(lambda db: queries.decision(db, found.cast.edition.id))
    assert decision is not None
    return decision


def confirm(found: Judged, client: Client, decision: Decision, **other: str) -> object:
    fields = {"sha256": decision.sha256, "password_again": PASSWORD}
    address = f"{found.base}/decisions/{decision.id}/confirmation"
    return client.post(address, fields | other)


def mails(found: Judged) -> list[Mail]:
    return found.cast.world.read(lambda db: list(db.scalars(select(Mail).order_by(Mail.recipient))))


def test_sealed_there_is_no_decision_for_anybody(cast: Cast) -> None:
    sealed = judged(cast)
    for name in EVERYBODY:
        client = sealed.client(name)
        for address in ("", "/proposal"):
            assert client.get(f"{sealed.base}/decisions{address}").status_code == 404, name
    visitor = cast.world.visitor().get(f"{sealed.base}/decisions")
    assert visitor.headers["location"].startswith("/sign-in")


def test_who_reads_and_who_proposes(found: Judged) -> None:
    decision = propose(found)
    statuses = {"olga": (200, 200), "ada": (200, 403), "carla": (200, 403)}
    for name in EVERYBODY:
        client = found.client(name)
        seen = client.get(f"{found.base}/decisions").status_code
        form = client.get(f"{found.base}/decisions/proposal").status_code
        assert (seen, form) == statuses.get(name, (404, 404)), name
    for name in ("nora", "mallory", "jules"):
        assert confirm(found, found.client(name), decision).status_code == 404


def test_every_crumb_leads_somewhere(found: Judged) -> None:
    propose(found)
    for name in ("olga", "ada", "carla"):
        client = found.client(name)
        for address in ("decisions", "ranking"):
            crumbs = CRUMBS.search(client.get(f"{found.base}/{address}").text)
            assert crumbs, (name, address)
            for above in re.findall(r'href="([^"]+)"', crumbs[0]):
                assert client.get(above).status_code == 200, (name, address, above)


def test_the_form_is_filled_with_the_first_places(found: Judged) -> None:
    olga = found.client("olga")
    assert "noch nicht berechnet" in words(olga.get(f"{found.base}/decisions"))
    assert olga.get(f"{found.base}/decisions/proposal").status_code == 404
    found.run()
    assert "Preisträger vorschlagen" in words(olga.get(f"{found.base}/decisions"))
    form = olga.get(f"{found.base}/decisions/proposal").text
    for one in found.nominations[:2]:
        assert f'<option value="{one.id}" selected>' in form
    assert 'value="2027-01-22T10:00:00"' in form


def test_proposed_by_one_confirmed_by_another(found: Judged) -> None:
    decision = propose(found)
    olga, otto = found.client("olga"), found.client("otto")
    said = words(olga.get(f"{found.base}/decisions"))
    assert "Sie haben vorgeschlagen und können nicht selbst bestätigen." in said
    assert "Donnerstag, 4. März 2027, 14:00 Uhr (MEZ)" in said
    assert confirm(found, olga, decision).status_code == 403
    assert "Deciding" not in said
    said = words(otto.follow(confirm(found, otto, decision)))
    assert "Entschieden. Bis zum Ende der Sperrfrist erfährt nur die Jury davon." in said
    assert "Otto Verwaltung bestätigt am" in said
    assert found.cast.world.read(queries.faults) == []


def test_the_chair_may_confirm_and_the_auditor_may_not(found: Judged) -> None:
    decision = propose(found)
    assert confirm(found, found.client("ada"), decision).status_code == 403
    assert confirm(found, found.client("carla"), decision).status_code == 303
    assert standing(found).confirmed_by == found.cast.carla.id


def test_a_chair_in_conflict_with_a_winner_does_not_confirm(found: Judged) -> None:
    decision, cast = propose(found), found.cast
    conflict = Conflict(
        seat_id=cast.seats["carla"].id,
        nomination_id=found.nominations[0].id,
        kind="other",
        source="declared",
        reported_at=cast.world.now,
    )
    cast.world.write(lambda db: db.add(conflict))
    carla = found.client("carla")
    page = carla.get(f"{found.base}/decisions")
    assert "Titel 1" not in page.text
    assert "1 Auszeichnung fehlt hier" in words(page)
    assert confirm(found, carla, decision).status_code == 403


def test_an_administrator_who_is_in_conflict_on_the_panel_does_not_propose(found: Judged) -> None:
    run, cast = found.run(), found.cast

    def seat_in_conflict(db: Session) -> None:
        seat = Seat(edition_id=cast.edition.id, account_id=cast.olga.id, created_at=cast.world.now)
        db.add(seat)
        db.flush()
        nomination = found.nominations[0].id
        more = {"kind": "other", "source": "juror", "reported_at": cast.world.now}
        db.add(Conflict(seat_id=seat.id, nomination_id=nomination, **more))

    cast.world.write(seat_in_conflict)
    olga, address = found.client("olga"), f"{found.base}/decisions/proposal"
    assert olga.get(address).status_code == 403
    assert olga.post(address, typed(found, run)).status_code == 403
    assert found.client("otto").get(address).status_code == 200


def test_a_new_administrator_waits_for_72_hours(found: Judged) -> None:
    decision, world = propose(found), found.cast.world

    def grant(db: Session) -> None:
        own = update(RoleGrant).where(RoleGrant.account_id == found.cast.otto.id)
        db.execute(own.values(is_operators=False, confirmed_at=world.now))

    world.write(grant)
    world.clock.move(hours=71, minutes=59)
    assert confirm(found, found.client("otto"), decision).status_code == 403
    world.clock.move(minutes=1)
    assert confirm(found, found.client("otto"), decision).status_code == 303


def test_a_wrong_password_is_said_at_its_field(found: Judged) -> None:
    decision = propose(found)
    answer = confirm(found, found.client("otto"), decision, password_again="wrong")
    assert answer.status_code == 422
    assert 'id="error-password_again"' in answer.text
    assert standing(found).confirmed_at is None
    assert mails(found) == []


def test_a_changed_proposal_needs_a_new_confirmation(found: Judged) -> None:
    first = propose(found)
    otto = found.client("otto")
    second = propose(found, 2, 1, version="1")
    assert second.sha256 != first.sha256
    assert confirm(found, otto, first).status_code == 404
    seen = confirm(found, otto, second, sha256=first.sha256)
    assert seen.status_code == 409
    assert "Der Vorschlag hat sich geändert." in words(seen)
    assert confirm(found, otto, second).status_code == 303


def test_rows_changed_behind_its_back_kill_a_proposal(found: Judged) -> None:
    decision, world = propose(found), found.cast.world
    change = update(DecidedWinner).where(DecidedWinner.decision_id == decision.id)
    world.write(lambda db: db.execute(change.values(reason="anders")))
    assert world.read(queries.faults) == [decision.id]
    assert confirm(found, found.client("otto"), decision).status_code == 409


def test_two_proposals_at_once(found: Judged) -> None:
    run = found.run()
    address = f"{found.base}/decisions/proposal"
    olga, otto = found.client("olga"), found.client("otto")
    assert olga.post(address, typed(found, run)).status_code == 303
    late = otto.post(address, typed(found, run, 2, 1, reason_1="Ottos Grund"))
    assert late.status_code == 409
    assert "Inzwischen hat jemand anderes Preisträger vorgeschlagen." in words(late)
    assert "Ottos Grund" in late.text
    assert 'name="version" value="1"' in late.text
    assert standing(found).proposed_by == found.cast.olga.id


def test_what_is_missing_is_said_at_its_field_and_stays_typed(found: Judged) -> None:
    run, olga = found.run(), found.client("olga")
    address = f"{found.base}/decisions/proposal"
    wrong = {
        "reason_1": "",
        "embargo": "2026-01-01T10:00:00",
        "nomination_2": found.nominations[0].id,
        "reason_2": "Bleibt stehen",
    }
    answer = olga.post(address, typed(found, run) | wrong)
    assert answer.status_code == 422
    for field in ("reason_1", "embargo", "nomination_2"):
        assert f'id="error-{field}"' in answer.text, field
    assert "Bleibt stehen" in answer.text
    assert "Diese Bewerbung ist doppelt gewählt." in words(answer)
    unknown = olga.post(address, typed(found, run, nomination_1="nothing", embargo="bald"))
    assert unknown.status_code == 422
    assert 'id="error-embargo"' in unknown.text
    empty = olga.post(address, {})
    assert empty.status_code == 422
    assert 'id="error-nomination_2"' in empty.text


@pytest.mark.parametrize("embargo", ["0001-01-01T00:00", "9999-12-31T23:59", "x"])
def test_an_instant_out_of_reach_is_said_at_its_field(found: Judged, embargo: str) -> None:
    fields = typed(found, found.run(), embargo=embargo)
    answer = found.client("olga").post(f"{found.base}/decisions/proposal", fields)
    assert answer.status_code == 422
    assert 'id="error-embargo"' in answer.text


def test_a_deviation_needs_its_own_reason_and_is_shown(found: Judged) -> None:
    run, olga = found.run(), found.client("olga")
    address = f"{found.base}/decisions/proposal"
    answer = olga.post(address, typed(found, run, 1, 3))
    assert answer.status_code == 422
    assert 'id="error-deviation_2"' in answer.text
    answer = olga.post(address, typed(found, run, 1, 3, deviation_2="Gleichauf, aber Land"))
    said = words(olga.follow(answer))
    assert "Ein Vorschlag weicht von der Rangfolge ab Platz 3: Gleichauf, aber Land" in said
    assert "Übergangen Titel 2, Platz 2" in said


def test_without_consent_there_is_no_award(found: Judged) -> None:
    run, world = found.run(), found.cast.world
    first = found.nominations[0].id
    taken_back = update(Answers).where(Answers.nomination_id == first, Answers.section == "terms")
    silent = taken_back.values(values={"publishIfAwarded": False})
    address = f"{found.base}/decisions/proposal"
    world.write(lambda db: db.execute(silent))
    answer = found.client("olga").post(address, typed(found, run))
    assert answer.status_code == 422
    assert "hat nicht eingewilligt" in words(answer)
    world.write(lambda db: db.execute(taken_back.values(values={"publishIfAwarded": True})))
    decision = propose(found)
    world.write(lambda db: db.execute(silent))
    assert confirm(found, found.client("otto"), decision).status_code == 422


def test_a_withdrawn_winner_or_a_new_ranking_kills_a_proposal(found: Judged) -> None:
    decision, world = propose(found), found.cast.world
    gone = Withdrawal(nomination_id=found.nominations[0].id, at=world.now, reason="")
    world.write(lambda db: db.add(gone))
    otto = found.client("otto")
    assert "wurde zurückgezogen" in words(confirm(found, otto, decision))
    world.clock.move(seconds=1)
    found.run()
    assert "Die Rangfolge hat sich geändert" in words(otto.get(f"{found.base}/decisions"))
    assert confirm(found, otto, decision).status_code == 422


def test_an_embargo_that_is_over_is_not_confirmed(found: Judged) -> None:
    decision = propose(found)
    found.cast.world.clock.instant = INSTANT
    answer = confirm(found, found.client("otto"), decision)
    assert answer.status_code == 422
    assert "Der Zeitpunkt der Veröffentlichung ist vorbei." in words(answer)


def test_letters_to_all_leave_at_the_embargo_once_each(found: Judged) -> None:
    world = found.cast.world
    english = update(Account).where(Account.id == found.writers[3].id).values(language="en")
    world.write(lambda db: db.execute(english))
    decision = propose(found)
    assert mails(found) == []
    otto = found.client("otto")
    assert confirm(found, otto, decision).status_code == 303
    assert confirm(found, otto, decision).status_code in (403, 409, 422)
    queued = mails(found)
    assert [one.recipient for one in queued] == [f"netz{n}@cast.example" for n in (1, 2, 3, 4)]
    assert {one.due_at for one in queued} == {INSTANT}
    first, _, third, fourth = queued
    assert first.subject == "Ausgezeichnet: Titel 1"
    assert "Grund 1" in first.text
    assert third.subject == "Entscheidung über Ihre Bewerbung: Titel 3"
    assert "diesmal nicht unter den ausgezeichneten" in third.text
    assert fourth.subject == "Decision on your nomination: Titel 4"
    assert "/en/editions/2026/winners" in fourth.text
    for letter in (third, fourth):
        for told in ("Platz", "place", "Punkt", "points", "83", "61"):
            assert told not in letter.text


def test_the_winners_appear_at_the_second_and_not_before(found: Judged) -> None:
    world, decision = found.cast.world, propose(found)
    assert confirm(found, found.client("otto"), decision).status_code == 303
    address = "/editions/2026/winners"
    world.clock.instant = INSTANT - timedelta(seconds=1)
    for client in (world.visitor(), found.client("nora"), found.client("jules")):
        page = client.get(address)
        assert "Titel 1" not in page.text
        assert "Grund 1" not in page.text
        assert "noch nicht bekannt gegeben" in words(page)
        assert "Titel" not in client.get(f"{address}/1").text
    world.clock.instant = INSTANT
    said = words(world.visitor().get(address))
    assert "Titel 1 Oberland Grund 1" in said
    assert "Titel 3" not in said
    assert "Grund 2" in words(world.visitor().get(f"{address}/2"))


def test_nothing_is_proposed_after_the_decision(found: Judged) -> None:
    decision = propose(found)
    assert confirm(found, found.client("otto"), decision).status_code == 303
    olga = found.client("olga")
    assert olga.get(f"{found.base}/decisions/proposal").status_code == 403
    fields = typed(found, found.run(), version="1")
    assert olga.post(f"{found.base}/decisions/proposal", fields).status_code == 403


def test_the_same_rules_on_both_databases(each_cast: Cast) -> None:
    found = judged(each_cast)
    found.open()
    run, world, edition = found.run(), each_cast.world, each_cast.edition
    olga, otto = actor(each_cast.olga), actor(each_cast.otto)

    def proposed(db: Session, seen: int = 0) -> Decision:
        chosen = [Choice(one.id, "Grund") for one in found.nominations[:2]]
        more = {"winners": chosen, "embargo_until": INSTANT, "seen_version": seen}
        return actions.propose(db, edition, run, **more, by=olga, at=world.now)

    def confirmed(db: Session, by: object) -> None:
        decision = queries.decision(db, edition.id)
        more = {"seen_sha256": decision.sha256, "public_url": "https://award.example"}
        actions.confirm(db, edition, decision, **more, by=by, at=world.now)

    first = world.write(proposed)
    with pytest.raises(Changed):
        world.write(proposed)
    second = world.write(lambda db: proposed(db, seen=1))
    assert (second.version, second.sha256) == (2, first.sha256)
    with pytest.raises(NotAllowed):
        world.write(lambda db: confirmed(db, olga))
    world.write(lambda db: confirmed(db, otto))
    with pytest.raises(Changed):
        world.write(lambda db: confirmed(db, otto))
    with pytest.raises(Refused):
        world.write(lambda db: proposed(db, seen=2))
    assert len(mails(found)) == 4

    def logged(db: Session) -> list[str]:
        query = select(AuditEntry.action).where(AuditEntry.chain == edition.id)
        return list(db.scalars(query.order_by(AuditEntry.number)))

    done = ["decisions.propose", "decisions.propose", "decisions.confirm"]
    assert world.read(logged)[-3:] == done


@pytest.mark.parametrize("count", [2, 30])
def test_statements_do_not_depend_on_the_rows(cast: Cast, count: int) -> None:
    found = judged(cast, [(3, 4, 3, 3, 4, 4)] * count)
    found.open()
    ranked = [one["id"] for one in found.run().result["nominations"]]
    numbers = [[one.id for one in found.nominations].index(which) + 1 for which in ranked[:2]]
    propose(found, *numbers)
    for address, most in (("", 18), ("/proposal", 15)):
        with Statements(cast.world) as statements:
            assert found.client("olga").get(f"{found.base}/decisions{address}").is_success
        assert len(statements) <= most + 1, address
