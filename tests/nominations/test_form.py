"""The form before one begins: everybody reads all that is asked, in both languages."""

from award.nominations.answers import sections
from tests.cast import SHIPPED, Cast
from tests.world import words


def test_every_section_and_field_stands_there_with_its_limits(cast: Cast) -> None:
    said = words(cast.world.visitor().get("/editions/2026/form"))
    for section in sections(SHIPPED["form"]):
        assert section["name"]["de"] in said
        for field in section["fields"]:
            assert field["label"]["de"] in said
    assert "höchstens 3.000 Zeichen" in said
    assert "mindestens 2, 3 verschiedene Arten insgesamt" in said
    assert "ein Jahr ab 1990" in said
    assert "402 zur Auswahl" in said
    assert "Schleswig-Holstein" in said


def test_it_is_there_in_english_and_from_the_call_on_its_way(cast: Cast) -> None:
    visitor = cast.world.visitor()
    assert "at most 500 characters" in words(visitor.get("/en/editions/2026/form"))
    assert 'href="/editions/2026/form"' in visitor.get("/editions/2026").text
