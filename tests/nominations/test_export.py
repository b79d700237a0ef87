"""The administrators' list as a file: what is shown, all of it, and never more."""

import csv
import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.nominations.answers import size
from award.nominations.models import Nomination
from award.nominations.queries.lists import PAGE
from tests.cast import Cast
from tests.nominations.filled import answers, begun, handed_in
from tests.world import Statements, words

LIST = "/admin/editions/2026/nominations"
EXPORT = f"{LIST}/export"
TEXTS = ("Aus zwei Saisonstellen wird eine.", "Westküste", "zoe@netz.example", "Beispiel-Kammer")


def table(answer: httpx.Response) -> list[list[Any]]:
    """The rows of a file, whatever its kind."""
    assert answer.status_code == 200, words(answer)
    if answer.headers["content-type"].startswith("text/csv"):
        text = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
        return list(csv.reader(text, delimiter=";"))
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )


def test_the_list_comes_as_a_file_and_is_logged(each_cast: Cast) -> None:
    handed_in(each_cast, projectTitle="=Beta")
    begun(each_cast, projectTitle="Alpha", goal="")
    olga = each_cast.world.signed_in(each_cast.olga)
    answer = olga.post(f"{EXPORT}?sort=-title", {"kind": "csv", "_key": ""})
    said = answer.headers["content-disposition"]
    assert said.startswith('attachment; filename="bewerbungen-2026-2026-11-23.csv"')
    heading, alpha, beta = table(answer)
    length = str(size(answers(projectTitle="Alpha", goal="")))
    assert heading[:7] == [
        *("Zeichen", "Titel", "Netzwerk", "Bundesland", "Handlungsfeld", "Eingegangen", "Stand")
    ]
    assert alpha[:4] + alpha[5:] == [
        *("", "Alpha", "Nordlicht", "Schleswig-Holstein", "", "Entwurf", "7", "8", length, "", "")
    ]
    assert alpha[4] == beta[4]
    assert beta[1] == "'=Beta"
    assert beta[5:] == ["2026-11-23 10:00:00 MEZ", "zu prüfen", "", "", "", "", ""]
    query = select(AuditEntry).where(AuditEntry.action == "nominations.exported")
    [entry] = each_cast.world.read(lambda db: list(db.scalars(query)))
    assert (entry.chain, entry.actor_id) == (each_cast.edition.id, each_cast.olga.id)
    assert entry.details == {"kind": "csv", "rows": 2}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_has_what_the_filters_leave_on_all_pages(cast: Cast, kind: str) -> None:
    made = [begun(cast, projectTitle=f"Alpha {n}") for n in range(3)]
    handed_in(cast, projectTitle="Beta")
    olga = cast.world.signed_in(cast.olga)
    rows = table(olga.post(f"{EXPORT}?q=ALPHA&status=draft&sort=-title&page=7", {"kind": kind}))
    assert [row[1] for row in rows[1:]] == ["Alpha 2", "Alpha 1", "Alpha 0"]
    query = select(AuditEntry.details).where(AuditEntry.action == "nominations.exported")
    [details] = cast.world.read(lambda db: list(db.scalars(query)))
    assert details["rows"] == len(made)
    assert details["status"] == "draft"
    assert "alpha" not in str(details).lower()


def test_many_pages_come_as_one_file(cast: Cast) -> None:
    network, now = cast.network, cast.world.now
    one = {"edition_id": cast.edition.id, "network_id": network.id}
    cast.world.write(
        lambda db: db.add_all(
            Nomination(title=f"Nr. {n}", created_at=now, saved_at=now, **one)
            for n in range(PAGE + 5)
        )
    )
    olga = cast.world.signed_in(cast.olga)
    olga.post(EXPORT, {"kind": "csv"})  # begins the log
    with Statements(cast.world) as many:
        assert len(table(olga.post(EXPORT, {"kind": "xlsx"}))) == 1 + PAGE + 5
    with Statements(cast.world) as few:
        assert len(table(olga.post(f"{EXPORT}?q=Nr. 1", {"kind": "xlsx"}))) < PAGE
    assert len(many) == len(few)


def test_a_draft_goes_along_with_its_facts_only(cast: Cast) -> None:
    begun(cast)
    cast.world.clock.instant = cast.phases["formal_check"].starts_at + timedelta(hours=1)
    answer = cast.world.signed_in(cast.olga).post(EXPORT, {"kind": "csv"})
    assert "Saison wird Stelle" in answer.text
    for hidden in TEXTS:
        assert hidden not in answer.text
    assert len(table(cast.world.signed_in(cast.ada).post(EXPORT, {"kind": "csv"}))) == 1


def test_who_reads_the_list_takes_it_along(cast: Cast) -> None:
    handed_in(cast)
    world, sent = cast.world, {"kind": "csv"}
    assert world.visitor().post(EXPORT, sent).status_code == 303
    for person in (cast.nora, cast.mallory, cast.jules, cast.carla, cast.ada):
        assert world.signed_in(person).post(EXPORT, sent).status_code == 404
    assert "Diese Liste herunterladen" not in words(world.signed_in(cast.ada).get(LIST))
    world.clock.instant = cast.phases["formal_check"].starts_at
    ada = world.signed_in(cast.ada)
    assert "Diese Liste herunterladen" in words(ada.get(LIST))
    assert len(table(ada.post(EXPORT, sent))) == 2


def test_the_page_can_be_used_for_both_files(cast: Cast) -> None:
    begun(cast, state="HE")
    olga = cast.world.signed_in(cast.olga)
    page = olga.get(f"{LIST}?state=HE").text
    form = page[page.index(f'action="{EXPORT}?state=HE"') :].split("</form>")[0]
    assert 'name="_key"' not in form
    for kind in ("csv", "xlsx", "csv"):
        assert len(table(olga.post(f"{EXPORT}?state=HE", {"kind": kind, "_key": ""}))) == 2


def test_a_file_is_in_the_language_of_the_page(cast: Cast) -> None:
    begun(cast)
    olga = cast.world.signed_in(cast.olga)
    answer = olga.post(f"/en{EXPORT}", {"kind": "csv"})
    assert answer.content.decode("utf-8-sig").startswith("Reference,Title,Network,")
    assert "nominations-2026-" in answer.headers["content-disposition"]


def test_an_unknown_kind_is_refused_and_nothing_found_is_no_file(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    assert olga.post(EXPORT, {"kind": "pdf"}).status_code == 422
    assert "Diese Liste herunterladen" not in words(olga.get(LIST))
