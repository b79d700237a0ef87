"""One request is one transaction: done and answered, or not done and said so."""

from award.audit import queries as audit
from tests.web.stage import notes
from tests.world import Client


def state(client: Client) -> tuple[list[str], int]:
    """What is kept, and how many entries the log has."""
    return client.world.read(lambda db: (notes(db), audit.count(db)))


def test_a_change_is_kept_and_leads_on(each_sam: Client) -> None:
    answer = each_sam.post("/stage/notes", {"title": "Ein Titel"})
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/stage/notes?added=Ein+Titel",
    )
    assert state(each_sam) == (["Ein Titel"], 1)


def test_an_answer_without_its_policy_asked_does_not_get_out(each_sam: Client) -> None:
    seen = each_sam.get("/stage/unasked")
    assert (seen.status_code, "nobody asked" in seen.text) == (500, False)
    assert each_sam.post("/stage/unasked").status_code == 500
    assert state(each_sam) == ([], 0)


def test_a_refusal_rolls_back_but_what_must_survive_is_written(each_sam: Client) -> None:
    answer = each_sam.post("/stage/refused")
    assert answer.status_code == 422
    assert "Too late." in answer.text
    assert "This title is taken." in answer.text
    assert state(each_sam) == (["a late attempt"], 0)


def test_a_failed_commit_is_a_500_and_nothing_is_half_done(each_sam: Client) -> None:
    answer = each_sam.post("/stage/broken-commit")
    assert answer.status_code == 500
    assert "location" not in answer.headers
    assert state(each_sam) == ([], 0)
    assert each_sam.post("/stage/notes", {"title": "next"}).status_code == 303
    assert state(each_sam) == (["next"], 1)


def test_a_refused_form_is_shown_again_with_what_was_typed(sam: Client) -> None:
    answer = sam.post("/stage/notes", {"title": "x" * 21})
    assert (answer.status_code, answer.text) == (
        422,
        f"typed={'x' * 21} refusal=form notes=[]",
    )


def test_a_form_that_is_no_longer_to_be_had_leaves_the_refusal(sam: Client) -> None:
    answer = sam.post("/stage/gone")
    assert answer.status_code == 422
    assert "Too late." in answer.text


def test_both_texts_are_shown_after_a_conflict(sam: Client) -> None:
    answer = sam.post("/stage/changed")
    assert answer.status_code == 409
    assert "my words" in answer.text
    assert "her words" in answer.text


def test_too_many_attempts_say_when_to_go_on(sam: Client) -> None:
    answer = sam.post("/stage/too-many")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "120")
    assert "In 2 Minuten geht es weiter." in answer.text


def test_a_missing_password_is_said_at_its_field_and_counted(sam: Client) -> None:
    answer = sam.post("/stage/password", {"password_again": "wrong", "title": "kept"})
    assert answer.status_code == 422
    assert answer.text.startswith("typed=kept refusal=password_again")
    for _ in range(9):
        sam.post("/stage/password", {"password_again": "wrong"})
    assert sam.post("/stage/password", {"password_again": "wrong"}).status_code == 429


def test_a_fragment_goes_to_htmx_and_a_page_to_everybody_else(sam: Client) -> None:
    assert "Kept." in sam.post("/stage/part", {"title": "a"}, htmx=True).text
    plain = sam.post("/stage/part", {"title": "b"})
    assert (plain.status_code, plain.headers["location"]) == (303, "/stage/notes")


def test_a_number_beyond_every_column_names_nothing(each_sam: Client) -> None:
    assert each_sam.get("/stage/numbers/0").text == "None"
    for number in (2**31, 2**63, 10**30):
        assert each_sam.get(f"/stage/numbers/{number}").status_code == 404


def test_odd_bytes_in_an_address_name_nothing(each_sam: Client) -> None:
    for path in ("/stage/named/a%00b", "/stage/named/%ff", "/stage/named/%F0%9F%8F%86"):
        assert each_sam.get(path).text == "None"
