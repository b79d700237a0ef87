"""Files of a nomination: attached, described, moved, taken off, handed in, and read by whom."""

import copy
import hashlib
import io
import os
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from award.jury.models import Assignment, RoundEntry, Sheet
from award.kit import queue
from award.kit.media import Fault
from award.nominations import queries
from award.nominations.models import Attachment, FormalCheck, Nomination
from award.nominations.queries import attachments
from award.nominations.queries.faults import lost_files
from award.nominations.uploads import plain_name
from award.programmes.models import FormDefinition
from award.worker import REGULAR
from tests.cast import Cast
from tests.kit.uploads import HOSTILE, pdf, picture
from tests.nominations.filled import begun, reader, submitted
from tests.world import Client, words


def _path(made: Nomination) -> str:
    return f"/nominations/{made.id}/sections/attachments"


def _send(
    client: Client, made: Nomination, *files: tuple[str, bytes], **more: Any
) -> httpx.Response:
    parts = [("file", name, content) for name, content in files]
    data = {"field": "attachments", **more.pop("data", {})}
    return client.send(f"{_path(made)}/attachments", data, parts, **more)


def _rows(cast: Cast, made: Nomination) -> list[Attachment]:
    return cast.world.read(lambda db: attachments.attached(db, made.id))


def _saved(cast: Cast, client: Client, made: Nomination, **typed: str) -> httpx.Response:
    version = cast.world.read(
        lambda db: getattr(queries.answers(db, made.id).get("attachments"), "version", 0)
    )
    return client.post(_path(made), {"version": str(version), **typed})


def test_a_file_is_attached_described_and_read_again(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    content = pdf(3)
    page = nora.follow(_send(nora, made, ("Steckbrief.pdf", content)))
    assert "Steckbrief.pdf PDF, 3 Seiten, 0,1 MB" in words(page)
    [row] = _rows(each_cast, made)
    _saved(each_cast, nora, made, **{f"attachments-{row.id}": "Wer wir sind"})
    assert 'value="Wer wir sind"' in nora.get(_path(made)).text
    file = nora.get(f"/nominations/{made.id}/attachments/{row.id}")
    assert file.content == content
    assert file.headers["content-disposition"].startswith('attachment; filename="Steckbrief.pdf"')
    assert file.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert file.headers["x-content-type-options"] == "nosniff"
    preview = nora.get(f"/nominations/{made.id}/attachments/{row.id}/preview")
    assert Image.open(io.BytesIO(preview.content)).format == "JPEG"
    assert "1 von 3 Dateien" in words(nora.get(f"/nominations/{made.id}"))


def test_several_at_once_and_each_once_and_not_too_many(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    one, two = picture(), picture("JPEG")
    answer = _send(nora, made, ("a.png", one), ("b.jpeg", two), ("again.png", one))
    assert answer.status_code == 422
    said = words(answer)
    assert "„again.png“ ist schon angehängt." in said
    assert [row.name for row in _rows(each_cast, made)] == ["a.png", "b.jpeg"]
    assert "a.png PNG" in said
    more = _send(nora, made, ("c.pdf", pdf(1)), ("d.pdf", pdf(2)))
    assert "„d.pdf“ wurde nicht angehängt: höchstens 3 Dateien." in words(more)
    assert [row.name for row in _rows(each_cast, made)] == ["a.png", "b.jpeg", "c.pdf"]
    assert "Dateien hinzufügen" not in words(nora.get(_path(made)))


WORDS = {
    Fault.EMPTY: "ist leer",
    Fault.KIND: "ist eine andere Art von Datei. Möglich sind: PDF, JPEG, PNG.",
    Fault.BROKEN: "lässt sich nicht lesen",
    Fault.PIXELS: "hat zu viele Bildpunkte",
    Fault.PAGES: "hat mehr als 200 Seiten",
    Fault.ACTIVE: "enthält Programme",
    Fault.TRAILING: "geht nach dem Ende weiter",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_in_words_and_nothing_of_it_stays(cast: Cast, name: str) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    build, fault = HOSTILE[name]
    answer = _send(nora, made, ("datei.pdf", build()))
    assert answer.status_code == 422
    assert f"„datei.pdf“ {WORDS[fault]}" in words(answer)
    assert _rows(cast, made) == []
    assert list(cast.world.site.files.older_than(-1)) == []


def test_a_file_that_is_too_large_and_none_at_all(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    large = _send(nora, made, ("a.pdf", b"%PDF-1.7" + bytes(5_000_000)))
    assert (large.status_code, "„a.pdf“ ist größer als 5 MB." in words(large)) == (422, True)
    none = _send(nora, made)
    assert (none.status_code, "Bitte wählen Sie eine Datei." in words(none)) == (422, True)
    told = _send(nora, made, ("a.txt", b"x"), accept="application/json").json()
    assert told["detail"].startswith("„a.txt“ ist eine andere Art von Datei.")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Nora\Steckbrief.PDF", "Steckbrief.PDF"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("  .pdf ", "pdf.pdf"),
        ("Gro\u0308ße 2026.pdf", "Größe 2026.pdf"),
        ("ערב.pdf", "ערב.pdf"),
        ("\u200b", "Datei.pdf"),
    ],
)
def test_a_name_is_made_plain(cast: Cast, sent: str, kept: str) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, (sent, pdf()))
    assert [row.name for row in _rows(cast, made)] == [kept]


def test_signs_that_cannot_be_seen_go() -> None:
    assert plain_name("a\x00b\r\n\x1b[1m\u2028.pdf") == "ab[1m.pdf"


def test_files_move_and_go_and_what_was_typed_is_saved_first(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    _send(nora, made, ("a.png", picture()), ("b.pdf", pdf(1)), ("c.pdf", pdf(2)))
    first, second, third = (row.id for row in _rows(each_cast, made))
    _saved(each_cast, nora, made, **{f"attachments-{third}": "Brief", "_up": third})
    assert [row.id for row in _rows(each_cast, made)] == [first, third, second]
    _saved(each_cast, nora, made, **{f"attachments-{third}": "Brief", "_down": first})
    assert [row.id for row in _rows(each_cast, made)] == [third, first, second]
    _saved(each_cast, nora, made, **{f"attachments-{third}": "Brief", "_remove": first})
    page = nora.get(_path(made))
    assert [row.id for row in _rows(each_cast, made)] == [third, second]
    assert 'value="Brief"' in page.text
    assert nora.get(f"/nominations/{made.id}/attachments/{first}").status_code == 404
    unknown = _saved(each_cast, nora, made, **{f"attachments-{third}": "Brief", "_up": "nothing"})
    assert unknown.status_code == 404


def test_a_submission_names_its_files_and_they_stay_when_taken_off(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    _send(nora, made, ("a.pdf", pdf(2)))
    [row] = _rows(each_cast, made)
    _saved(each_cast, nora, made, **{f"attachments-{row.id}": "Steckbrief"})
    submitted(each_cast, made, each_cast.world.now, each_cast.nora)
    answers = each_cast.world.read(lambda db: queries.submitted(db, made.id)).answers
    assert answers["attachments"]["attachments"] == [
        {
            "id": row.id,
            "name": "a.pdf",
            "description": "Steckbrief",
            "media_type": "application/pdf",
            "size": len(pdf(2)),
            "pages": 2,
            "sha256": hashlib.sha256(pdf(2)).hexdigest(),
        }
    ]
    late = _send(nora, made, ("b.pdf", pdf(1)))
    assert "ist eingereicht und bleibt, wie sie ist" in words(late)
    nora.post(f"/nominations/{made.id}/reopening")
    _saved(each_cast, nora, made, **{f"attachments-{row.id}": "Steckbrief", "_remove": row.id})
    assert _rows(each_cast, made) == []
    assert nora.get(f"/nominations/{made.id}/attachments/{row.id}").status_code == 200
    _send(nora, made, ("new name.pdf", pdf(2)))
    assert [one.id for one in _rows(each_cast, made)] == [row.id]


def test_the_receipt_names_each_file_with_its_fingerprint(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf(2)))
    nora.post(f"/nominations/{made.id}/submission")
    said = words(nora.get(f"/nominations/{made.id}/receipt"))
    assert f"a.pdf {hashlib.sha256(pdf(2)).hexdigest()}" in said


def test_only_writers_attach_and_nobody_else_reads(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf()))
    [row] = _rows(cast, made)
    file = f"/nominations/{made.id}/attachments/{row.id}"
    reading, mallory = cast.world.signed_in(reader(cast)), cast.world.signed_in(cast.mallory)
    assert _send(reading, made, ("b.pdf", pdf(2))).status_code == 403
    assert reading.get(file).status_code == 200
    assert "Entfernen" not in words(reading.get(_path(made)))
    assert _send(mallory, made, ("b.pdf", pdf(2))).status_code == 404
    assert mallory.get(file).status_code == 404
    other = begun(cast, network=cast.other_network, by=cast.mallory)
    assert mallory.get(f"/nominations/{other.id}/attachments/{row.id}").status_code == 404
    stolen = _saved(cast, mallory, other, _remove=row.id)
    assert stolen.status_code == 404
    assert len(_rows(cast, made)) == 1


def test_jurors_and_administrators_read_what_was_handed_in(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf(2)))
    [row] = _rows(cast, made)
    olga = cast.world.signed_in(cast.olga)
    overseen = f"/admin/editions/2026/nominations/{made.id}/attachments/{row.id}"
    assert olga.get(overseen).status_code == 404
    olga.post(f"/admin/editions/2026/nominations/{made.id}/look", {"reason": "Hilfe am Telefon"})
    assert olga.get(overseen).content == pdf(2)
    submitted(cast, made, cast.world.now, cast.nora)
    assert olga.get(overseen).status_code == 404
    cast.open_judging()
    olga = cast.world.signed_in(cast.olga)
    assert olga.get(overseen).content == pdf(2)
    sheet = _assigned(cast, made)
    jules, jo = cast.world.signed_in(cast.jules), cast.world.signed_in(cast.jo)
    assert f'href="/sheets/{sheet}/attachments/{row.id}"' in jules.get(f"/sheets/{sheet}").text
    assert jules.get(f"/sheets/{sheet}/attachments/{row.id}").content == pdf(2)
    assert jules.get(f"/sheets/{sheet}/attachments/{row.id}/preview").status_code == 200
    assert jo.get(f"/sheets/{sheet}/attachments/{row.id}").status_code == 404


def _assigned(cast: Cast, made: Nomination) -> str:
    def write(db: Any) -> str:
        now = cast.world.now
        db.add(FormalCheck(nomination_id=made.id, is_admitted=True, checks={}, at=now))
        db.add(RoundEntry(round_id=cast.round.id, nomination_id=made.id, at=now))
        row = Assignment(
            round_id=cast.round.id,
            nomination_id=made.id,
            seat_id=cast.seats["jules"].id,
            position=0,
            at=now,
        )
        db.add(row)
        db.flush()
        db.add(Sheet(assignment_id=row.id))
        return row.id

    return cast.world.write(write)


def test_after_the_deadline_nothing_is_attached_or_taken_off(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf()))
    [row] = _rows(cast, made)
    cast.world.clock.move(days=30)
    nora = cast.world.signed_in(cast.nora)
    assert "Die Frist endete am" in words(_send(nora, made, ("b.pdf", pdf(2))))
    _saved(cast, nora, made, _remove=row.id)
    assert len(_rows(cast, made)) == 1


def test_a_file_whose_content_is_gone_in_between_is_not_attached(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    monkeypatch.setattr(type(cast.world.site.files), "has", lambda *_: False)
    assert "„a.pdf“ ist nicht angekommen." in words(_send(nora, made, ("a.pdf", pdf())))
    assert _rows(cast, made) == []


def test_a_required_field_of_files_is_missing_until_one_is_there(cast: Cast) -> None:
    def require(db: Any) -> None:
        form = db.query(FormDefinition).filter_by(edition_id=cast.edition.id).one()
        definition = copy.deepcopy(form.definition)
        [section] = [one for one in definition["sections"] if one["key"] == "attachments"]
        section["fields"][0]["required"] = True
        form.definition = definition

    cast.world.write(require)
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    assert "„Anlagen“ fehlt noch." in words(nora.get(f"/nominations/{made.id}/check"))
    _send(nora, made, ("a.pdf", pdf()))
    assert "Es fehlt nichts." in words(nora.get(f"/nominations/{made.id}/check"))


def test_content_that_no_row_names_is_cleared_away_after_a_week(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    files = cast.world.site.files
    _send(nora, made, ("a.pdf", pdf()), ("b.pdf", pdf(2)))
    first, second = _rows(cast, made)
    _saved(cast, nora, made, _remove=first.id)
    young = files.put(b"its row is on its way")
    for path in Path(cast.world.settings.files_place).glob("*/*"):
        if path.name not in young:
            os.utime(path, (time.time() - 8 * 86_400,) * 2)
    cast.world.write(lambda db: queue.begin_regular(db, REGULAR, cast.world.now))
    cast.world.work()
    kept = {young, second.sha256, second.preview_sha256}
    assert set(files.older_than(-60)) == kept


def test_a_file_that_is_gone_is_found(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    _send(nora, made, ("a.pdf", pdf()))
    [row] = _rows(each_cast, made)
    files = each_cast.world.site.files
    assert each_cast.world.read(lambda db: lost_files(db, files)) == []
    files.remove(row.sha256)
    assert each_cast.world.read(lambda db: lost_files(db, files)) == [made.id]


def _replace(
    client: Client, made: Nomination, old: str, name: str, content: bytes
) -> httpx.Response:
    sent = {"field": "attachments"}
    return client.send(f"{_path(made)}/attachments", sent, [(f"file-{old}", name, content)])


def test_a_file_is_replaced_in_its_place_with_what_was_said_of_it(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    _send(nora, made, ("a.png", picture()), ("b.pdf", pdf(1)), ("c.pdf", pdf(2)))
    first, second, third = (row.id for row in _rows(each_cast, made))
    said = {f"attachments-{second}": "Wer wir sind", f"attachments-{third}": "Brief"}
    _saved(each_cast, nora, made, **said)
    page = nora.follow(_replace(nora, made, second, "neu.pdf", pdf(3)))
    rows = _rows(each_cast, made)
    assert [row.name for row in rows] == ["a.png", "neu.pdf", "c.pdf"]
    assert second not in {row.id for row in rows}
    values = each_cast.world.read(lambda db: queries.answers(db, made.id)["attachments"].values)
    assert values["attachments"] == {rows[1].id: "Wer wir sind", third: "Brief"}
    assert page.text.index("neu.pdf") < page.text.index("Wer wir sind") < page.text.index("c.pdf")
    assert nora.get(f"/nominations/{made.id}/attachments/{second}").status_code == 404
    assert nora.get(f"/nominations/{made.id}/attachments/{first}").status_code == 200


def test_who_saw_the_old_file_described_meets_both_versions(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf(1)))
    [row] = _rows(cast, made)
    _saved(cast, nora, made, **{f"attachments-{row.id}": "Alt"})
    _replace(nora, made, row.id, "neu.pdf", pdf(2))
    late = nora.post(_path(made), {"version": "1", f"attachments-{row.id}": "Andere Worte"})
    assert late.status_code == 409


def test_what_cannot_take_the_place_leaves_the_old_file_there(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    content = pdf(1)
    _send(nora, made, ("a.pdf", content), ("b.pdf", pdf(2)))
    first, second = _rows(cast, made)
    hostile = _replace(nora, made, first.id, "x.mp3", b"ID3")
    assert (hostile.status_code, "andere Art von Datei" in words(hostile)) == (422, True)
    twice = _replace(nora, made, second.id, "c.pdf", content)
    assert (twice.status_code, "schon angehängt" in words(twice)) == (422, True)
    assert [row.id for row in _rows(cast, made)] == [first.id, second.id]
    unknown = _replace(nora, made, "abcdefghijkl", "c.pdf", pdf(3))
    assert unknown.status_code == 404
    taken_off = {"version": "0", "_remove": first.id}
    nora.post(_path(made), taken_off)
    assert _replace(nora, made, first.id, "c.pdf", pdf(3)).status_code == 404


def test_files_are_replaced_and_added_by_one_button_also_when_no_more_fit(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf(1)), ("b.pdf", pdf(2)))
    first, _second = _rows(cast, made)
    parts = [(f"file-{first.id}", "neu.pdf", pdf(3)), ("file", "c.pdf", pdf(4))]
    nora.send(f"{_path(made)}/attachments", {"field": "attachments"}, parts)
    assert [row.name for row in _rows(cast, made)] == ["neu.pdf", "b.pdf", "c.pdf"]
    page = nora.get(_path(made))
    assert "Dateien hinzufügen" not in words(page)
    assert words(page).count("Ersetzen") == 3
    _replace(nora, made, _rows(cast, made)[2].id, "d.pdf", pdf(5))
    assert [row.name for row in _rows(cast, made)] == ["neu.pdf", "b.pdf", "d.pdf"]


def test_what_was_handed_in_keeps_the_file_that_was_replaced(each_cast: Cast) -> None:
    made, nora = begun(each_cast), each_cast.world.signed_in(each_cast.nora)
    content = pdf(1)
    _send(nora, made, ("a.pdf", content))
    submitted(each_cast, made, each_cast.world.now, each_cast.nora)
    nora.post(f"/nominations/{made.id}/reopening", {})
    [old] = _rows(each_cast, made)
    nora.follow(_replace(nora, made, old.id, "neu.pdf", pdf(2)))
    assert [row.name for row in _rows(each_cast, made)] == ["neu.pdf"]
    assert nora.get(f"/nominations/{made.id}/attachments/{old.id}").content == content


def test_a_reader_and_an_outsider_replace_nothing(cast: Cast) -> None:
    made, nora = begun(cast), cast.world.signed_in(cast.nora)
    _send(nora, made, ("a.pdf", pdf(1)))
    [row] = _rows(cast, made)
    reading, outside = (cast.world.signed_in(one) for one in (reader(cast), cast.mallory))
    assert _replace(reading, made, row.id, "b.pdf", pdf(2)).status_code == 403
    assert _replace(outside, made, row.id, "b.pdf", pdf(2)).status_code == 404
    assert "Ersetzen" not in words(reading.get(_path(made)))
    assert [one.id for one in _rows(cast, made)] == [row.id]
