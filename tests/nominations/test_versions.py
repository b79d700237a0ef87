"""Earlier versions: what is kept of many saves, and that nothing is lost by going back."""

from datetime import datetime, timedelta

import pytest

from award.nominations import queries
from award.nominations.keeping import begins_stretch, loses_much
from award.nominations.queries import replaced
from tests.cast import Cast
from tests.nominations.filled import begun, handed_in, reader, writer
from tests.world import Client, words

NOW = datetime.fromisoformat("2026-12-01T10:00:00+00:00")


@pytest.mark.parametrize(
    ("minutes", "same_person", "begins"),
    [(0, True, False), (9, True, False), (10, True, True), (0, False, True)],
)
def test_a_stretch_ends_with_ten_minutes_or_another_person(
    *, minutes: int, same_person: bool, begins: bool
) -> None:
    since = NOW - timedelta(minutes=minutes)
    assert begins_stretch(since, same_person=same_person, at=NOW) is begins


@pytest.mark.parametrize(
    ("before", "after", "much"),
    [(100, 50, False), (100, 49, True), (1000, 800, False), (1000, 799, True), (10, 900, False)],
)
def test_a_fifth_of_a_text_is_much(*, before: int, after: int, much: bool) -> None:
    assert loses_much(before, after) is much


class Writing:
    """Somebody at the short version of a draft that was saved once."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.id = begun(cast, summary="Der erste Text.").id
        self.path = f"/nominations/{self.id}/sections/summary"
        self.version = 1

    def save(self, client: Client, text: str) -> None:
        typed = {"summary": text, "version": str(self.version)}
        assert client.post(self.path, typed).status_code == 303
        self.version += 1

    def kept(self) -> list[str]:
        rows = self.cast.world.read(lambda db: replaced.earlier_answers(db, self.id, "summary"))
        return [row.values["summary"] for row in rows]

    def text(self) -> str:
        found = self.cast.world.read(lambda db: queries.answers(db, self.id)["summary"])
        return str(found.values["summary"])


def test_of_one_stretch_the_text_before_it_is_kept(each_cast: Cast) -> None:
    cast = each_cast
    writing, nora = Writing(cast), cast.world.signed_in(cast.nora)
    writing.save(nora, "Der erste Text. Und")
    writing.save(nora, "Der erste Text. Und mehr.")
    assert writing.kept() == []
    cast.world.clock.move(minutes=10)
    writing.save(nora, "Der zweite Text.")
    cast.world.clock.move(minutes=1)
    writing.save(nora, "Der zweite Text!")
    assert writing.kept() == ["Der erste Text. Und mehr."]
    writing.save(cast.world.signed_in(writer(cast)), "Von Juna.")
    assert writing.kept() == ["Der zweite Text!", "Der erste Text. Und mehr."]


def test_what_was_deleted_by_mistake_comes_back(each_cast: Cast) -> None:
    cast = each_cast
    writing, nora = Writing(cast), cast.world.signed_in(cast.nora)
    writing.save(nora, "Lang. " * 60)
    writing.save(nora, "")
    page = nora.get(f"{writing.path}/versions")
    assert "Damals" in words(page)
    assert "Lang. Lang." in words(page)
    back = nora.post(f"{writing.path}/versions", {"earlier": "2", "version": "3"})
    assert back.headers["location"] == f"{writing.path}?saved=1"
    assert writing.text().startswith("Lang. Lang.")
    assert "" in writing.kept()  # the way back is no loss either


def test_going_back_does_not_pass_over_what_a_colleague_wrote(cast: Cast) -> None:
    writing, nora = Writing(cast), cast.world.signed_in(cast.nora)
    cast.world.clock.move(minutes=10)
    writing.save(nora, "Neu.")
    writing.save(cast.world.signed_in(writer(cast)), "Von Juna.")
    refused = nora.post(f"{writing.path}/versions", {"earlier": "1", "version": "2"})
    assert refused.status_code == 409
    assert "Juna Muster hat diesen Text" in words(refused)
    assert writing.text() == "Von Juna."


def test_who_reads_only_sees_them_and_cannot_go_back(cast: Cast) -> None:
    writing, nora = Writing(cast), cast.world.signed_in(cast.nora)
    assert "Bisher gibt es nur den jetzigen Text." in words(nora.get(f"{writing.path}/versions"))
    cast.world.clock.move(minutes=10)
    writing.save(nora, "Neu.")
    lea = cast.world.signed_in(reader(cast))
    assert "Der erste Text." in words(lea.get(f"{writing.path}/versions"))
    assert "Diese Fassung wieder nehmen" not in words(lea.get(f"{writing.path}/versions"))
    again = {"earlier": "1", "version": "2"}
    assert lea.post(f"{writing.path}/versions", again).status_code == 403
    for other in (cast.mallory, cast.olga, cast.jules):
        client = cast.world.signed_in(other)
        assert client.get(f"{writing.path}/versions").status_code == 404


def test_a_version_that_was_not_kept_is_not_found(cast: Cast) -> None:
    writing, nora = Writing(cast), cast.world.signed_in(cast.nora)
    assert nora.get(f"{writing.path}/versions?version=7").status_code == 404
    again = {"earlier": "7", "version": "1"}
    assert nora.post(f"{writing.path}/versions", again).status_code == 404


def test_after_the_submission_nothing_goes_back(cast: Cast) -> None:
    made = handed_in(cast)
    nora = cast.world.signed_in(cast.nora)
    path = f"/nominations/{made.id}/sections/summary/versions"
    assert nora.get(path).status_code == 200
    assert nora.post(path, {"earlier": "1", "version": "1"}).status_code == 404
