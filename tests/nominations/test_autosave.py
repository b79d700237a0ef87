"""A form that saves itself: what `app.js` is told, also when an answer was lost on the way."""

from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from award.audit.queries import head
from award.kit.errors import Changed
from award.nominations import actions, queries
from award.nominations.models import Nomination
from award.nominations.queries import saving
from tests.cast import Cast
from tests.nominations.filled import KEYS, as_actor, begun, writer
from tests.world import Client

JSON = "application/json"


@pytest.fixture
def nora(cast: Cast) -> Client:
    return cast.world.signed_in(cast.nora)


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/nominations/{begun(cast).id}/sections/summary"


def save(client: Client, path: str, text: str, version: int, **more: str) -> httpx.Response:
    return client.post(path, {"summary": text, "version": str(version), **more}, accept=JSON)


def test_the_answer_names_the_new_version_and_the_time(nora: Client, path: str) -> None:
    answer = save(nora, path, "Neu.", 1)
    assert answer.status_code == 200
    assert answer.json() == {"version": 2, "said": "Gesichert 10:00:00", "amiss": []}
    assert save(nora, path, "x" * 501, 2).json()["amiss"] == ["summary"]


def test_a_save_whose_answer_was_lost_is_told_its_own_version(
    cast: Cast, nora: Client, path: str
) -> None:
    first = save(nora, path, "Neu.", 1, _key="once")
    save(cast.world.signed_in(writer(cast)), path, "Von Juna.", 2)
    again = nora.follow(save(nora, path, "Neu.", 1, _key="once"))
    assert again.json()["version"] == first.json()["version"] == 2
    assert save(nora, path, "Noch neuer.", 2).status_code == 409


def test_the_same_text_once_more_is_no_new_version(cast: Cast, nora: Client, path: str) -> None:
    save(nora, path, "Neu.", 1)
    entries = cast.world.read(lambda db: head(db, cast.edition.id)[0])
    assert save(nora, path, "Neu.", 2).json()["version"] == 2
    assert cast.world.read(lambda db: head(db, cast.edition.id)[0]) == entries


def test_a_text_that_was_changed_elsewhere_says_by_whom(
    cast: Cast, nora: Client, path: str
) -> None:
    save(nora, path, "Neu.", 1)
    own = _problem(save(nora, path, "Anders.", 1), 409)
    assert own["detail"] == (
        "Dieser Text wurde um 10:00 Uhr (MEZ) in einem anderen Fenster geändert. "
        "Beide Fassungen sind da."
    )
    other = cast.world.signed_in(writer(cast))
    theirs = _problem(save(other, path, "Anders.", 1), 409)
    assert theirs["detail"] == (
        f"{cast.nora.name} hat diesen Text um 10:00 Uhr (MEZ) geändert. Beide Fassungen sind da."
    )


def test_a_version_that_no_save_made_is_not_found(cast: Cast, nora: Client) -> None:
    made = cast.world.write(
        lambda db: actions.start(
            db, cast.edition, cast.network, by=as_actor(cast.nora), at=cast.world.now
        )
    )
    assert save(nora, f"/nominations/{made.id}/sections/summary", "Neu.", 5).status_code == 404


def test_what_was_read_before_another_save_is_not_written_over_it(cast: Cast) -> None:
    made, by = begun(cast), as_actor(cast.nora)

    def twice(db: Session) -> None:
        both = [saving.before(db, made.id, "summary") for _ in range(2)]
        for before in both:
            values = {"summary": "Neu."}
            actions.save_section(db, before, values, version=1, by=by, at=cast.world.now)

    with pytest.raises(Changed):
        cast.world.write(twice)


def test_what_is_saved_stands_in_the_lists_at_once(cast: Cast, nora: Client, path: str) -> None:
    cast.world.clock.move(minutes=1)
    save(nora, path, "Neu.", 1)
    stored = cast.world.read(lambda db: db.get_one(Nomination, path.split("/")[2]))
    assert (stored.saved_at, stored.title) == (cast.world.now, "Saison wird Stelle")
    first = path.replace("summary", KEYS[0])
    save(nora, first, "", 1, projectTitle="Brücke")
    stored = cast.world.read(lambda db: db.get_one(Nomination, stored.id))
    assert (stored.title, stored.network_name, stored.state) == ("Brücke", "", "")
    assert stored.folded == "brucke"


def test_after_the_deadline_the_answer_says_so_and_nothing_changes(
    cast: Cast, nora: Client, path: str
) -> None:
    cast.world.clock.move(days=60)
    late = cast.world.signed_in(cast.nora)
    problem = _problem(save(late, path, "Zu spät.", 1), 422)
    assert "Frist" in problem["detail"]
    assert "Zu spät." not in str(cast.world.read(lambda db: _texts(db, path)))


def test_without_a_session_it_is_said_that_one_has_to_sign_in(cast: Cast, path: str) -> None:
    assert _problem(save(cast.world.visitor(), path, "Neu.", 1), 401)["status"] == 401


def test_a_form_of_an_earlier_session_is_known_as_such(nora: Client, path: str) -> None:
    problem = _problem(save(nora, path, "Neu.", 1, _csrf="of another session"), 403)
    assert problem["type"].endswith(":form_token")


def _problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    return problem


def _texts(db: Any, path: str) -> list[Any]:
    return [row.values for row in queries.answers(db, path.split("/")[2]).values()]
