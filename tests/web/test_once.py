"""A form is carried out once, however often it arrives."""

from concurrent.futures import ThreadPoolExecutor

from tests.web.conftest import somebody
from tests.web.test_dispatch import state
from tests.world import Client, World


def test_the_same_form_twice_is_done_once_and_answered_alike(each_sam: Client) -> None:
    answers = [each_sam.post("/stage/notes", {"title": "once", "_key": "k1"}) for _ in range(3)]
    assert [(a.status_code, a.headers["location"]) for a in answers] == [
        (303, "/stage/notes?added=once")
    ] * 3
    assert state(each_sam) == (["once"], 1)


def test_the_same_form_eight_times_at_once_is_done_once(each_world: World) -> None:
    account = somebody(each_world)
    clients = [each_world.signed_in(account) for _ in range(8)]

    def send(client: Client) -> tuple[int, str]:
        answer = client.post("/stage/notes", {"title": "once", "_key": "k1"})
        return answer.status_code, answer.headers.get("location", "")

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, clients))
    assert answers == [(303, "/stage/notes?added=once")] * 8
    assert state(clients[0]) == (["once"], 1)


def test_a_repeat_that_is_refused_by_now_gets_the_first_answer(each_sam: Client) -> None:
    form = {"_key": "k1"}
    assert each_sam.post("/stage/single", form).headers["location"] == "/stage/notes?single=1"
    repeat = each_sam.post("/stage/single", form)
    assert (repeat.status_code, repeat.headers["location"]) == (303, "/stage/notes?single=1")
    assert each_sam.post("/stage/single", {**form, "_key": "k2"}).status_code == 422


def test_other_words_with_the_key_of_a_form_that_was_done_are_a_form_of_their_own(
    each_sam: Client,
) -> None:
    """The browser's way back shows the page as it was, with its key."""
    each_sam.post("/stage/notes", {"title": "first", "_key": "k1"})
    refused = each_sam.post("/stage/notes", {"title": "", "_key": "k1"})
    assert refused.status_code == 422
    other = each_sam.post("/stage/notes", {"title": "second", "_key": "k1"})
    assert other.headers["location"] == "/stage/notes?added=second"
    assert state(each_sam) == (["first", "second"], 2)


def test_another_button_with_the_same_key_is_a_form_of_its_own(sam: Client) -> None:
    form = {"title": "first", "_key": "k1"}
    sam.post("/stage/notes", form)
    assert sam.post("/stage/single", form).headers["location"] == "/stage/notes?single=1"
    assert state(sam) == (["first", "single"], 2)


def test_a_form_that_comes_again_after_a_new_sign_in_is_the_same(each_world: World) -> None:
    account = somebody(each_world)
    form = {"title": "once", "_key": "k1"}
    for client in (each_world.signed_in(account), each_world.signed_in(account)):
        assert client.post("/stage/notes", form).status_code == 303
    assert state(client) == (["once"], 1)


def test_another_file_with_the_same_key_is_a_form_of_its_own(sam: Client) -> None:
    for content in (b"one", b"other"):
        sent = sam.send("/stage/files", {"_key": "k1"}, [("file", "a.txt", content)])
        assert sent.json()["files"] == [["file", "a.txt", len(content)]]


def test_a_repeat_by_htmx_leads_to_the_whole_page(sam: Client) -> None:
    form = {"title": "once", "_key": "k1"}
    assert sam.post("/stage/part", form, htmx=True).status_code == 200
    repeat = sam.post("/stage/part", form, htmx=True)
    assert (repeat.status_code, repeat.text) == (200, "")
    assert repeat.headers["hx-redirect"] == "/stage/notes"
    assert state(sam) == (["once"], 1)


def test_a_refused_form_may_be_sent_again_with_its_key(each_sam: Client) -> None:
    assert each_sam.post("/stage/notes", {"title": "", "_key": "k1"}).status_code == 422
    assert each_sam.post("/stage/notes", {"title": "now", "_key": "k1"}).status_code == 303
    assert state(each_sam) == (["now"], 1)


def test_a_key_belongs_to_its_account(each_world: World) -> None:
    for name in ("sam", "sue"):
        client = each_world.signed_in(somebody(each_world, name))
        client.post("/stage/notes", {"title": name, "_key": "k1"})
    assert state(client) == (["sam", "sue"], 2)


def test_without_a_key_each_form_counts(sam: Client) -> None:
    for _ in range(2):
        sam.post("/stage/notes", {"title": "again", "_key": ""})
    assert state(sam) == (["again", "again"], 2)
