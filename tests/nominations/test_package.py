"""What is handed in as one ZIP: what is in it, who takes it along, how much memory it takes."""

import csv
import gc
import hashlib
import io
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.kit.files import Files
from award.nominations import packing, queries
from award.nominations.models import Nomination
from award.nominations.packing import Nominated, pack
from award.nominations.pages import package
from award.nominations.queries import attachments
from tests.cast import Cast
from tests.kit.uploads import pdf, picture
from tests.nominations.filled import begun, handed_in, submitted
from tests.world import START, Client, Statements, words

LIST = "/admin/editions/2026/nominations"
PACKAGE = f"{LIST}/package"
BUTTON = "PDFs und Dateien (ZIP)"


def checking(cast: Cast) -> Client:
    """Olga's browser, when the formal check has begun."""
    cast.world.clock.instant = cast.phases["formal_check"].starts_at + timedelta(hours=1)
    return cast.world.signed_in(cast.olga)


def with_files(cast: Cast, *files: tuple[str, bytes], **changed: Any) -> Nomination:
    """A nomination handed in with these files, as it is in the database now."""
    made = begun(cast, **changed)
    path = f"/nominations/{made.id}/sections/attachments/attachments"
    parts = [("file", name, content) for name, content in files]
    answer = cast.world.signed_in(cast.nora).send(path, {"field": "attachments"}, parts)
    assert answer.status_code == 303
    submitted(cast, made, cast.world.now, cast.nora)
    return cast.world.read(lambda db: db.get_one(Nomination, made.id))


def unpacked(answer: httpx.Response) -> zipfile.ZipFile:
    assert answer.status_code == 200, words(answer)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-length"] == str(len(answer.content))
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def index(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    text = archive.read("index.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_each_has_a_folder_with_all_that_was_handed_in(each_cast: Cast) -> None:
    content = pdf(2)
    one = with_files(each_cast, ("Brief.pdf", content), projectTitle="Saison: wird/Stelle")
    begun(each_cast, projectTitle="Entwurf")
    submission = each_cast.world.read(lambda db: queries.submitted(db, one.id))
    olga = checking(each_cast)
    assert BUTTON in words(olga.get(LIST))
    answer = olga.post(PACKAGE, {"_key": ""})
    assert 'filename="bewerbungen-2026-' in answer.headers["content-disposition"]
    archive = unpacked(answer)
    folder = f"{one.reference} Saison- wird-Stelle"
    names = ("nomination.pdf", "submission.json", "Brief.pdf")
    assert archive.namelist() == [*(f"{folder}/{name}" for name in names), "index.csv"]
    assert archive.read(f"{folder}/Brief.pdf") == content
    text = archive.read(f"{folder}/submission.json")
    assert hashlib.sha256(text).hexdigest() == submission.sha256
    document = pypdfium2.PdfDocument(archive.read(f"{folder}/nomination.pdf"))
    assert "Aus zwei Saisonstellen" in document[0].get_textpage().get_text_range()
    assert [(row["Ordner"], row["Datei"], row["Anmerkung"]) for row in index(archive)] == [
        (folder, name, "") for name in names
    ]
    assert index(archive)[2]["SHA-256"] == hashlib.sha256(content).hexdigest()
    query = select(AuditEntry).where(AuditEntry.action == "nominations.taken_along")
    [entry] = each_cast.world.read(lambda db: list(db.scalars(query)))
    assert (entry.actor_id, entry.details) == (each_cast.olga.id, {"rows": 1})


def test_the_same_gives_the_same_bytes_in_the_order_of_the_list(cast: Cast) -> None:
    for title in ("Beta", "Alpha"):
        handed_in(cast, projectTitle=title)
    olga = checking(cast)
    path = f"{PACKAGE}?sort=title"
    first = olga.post(path, {})
    cast.world.clock.move(minutes=20)
    assert olga.post(path, {}).content == first.content
    folders = [name.split("/")[0][-5:] for name in unpacked(first).namelist()[::2]]
    assert folders == ["Alpha", " Beta", "x.csv"]
    narrowed = unpacked(olga.post(f"{PACKAGE}?q=beta", {}))
    assert {row["Titel"] for row in index(narrowed)} == {"Beta"}


def test_who_may_read_what_was_handed_in_takes_it_along(cast: Cast) -> None:
    handed_in(cast)
    world = cast.world
    for early in (cast.olga, cast.ada):
        assert world.signed_in(early).post(PACKAGE, {}).status_code == 404
    assert BUTTON not in words(world.signed_in(cast.olga).get(LIST))
    checking(cast)
    assert world.visitor().post(PACKAGE, {}).status_code == 303
    for person in (cast.nora, cast.mallory, cast.jules, cast.carla):
        assert world.signed_in(person).post(PACKAGE, {}).status_code == 404
    for person in (cast.olga, cast.ada):
        unpacked(world.signed_in(person).post(PACKAGE, {}))


def test_a_list_without_anything_handed_in_is_refused_in_words(cast: Cast) -> None:
    begun(cast)
    olga = checking(cast)
    assert BUTTON not in words(olga.get(LIST))
    answer = olga.post(PACKAGE, {})
    assert answer.status_code == 422
    assert "Von dieser Liste ist nichts eingereicht." in words(answer)


@pytest.mark.parametrize(("limit", "least"), [("MOST", 0), ("MOST_BYTES", 10)])
def test_too_much_is_refused_and_says_how_much_fits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, limit: str, least: int
) -> None:
    with_files(cast, ("a.pdf", pdf()))
    olga = checking(cast)
    monkeypatch.setattr(package, limit, least)
    answer = olga.post(f"{PACKAGE}?sort=-title", {})
    assert answer.status_code == 422
    assert "Bitte grenzen Sie die Liste ein." in words(answer)
    query = select(AuditEntry).where(AuditEntry.action == "nominations.taken_along")
    assert cast.world.read(lambda db: list(db.scalars(query))) == []


def test_only_one_is_made_at_a_time(cast: Cast) -> None:
    handed_in(cast)
    olga = checking(cast)
    with package._one_at_a_time:
        answer = olga.post(PACKAGE, {})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
    assert "gerade eine andere solche Datei" in words(answer)
    unpacked(olga.post(PACKAGE, {}))


def test_a_lost_and_a_damaged_file_are_named_in_the_index(cast: Cast) -> None:
    one = with_files(cast, ("a.pdf", pdf(1)), ("b.png", picture()), ("c.pdf", pdf(3)))
    lost, damaged, _whole = cast.world.read(lambda db: attachments.attached(db, one.id))
    files = cast.world.site.files
    files.remove(lost.sha256)
    (Path(cast.world.settings.files_place) / damaged.sha256[:2] / damaged.sha256[2:]).write_bytes(
        b"x"
    )
    olga = checking(cast)
    archive = unpacked(olga.post(PACKAGE, {}))
    told = {row["Datei"]: row["Anmerkung"] for row in index(archive)}
    assert told == {
        "nomination.pdf": "",
        "submission.json": "",
        "a.pdf": "Diese Datei ist verloren.",
        "b.png": "Nicht so, wie sie eingereicht wurde.",
        "c.pdf": "",
    }
    assert not any(name.endswith("a.pdf") for name in archive.namelist())
    said = archive.read("missing.txt").decode()
    assert f"{one.reference} Saison wird Stelle/a.pdf\n  Diese Datei ist verloren." in said
    assert "b.png\n  Nicht so, wie sie eingereicht wurde." in said
    assert "c.pdf" not in said


def test_a_pdf_that_cannot_be_made_keeps_nothing_else_away(each_cast: Cast) -> None:
    world = each_cast.world
    handed_in(each_cast, projectTitle="Beta")
    bad = handed_in(each_cast, projectTitle="Alpha").id
    parts = [{"text": "Alpha", "lang": "no language"}]
    world.write(lambda db: setattr(db.get_one(Nomination, bad), "title_parts", parts))
    archive = unpacked(checking(each_cast).post(PACKAGE, {}))
    folders = {row["Titel"]: row["Ordner"] for row in index(archive)}
    assert f"{folders['Beta']}/nomination.pdf" in archive.namelist()
    assert f"{folders['Alpha']}/submission.json" in archive.namelist()
    assert f"{folders['Alpha']}/nomination.pdf" not in archive.namelist()
    said = archive.read("missing.txt").decode()
    assert f"{folders['Alpha']}/nomination.pdf\n  Diese PDF ließ sich nicht erstellen: " in said
    assert "language code" in said
    assert "Beta" not in said
    query = select(AuditEntry.details).where(AuditEntry.action == "nominations.taken_along")
    assert list(world.read(lambda db: db.scalars(query).all())) == [{"rows": 2, "missing": 1}]


@pytest.mark.parametrize(
    "title",
    ["../../../etc/cron.d/x", "/abs", "C:\\x", "NUL", "a\u202eb", "=1+1", "." * 50, "x" * 80],
)
def test_no_title_leads_out_of_its_folder(cast: Cast, title: str) -> None:
    handed_in(cast, projectTitle=title)
    olga = checking(cast)
    archive = unpacked(olga.post(PACKAGE, {}))
    assert len(archive.namelist()) == 3
    for name in archive.namelist()[:-1]:
        folder, slash, file = name.partition("/")
        assert (slash, file) in {("/", "nomination.pdf"), ("/", "submission.json")}
        assert "\\" not in name
        assert ":" not in name
        assert len(folder.encode()) <= 80


def nominated(number: int, files: list[dict[str, Any]]) -> Nominated:
    return Nominated(
        reference=f"2026-{number:04}", title="Titel", network="Netz", status="zugelassen",
        received_at=START, document={}, text=b"{}", files=files,
    )  # fmt: skip


def test_names_that_are_alike_stand_beside_each_other(world: Any) -> None:
    files: Files = world.site.files
    sha256 = files.put(b"x")
    names = ("a.pdf", "A.pdf", "nomination.pdf", "../a.pdf")
    some = [{"name": name, "sha256": sha256} for name in names]
    made = pack([nominated(1, some)], files, lambda _one: b"%PDF")
    made.file.file.seek(0)
    assert [name.split("/")[1] for name in zipfile.ZipFile(made.file.file).namelist()[:-1]] == [
        *("nomination.pdf", "submission.json", "a.pdf", "A (2).pdf", "nomination (2).pdf", "-a.pdf")
    ]


def test_it_is_never_held_in_memory_and_leaves_nothing_behind(world: Any) -> None:
    files: Files = world.site.files
    each = 4_000_000
    some = [
        {"name": f"{number}.pdf", "sha256": files.put(bytes([number]) * each)}
        for number in range(10)
    ]
    tracemalloc.start()
    made = pack([nominated(n, some) for n in range(3)], files, lambda _one: b"%PDF").file
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made.size > 3 * 10 * each
    assert peak < each
    handle, folder = made.file, Path(world.settings.files_place)
    assert list(folder.glob("*")) == [*folder.glob("??")]
    del made
    gc.collect()
    assert handle.closed


def test_statements_do_not_depend_on_how_many_there_are(cast: Cast) -> None:
    handed_in(cast, projectTitle="Alpha")
    for number in range(3):
        handed_in(cast, projectTitle=f"Beta {number}")
    olga = checking(cast)
    olga.post(PACKAGE, {})  # begins the log
    with Statements(cast.world) as one:
        assert len(index(unpacked(olga.post(f"{PACKAGE}?q=alpha", {})))) == 2
    with Statements(cast.world) as all_of_them:
        assert len(index(unpacked(olga.post(PACKAGE, {})))) == 8
    assert len(one) == len(all_of_them)


def test_the_limits_are_those_that_are_told() -> None:
    assert (packing.MOST, packing.MOST_BYTES) == (500, 2_000_000_000)
