"""Extra time beside what else happens to a nomination: more time, withdrawal, the decision."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, func, select

from award.kit.ids import new_token
from award.kit.mail import Mail
from award.nominations.models import Extension, FormalCheck, Nomination
from award.programmes.models import Phase
from tests.cast import Cast
from tests.nominations.filled import handed_in
from tests.nominations.test_extra_time import CHECKED, END, MISSING, Checking
from tests.nominations.test_receiving import received
from tests.world import words

LATER = {"ends_at": "2026-12-20T11:59:59", "why": "Ausfall des Servers"}
TOGETHER = "/admin/editions/2026/nominations/together"


def _late(cast: Cast) -> Checking:
    """A letter that came in after the deadline."""
    checking = Checking(cast)
    checking.made = received(cast, cast.other_network)
    checking.path = f"/nominations/{checking.made.id}"
    checking.admin_path = f"/admin/editions/2026/nominations/{checking.made.id}"
    checking.nora = cast.world.signed_in(cast.mallory)
    return checking


def _extend(checking: Checking, **changed: str) -> httpx.Response:
    olga = checking.cast.world.signed_in(checking.cast.olga)
    return olga.post(f"{checking.admin_path}/extension", LATER | changed)


def _read(checking: Checking, path: str, name: str = "olga") -> str:
    return words(checking.cast.world.signed_in(getattr(checking.cast, name)).get(path))


def test_it_makes_nothing_come_in_time_that_came_late(each_cast: Cast) -> None:
    checking = _late(each_cast)
    assert checking.give().status_code == 303
    assert checking.supply() == 303
    each_cast.world.clock.move(days=1)
    checking.nora = each_cast.world.signed_in(each_cast.mallory)
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303
    check = _read(checking, f"{checking.admin_path}/formal-check")
    assert "Eingang vor Fristende Eingegangen: Montag, 14. Dezember 2026, 13:00:00" in check
    assert "nicht erfüllt" in check.partition("Fristende")[2].partition("Wirkungskreis")[0]
    together = _read(checking, f"{TOGETHER}/admission")
    assert "nicht erfüllt: Eingang vor Fristende" in together


def test_what_came_in_time_stays_in_time_when_handed_in_again(cast: Cast) -> None:
    checking = Checking(cast)
    checking.give()
    assert checking.supply() == 303
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303
    check = _read(checking, f"{checking.admin_path}/formal-check")
    assert "nicht erfüllt" not in check.partition("Fristende")[2].partition("Wirkungskreis")[0]
    assert "wird zugelassen" in _read(checking, f"{TOGETHER}/admission")


def test_it_is_read_on_where_the_check_has_no_phase_of_its_own(each_cast: Cast) -> None:
    """Then the check begins with the end of nominations, and not anew with every extra time."""
    checking = Checking(each_cast)
    phases = delete(Phase).filter_by(kind="formal_check")
    each_cast.world.write(lambda db: db.execute(phases).close())
    assert checking.give().status_code == 303
    for name in ("olga", "ada"):
        assert "Ganzjährige Stellen." in _read(checking, checking.admin_path, name)
    program = each_cast.world.program(each_cast.ada)
    told = program.get(f"/api/v1/nominations/{checking.made.id}").json()
    assert told["answers"]["summary"] == {"summary": "Aus zwei Saisonstellen wird eine."}


def test_programs_read_what_counts_while_it_is_being_supplied(each_cast: Cast) -> None:
    checking = Checking(each_cast)
    checking.give()
    assert checking.supply() == 303
    for name in ("nora", "olga", "ada"):
        program = each_cast.world.program(getattr(each_cast, name))
        told = program.get(f"/api/v1/nominations/{checking.made.id}").json()
        assert told["status"] == "submitted"
        assert told["answers"]["partners"]["partners"][1]["name"] == "Beispiel-Kammer"
    checking.nora.post(f"{checking.path}/submission")
    told = program.get(f"/api/v1/nominations/{checking.made.id}").json()
    assert told["answers"]["partners"]["partners"][1]["name"] == "Neue Kammer"


def test_more_of_it_is_for_the_same_parts_and_says_so(each_cast: Cast) -> None:
    checking = Checking(each_cast)
    checking.give()
    assert "bekommt mehr Zeit für das, was fehlt" in _read(checking, f"{TOGETHER}/extension")
    olga = each_cast.world.signed_in(each_cast.olga)
    given = olga.post(f"{TOGETHER}/extension", {"id": [checking.made.id], **LATER})
    assert given.status_code == 303, words(given)
    query = select(Mail.text).where(Mail.subject.startswith("Mehr Zeit"))
    [text] = each_cast.world.read(lambda db: list(db.scalars(query)))
    assert "Nachreichen können Sie weiterhin nur, was fehlt" in " ".join(text.split())
    until = "Sonntag, 20. Dezember 2026, 11:59:59 Uhr (MEZ)"
    assert f"{until}: {MISSING}" in _read(checking, f"{checking.admin_path}/formal-check")
    each_cast.world.clock.instant = END + timedelta(hours=1)
    checking.nora = each_cast.world.signed_in(each_cast.nora)
    assert until in checking.page()
    assert checking.save("summary", summary="Viel besser.") == 422
    assert f"bis {until}" in words(checking.decide())
    assert checking.supply() == 303
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303


def test_what_is_withdrawn_in_it_is_neither_checked_nor_supplied(cast: Cast) -> None:
    checking = Checking(cast)
    checking.give()
    gone = checking.nora.post(f"{checking.path}/withdrawal", {"reason": "Wir hören auf."})
    assert gone.status_code == 303
    assert "zurückgezogen" in checking.page()
    assert MISSING not in checking.page()
    assert checking.supply() == 422
    assert checking.decide().status_code == 422
    assert _extend(checking).status_code == 422
    assert "wird zugelassen" not in _read(checking, f"{TOGETHER}/admission")
    check = _read(checking, f"{checking.admin_path}/formal-check")
    assert "Es gibt nichts zu entscheiden." in check
    assert "Entscheiden und" not in check
    assert "Hier ist keine Nachfrist möglich." in _read(
        checking, f"{checking.admin_path}/extra-time"
    )
    assert "Diese Bewerbung ist zurückgezogen." in checking.page("/receipt")
    assert "Speichern" not in checking.page("/sections/partners")
    told = cast.world.program(cast.nora).get(f"/api/v1/nominations/{checking.made.id}").json()
    assert told["status"] == "withdrawn"


def test_a_decision_can_change_and_no_extra_time_follows_it(cast: Cast) -> None:
    checking = Checking(cast)
    checking.give()
    checking.supply()
    checking.nora.post(f"{checking.path}/submission")
    assert checking.decide().status_code == 303
    assert checking.nora.post(f"{checking.path}/reopening").status_code == 422
    olga = cast.world.signed_in(cast.olga)
    typed = {"decision": "refuse", "version": "1", "reason": "Doch nicht."}
    by_hand = {f"check-{key}": "yes" for key in ("E4_laufzeit", "E7_unabhaengig")}
    assert olga.post(f"{checking.admin_path}/formal-check", typed | by_hand).status_code == 303
    assert checking.give().status_code == 422
    assert _extend(checking).status_code == 422


@pytest.mark.parametrize("what", ["extra-time", "extension", "formal-check"])
def test_a_form_that_comes_twice_is_carried_out_once(each_cast: Cast, what: str) -> None:
    checking = Checking(each_cast)
    typed: dict[str, Any] = {
        "extra-time": {"sections": ["partners"], "why": MISSING, "ends_at": LATER["ends_at"]},
        "extension": LATER,
        "formal-check": {
            "decision": "admit",
            "version": "0",
            "check-E4_laufzeit": "yes",
            "check-E7_unabhaengig": "yes",
        },
    }[what]
    olga, key = each_cast.world.signed_in(each_cast.olga), {"_key": new_token(128)}
    for _click in range(2):
        answer = olga.post(f"{checking.admin_path}/{what}", typed | key)
        assert answer.status_code == 303, words(answer)
    kind = FormalCheck if what == "formal-check" else Extension
    count = select(func.count()).select_from(kind)
    assert each_cast.world.read(lambda db: db.scalar(count)) == 1


def test_of_two_administrators_the_second_is_told(each_cast: Cast) -> None:
    checking = Checking(each_cast)
    assert checking.give("olga").status_code == 303
    again = checking.give("otto", ends_at="2026-12-19T23:59:59")
    assert "Eine Nachfrist gibt es nur einmal." in words(again)
    other = _from_before(each_cast)
    otto = each_cast.world.signed_in(each_cast.otto)
    sent = {"id": [checking.made.id, other.id], "looked": "on"}
    refused = otto.post(f"{TOGETHER}/admission", sent)
    assert "In der Zwischenzeit hat sich etwas geändert." in words(refused)
    count = select(func.count()).select_from(FormalCheck)
    assert each_cast.world.read(lambda db: db.scalar(count)) == 0


def _from_before(cast: Cast) -> Nomination:
    """Another one of the same edition, from before the deadline."""
    now = cast.world.clock.instant
    cast.world.clock.instant = CHECKED - timedelta(days=2)
    made = handed_in(cast, network=cast.other_network, by=cast.mallory)
    cast.world.clock.instant = now
    return made


def _moved_for_all(cast: Cast) -> Checking:
    """Extra time until the 18th, and then the deadline of all is moved to the 16th."""
    checking = Checking(cast)
    checking.give()
    its, later = cast.phases["nominations"].id, CHECKED + timedelta(days=2)
    cast.world.write(lambda db: setattr(db.get_one(Phase, its), "ends_at", later))
    return checking


def test_when_all_may_write_again_so_may_this_one(each_cast: Cast) -> None:
    checking = _moved_for_all(each_cast)
    page = checking.page()
    assert "können Sie alles ändern" in page
    assert "Danach, bis Freitag, 18. Dezember 2026, 23:59:59" in page
    assert "bleibt, wie eingereicht" not in page
    assert checking.save(summary="Besser.") == 303
    assert "Besser." in checking.page("/check")
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303
    assert checking.counts() == "Besser."


def test_after_that_only_the_parts_are_open_and_the_rest_is_as_handed_in(each_cast: Cast) -> None:
    checking = _moved_for_all(each_cast)
    assert checking.save(summary="Nicht eingereicht.") == 303
    each_cast.world.clock.move(days=2)
    checking.nora = each_cast.world.signed_in(each_cast.nora)
    assert "bleibt, wie eingereicht" in checking.page()
    late = checking.nora.post(f"{checking.path}/sections/summary", {"version": "2", "summary": "x"})
    assert (late.status_code, "bleibt, wie" in words(late)) == (422, True)
    assert checking.supply() == 303
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303
    assert checking.counts() == "Aus zwei Saisonstellen wird eine."
