"""Files come through one route's own limit, beside the fields of their form."""

import pytest

from tests.world import Client, words

PATH = "/stage/files"


def test_files_come_beside_the_fields(sam: Client) -> None:
    files = [("scan", "a.pdf", b"%PDF-1.7"), ("scan", "größe.png", b"\0\xff"), ("other", "b", b"b")]
    answer = sam.send(PATH, {"title": "Über uns"}, files)
    said = answer.json()
    assert said["title"] == "Über uns"
    assert [one for one in said["files"] if one[0] == "scan"] == [
        ["scan", "a.pdf", 8],
        ["scan", "größe.png", 2],
    ]
    assert ["other", "b", 1] in said["files"]


def test_the_place_of_a_file_that_was_not_chosen_is_no_file(sam: Client) -> None:
    assert sam.send(PATH, {}, [("scan", "", b"")]).json()["files"] == []
    assert sam.send(PATH, {}, [("scan", "empty.pdf", b"")]).json()["files"] == [
        ["scan", "empty.pdf", 0]
    ]


@pytest.mark.parametrize(
    "name", ["../../a.pdf", "a" * 300 + ".pdf", "\u202efdp.exe", 'a"b\r\nc.pdf']
)
def test_an_odd_name_is_only_a_text(sam: Client, name: str) -> None:
    answer = sam.send(PATH, {}, [("scan", name, b"x")])
    assert answer.status_code == 200
    assert len(answer.json()["files"]) == 1


def test_more_than_the_route_takes_is_refused_in_words(sam: Client) -> None:
    assert sam.send(PATH, {}, [("scan", "a.pdf", bytes(390_000))]).status_code == 200
    answer = sam.send(PATH, {}, [("scan", "a.pdf", bytes(400_000))])
    assert (answer.status_code, words(answer).startswith("Das war zu viel")) == (413, True)


def test_no_other_route_takes_more_than_before(sam: Client) -> None:
    answer = sam.send("/stage/notes", {"title": "x"}, [("scan", "a.pdf", bytes(300_000))])
    assert answer.status_code == 413
    assert sam.send("/stage/notes", {"title": "x"}, [("scan", "a", b"x")]).status_code == 303


def test_files_need_the_token_of_the_form(sam: Client) -> None:
    answer = sam.send(PATH, {"_csrf": "broken"}, [("scan", "a.pdf", b"x")])
    assert answer.status_code == 403
