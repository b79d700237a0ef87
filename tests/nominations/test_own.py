"""A network begins, writes and finds its nominations; nobody else does."""

from sqlalchemy import func, select

from award.audit.models import AuditEntry
from award.nominations.models import Answers, Nomination
from tests.cast import Cast
from tests.nominations.filled import KEYS, begun, handed_in, reader
from tests.world import Statements, words


def _logged(cast: Cast, about: str) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.object_id == about).order_by(AuditEntry.id)
    return cast.world.read(lambda db: list(db.scalars(query)))


def test_nora_begins_a_nomination_and_sees_what_is_to_be_done(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    assert "Noch keine Bewerbung" in words(nora.get("/nominations"))
    answer = nora.post("/nominations/new", {"edition": "2026", "network": cast.network.id})
    page = nora.follow(answer)
    said = words(page)
    assert "0 von 8 Abschnitten sind fertig" in said
    assert "21 Tage" in said
    assert "Ausgangslage und Ziel" in said
    assert "Anlagen freiwillig" in said
    made = answer.headers["location"].rpartition("/")[2]
    assert _logged(cast, made) == ["nominations.started"]


def test_a_visitor_is_led_to_the_sign_in_and_jurors_find_nothing(cast: Cast) -> None:
    made = begun(cast)
    own = f"/nominations/{made.id}"
    paths = ["/nominations", own, f"{own}/check", f"{own}/withdrawal", f"{own}/receipt"]
    for path in [*paths, f"{own}/sections/summary"]:
        visitor = cast.world.visitor().get(path)
        assert visitor.status_code == 303
        assert visitor.headers["location"].startswith("/sign-in")
        for person in (cast.jules, cast.olga, cast.ada, cast.carla):
            assert cast.world.signed_in(person).get(path).status_code == 404


def test_whoever_has_no_network_finds_nothing_by_an_empty_form(cast: Cast) -> None:
    for person in (cast.jules, cast.olga):
        assert cast.world.signed_in(person).post("/nominations/new").status_code == 404


def test_mallory_finds_nothing_of_noras(cast: Cast) -> None:
    made = handed_in(cast)
    mallory = cast.world.signed_in(cast.mallory)
    own = f"/nominations/{made.id}"
    for part in ("", "/check", "/receipt", "/withdrawal", "/submission.json", "/sections/summary"):
        assert mallory.get(own + part).status_code == 404, part
    for part in ("/submission", "/withdrawal", "/sections/summary"):
        assert mallory.post(own + part, {"reason": "x", "version": "0"}).status_code == 404, part
    assert "Saison" not in mallory.get("/nominations").text
    begin = mallory.post("/nominations/new", {"edition": "2026", "network": cast.network.id})
    assert begin.status_code == 404


def test_a_reader_reads_and_does_not_write(cast: Cast) -> None:
    made = begun(cast)
    lea = cast.world.signed_in(reader(cast))
    section = f"/nominations/{made.id}/sections/summary"
    page = lea.get(section)
    assert "Aus zwei Saisonstellen wird eine." in page.text
    assert 'name="_save"' not in page.text
    assert lea.post(section, {"summary": "anders", "version": "1"}).status_code == 403
    assert lea.post(f"/nominations/{made.id}/submission").status_code == 403
    assert lea.post(f"/nominations/{made.id}/withdrawal", {"reason": "x"}).status_code == 403
    begin = lea.post("/nominations/new", {"edition": "2026", "network": cast.network.id})
    assert begin.status_code == 403
    said = words(begin)
    assert "wen Ihr Netzwerk schreiben lässt" in said


def test_a_juror_s_network_cannot_nominate(cast: Cast) -> None:
    from award.accounts.models import Membership  # noqa: PLC0415

    def join(db):  # noqa: ANN001, ANN202
        db.add(
            Membership(
                network_id=cast.other_network.id,
                account_id=cast.jules.id,
                created_at=cast.world.now,
            )
        )

    cast.world.write(join)
    mallory = cast.world.signed_in(cast.mallory)
    sent = {"edition": "2026", "network": cast.other_network.id}
    refused = mallory.post("/nominations/new", sent)
    assert refused.status_code == 422
    assert "urteilt in dieser Ausgabe mit" in words(refused)


def test_every_section_is_shown_in_both_languages(cast: Cast) -> None:
    made = begun(cast)
    nora = cast.world.signed_in(cast.nora)
    for key in [*KEYS, "attachments"]:
        for root in ("", "/en"):
            assert nora.get(f"{root}/nominations/{made.id}/sections/{key}").status_code == 200
    assert "Two or three sentences" in nora.get(f"/en/nominations/{made.id}/sections/summary").text


def test_the_list_takes_the_same_statements_at_one_and_thirty(cast: Cast) -> None:
    begun(cast)
    nora = cast.world.signed_in(cast.nora)
    with Statements(cast.world) as one:
        nora.get("/nominations")
    for _more in range(29):
        begun(cast)
    with Statements(cast.world) as thirty:
        assert nora.get("/nominations").text.count("Saison wird Stelle") == 30
    assert len(one) == len(thirty)


def test_drafts_keep_what_lists_show(each_cast: Cast) -> None:
    made = begun(each_cast, projectTitle="Główka & Straße", networkName="Ørsted-Netz")

    def read(db):  # noqa: ANN001, ANN202
        found = db.get_one(Nomination, made.id)
        saved = db.scalar(select(func.count()).where(Answers.nomination_id == made.id))
        return found.title, found.folded, found.state, saved

    assert each_cast.world.read(read) == (
        "Główka & Straße",
        "glowka & strasse orsted-netz",
        "SH",
        8,
    )
