"""Before the submission, in blind judging: which places say who nominates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from award.nominations.folded import folded
from award.nominations.naming import Person, naming, places
from award.programmes.formediting import made_blind
from award.programmes.models import FormDefinition
from tests.cast import Cast
from tests.kit.uploads import pdf
from tests.nominations.filled import answers, begun
from tests.nominations.forms import field, section
from tests.world import Statements, words

NETWORK = "Fachkräftenetzwerk Łódź-Nordlicht e. V."
PEOPLE = (
    Person("Dr. Zoë Exempel", "zoe@nordlicht-netz.example"),
    Person("Öz, Ali", "a@web.de"),
    Person("Ida Netz"),
)
FORM = {
    "sections": [
        section(
            field("region", "short_text"),
            field("leadOrganisation", "organisation", kinds=[]),
            field("partners", "organisations", kinds=[]),
            field("goal", "long_text"),
            field("site", "link"),
            field("secret", "long_text", visible_to=["administrator"]),
            field("attachments", "files"),
        )
    ]
}


def found(text: str, **more: object) -> tuple[str, ...]:
    given = {
        "region": "Westküste",
        "leadOrganisation": {"kind": "k", "name": "Wirtschaftsförderung Westküste"},
        "partners": [{"kind": "k", "name": "Agentur für Arbeit Heide"}],
        "goal": text,
    }
    told = places(FORM, {"facts": {**given, **more}}, NETWORK, PEOPLE)
    return tuple(words for place in told for words in place.words)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Das Nordlicht leuchtet; NORDLICHT!", ("Nordlicht",)),
        ("Nordlichts Erfolg", ("Nordlichts",)),
        ("in Lodz", ("Lodz",)),
        ("Nordlichter am Himmel", ()),
        ("Zoe  EXEMPEL und Frau Exempel", ("Zoe  EXEMPEL", "Exempel")),
        ("Zoë kam", ()),
        ("Ali Öz sagt", ("Ali Öz",)),
        ("Öz sagt", ()),
        ("Ida Netz knüpft ein Netz", ("Ida Netz",)),
        ("www.nordlicht-netz.example/wir", ("nordlicht-netz.example",)),
        ("bei web.de", ()),
        ("die Agentur für Arbeit Heide hilft", ("Agentur für Arbeit Heide",)),
        ("die Agentur für Arbeit hilft", ()),
        ("in Heide", ("Heide",)),
        ("Ein Netzwerk der Region stärkt Fachkräfte.", ()),
        ("an der Westküste", ()),
        ("die Wirtschaftsförderung Westküste", ("Wirtschaftsförderung Westküste",)),
        ("", ()),
    ],
)
def test_names_are_found_and_common_words_are_not(text: str, names: tuple[str, ...]) -> None:
    assert found(text) == names


def test_links_files_and_descriptions_are_looked_at_and_hidden_fields_are_not() -> None:
    file = {"id": "abcdefghijkl", "name": "nordlicht_2026.pdf", "description": "von Zoë Exempel"}
    told = places(
        FORM,
        {
            "facts": {
                "site": "https://nordlicht.example",
                "secret": "Exempel",
                "attachments": [file],
            }
        },
        NETWORK,
        PEOPLE,
    )
    assert [(one.target, one.file, one.words) for one in told] == [
        ("site", "", ("nordlicht",)),
        ("attachments-abcdefghijkl", "nordlicht_2026.pdf", ("nordlicht", "Zoë Exempel")),
    ]


WORDS = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=12)
NAME = st.lists(WORDS.filter(folded), min_size=1, max_size=4).map(" ".join)


def phrase(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in name.split())


@given(NAME, st.text(max_size=60), st.text(max_size=60))
def test_a_name_between_other_words_is_found_in_any_case(
    name: str, before: str, after: str
) -> None:
    whole = "|".join(naming(f"{before} {name} {after}", [phrase(name)]))
    assert folded(name) in folded(whole)


@given(st.text(max_size=200), st.lists(NAME, max_size=5))
def test_what_is_found_stands_in_the_text_and_is_told_once(text: str, names: list[str]) -> None:
    told = [folded(one) for one in naming(text, [phrase(name) for name in names])]
    assert len(told) == len(set(told))
    assert all(one in folded(text) for one in told)


@given(st.text(max_size=200))
def test_without_names_nothing_is_found(text: str) -> None:
    assert list(naming(text, [])) == []


def blind(cast: Cast) -> None:
    def write(db: Session) -> None:
        form = db.get_one(FormDefinition, cast.form.id)
        form.definition = made_blind(form.definition, blind=True)
        form.version += 1

    cast.world.write(write)


HINT = "Die Jury sieht nicht, wer Sie sind. Diese Stellen verraten es:"


def test_the_page_before_handing_in_points_the_places_out_and_lets_them_be(each_cast: Cast) -> None:
    made = begun(each_cast, goal="Nordlicht und Zoe Exempel.", results="Netzwerk wächst.")
    nora = each_cast.world.signed_in(each_cast.nora)
    path = f"/nominations/{made.id}"
    sent = {"field": "attachments"}
    nora.send(f"{path}/sections/attachments/attachments", sent, [("file", "Kreis.pdf", pdf())])
    nora.send(f"{path}/sections/attachments/attachments", sent, [("file", "Exempel.pdf", pdf(2))])
    assert HINT not in words(nora.get(f"{path}/check"))
    blind(each_cast)
    page = nora.get(f"{path}/check")
    [hint] = [part for part in page.text.split("<section") if 'id="naming"' in part]
    assert "#field-goal" in hint
    assert "#field-results" not in hint
    assert '<q dir="auto">Nordlicht</q>, <q dir="auto">Zoe Exempel</q>' in hint
    assert "Exempel.pdf" in hint
    assert "Kreis.pdf" not in hint
    assert nora.post(f"{path}/submission", {}).headers["location"].endswith("/receipt")
    assert HINT not in words(nora.get(f"{path}/check"))


def test_looking_takes_two_statements_more_however_much_is_named(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    made = begun(cast)
    with Statements(cast.world) as before:
        nora.get(f"/nominations/{made.id}/check")
    blind(cast)
    nora.get(f"/nominations/{made.id}/check")  # reads the new version of the form
    with Statements(cast.world) as after:
        nora.get(f"/nominations/{made.id}/check")
    assert len(after) <= len(before) + 3


def test_without_a_name_there_is_no_hint(cast: Cast) -> None:
    made = begun(cast)
    blind(cast)
    nora = cast.world.signed_in(cast.nora)
    assert HINT not in words(nora.get(f"/nominations/{made.id}/check"))
    assert answers()["summary"]["summary"] in words(nora.get(f"/nominations/{made.id}/check"))
