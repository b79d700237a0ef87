"""Blind judging: nothing that a juror reads says who nominates, until the round is opened."""

from collections.abc import Iterator

import httpx
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from award.nominations.audiences import BLIND_JURY, JURY, reads
from award.programmes.formediting import made_blind
from award.programmes.models import FormDefinition
from tests.cast import SHIPPED, Cast
from tests.jury.staged import Staged, staged
from tests.nominations.forms import field
from tests.world import Client

NAMES = ("Nordlicht", "Beispiel-Kammer", "Kontaktperson geheim")


def blind(cast: Cast) -> None:
    """Let the newest version of the form say so, after all was handed in."""

    def write(db: Session) -> None:
        form = db.get_one(FormDefinition, cast.form.id)
        form.definition = made_blind(form.definition, blind=True)
        form.version += 1

    cast.world.write(write)


def told(answer: httpx.Response) -> str:
    """All of a page or a document, with what surrounds it."""
    assert answer.status_code == 200
    if answer.headers["content-type"] != "application/pdf":
        return answer.text
    pages = pypdfium2.PdfDocument(answer.content)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def of_a_juror(stage: Staged, juror: Client) -> Iterator[str]:
    sheet = f"/sheets/{stage.sheets['jules', 0]}"
    paths = ("/jury", sheet, f"{sheet}/recusal", f"{sheet}/nomination.pdf")
    return (told(juror.get(path)) for path in paths)


def test_a_juror_reads_no_name_of_who_nominates(each_cast: Cast) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    assert all(NAMES[0] in page for page in of_a_juror(stage, jules))
    blind(each_cast)
    for page in of_a_juror(stage, jules):
        assert [name for name in NAMES if name in page] == []
        assert stage.nominations[0].title in page


def test_the_chair_watches_blind_and_administrators_do_not(cast: Cast) -> None:
    stage = staged(cast)
    blind(cast)
    path = f"{stage.round}/progress"
    assert NAMES[0] not in told(stage.client("carla").get(path))
    assert NAMES[0] in told(stage.client("olga").get(path))


def test_all_is_shown_when_the_round_is_opened(cast: Cast) -> None:
    stage = staged(cast)
    blind(cast)
    for name in ("jules", "jo", "carla"):
        stage.hand_in(name, 0)
    cast.world.clock.instant = cast.phases["judging"].ends_at
    stage.open()
    sheet = f"/sheets/{stage.sheets['jules', 0]}"
    assert NAMES[0] in told(stage.client("jules").get(sheet))
    assert NAMES[0] in told(stage.client("carla").get(f"{stage.round}/progress"))


def test_who_declares_conflicts_reads_names_all_the_same(cast: Cast) -> None:
    stage = staged(cast)
    blind(cast)
    assert NAMES[0] in told(stage.client("jules").get("/jury/conflicts"))


@pytest.mark.parametrize("kind", ["organisation", "organisations", "person"])
def test_kinds_that_are_names_are_not_read_blind(kind: str) -> None:
    assert reads(field("x", kind), JURY)
    assert not reads(field("x", kind), BLIND_JURY)


def test_what_the_jury_does_not_read_stays_hidden_blind_or_not() -> None:
    hidden = field("x", "long_text", visible_to=["administrator"])
    assert [reads(hidden, audience) for audience in (JURY, BLIND_JURY)] == [False, False]
    assert reads(field("x", "long_text"), BLIND_JURY)


def test_of_the_shipped_form_texts_and_files_are_read_blind() -> None:
    fields = [one for part in SHIPPED["form"]["sections"] for one in part["fields"]]
    hidden = {one["key"] for one in fields if not reads(one, BLIND_JURY)}
    assert {"networkName", "leadOrganisation", "partners", "contact"} <= hidden
    assert {"summary", "goal", "attachments", "region"} & hidden == set()
