"""The nomination and its receipt as PDF: the same words as on the page, and nobody else's."""

import pypdfium2
import pytest
from httpx import Response
from sqlalchemy.orm import Session

from award.nominations import queries
from award.nominations.models import Nomination
from tests.cast import Cast
from tests.jury.staged import staged
from tests.nominations.filled import begun, handed_in


def text_of(answer: Response) -> str:
    assert answer.headers["content-type"] == "application/pdf", answer.text
    pages = pypdfium2.PdfDocument(answer.content)
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(words.split())


def test_a_draft_says_that_it_is_one(cast: Cast) -> None:
    made = begun(cast)
    answer = cast.world.signed_in(cast.nora).get(f"/nominations/{made.id}/nomination.pdf")
    said = text_of(answer)
    assert "Entwurf, nicht eingereicht" in said
    assert "Saison wird Stelle" in said
    assert "Aus zwei Saisonstellen wird eine." in said
    assert "Keine Angabe." in said
    assert 'attachment; filename="Entwurf.pdf"' in answer.headers["content-disposition"]


def test_what_was_handed_in_with_time_reference_and_fingerprint(each_cast: Cast) -> None:
    made = handed_in(each_cast)
    nora = each_cast.world.signed_in(each_cast.nora)
    stored = each_cast.world.read(lambda db: queries.submitted(db, made.id))
    said = text_of(nora.get(f"/nominations/{made.id}/nomination.pdf"))
    assert "Entwurf" not in said
    assert "Montag, 23. November 2026, 10:00:00 Uhr (MEZ)" in said
    assert f"SHA-256 {stored.sha256}" in said
    english = text_of(nora.get(f"/en/nominations/{made.id}/receipt.pdf"))
    assert "Your nomination has arrived." in english
    assert stored.sha256 in english.replace(" ", "")


def test_it_comes_again_with_the_same_bytes(cast: Cast) -> None:
    made = handed_in(cast)
    nora = cast.world.signed_in(cast.nora)
    first = nora.get(f"/nominations/{made.id}/nomination.pdf")
    cast.world.clock.move(hours=1)
    assert nora.get(f"/nominations/{made.id}/nomination.pdf").content == first.content


def test_the_jury_does_not_read_the_contact_in_it(cast: Cast) -> None:
    stage = staged(cast)
    said = text_of(stage.client("jules").get(f"/sheets/{stage.sheets['jules', 0]}/nomination.pdf"))
    assert "Kurzfassung des Vorhabens 1." in said
    assert "Kontaktperson geheim" not in said
    path = f"{stage.base}/nominations/{stage.nominations[0].id}/nomination.pdf"
    assert "Kontaktperson geheim" in text_of(stage.client("olga").get(path))


@pytest.mark.parametrize("document", ["nomination.pdf", "receipt.pdf"])
def test_nobody_else_gets_it(cast: Cast, document: str) -> None:
    made = handed_in(cast)
    for name in ("mallory", "jules", "olga"):
        client = cast.world.signed_in(getattr(cast, name))
        assert client.get(f"/nominations/{made.id}/{document}").status_code == 404
    visitor = cast.world.visitor().get(f"/nominations/{made.id}/{document}")
    assert visitor.headers["location"].startswith("/sign-in")


def test_an_administrator_gets_it_from_the_formal_check_on(cast: Cast) -> None:
    made = handed_in(cast)
    path = f"/admin/editions/2026/nominations/{made.id}/nomination.pdf"
    assert cast.world.signed_in(cast.olga).get(path).status_code == 404
    cast.world.clock.move(days=22)
    assert "Kurzfassung" in text_of(cast.world.signed_in(cast.olga).get(path))


def test_a_draft_has_no_receipt(cast: Cast) -> None:
    made = begun(cast)
    nora = cast.world.signed_in(cast.nora)
    assert nora.get(f"/nominations/{made.id}/receipt.pdf").status_code == 404


def test_a_title_may_have_words_of_another_language_in_another_script(cast: Cast) -> None:
    made = handed_in(cast, projectTitle="Marhaban im Beruf")

    def foreign(db: Session) -> None:
        parts = [{"text": "Marhaban", "lang": "ar-Latn"}]
        db.get_one(Nomination, made.id).title_parts = parts

    cast.world.write(foreign)
    answer = cast.world.signed_in(cast.nora).get(f"/nominations/{made.id}/nomination.pdf")
    assert "Marhaban im Beruf" in text_of(answer)
