"""What is asked only with a certain answer: not missing, not read by anybody, and never lost."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.kit.i18n import speaking
from award.nominations import queries
from award.nominations.answers import needed
from award.nominations.audiences import JURY
from award.nominations.conditions import applicable
from award.nominations.gaps import all_gaps, gaps
from award.nominations.models import Answers
from award.nominations.shown import reading
from tests.cast import Cast
from tests.kit.uploads import pdf
from tests.nominations.forms import NO_FILES, asks, field, section
from tests.nominations.test_proposals import NEW, proposed
from tests.world import START, Client, words

FUNDED = field("funded", "yes_no")
BY = field(
    "by",
    "one_of",
    shown_when={"field": "funded", "is": "yes"},
    choices=[{"key": "eu", "de": "EU", "en": "EU"}, {"key": "land", "de": "Land", "en": "State"}],
)
WHICH = field("which", "short_text", shown_when={"field": "by", "is": "land"})
LATER = field("later", "short_text", shown_when={"field": "funded", "is": "no"})
FORM = {"sections": [section(FUNDED, BY, WHICH), section(LATER, key="more")]}


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        ({}, ["funded"]),
        ({"funded": "yes"}, ["funded", "by"]),
        ({"funded": "yes", "by": "eu"}, ["funded", "by"]),
        ({"funded": "yes", "by": "land"}, ["funded", "by", "which"]),
        ({"funded": "no"}, ["funded", "later"]),
        ({"funded": "no", "by": "land", "which": "SH"}, ["funded", "later"]),
        ({"funded": "strange"}, ["funded"]),
    ],
)
def test_what_is_asked_follows_from_the_answers(facts: dict[str, Any], keys: list[str]) -> None:
    asked = applicable(FORM, {"facts": facts})
    assert [one["key"] for part in asked for one in part["fields"]] == keys
    missing = [key for key in keys if not facts.get(key)]
    found = all_gaps(FORM, {"facts": facts})
    assert [
        gap.field for some in found.values() for gap in some if gap.kind == "missing"
    ] == missing


@pytest.mark.parametrize(
    ("kind", "value", "wanted", "is_asked"),
    [
        ("consent", True, "yes", True),
        ("consent", False, "yes", False),
        ("consent", False, "no", True),
        ("several_of", ["a", "b"], "b", True),
        ("several_of", ["a"], "b", False),
        ("districts", ["01051"], "01051", True),
        ("one_of", "a", "a", True),
        ("one_of", "", "a", False),
    ],
)
def test_an_answer_of_every_kind_can_decide(
    kind: str,
    value: Any,
    wanted: str,
    is_asked: bool,  # noqa: FBT001 - a table
) -> None:
    follower = field("y", "short_text", shown_when={"field": "x", "is": wanted})
    [part] = applicable(
        {"sections": [section(field("x", kind), follower)]}, {"facts": {"x": value}}
    )
    assert (len(part["fields"]) == 2) is is_asked


def test_readers_see_what_was_asked_only() -> None:
    answers = {"facts": {"funded": "no", "by": "land", "which": "geheim"}, "more": {"later": "ja"}}
    read = reading(FORM, answers, JURY)
    assert [one.key for part in read for one in part.fields] == ["funded", "later"]


def _begun(cast: Cast) -> tuple[Client, str]:
    asks(cast, *FORM["sections"])
    nora = cast.world.signed_in(cast.nora)
    begin = {"edition": "2026", "network": cast.network.id}
    return nora, nora.post("/nominations/new", begin).headers["location"]


def test_a_field_appears_after_saving_and_keeps_what_it_held(each_cast: Cast) -> None:
    nora, own = _begun(each_cast)
    path = f"{own}/sections/facts"
    first = nora.get(path).text
    assert 'data-asked-by="funded" data-asked-for="yes" hidden>' in first
    assert "Bitte sichern Sie, dann erscheint es darunter." in words(nora.get(path))
    sent = {"version": "0", "funded": "yes", "by": "land", "which": "SH"}
    page = nora.follow(nora.post(path, sent)).text
    assert 'data-asked-by="funded" data-asked-for="yes">' in page
    page = nora.follow(nora.post(path, sent | {"version": "1", "funded": "no"})).text
    assert page.count(" hidden>") >= 2
    assert 'value="SH"' in page
    saved = each_cast.world.read(
        lambda db: queries.saved_values(db, own.rpartition("/")[2], NO_FILES, START)
    )
    assert saved == {"facts": {"funded": "no", "by": "land", "which": "SH"}}


def test_what_is_handed_in_is_what_was_asked(each_cast: Cast) -> None:
    nora, own = _begun(each_cast)
    sent = {"version": "0", "funded": "yes", "by": "land", "which": "SH"}
    nora.post(f"{own}/sections/facts", sent)
    nora.post(f"{own}/sections/facts", sent | {"version": "1", "funded": "no"})
    refused = nora.post(f"{own}/submission", {})
    assert "„Die later“ fehlt noch." in words(refused)
    nora.post(f"{own}/sections/more", {"version": "0", "later": "dann"})
    assert nora.post(f"{own}/submission", {}).status_code == 303
    handed_in = each_cast.world.read(
        lambda db: queries.submitted(db, own.rpartition("/")[2]).answers
    )
    assert handed_in == {"facts": {"funded": "no"}, "more": {"later": "dann"}}
    assert "SH" not in words(nora.get(own))


def test_another_section_is_complete_or_not_by_an_answer_here(each_cast: Cast) -> None:
    nora, own = _begun(each_cast)

    def complete() -> dict[str, bool]:
        def read(db: Session) -> dict[str, bool]:
            rows = queries.answers(db, own.rpartition("/")[2])
            return {key: row.is_complete for key, row in rows.items()}

        return each_cast.world.read(read)

    nora.post(f"{own}/sections/more", {"version": "0", "later": ""})
    assert complete() == {"more": True}
    nora.post(f"{own}/sections/facts", {"version": "0", "funded": "no"})
    assert complete() == {"facts": True, "more": False}
    nora.post(f"{own}/sections/facts", {"version": "1", "funded": "yes", "by": "eu"})
    assert complete() == {"facts": True, "more": True}
    assert each_cast.world.read(lambda db: db.query(Answers).count()) == 2


def test_the_form_says_on_what_it_depends(cast: Cast) -> None:
    asks(cast, section(FUNDED | {"example": {"de": "so", "en": "such"}}, BY))
    said = words(cast.world.visitor().get("/editions/2026/form"))
    assert "Nur gefragt, wenn „Die funded“ mit „Ja“ beantwortet ist." in said
    assert "Zum Beispiel: so" in said


@pytest.mark.parametrize(
    ("more", "text", "message"),
    [
        ({"max_length": 3, "counted_in": "words"}, "ein  zwei\ndrei", ""),
        (
            {"max_length": 3, "counted_in": "words"},
            "ein zwei drei vier fünf",
            "„Die x“ ist 2 Wörter zu lang.",
        ),
        (
            {"min_length": 3, "counted_in": "words"},
            "ein zwei",
            "„Die x“ ist zu kurz: Es fehlt noch 1 Wort.",
        ),
        ({"min_length": 3}, "a\u0308a", "„Die x“ ist zu kurz: Es fehlt noch 1 Zeichen."),
        ({"min_length": 3, "required": False}, "", ""),
    ],
)
def test_a_text_is_measured_in_characters_or_words(
    more: dict[str, Any], text: str, message: str
) -> None:
    with speaking("de"):
        found = [gap.message for gap in gaps(section(field("x", "long_text", **more)), {"x": text})]
    assert found == ([message] if message else [])


def test_words_are_counted_beside_the_text(cast: Cast) -> None:
    asks(cast, section(field("x", "long_text", max_length=3, counted_in="words")))
    nora = cast.world.signed_in(cast.nora)
    begin = {"edition": "2026", "network": cast.network.id}
    own = nora.post("/nominations/new", begin).headers["location"]
    page = nora.follow(nora.post(f"{own}/sections/facts", {"version": "0", "x": "a b c d"}))
    assert "4 von 3 Wörtern" in words(page)
    assert "zu lang" in words(nora.get(own))


NEVER = field("never", "short_text", shown_when={"field": "networkName", "is": "nobody"})


def is_complete(cast: Cast) -> list[bool]:
    return cast.world.read(lambda db: list(db.scalars(select(Answers.is_complete))))


def test_a_draft_made_of_a_proposal_misses_nothing_that_is_not_asked(cast: Cast) -> None:
    asks(cast, section(field("networkName", "short_text"), NEVER))
    cast.world.visitor().post(f"{proposed(cast)}/account", NEW)
    assert is_complete(cast) == [True]


def test_a_file_completes_its_section_where_nothing_else_is_asked(cast: Cast) -> None:
    asks(
        cast,
        section(
            field("networkName", "short_text"),
            NEVER,
            field(
                "files", "files", max_files=2, max_bytes_each=10**6, media_types=["application/pdf"]
            ),
        ),
    )
    nora = cast.world.signed_in(cast.nora)
    begin = {"edition": "2026", "network": cast.network.id}
    path = nora.post("/nominations/new", begin).headers["location"] + "/sections/facts"
    nora.post(path, {"version": "0", "networkName": "Netz"})
    assert is_complete(cast) == [False]
    sent = nora.send(f"{path}/attachments", {"field": "files"}, [("file", "a.pdf", pdf())])
    assert sent.status_code == 303
    assert is_complete(cast) == [True]


def test_the_list_counts_what_is_asked_of_everybody() -> None:
    assert needed(FORM) == ["facts"]
