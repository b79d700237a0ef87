"""Nominations for programs: who reads what, page by page, and what is refused."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import jsonschema_rs
import pytest
from httpx import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.presence import Presence
from award.accounts.queries import load_bearer
from award.kit.ids import token_hash
from award.nominations import actions, policy, queries
from award.nominations.models import Nomination
from award.nominations.queries import programs, saving
from award.nominations.resource import Asked
from tests.cast import Cast, seated
from tests.jury.staged import nominated
from tests.nominations.filled import as_actor, begun, handed_in
from tests.world import URL, Client, Statements, World

LIST = "/api/v1/nominations"


def ids(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


def walked(client: Client, **query: object) -> Iterator[list[str]]:
    """The pages of the list, each found by the link of the one before."""
    address = LIST + "?" + "&".join(f"{name}={value}" for name, value in query.items())
    while address:
        answer = client.get(address)
        yield ids(answer)
        address = answer.json()["next"]
        link = f'<{address}>; rel="next"' if address else None
        assert answer.headers.get("link") == link


def begin_check(cast: Cast) -> None:
    cast.world.clock.instant = cast.phases["formal_check"].starts_at


def of_mallory(cast: Cast) -> dict[str, Any]:
    return {"network": cast.other_network, "by": cast.mallory}


def test_a_network_reads_its_own_and_no_other(cast: Cast) -> None:
    draft, done = begun(cast), handed_in(cast)
    strange = handed_in(cast, **of_mallory(cast))
    nora = cast.world.program(cast.nora)
    assert ids(nora.get(LIST)) == sorted([draft.id, done.id])
    assert nora.get(f"{LIST}/{draft.id}").json()["answers"]["summary"] == {
        "summary": "Aus zwei Saisonstellen wird eine."
    }
    assert nora.get(f"{LIST}/{strange.id}").status_code == 404
    assert nora.get(f"{LIST}/{strange.id}/schema").status_code == 404


def test_a_nomination_says_where_it_stands(cast: Cast) -> None:
    made = handed_in(cast)
    told = cast.world.program(cast.nora).get(f"{LIST}/{made.id}").json()
    submission = cast.world.read(lambda db: queries.submitted(db, made.id))
    assert told == {
        "id": made.id,
        "url": f"{URL}{LIST}/{made.id}",
        "page": f"{URL}/nominations/{made.id}",
        "edition": "2026",
        "reference": told["reference"],
        "title": "Saison wird Stelle",
        "network": {"id": cast.network.id, "name": "Nordlicht"},
        "state": "SH",
        "field_of_action": "vereinbarkeit",
        "status": "submitted",
        "submitted_at": "2026-11-23T09:00:00Z",
        "updated_at": "2026-11-23T09:00:00Z",
        "schema": f"{URL}{LIST}/{made.id}/schema",
        "form_version": 1,
        "sha256": submission.sha256,
        "answers": submission.answers,
    }
    assert told["reference"].startswith("2026-")


def test_administrators_find_all_and_read_no_draft(cast: Cast) -> None:
    draft, done = begun(cast), handed_in(cast)
    cast.world.clock.move(hours=5)
    olga = cast.world.program(cast.olga)
    assert ids(olga.get(LIST)) == sorted([draft.id, done.id])
    for made in (draft, done):
        told = olga.get(f"{LIST}/{made.id}").json()
        assert (told["answers"], told["sha256"]) == (None, None)
        assert told["page"] == f"{URL}/admin/editions/2026/nominations/{made.id}"
    begin_check(cast)
    told = olga.get(f"{LIST}/{done.id}").json()
    assert told["answers"]["contact"]["contact"]["name"] == "Zoë Exempel"
    assert olga.get(f"{LIST}/{draft.id}").json()["answers"] is None


def test_a_look_into_a_draft_opens_nothing_to_programs(cast: Cast) -> None:
    draft = begun(cast)

    def look(db: Session) -> None:
        row = db.get_one(Nomination, draft.id)
        actions.look(db, row, "Nachfrage.", by=as_actor(cast.olga), at=cast.world.now)

    cast.world.write(look)
    here = f"/admin/editions/2026/nominations/{draft.id}/draft"
    assert cast.world.signed_in(cast.olga).get(here).status_code == 200
    assert cast.world.program(cast.olga).get(f"{LIST}/{draft.id}").json()["answers"] is None


def test_auditors_read_what_is_handed_in_once_it_is_checked(cast: Cast) -> None:
    draft, done = begun(cast), handed_in(cast)
    ada = cast.world.program(cast.ada)
    assert ids(ada.get(LIST)) == []
    assert ada.get(f"{LIST}/{done.id}").status_code == 404
    begin_check(cast)
    assert ids(ada.get(LIST)) == [done.id]
    assert ada.get(f"{LIST}/{done.id}").json()["answers"]["summary"]
    assert ada.get(f"{LIST}/{draft.id}").status_code == 404


def test_when_others_write_is_not_told(cast: Cast) -> None:
    """Neither by a time nor by what a filter leaves out; the network itself knows it."""
    draft, done = begun(cast), handed_in(cast)
    handed_in_at = cast.world.now
    cast.world.clock.move(hours=3)
    since = (handed_in_at + timedelta(hours=1)).isoformat().replace("+00:00", "Z")

    def write(db: Session) -> None:
        actions.reopen(db, db.get_one(Nomination, done.id), by=as_actor(cast.nora), at=now)
        for made in (draft, done):
            before, values = saving.before(db, made.id, "summary"), {"summary": "Neu."}
            actions.save_section(db, before, values, version=1, by=as_actor(cast.nora), at=now)

    now = cast.world.now
    cast.world.write(write)
    olga, nora = cast.world.program(cast.olga), cast.world.program(cast.nora)
    times = {one["id"]: one["updated_at"] for one in olga.get(LIST).json()["items"]}
    assert times == {draft.id: None, done.id: "2026-11-23T09:00:00Z"}
    assert ids(olga.get(f"{LIST}?updated_since={since}")) == []
    times = {one["id"]: one["updated_at"] for one in nora.get(LIST).json()["items"]}
    assert times == {draft.id: "2026-11-23T12:00:00Z", done.id: "2026-11-23T12:00:00Z"}
    assert ids(nora.get(f"{LIST}?updated_since={since}")) == sorted([draft.id, done.id])


def test_what_was_handed_in_counts_while_it_is_changed(cast: Cast) -> None:
    done = handed_in(cast)

    def write(db: Session) -> None:
        row, by = db.get_one(Nomination, done.id), as_actor(cast.nora)
        actions.reopen(db, row, by=by, at=cast.world.now)
        values = {"summary": "Noch nicht eingereicht."}
        before = saving.before(db, row.id, "summary")
        actions.save_section(db, before, values, version=1, by=by, at=cast.world.now)

    cast.world.write(write)
    told = cast.world.program(cast.nora).get(f"{LIST}/{done.id}").json()
    assert told["answers"]["summary"]["summary"] == "Aus zwei Saisonstellen wird eine."


def test_the_list_holds_what_the_policy_lets_one_see(cast: Cast) -> None:
    """The condition of the statement and the policy of one nomination say the same."""
    begun(cast), handed_in(cast), handed_in(cast, **of_mallory(cast))
    begun(cast, **of_mallory(cast))
    everybody = (cast.nora, cast.mallory, cast.olga, cast.ada, cast.jules)
    for begin in (lambda: None, lambda: begin_check(cast)):
        begin()
        for account in everybody:
            secret = token_hash(cast.world.program(account).bearer)
            cast.world.read(lambda db, secret=secret: _same(db, secret, cast.world.now))


def _same(db: Session, secret: str, now: datetime) -> None:
    actor = load_bearer(db, secret, now, Presence())
    listed = {one.id for one in programs.listed(db, actor, Asked(), now)}
    seen = set()
    for row in db.scalars(select(Nomination)):
        facts = programs.facts(db, actor, row.id)
        checking = queries.days(db, row.edition_id).are_checked(now)
        state = {"submitted": facts.is_submitted, "checking": checking}
        if policy.may_see(actor, row.network_id, **state):
            seen.add(row.id)
    assert listed == seen


FILTERS: list[tuple[str, Callable[[Cast], str]]] = [
    ("edition=2026", lambda _cast: "all"),
    ("edition=2025", lambda _cast: "none"),
    ("status=draft", lambda _cast: "draft"),
    ("status=submitted", lambda _cast: "done"),
    ("status=admitted", lambda _cast: "none"),
    ("state=SH", lambda _cast: "all"),
    ("state=BY", lambda _cast: "none"),
    ("state=SH&status=draft", lambda _cast: "draft"),
    ("updated_since=2026-11-23T09:00:00Z", lambda _cast: "all"),
    ("updated_since=2026-11-23T10:00:00%2B01:00", lambda _cast: "all"),
    ("updated_since=2026-11-23T09:00:01Z", lambda _cast: "none"),
    ("updated_since=9999-12-31T23:59:59-05:00", lambda _cast: "none"),
    ("updated_since=0001-01-01T00:00:00%2B10:00", lambda _cast: "all"),
    ("updated_since=0832-03-08T11:16:45.97Z", lambda _cast: "all"),
]


@pytest.mark.parametrize(("query", "which"), FILTERS, ids=[query for query, _ in FILTERS])
def test_the_list_is_narrowed(cast: Cast, query: str, which: Callable[[Cast], str]) -> None:
    draft, done = begun(cast), handed_in(cast)
    wanted = {"all": [draft.id, done.id], "draft": [draft.id], "done": [done.id], "none": []}
    found = ids(cast.world.program(cast.nora).get(f"{LIST}?{query}"))
    assert found == sorted(wanted[which(cast)])


ONE_OF = "Bitte senden Sie eines davon: admitted, draft, not_admitted, submitted, withdrawn."
WRONG = {
    "limit=0": "Bitte geben Sie eine Zahl von 1 bis 200 ein.",
    "limit=201": "Bitte geben Sie eine Zahl von 1 bis 200 ein.",
    "limit=": "Bitte geben Sie eine Zahl von 1 bis 200 ein.",
    "limit=05": "Bitte geben Sie eine Zahl von 1 bis 200 ein.",
    "limit=%2B5": "Bitte geben Sie eine Zahl von 1 bis 200 ein.",
    "limit=5.0": "Bitte geben Sie eine Zahl von 1 bis 200 ein.",
    "limit=1&limit=2": "Bitte senden Sie diesen Parameter nur einmal.",
    "status=none": ONE_OF,
    "status=": ONE_OF,
    "state=sh": "Bitte senden Sie einen Text nach diesem Muster: ^[A-Z]{2}$",
    "state=SH%0A": "Bitte senden Sie einen Text nach diesem Muster: ^[A-Z]{2}$",
    "edition=../x": "Bitte senden Sie einen Text nach diesem Muster: ^[a-z0-9-]+$",
    "cursor=%27": "Bitte senden Sie einen Text nach diesem Muster: ^[a-z0-9]+$",
    "offset=5": "Einen Parameter dieses Namens gibt es hier nicht.",
    **dict.fromkeys(
        (
            "updated_since=2026-11-23",
            "updated_since=2026-11-23T09:00:00",
            "updated_since=2026-11-23T09:00:00+01:00",
            "updated_since=1700000000",
            "updated_since=2026-02-30T09:00:00Z",
        ),
        "Bitte senden Sie einen Zeitpunkt mit seiner Zone: 2026-12-14T09:00:00Z, oder statt Z etwa "
        "+01:00, das Pluszeichen als %2B.",
    ),
}


@pytest.mark.parametrize(("query", "words"), WRONG.items(), ids=list(WRONG))
def test_a_wrong_parameter_is_named(cast: Cast, query: str, words: str) -> None:
    answer = cast.world.program(cast.nora).get(f"{LIST}?{query}")
    name = query.partition("=")[0]
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:award:problem:parameters",
        "title": "Nicht angenommen",
        "status": 422,
        "detail": f"Ein Parameter ist nicht brauchbar: {name}.",
        "instance": LIST,
        "errors": {name: words},
    }


def test_one_nomination_takes_no_parameters(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.program(cast.nora)
    for path in (f"{LIST}/{made.id}", f"{LIST}/{made.id}/schema", "/api/v1/openapi.json"):
        assert nora.get(path).status_code == 200
        assert nora.get(f"{path}?limit=5").json()["errors"].keys() == {"limit"}


def test_what_was_handed_in_is_valid_by_its_schema(cast: Cast) -> None:
    made, nora = handed_in(cast), cast.world.program(cast.nora)
    told = nora.get(f"{LIST}/{made.id}").json()
    schema = nora.get(told["schema"])
    assert schema.headers["content-type"] == "application/schema+json"
    validator = jsonschema_rs.validator_for(schema.json())
    validator.validate(told["answers"])
    told["answers"]["summary"]["summary"] = 5
    assert not validator.is_valid(told["answers"])


def test_what_one_has_already_is_not_sent_again(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.program(cast.nora)
    for path in (LIST, f"{LIST}/{made.id}", f"{LIST}/{made.id}/schema", "/api/v1/openapi.json"):
        first = nora.get(path)
        tag = first.headers["etag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = nora.get(path, If_None_Match=known)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        assert nora.get(path, If_None_Match='"other"').content == first.content
    before = nora.get(LIST).headers["etag"]
    handed_in(cast)
    assert nora.get(LIST, If_None_Match=before).status_code == 200


def test_a_score_is_nowhere(cast: Cast) -> None:
    """The names of an answer are these and no others; a new one has to be thought of here."""
    made = handed_in(cast)
    begin_check(cast)
    told = cast.world.program(cast.olga).get(f"{LIST}/{made.id}").json()
    assert sorted(told) == [
        *("answers", "edition", "field_of_action", "form_version", "id", "network", "page"),
        *("reference", "schema", "sha256", "state", "status", "submitted_at", "title"),
        *("updated_at", "url"),
    ]


def test_statements_do_not_depend_on_rows(cast: Cast) -> None:
    clients = [cast.world.program(one) for one in (cast.nora, cast.olga, cast.ada)]
    begin_check(cast)
    for client in clients:
        client.get(LIST)  # what is kept in memory is read once
    before = [counted(client) for client in clients]
    cast.world.write(lambda db: [nominated(db, cast, place) for place in range(1, 31)])
    begun_in_time(cast)
    assert [counted(client) for client in clients] == before
    assert max(before) <= 4  # the person, their conflicts, the days of editions, the list


def begun_in_time(cast: Cast) -> None:
    now = cast.world.clock.instant
    cast.world.clock.move(days=-1)
    for _ in range(3):
        begun(cast)
    cast.world.clock.instant = now


def counted(client: Client) -> int:
    with Statements(client.world) as statements:
        ids(client.get(LIST))
    return len(statements)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, migrated: Any) -> Iterator[Cast]:
    path = tmp_path_factory.mktemp("many") / "award.db"
    path.write_bytes(migrated.read_bytes())
    world = World(f"sqlite:///{path}")
    cast = seated(world)
    world.write(lambda db: [nominated(db, cast, place) for place in range(1, 24)])
    yield cast
    world.close()


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(limit=st.integers(1, 200))
def test_page_by_page_every_nomination_comes_once(many: Cast, limit: int) -> None:
    pages = list(walked(many.world.program(many.olga), limit=limit, state="SH"))
    everything = many.world.read(lambda db: sorted(db.scalars(select(Nomination.id))))
    assert [one for page in pages for one in page] == everything
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    assert 0 < len(pages[-1]) <= limit


@settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cursor=st.from_regex(r"\A[a-z0-9]{1,40}\Z"), limit=st.integers(1, 200))
def test_any_cursor_is_a_place_in_the_list(many: Cast, cursor: str, limit: int) -> None:
    found = ids(many.world.program(many.olga).get(f"{LIST}?cursor={cursor}&limit={limit}"))
    everything = many.world.read(lambda db: sorted(db.scalars(select(Nomination.id))))
    assert found == [one for one in everything if one > cursor][:limit]


@settings(max_examples=100, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cursor=st.text(max_size=60))
def test_no_cursor_breaks_anything(many: Cast, cursor: str) -> None:
    answer = many.world.program(many.olga).get(f"{LIST}?cursor={quote(cursor, errors='ignore')}")
    assert answer.status_code in (200, 422)


def test_what_comes_in_between_shifts_nothing(cast: Cast) -> None:
    for _ in range(3):
        begun(cast)
    nora = cast.world.program(cast.nora)
    pages = walked(nora, limit=2)
    first = next(pages)
    begun(cast)
    rest = [one for page in pages for one in page]
    assert not set(first) & set(rest)
    assert all(one > first[-1] for one in rest)


def test_the_next_address_keeps_what_was_asked_and_has_no_language(cast: Cast) -> None:
    for _ in range(2):
        begun(cast)
    nora = cast.world.program(cast.nora)
    since = "2026-11-01T00:00:00%2B01:00"
    asked = f"{LIST}?status=draft&updated_since={since}&limit=1"
    for prefix in ("", "/en"):
        answer = nora.get(prefix + asked, Accept_Language="en")
        [item] = answer.json()["items"]
        target = urlsplit(answer.json()["next"])
        assert target.path == LIST
        assert item["page"].startswith(f"{URL}/en/nominations/")
        cursor = item["id"]
        assert target.query == (
            f"cursor={cursor}&limit=1&status=draft&updated_since=2026-11-01T00%3A00%3A00%2B01%3A00"
        )
