"""Whoever proposed corrects or withdraws it, until the network has answered."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from award import migrations
from award.accounts.models import MailedLink
from award.audit.models import AuditEntry
from award.kit.ids import new_token
from award.nominations.models import Nomination, Proposal, ProposalOutcome
from tests.cast import Cast
from tests.nominations.test_on_behalf import begun
from tests.nominations.test_proposals import (
    NEW,
    TYPED,
    all_of,
    letters,
    link_in,
    outcome,
    propose,
    proposed,
)
from tests.world import Client, words

OWN = "/account/proposals"


def waiting(cast: Cast) -> tuple[str, Client, str]:
    """The contact's link, and the page of the proposal in the browser of whoever made it."""
    link = proposed(cast)
    [row] = all_of(cast.world, Proposal)
    return link, cast.world.signed_in(cast.mallory), f"{OWN}/{row.id}"


def actions(cast: Cast) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.action.like("nominations.proposal_%"))
    return cast.world.read(lambda db: list(db.scalars(query.order_by(AuditEntry.number))))


def test_a_proposal_is_withdrawn_and_the_contact_hears_of_it(each_cast: Cast) -> None:
    world = each_cast.world
    link, mallory, page = waiting(each_cast)
    assert f'href="{page}"' in mallory.get(OWN).text
    done = mallory.post(f"{page}/withdrawal")
    assert "Der Vorschlag wurde am 23. November 2026 zurückgezogen." in words(mallory.follow(done))
    assert (outcome(world).kind, outcome(world).by) == ("withdrawn", each_cast.mallory.id)
    told = letters(world)[-1]
    assert told.recipient == "kira@kueste.example"
    assert told.subject == "Es ist keine Antwort mehr nötig: Auszeichnung 2026"
    assert "Mallory Fremd hat den Vorschlag zurückgezogen" in told.text
    assert TYPED["reason"] not in told.text
    assert actions(each_cast) == ["nominations.proposal_sent", "nominations.proposal_withdrawn"]
    visitor = world.visitor()
    assert "Dieser Vorschlag wurde zurückgezogen." in words(visitor.get(link))
    for answer in ("account", "decline"):
        late = visitor.post(f"{link}/{answer}", NEW)
        assert (late.status_code, "wurde zurückgezogen" in words(late)) == (422, True)
    assert all_of(world, Nomination) == []


def test_what_is_withdrawn_is_over_for_whoever_proposed(cast: Cast) -> None:
    _link, mallory, page = waiting(cast)
    mallory.post(f"{page}/withdrawal")
    for again in (f"{page}/withdrawal", f"{page}/letter", page):
        answer = mallory.post(again, {**TYPED, "version": "1"})
        assert (answer.status_code, "schon entschieden" in words(answer)) == (422, True)
    shown = mallory.get(page)
    assert (shown.status_code, "<form" in shown.text.partition("<main")[2]) == (200, False)
    cast.world.clock.move(minutes=1)
    assert propose(cast).status_code == 303
    assert len(letters(cast.world)) == 3


def test_an_earlier_version_takes_it_for_not_answered(each_cast: Cast) -> None:
    world, engine = each_cast.world, each_cast.world.site.database.engine
    _link, mallory, page = waiting(each_cast)
    mallory.post(f"{page}/withdrawal")
    migrations.downgrade(engine, "0015")
    migrations.upgrade(engine)
    assert outcome(world).kind == "lapsed"
    with pytest.raises(DBAPIError, match="what became of a proposal stays"):
        world.write(lambda db: db.execute(text("DELETE FROM proposal_outcome")))


def test_whoever_withdrew_may_judge(each_cast: Cast) -> None:
    _link, mallory, page = waiting(each_cast)
    mallory.post(f"{page}/withdrawal")
    olga = each_cast.world.signed_in(each_cast.olga)
    seat = {"name": "Mallory", "email": each_cast.mallory.email, "language": "de"}
    seat["organisation"] = "Amt"
    assert olga.post("/admin/editions/2026/jury", seat).status_code == 303


def test_words_are_corrected_and_the_link_shows_them(each_cast: Cast) -> None:
    world = each_cast.world
    link, mallory, page = waiting(each_cast)
    assert TYPED["reason"] in words(mallory.get(page))
    right = {**TYPED, "network": "Küste lernt", "reason": "Sie lehren Segeln.", "version": "1"}
    assert "Ihre Korrektur ist gesichert." in words(mallory.follow(mallory.post(page, right)))
    seen = words(world.visitor().get(link))
    assert ("Küste lernt" in seen, "Sie lehren Segeln." in seen) == (True, True)
    assert len(letters(world)) == 1
    assert actions(each_cast) == ["nominations.proposal_sent", "nominations.proposal_corrected"]
    old = world.visitor().post(f"{link}/account", NEW)
    assert (old.status_code, "inzwischen geändert" in words(old)) == (409, True)
    assert world.visitor().post(f"{link}/account", NEW | {"version": "2"}).status_code == 303


def test_another_contact_gets_the_letter_and_the_first_hears_why(each_cast: Cast) -> None:
    world = each_cast.world
    link, mallory, page = waiting(each_cast)
    world.clock.move(minutes=1)
    right = {**TYPED, "name": "Lou Leitung", "email": "Lou@kueste.example", "version": "1"}
    assert mallory.post(page, right).status_code == 303
    _first, *both = letters(world)
    told, asked = sorted(both, key=lambda one: one.recipient)
    assert (told.recipient, asked.recipient) == ("kira@kueste.example", "lou@kueste.example")
    assert "versehentlich Sie genannt" in told.text
    assert "lou" not in told.text.lower()
    assert world.visitor().get(link).status_code == 410
    assert world.visitor().get(link_in(asked)).status_code == 200
    third = mallory.post(page, {**TYPED, "version": "2"})
    assert (third.status_code, "Zwei Nachrichten sind schon verschickt" in words(third)) == (
        422,
        True,
    )
    assert len(letters(world)) == 3
    assert [one for one in all_of(world, AuditEntry) if "kueste" in str(one.details)] == []


def test_nobody_hears_of_it_who_wants_no_letters(cast: Cast) -> None:
    link, mallory, page = waiting(cast)
    cast.world.visitor().post(f"{link}/stop")
    assert mallory.post(f"{page}/withdrawal").status_code == 303
    assert len(letters(cast.world)) == 1


def test_two_tabs_do_not_overwrite_each_other(cast: Cast) -> None:
    _link, mallory, page = waiting(cast)
    assert (
        mallory.post(page, {**TYPED, "reason": "Erster Grund", "version": "1"}).status_code == 303
    )
    second = mallory.post(page, {**TYPED, "reason": "Zweiter Grund", "version": "1"})
    assert second.status_code == 409
    shown = words(second)
    assert ("Was jetzt gesichert ist" in shown, "Erster Grund" in shown) == (True, True)
    assert "Zweiter Grund" in second.text
    assert 'name="version" value="2"' in second.text


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"network": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"state": "XX"}, "Bitte wählen Sie eines der Bundesländer."),
        ({"email": "mallory@cast.example"}, "Das ist Ihre eigene Adresse."),
        ({"email": "zwei@netz.example"}, "schon ein Netzwerk mit dieser Ansprechperson"),
    ],
)
def test_what_is_amiss_is_said(cast: Cast, changed: dict[str, str], message: str) -> None:
    _link, mallory, page = waiting(cast)
    propose(cast, email="zwei@netz.example")
    answer = mallory.post(page, {**TYPED, "version": "1", **changed})
    assert (answer.status_code, message in words(answer)) == (422, True)
    assert {one.version for one in all_of(cast.world, Proposal)} == {1}


def test_nobody_else_corrects_or_withdraws(cast: Cast) -> None:
    _link, _mallory, page = waiting(cast)
    for name in ("nora", "olga", "ada", "otto"):
        other = cast.world.signed_in(getattr(cast, name))
        assert other.get(page).status_code == 404
        assert other.post(page, {**TYPED, "version": "1"}).status_code == 404
        assert other.post(f"{page}/withdrawal").status_code == 404
    assert all_of(cast.world, ProposalOutcome) == []


def test_once_the_network_has_answered_it_stays(each_cast: Cast) -> None:
    link, mallory, page = waiting(each_cast)
    each_cast.world.visitor().post(f"{link}/account", NEW)
    assert "Berichtigen" not in words(mallory.get(OWN))
    assert mallory.post(f"{page}/withdrawal").status_code == 422
    assert mallory.post(page, {**TYPED, "version": "1"}).status_code == 422
    assert outcome(each_cast.world).kind == "accepted"


def test_an_administrator_withdraws_the_organisers_before_anybody_knows(cast: Cast) -> None:
    olga, path = begun(cast)
    page = f"{OWN}/{path.rpartition('/')[2]}"
    assert f'href="{page}"' in olga.get(path).text
    right = {**TYPED, "network": "Küste lernt", "version": "1"}
    assert olga.post(page, right).headers["location"] == f"{path}?saved=correction"
    assert olga.post(f"{page}/withdrawal").headers["location"] == path
    assert "zurückgezogen" in words(olga.get(path))
    assert letters(cast.world) == []
    assert cast.world.signed_in(cast.mallory).get(page).status_code == 404


def test_no_link_is_guessed(cast: Cast) -> None:
    """Neither from what whoever proposed sees, nor with a link of another kind, nor at random."""
    proposed(cast)
    [row] = all_of(cast.world, Proposal)
    [link] = all_of(cast.world, MailedLink)
    olga = cast.world.signed_in(cast.olga)
    olga.post("/admin/people/invitations", {"name": "Ida", "email": "ida@amt.example"})
    seen = cast.world.signed_in(cast.mallory).get(OWN).text
    assert "/proposals/" not in seen.replace(f"{OWN}/", "")
    chosen = {"version": "1", "network": cast.other_network.id, "network_name": "x", "state": ""}
    for token in (row.id, link.id, link.token_hash, new_token(128)):
        for name in ("mallory", "otto"):
            client = cast.world.signed_in(getattr(cast, name))
            answer = client.post(f"/proposals/{token}/acceptance", chosen)
            assert answer.status_code == 422
            assert "nicht vollständig" in words(answer)
        assert cast.world.visitor().post(f"/proposals/{token}/decline").status_code == 422
    assert all_of(cast.world, ProposalOutcome) == []
    assert all_of(cast.world, Nomination) == []
