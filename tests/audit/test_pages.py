"""Reading the log, and seeing that it was changed."""

import re
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

import award
from award.audit.actions import record
from award.audit.sentences import sentences
from tests.cast import Cast
from tests.world import Statements, words


def act(cast: Cast, times: int = 1) -> None:
    def write(db: Session) -> None:
        for _ in range(times):
            record(db, "test.house", "thing", by=cast.nora.id, at=cast.world.now, points=3)
            record(
                db,
                "test.edition",
                "thing",
                by=cast.olga.id,
                at=cast.world.now,
                edition=cast.edition.id,
            )

    cast.world.write(write)


def test_entries_are_shown_with_names_and_by_chain(each_cast: Cast) -> None:
    act(each_cast)
    ada = each_cast.world.signed_in(each_cast.ada)
    everything = words(ada.get("/admin/audit"))
    assert "Nora Netzwerk test.house thing · points 3 Haus" in everything
    assert "Olga Verwaltung test.edition thing Auszeichnung 2026" in everything
    of_edition = words(ada.get(f"/admin/audit?chain={each_cast.edition.id}"))
    assert "test.edition" in of_edition
    assert "test.house" not in of_edition


def test_every_act_that_is_recorded_is_said_in_words(cast: Cast) -> None:
    """The codes as they stand in the source, each a string of its own."""
    code = re.compile(r'"([a-z]+\.[a-z_]+)"')
    slices = Path(award.__file__).parent
    acts = {
        found
        for path in slices.rglob("*.py")
        if "actions" in path.parts or path.stem in {"actions", "nominating"}
        for found in code.findall(path.read_text())
        if (slices / found.partition(".")[0]).is_dir()
    }
    assert acts == set(sentences())
    built = re.compile(r'f"[a-z]+\.[a-z_]*\{')  # would be found by nobody who looks for the code
    assert [path for path in slices.rglob("*.py") if built.search(path.read_text())] == []
    cast.world.write(
        lambda db: record(db, "jury.hand_in", "sheet", by=cast.olga.id, at=cast.world.now)
    )
    said = words(cast.world.signed_in(cast.ada).get("/admin/audit"))
    assert "Olga Verwaltung hat einen Bewertungsbogen abgegeben jury.hand_in · sheet" in said


def test_the_log_is_paged(cast: Cast) -> None:
    act(cast, 60)
    ada = cast.world.signed_in(cast.ada)
    first = ada.get("/admin/audit")
    assert first.text.count("test.house") == 50
    assert "Ältere" in words(first)
    second = ada.get("/admin/audit?before=21")
    assert second.text.count("test.house") == 10
    assert "Ältere" not in words(second)
    assert ada.get("/admin/audit?before=x").status_code == 200


def test_the_log_takes_as_many_statements_for_thirty(cast: Cast) -> None:
    ada = cast.world.signed_in(cast.ada)
    act(cast)
    with Statements(cast.world) as one:
        ada.get("/admin/audit")
    act(cast, 29)
    with Statements(cast.world) as thirty:
        ada.get("/admin/audit")
    assert len(thirty) == len(one)


def test_the_check_says_that_the_chain_holds(each_cast: Cast) -> None:
    act(each_cast)
    ada = each_cast.world.signed_in(each_cast.ada)
    said = words(ada.get("/admin/audit/check"))
    assert "Die Kette hält 2 Einträge sind so, wie sie geschrieben wurden." in said


def test_the_check_names_the_first_changed_entry(cast: Cast) -> None:
    act(cast, 3)

    def forge(db: Session) -> None:
        db.execute(text("DROP TRIGGER audit_entry_no_update"))
        db.execute(
            text("UPDATE audit_entry SET actor_id = 'nobody' WHERE number = 2 AND chain = 'house'")
        )

    cast.world.write(forge)
    page = cast.world.signed_in(cast.olga).get("/admin/audit/check")
    assert "Haus, Eintrag 2: nachträglich geändert" in words(page)
    assert "Die Kette hält" not in words(page)


def test_everybody_reads_the_own_entries_and_no_others(cast: Cast) -> None:
    act(cast)
    said = words(cast.world.signed_in(cast.nora).get("/account/log"))
    assert "test.house" in said
    assert "test.edition" not in said
    assert cast.world.visitor().get("/account/log").status_code == 303
