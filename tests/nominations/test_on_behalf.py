"""An administrator nominates on behalf: prepares, sends, and has no more to say once accepted."""

from typing import Any

import pytest
from sqlalchemy import select

from award.accounts.models import Account
from award.audit.models import AuditEntry
from award.nominations.models import Answers, Nomination, Proposal
from tests.cast import Cast
from tests.nominations.test_proposals import NEW, TYPED, all_of, letters, link_in, outcome
from tests.world import Client, words

LIST = "/admin/editions/2026/proposals"


def begun(cast: Cast, **changed: str) -> tuple[Client, str]:
    """Olga's browser and the page of what she proposes."""
    olga = cast.world.signed_in(cast.olga)
    given = {key: value for key, value in TYPED.items() if key != "consent"}
    answer = olga.post(f"{LIST}/new", given | changed)
    assert answer.status_code == 303, words(answer)
    return olga, answer.headers["location"]


def prepared(cast: Cast, version: int = 1, **values: str) -> tuple[Client, str]:
    olga, path = begun(cast)
    typed = {"version": str(version), "summary": "Aus zwei Stellen wird eine.", **values}
    assert olga.post(f"{path}/sections/summary", typed).status_code == 303
    return olga, path


def sent(cast: Cast) -> tuple[Client, str, str]:
    olga, path = prepared(cast)
    assert olga.post(f"{path}/letter").status_code == 303
    return olga, path, link_in(letters(cast.world)[-1])


def test_nothing_is_sent_before_it_is_wanted(each_cast: Cast) -> None:
    olga, path = prepared(each_cast)
    assert letters(each_cast.world) == []
    assert all_of(each_cast.world, Nomination) == []
    assert "Das Netzwerk weiß noch nichts davon." in words(olga.get(path))
    olga.post(f"{path}/letter")
    [letter] = letters(each_cast.world)
    assert "Angaben sind schon vorbereitet." in letter.text
    assert "Das Netzwerk kann bis" in words(olga.get(path))


def test_the_network_sees_takes_over_and_hands_in_itself(each_cast: Cast) -> None:
    world = each_cast.world
    olga, path, link = sent(each_cast)
    visitor = world.visitor()
    assert "Aus zwei Stellen wird eine." in words(visitor.get(link))
    done = visitor.post(f"{link}/account", NEW | {"version": "2"})
    assert done.status_code == 303
    draft = words(visitor.follow(done))
    assert "Von der Verwaltung vorbereitet" in draft
    assert "zuletzt gesichert von Olga Verwaltung" in draft
    saved = {one.section: one for one in all_of(world, Answers)}
    assert saved["summary"].values["summary"] == "Aus zwei Stellen wird eine."
    assert {one.saved_by for one in saved.values()} == {each_cast.olga.id}
    [nomination] = all_of(world, Nomination)
    assert nomination.reference is None
    entry = olga.get(f"/admin/editions/2026/nominations/{nomination.id}")
    assert "Aus zwei Stellen wird eine." not in entry.text
    assert "Aus zwei Stellen wird eine." not in olga.get(path).text


def test_once_it_is_answered_nothing_more_is_prepared_or_sent(cast: Cast) -> None:
    olga, path, link = sent(cast)
    cast.world.visitor().post(f"{link}/account", NEW | {"version": "2"})
    section = f"{path}/sections/summary"
    assert olga.get(section).status_code == 404
    assert olga.post(section, {"version": "2", "summary": "Anders"}).status_code == 404
    assert olga.post(f"{path}/letter").status_code == 422
    assert len(letters(cast.world)) == 1
    [row] = all_of(cast.world, Proposal)
    assert row.answers == {}


def test_what_is_declined_is_not_kept(cast: Cast) -> None:
    olga, path, link = sent(cast)
    cast.world.visitor().post(f"{link}/decline", {"words": "Nein danke."})
    [row] = all_of(cast.world, Proposal)
    assert (row.answers, outcome(cast.world).kind) == ({}, "declined")
    assert "Nein danke." in words(olga.get(path))


def test_whoever_saw_an_older_text_looks_again(each_cast: Cast) -> None:
    olga, path, link = sent(each_cast)
    olga.post(f"{path}/sections/contact", {"version": "2"})
    section = f"{path}/sections/summary"
    second = olga.post(section, {"version": "2", "summary": "Zweite Fassung"})
    assert second.status_code == 409
    for text in ("Zweite Fassung", "Aus zwei Stellen wird eine.", "Was jetzt gesichert ist"):
        assert text in second.text
    olga.post(section, {"version": "3", "summary": "Dritte Fassung"})
    stale = each_cast.world.visitor().post(f"{link}/account", NEW | {"version": "2"})
    assert stale.status_code == 409
    assert "wurde inzwischen geändert" in words(stale)
    assert all_of(each_cast.world, Nomination) == []
    people = select(Account).filter_by(email="kira@kueste.example")
    assert each_cast.world.read(lambda db: db.scalar(people)) is None


def test_consents_and_files_are_left_to_the_network(cast: Cast) -> None:
    olga, path = begun(cast)
    page = words(olga.get(path))
    assert "Kurzfassung" in page
    for left in ("Anlagen", "Bedingungen und Einwilligungen"):
        assert left not in page
    consents = {"version": "1", "termsAccepted": "on", "publishIfAwarded": "on"}
    olga.post(f"{path}/sections/terms", consents)
    [row] = all_of(cast.world, Proposal)
    assert not any(row.answers.values())


def test_name_and_state_stand_there_and_the_network_has_the_last_word(cast: Cast) -> None:
    olga, path = begun(cast)
    page = olga.get(f"{path}/sections/network").text
    assert 'value="Lernende Küste"' in page
    assert 'value="SH" selected' in page
    typed = {"version": "1", "networkName": "Lernende Kueste", "projectTitle": "Auf See"}
    olga.post(f"{path}/sections/network", typed)
    olga.post(f"{path}/letter")
    link = link_in(letters(cast.world)[-1])
    cast.world.visitor().post(f"{link}/account", NEW | {"version": "2"})
    [nomination] = all_of(cast.world, Nomination)
    assert (nomination.network_name, nomination.title) == ("Lernende Küste", "Auf See")


def test_a_network_with_an_account_is_found_with_those_who_write(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    found = olga.get(f"{LIST}/new?q=nordl")
    assert "Nora Netzwerk, nora@cast.example" in words(found)
    chosen = olga.get(f"{LIST}/new?q=nordl&network={cast.network.id}&contact={cast.nora.id}")
    for value in ('value="Nordlicht"', 'value="nora@cast.example"', 'value="SH" selected'):
        assert value in chosen.text
    none = words(olga.get(f"{LIST}/new?q=gibtesnicht"))
    assert "Kein Netzwerk mit diesem Namen hat ein Konto." in none


def test_the_limit_of_a_day_is_not_for_the_office(cast: Cast) -> None:
    for number in range(6):
        begun(cast, email=f"k{number}@netz.example")
    assert len(all_of(cast.world, Proposal)) == 6


def test_administrators_read_the_letter_without_its_link(cast: Cast) -> None:
    olga, _path, link = sent(cast)
    [letter] = letters(cast.world)
    shown = olga.get(f"/admin/mails/{letter.id}")
    assert "/proposals/…" in shown.text
    assert link not in shown.text


def test_every_step_is_in_the_log(cast: Cast) -> None:
    _olga, _path, link = sent(cast)
    cast.world.visitor().post(f"{link}/account", NEW | {"version": "2"})
    acts = [one.action for one in all_of(cast.world, AuditEntry) if "propos" in one.action]
    assert acts == [
        "nominations.proposed",
        "nominations.proposal_prepared",
        "nominations.proposal_sent",
        "accounts.accept_proposal",
        "nominations.proposal_accepted",
    ]


@pytest.mark.parametrize("name", ["nora", "mallory", "jules", "carla", "ada"])
def test_nobody_else_nominates_on_behalf(cast: Cast, name: str) -> None:
    _olga, path = prepared(cast)
    client = cast.world.signed_in(getattr(cast, name))
    reads = 200 if name == "ada" else 404
    assert (client.get(LIST).status_code, client.get(path).status_code) == (reads, reads)
    given: dict[str, Any] = {key: value for key, value in TYPED.items() if key != "consent"}
    refused = [
        client.get(f"{LIST}/new"),
        client.get(f"{path}/sections/summary"),
        client.post(f"{LIST}/new", given),
        client.post(f"{path}/letter"),
        client.post(f"{path}/sections/summary", {"version": "2", "summary": "x"}),
    ]
    assert {one.status_code for one in refused} == {404}


def test_a_proposal_of_somebody_else_is_not_prepared(cast: Cast) -> None:
    cast.world.signed_in(cast.mallory).post("/editions/2026/proposal", TYPED)
    [row] = all_of(cast.world, Proposal)
    olga = cast.world.signed_in(cast.olga)
    assert olga.get(f"{LIST}/{row.id}/sections/summary").status_code == 404
    assert olga.post(f"{LIST}/{row.id}/letter").status_code == 303  # the second and last
    assert olga.get("/admin/editions/2026/nominations").status_code == 200
