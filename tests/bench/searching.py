"""The other database of the measurement: nominations are open, and there are ten thousand."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Network
from award.kit.ids import new_id
from award.nominations.folded import folded
from award.nominations.models import Nomination, Submission
from award.web.security import form_token
from tests.bench.data import CLIENTS, Ready, cookie, fresh_world
from tests.bench.drafts import SUMMARY, Draft, drafts
from tests.bench.load import Page
from tests.cast import Cast, seated
from tests.world import Client, Statements, World

NOMINATIONS = 10_000
_PAGE = 50  # rows that the list shows
_WHAT = ("Pflege", "Handwerk", "Saisonarbeit", "Ausbildung", "Mobilität", "Anerkennung", "Wohnen")
_WHERE = ("Kiel", "Güstrow", "Weißwasser", "Plön", "Łužica", "Fürth", "Emden", "Jülich", "Hof")


def prepare_search(path: Path) -> Ready:
    """Write the database and ask once for everything inside this process."""
    world = fresh_world(path)
    world.clock.instant = datetime.now(UTC) - timedelta(minutes=5)
    cast = seated(world)
    made = drafts(cast, CLIENTS + 1, world.now + timedelta(days=7))
    world.write(lambda db: _handed_in(db, cast))
    writers = [_signed_in(world, draft) for draft in made]
    pages = {
        "autosave": [_save(world, *one) for one in zip(writers, made, strict=True)],
        "search": [_search(cast, world.signed_in(cast.olga))] * (CLIENTS + 1),
    }
    statements = {
        "autosave": _counted_save(world, writers[-1], made[-1]),
        "search": _counted_search(world, world.signed_in(cast.olga), pages["search"][0].path),
    }
    world.close()
    return Ready(pages, statements)


def _handed_in(db: Session, cast: Cast) -> None:
    """Rows alone: what is measured is how they are found."""
    networks, nominations, submissions = [], [], []
    for place in range(NOMINATIONS):
        network, nomination = new_id(), new_id()
        what, where = _WHAT[place % len(_WHAT)], _WHERE[place % len(_WHERE)]
        title, name = f"{what} vor Ort {place}", f"Netz {where} {place}"
        reference = f"2026-{place:05}"
        networks.append({"id": network, "name": name, "state": "SH", "created_at": cast.world.now})
        nominations.append(
            {
                "id": nomination,
                "edition_id": cast.edition.id,
                "network_id": network,
                "reference": reference,
                "title": title,
                "network_name": name,
                "state": "SH",
                "folded": folded(title, name, reference),
                "created_at": cast.world.now,
                "saved_at": cast.world.now,
            }
        )
        submissions.append(
            {
                "id": new_id(),
                "nomination_id": nomination,
                "at": cast.world.now,
                "answers": {SUMMARY: {"summary": title}},
                "sha256": hashlib.sha256(nomination.encode()).hexdigest(),
            }
        )
    db.execute(insert(Network), networks)
    db.execute(insert(Nomination), nominations)
    db.execute(insert(Submission), submissions)


def _signed_in(world: World, draft: Draft) -> Client:
    query = select(Account).where(Account.email == draft.email)
    return world.signed_in(world.read(lambda db: db.scalars(query).one()))


def _save(world: World, client: Client, draft: Draft) -> Page:
    csrf = form_token(world.settings, client.token)
    form = f"_csrf={csrf}&_key={{key}}&version={{number}}&summary=Aus+zwei+wird+eine+{{key}}"
    path = f"/nominations/{draft.nomination_id}/sections/{SUMMARY}"
    return Page(path, 200, cookie(client), form, "application/json")


def _search(cast: Cast, admin: Client) -> Page:
    """Two words, each of which many have, and both a few."""
    path = f"/admin/editions/{cast.edition.slug}/nominations?q=pflege+kiel"
    return Page(path, 200, cookie(admin))


def _counted_save(world: World, client: Client, draft: Draft) -> int:
    path = f"/nominations/{draft.nomination_id}/sections/{SUMMARY}"
    for version in range(2):  # the first time fills caches
        data = {"version": str(version), "summary": f"Aus zwei wird eine {version}."}
        with Statements(world) as statements:
            answer = client.post(path, data, accept="application/json")
        assert answer.status_code == 200, answer.text[:2000]
    return len(statements)


def _counted_search(world: World, admin: Client, path: str) -> int:
    for _ in range(2):
        with Statements(world) as statements:
            answer = admin.get(path)
        assert answer.status_code == 200, answer.text[:2000]
    assert answer.text.count(" vor Ort ") == _PAGE, "the search found too few"
    return len(statements)
