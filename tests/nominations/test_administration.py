"""The administrators' list, the formal check, and what stays hidden of drafts."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.kit.mail import Mail
from award.nominations import queries
from tests.cast import Cast
from tests.nominations.filled import begun, handed_in
from tests.world import Statements, words

LIST = "/admin/editions/2026/nominations"
TEXT = "Aus zwei Saisonstellen wird eine."
BY_HAND = {"check-E4_laufzeit": "yes", "check-E7_unabhaengig": "yes"}


def _to_check(cast: Cast) -> None:
    cast.world.clock.instant = cast.phases["formal_check"].starts_at + timedelta(hours=1)


def test_only_administrators_and_auditors_have_the_list(cast: Cast) -> None:
    made = handed_in(cast)
    for path in (LIST, f"{LIST}/{made.id}", f"{LIST}/{made.id}/formal-check"):
        assert cast.world.visitor().get(path).status_code == 303
        for person in (cast.nora, cast.mallory, cast.jules, cast.carla):
            assert cast.world.signed_in(person).get(path).status_code == 404
    assert cast.world.signed_in(cast.olga).get(LIST).status_code == 200


def test_a_page_that_is_no_number_is_the_first_one(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    for page in ("9" * 5000, "%C2%B2", "-1"):
        assert olga.get(f"{LIST}?page={page}").status_code == 200


def test_a_draft_shows_facts_and_never_its_text(cast: Cast) -> None:
    made = begun(cast, goal="")
    olga = cast.world.signed_in(cast.olga)
    listed = olga.get(LIST)
    assert "7 von 8 Abschnitten" in words(listed)
    page = olga.get(f"{LIST}/{made.id}")
    for shown in (listed, page):
        assert "Saison wird Stelle" in shown.text
        for hidden in (TEXT, "Westküste", "zoe@netz.example", "Beispiel-Kammer"):
            assert hidden not in shown.text
    assert olga.get(f"{LIST}/{made.id}/draft").status_code == 404
    for search in ("Saisonstellen", "Westküste", "Zoë"):
        assert made.id not in olga.get(f"{LIST}?q={search}").text
    ada = cast.world.signed_in(cast.ada)
    assert "Saison wird Stelle" not in ada.get(LIST).text
    assert ada.get(f"{LIST}/{made.id}").status_code == 404


def test_a_look_into_a_draft_needs_a_reason_and_is_logged(cast: Cast) -> None:
    made = begun(cast)
    olga, path = cast.world.signed_in(cast.olga), f"{LIST}/{made.id}"
    assert olga.post(f"{path}/look", {"reason": ""}).status_code == 422
    assert olga.get(f"{path}/draft").status_code == 404
    page = olga.follow(olga.post(f"{path}/look", {"reason": "Das Netzwerk bat um Hilfe."}))
    assert TEXT in page.text
    query = select(AuditEntry).where(AuditEntry.action == "nominations.looked_into")
    [entry] = cast.world.read(lambda db: list(db.scalars(query)))
    assert (entry.actor_id, entry.object_id) == (cast.olga.id, made.id)
    assert "Hilfe" not in str(entry.details)
    assert cast.world.signed_in(cast.otto).get(f"{path}/draft").status_code == 404
    cast.world.clock.move(minutes=30)
    assert cast.world.signed_in(cast.olga).get(f"{path}/draft").status_code == 404


def test_what_is_handed_in_is_read_from_the_formal_check_on(cast: Cast) -> None:
    made = handed_in(cast)
    for person in (cast.olga, cast.ada):
        early = cast.world.signed_in(person).get(f"{LIST}/{made.id}")
        assert TEXT not in early.text
    olga = cast.world.signed_in(cast.olga)
    assert olga.get(f"{LIST}/{made.id}/formal-check").status_code == 403
    assert olga.post(f"{LIST}/{made.id}/look", {"reason": "x"}).status_code == 404
    _to_check(cast)
    for person in (cast.olga, cast.ada):
        later = cast.world.signed_in(person).get(f"{LIST}/{made.id}")
        assert TEXT in later.text
        assert "zoe@netz.example" in later.text
    ada = cast.world.signed_in(cast.ada)
    assert ada.get(f"{LIST}/{made.id}/formal-check").status_code == 404
    assert "/formal-check" not in ada.get(f"{LIST}/{made.id}").text


def test_search_folds_letters(each_cast: Cast) -> None:
    made = begun(each_cast, projectTitle="Główka Straße", networkName="Ørsted Đuro")
    begun(each_cast, projectTitle="Ganz anders 100%")
    olga = each_cast.world.signed_in(each_cast.olga)
    for search in ("Glowka", "GŁÓWKA", "strasse", "orsted", "duro glowka"):
        found = olga.get(f"{LIST}?q={search}")
        assert made.id in found.text, search
        assert "1 Bewerbung" in words(found)
    assert "1 Bewerbung " in words(olga.get(f"{LIST}?q=%25"))
    nothing = words(olga.get(f"{LIST}?q=gibtesnicht"))
    assert "Zu diesen Filtern passt nichts." in nothing


def test_a_search_and_the_counts_read_nothing_but_an_index(cast: Cast) -> None:
    world = cast.world
    with Statements(world) as statements:
        world.signed_in(cast.olga).get(f"{LIST}?q=pflege+kiel")
    counts = [one for one in statements.all if "FROM nomination" in one and "count(*)" in one]
    assert len(counts) == 2
    for one in counts:
        told = f"EXPLAIN QUERY PLAN {one}", ("",) * one.count("?")
        plan = world.read(lambda db, told=told: db.connection().exec_driver_sql(*told).all())
        assert "USING COVERING INDEX ix_nomination_edition_id_folded_id" in str(plan)


def test_a_title_of_any_length_is_kept_and_found(each_cast: Cast) -> None:
    """No index of PostgreSQL would take it."""
    title = " ".join(sha256(bytes([number])).hexdigest() for number in range(100))
    made = begun(each_cast, projectTitle=title)
    olga = each_cast.world.signed_in(each_cast.olga)
    assert made.id in olga.get(f"{LIST}?q={title[-64:]}").text


def test_filters_and_order_stand_in_the_address(each_cast: Cast) -> None:
    begun(each_cast, projectTitle="Alpha", state="HE")
    handed_in(each_cast, projectTitle="Beta", state="SH")
    olga = each_cast.world.signed_in(each_cast.olga)
    assert "Beta" not in words(olga.get(f"{LIST}?state=HE"))
    assert "Alpha" not in words(olga.get(f"{LIST}?status=submitted"))
    up, down = (words(olga.get(f"{LIST}?sort={sort}")) for sort in ("title", "-title"))
    assert up.index("Alpha") < up.index("Beta")
    assert down.index("Beta") < down.index("Alpha")
    assert 'aria-sort="descending"' in olga.get(f"{LIST}?sort=-title").text
    for column in ("reference", "state", "received", "status"):
        assert olga.get(f"{LIST}?sort=-{column}&page=7").status_code == 200


def test_the_list_takes_the_same_statements_at_one_and_thirty(cast: Cast) -> None:
    handed_in(cast)
    olga = cast.world.signed_in(cast.olga)
    with Statements(cast.world) as one:
        olga.get(LIST)
    for _more in range(29):
        begun(cast)
    with Statements(cast.world) as thirty:
        assert olga.get(LIST).text.count("Saison wird Stelle") == 30
    assert len(one) == len(thirty)


def test_a_nomination_is_admitted_and_the_network_told(each_cast: Cast) -> None:
    made = handed_in(each_cast)
    _to_check(each_cast)
    olga, path = each_cast.world.signed_in(each_cast.olga), f"{LIST}/{made.id}/formal-check"
    assert "3 verschiedene Arten, nötig sind 3." in words(olga.get(path))
    open_ = olga.post(path, {"decision": "admit", "version": "0"})
    assert open_.status_code == 422
    assert open_.text.count("Bitte sagen Sie, ob das erfüllt ist") == 4
    done = olga.post(path, {"decision": "admit", "version": "0", **BY_HAND})
    assert done.status_code == 303
    found = each_cast.world.read(lambda db: queries.counts(db, each_cast.edition.id))
    assert (found.admitted, found.to_check) == (1, 0)
    assert "7 von 7" in words(olga.get(LIST))
    mails = each_cast.world.read(lambda db: [m.subject for m in db.scalars(select(Mail))])
    assert "Formprüfung: Saison wird Stelle" in mails
    nora = each_cast.world.signed_in(each_cast.nora)
    assert "Diese Bewerbung ist zugelassen." in words(nora.get(f"/nominations/{made.id}"))
    admitted = each_cast.world.read(
        lambda db: [one.id for one in db.scalars(queries.admitted(each_cast.edition.id))]
    )
    assert admitted == [made.id]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"decision": "refuse"}, "Bitte sagen Sie, warum sie nicht zugelassen wird."),
        (
            {"decision": "admit", "check-E4_laufzeit": "no"},
            "Eine Prüfung ist nicht erfüllt.",
        ),
        ({"decision": "maybe"}, "Bitte wählen Sie eine der Möglichkeiten."),
    ],
)
def test_a_decision_without_its_reason_is_refused(
    cast: Cast, sent: dict[str, str], message: str
) -> None:
    made = handed_in(cast)
    _to_check(cast)
    olga = cast.world.signed_in(cast.olga)
    form = {"version": "0", **BY_HAND, **sent}
    answer = olga.post(f"{LIST}/{made.id}/formal-check", form)
    assert answer.status_code == 422
    assert message in words(answer)


def test_a_refusal_is_shown_with_its_reason_and_changed_with_one(cast: Cast) -> None:
    made = handed_in(cast)
    _to_check(cast)
    olga, path = cast.world.signed_in(cast.olga), f"{LIST}/{made.id}/formal-check"
    refuse = {"decision": "refuse", "reason": "Zu jung.", "version": "0", **BY_HAND}
    assert olga.post(path, refuse).status_code == 303
    nora = cast.world.signed_in(cast.nora)
    assert "Zu jung." in words(nora.get(f"/nominations/{made.id}"))
    stale = olga.post(path, {"decision": "admit", "reason": "Doch.", "version": "0", **BY_HAND})
    assert stale.status_code == 409
    assert "Doch." in stale.text
    change = {"decision": "admit", "version": "1", **BY_HAND}
    assert olga.post(path, change).status_code == 422
    assert olga.post(path, change | {"reason": "Nachweis kam."}).status_code == 303
    found = cast.world.read(lambda db: queries.counts(db, cast.edition.id))
    assert (found.admitted, found.not_admitted) == (1, 0)
