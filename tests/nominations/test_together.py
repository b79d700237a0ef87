"""One thing done with many nominations: shown first, then all of it or nothing."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from award.audit.models import AuditEntry
from award.kit.mail import Mail
from award.nominations.models import Extension, FormalCheck, Nomination
from award.nominations.pages import together
from tests.cast import Cast
from tests.nominations.filled import begun, handed_in
from tests.world import Statements, words

LIST = "/admin/editions/2026/nominations"
DO = f"{LIST}/together"
LOOKED = {"looked": "on"}
MORE = {"ends_at": "2026-12-16T23:59:59", "why": "Ausfall des Servers"}
LETTER = {"subject": "Die Feier", "text": "Sie sind geladen.\n\nBitte sagen Sie zu."}


def _post(
    cast: Cast, what: str, made: list[Nomination], name: str = "olga", **typed: Any
) -> httpx.Response:
    client = cast.world.signed_in(getattr(cast, name))
    return client.post(f"{DO}/{what}", {"id": [one.id for one in made], **typed})


def _get(cast: Cast, what: str, name: str = "olga") -> httpx.Response:
    return cast.world.signed_in(getattr(cast, name)).get(f"{DO}/{what}")


def _count(cast: Cast, model: Any) -> int:
    return cast.world.read(lambda db: db.scalar(select(func.count()).select_from(model)) or 0)


def _to_check(cast: Cast) -> list[Nomination]:
    """Two that meet the checks; the formal check has begun."""
    made = [
        handed_in(cast),
        handed_in(cast, network=cast.other_network, by=cast.mallory, projectTitle="Zwei"),
    ]
    cast.world.clock.instant = cast.world.now + timedelta(days=21, hours=3)
    return made


def test_those_that_meet_the_checks_are_admitted_together(each_cast: Cast) -> None:
    made = _to_check(each_cast)
    page = words(_get(each_cast, "admission"))
    assert "Zwei" in page
    assert "wird zugelassen" in page
    answer = _post(each_cast, "admission", made, **LOOKED)
    assert answer.status_code == 303, words(answer)
    assert _count(each_cast, FormalCheck) == 2
    rows = each_cast.world.read(lambda db: list(db.scalars(select(FormalCheck))))
    assert all(row.is_admitted and all(row.checks.values()) and row.checks for row in rows)
    olga = each_cast.world.signed_in(each_cast.olga)
    assert "Für 2 Bewerbungen erledigt" in words(olga.get(answer.headers["location"]))
    sent = select(Mail.subject).where(Mail.subject.startswith("Formprüfung"))
    assert len(each_cast.world.read(lambda db: list(db.scalars(sent)))) == 2
    assert "würde sich nichts ändern" in words(_get(each_cast, "admission"))


def test_what_was_not_ticked_stays_as_it_is(cast: Cast) -> None:
    made = _to_check(cast)
    assert _post(cast, "admission", made[:1], **LOOKED).status_code == 303
    assert _count(cast, FormalCheck) == 1


def test_nobody_is_admitted_unseen(cast: Cast) -> None:
    made = _to_check(cast)
    answer = _post(cast, "admission", made[:1])
    assert answer.status_code == 422
    assert "Bitte bestätigen Sie" in words(answer)
    assert answer.text.count(" checked>") == 1
    assert _count(cast, FormalCheck) == 0
    assert "mindestens eine Bewerbung" in words(_post(cast, "admission", [], **LOOKED))


def test_one_that_changed_in_between_stops_all_of_them(cast: Cast) -> None:
    made = _to_check(cast)
    assert _post(cast, "admission", made[:1], **LOOKED).status_code == 303
    answer = _post(cast, "admission", made, **LOOKED)
    assert answer.status_code == 422
    assert "In der Zwischenzeit hat sich etwas geändert." in words(answer)
    assert _count(cast, FormalCheck) == 1


def test_several_get_more_time_or_none_does(each_cast: Cast) -> None:
    made = [begun(each_cast), begun(each_cast, projectTitle="Zwei")]
    assert "bekommt mehr Zeit" in words(_get(each_cast, "extension"))
    answer = _post(each_cast, "extension", made, **MORE)
    assert answer.status_code == 303, words(answer)
    assert _count(each_cast, Extension) == 2
    one_later = {"ends_at": "2026-12-17T23:59:59"}
    assert _post(each_cast, "extension", made[:1], **(MORE | one_later)).status_code == 303
    refused = _post(each_cast, "extension", made, **(MORE | one_later))
    assert refused.status_code == 422
    said = words(refused)
    assert "Saison wird Stelle: Bitte wählen Sie einen Zeitpunkt nach der jetzigen Frist." in said
    assert "Ausfall des Servers" in refused.text
    assert _count(each_cast, Extension) == 3


def test_a_letter_goes_to_all_writers_of_what_is_ticked(each_cast: Cast) -> None:
    made = [
        begun(each_cast),
        begun(each_cast, network=each_cast.other_network, by=each_cast.mallory),
    ]
    answer = _post(each_cast, "letter", made[:1], **LETTER)
    assert answer.status_code == 303, words(answer)
    [mail] = each_cast.world.read(lambda db: list(db.scalars(select(Mail))))
    assert (mail.recipient, mail.subject) == (each_cast.nora.email, "Die Feier")
    assert "Sie sind geladen." in mail.text
    assert "Es geht um „Saison wird Stelle“." in mail.text
    entry = select(AuditEntry).where(AuditEntry.action == "nominations.written_to")
    assert len(each_cast.world.read(lambda db: list(db.scalars(entry)))) == 1
    empty = _post(each_cast, "letter", made, subject="", text=LETTER["text"])
    assert empty.status_code == 422
    assert "Sie sind geladen." in empty.text


@pytest.mark.parametrize(
    ("what", "typed"), [("admission", LOOKED), ("extension", MORE), ("letter", LETTER)]
)
def test_only_administrators_and_only_this_edition(
    cast: Cast, what: str, typed: dict[str, str]
) -> None:
    made = _to_check(cast)
    for name in ("nora", "mallory", "jules", "carla", "ada"):
        assert _post(cast, what, made, name, **typed).status_code == 404
        assert _get(cast, what, name).status_code == 404
    strange = Nomination(id="elsewhere")
    assert _post(cast, what, [strange], **typed).status_code == 422
    assert _count(cast, FormalCheck) == _count(cast, Extension) == 0


def test_the_list_s_filters_narrow_it_and_large_lists_go_in_portions(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        begun(cast, projectTitle=f"Nummer {number}")
    olga = cast.world.signed_in(cast.olga)
    narrowed = words(olga.get(f"{DO}/letter?q=Nummer+2"))
    assert "Nummer 2" in narrowed
    assert "Nummer 1" not in narrowed
    listed = olga.get(f"{LIST}?q=Nummer+2").text
    assert "/together/letter?q=Nummer+2" in listed
    monkeypatch.setattr(together, "MOST", 2)
    assert "Das sind die ersten 2 von 3." in words(olga.get(f"{DO}/letter"))


def test_its_statements_do_not_depend_on_rows(cast: Cast) -> None:
    made = [handed_in(cast)]
    cast.world.clock.instant += timedelta(days=21, hours=3)
    olga = cast.world.signed_in(cast.olga)
    olga.get(f"{DO}/admission")
    with Statements(cast.world) as few:
        olga.get(f"{DO}/admission")
    cast.world.clock.instant -= timedelta(days=21, hours=3)
    made += [handed_in(cast, projectTitle=f"Mehr {number}") for number in range(4)]
    cast.world.clock.instant += timedelta(days=21, hours=3)
    with Statements(cast.world) as many:
        olga.get(f"{DO}/admission")
    assert len(few) == len(many)
