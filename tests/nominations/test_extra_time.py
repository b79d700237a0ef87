"""Extra time of the formal check: once, for what is missing, and nothing else can be changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.kit.mail import Mail
from award.nominations import queries
from award.nominations.models import EarlierSubmission, Extension
from tests.cast import Cast
from tests.nominations.filled import begun as draft
from tests.nominations.filled import reader
from tests.nominations.test_reopening import Changing
from tests.world import words

UNTIL = "2026-12-18T23:59:59"  # nominations end on 14 December, 10:00
END = datetime(2026, 12, 18, 23, 0, tzinfo=UTC)
CHECKED = datetime(2026, 12, 14, 12, 0, tzinfo=UTC)
MISSING = "Es fehlt eine zweite Organisation."


class Checking(Changing):
    """Nora handed in; the formal check has begun, and Olga may give her extra time.

    `before` is what Nora did before the deadline.
    """

    def __init__(self, cast: Cast, before: Callable[[Changing], None] | None = None) -> None:
        super().__init__(cast)
        if before:
            before(self)
        cast.world.clock.instant = CHECKED
        self.nora = cast.world.signed_in(cast.nora)
        self.admin_path = f"/admin/editions/2026/nominations/{self.made.id}"

    def give(self, name: str = "olga", **changed: Any) -> httpx.Response:
        client = self.cast.world.signed_in(getattr(self.cast, name))
        typed = {"sections": ["partners"], "why": MISSING, "ends_at": UNTIL} | changed
        return client.post(f"{self.admin_path}/extra-time", typed)

    def page(self, part: str = "") -> str:
        return words(self.nora.get(self.path + part))

    def supply(self) -> int:
        typed = {
            "leadOrganisation-kind": "kommune",
            "leadOrganisation-name": "Beispiel-Kreis",
            "partners-1-kind": "agentur",
            "partners-1-name": "Beispiel-Agentur",
            "partners-2-kind": "kammer",
            "partners-2-name": "Neue Kammer",
        }
        return self.save("partners", **typed)

    def decide(self) -> httpx.Response:
        olga = self.cast.world.signed_in(self.cast.olga)
        typed = {"decision": "admit", "version": "0", "reason": "Alles da."}
        by_hand = {f"check-{key}": "yes" for key in ("E2_region", "E4_laufzeit", "E7_unabhaengig")}
        return olga.post(f"{self.admin_path}/formal-check", typed | by_hand)


def _subjects(cast: Cast) -> list[str]:
    return cast.world.read(lambda db: list(db.scalars(select(Mail.subject).order_by(Mail.id))))


def test_what_is_missing_is_asked_for_supplied_and_handed_in_again(each_cast: Cast) -> None:
    checking = Checking(each_cast)
    given = checking.give()
    assert given.status_code == 303, words(given)
    assert "Es fehlt etwas: Saison wird Stelle" in _subjects(each_cast)
    page = checking.page()
    assert MISSING in page
    assert "bleibt, wie eingereicht" in page
    assert checking.supply() == 303
    sent = checking.nora.post(f"{checking.path}/submission")
    assert sent.status_code == 303, words(sent)
    stored = each_cast.world.read(lambda db: queries.submitted(db, checking.made.id))
    assert stored.answers["partners"]["partners"][1]["name"] == "Neue Kammer"
    earlier = each_cast.world.read(lambda db: list(db.scalars(select(EarlierSubmission))))
    assert len(earlier) == 1
    assert checking.actions().count("gave_extra_time") == 1


def test_nothing_else_can_be_changed(cast: Cast) -> None:
    checking = Checking(cast)
    checking.give()
    assert checking.save("summary", summary="Viel besser.") == 422
    page = checking.page("/sections/summary")
    assert "Aus zwei Saisonstellen wird eine." in page
    assert "Speichern" not in page
    assert "Dieser Teil bleibt, wie er eingereicht wurde" in page
    refused = checking.nora.post(
        f"{checking.path}/sections/summary", {"version": "1", "summary": "Besser."}
    )
    assert "Dieser Teil bleibt, wie er eingereicht wurde" in words(refused)


def test_what_was_changed_before_the_deadline_and_not_handed_in_stays_out(cast: Cast) -> None:
    def change(changing: Changing) -> None:
        changing.reopen()
        assert changing.save("summary", summary="Nie eingereicht.") == 303

    checking = Checking(cast, change)
    assert checking.give().status_code == 303
    assert "Nie eingereicht." not in checking.page("/check")
    assert "Nie eingereicht." not in checking.page("/sections/summary")
    assert checking.supply() == 303
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303
    assert checking.counts() == "Aus zwei Saisonstellen wird eine."


def test_the_decision_waits_until_it_is_handed_in_again_or_time_is_up(cast: Cast) -> None:
    checking = Checking(cast)
    checking.give()
    page = words(cast.world.signed_in(cast.olga).get(f"{checking.admin_path}/formal-check"))
    assert "Bitte entscheiden Sie danach." in page
    assert "Wird die Bewerbung zugelassen?" not in page
    waiting = checking.decide()
    assert waiting.status_code == 422
    assert "Das Netzwerk hat eine Nachfrist bis Freitag, 18. Dezember 2026, 23:59:59" in words(
        waiting
    )
    cast.world.clock.instant = END
    checking.nora = cast.world.signed_in(cast.nora)
    assert checking.supply() == 422
    assert MISSING not in checking.page()
    decided = checking.decide()
    assert decided.status_code == 303, words(decided)


def test_it_is_given_once(cast: Cast) -> None:
    checking = Checking(cast)
    assert checking.give().status_code == 303
    again = checking.give(sections=["summary"], ends_at="2026-12-20T23:59:59")
    assert again.status_code == 422
    assert "Eine Nachfrist gibt es nur einmal." in words(again)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sections": []}, "Bitte wählen Sie die Teile"),
        ({"sections": ["gibtsnicht"]}, "Bitte wählen Sie die Teile"),
        ({"why": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"ends_at": "2026-12-14T09:00:00"}, "Bitte wählen Sie einen Zeitpunkt"),
        ({"ends_at": "2027-03-01T09:00:00"}, "Die Jury beginnt am"),
        ({"ends_at": "bald"}, "Bitte schreiben Sie Tag und Uhrzeit so"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    cast: Cast, changed: dict[str, Any], message: str
) -> None:
    checking = Checking(cast)
    answer = checking.give(**changed)
    assert answer.status_code == 422
    assert message in words(answer)
    assert "why" in changed or MISSING in answer.text
    assert cast.world.read(lambda db: list(db.scalars(select(Extension)))) == []


def test_all_that_is_amiss_is_said_at_once(cast: Cast) -> None:
    answer = words(Checking(cast).give(sections=[], why="", ends_at=""))
    assert "3 Stellen brauchen noch Ihren Blick" in answer
    assert "Was fehlt: Bitte füllen Sie dieses Feld aus." in answer


def test_not_before_the_check_begins_nor_for_drafts_nor_by_others(cast: Cast) -> None:
    begun = draft(cast, network=cast.other_network, by=cast.mallory)
    checking = Checking(cast)
    for name in ("nora", "mallory", "jules", "carla", "ada"):
        assert checking.give(name).status_code == 404
    checking.admin_path = f"/admin/editions/2026/nominations/{begun.id}"
    assert checking.give().status_code == 404
    cast.world.clock.instant = CHECKED - timedelta(days=10)
    early = Checking.give(checking)
    assert early.status_code in {404, 409, 422}
    entry = select(AuditEntry).where(AuditEntry.action == "nominations.gave_extra_time")
    assert cast.world.read(lambda db: list(db.scalars(entry))) == []


def test_readers_only_read_of_it(cast: Cast) -> None:
    checking = Checking(cast)
    checking.give()
    lea = cast.world.signed_in(reader(cast))
    assert MISSING in words(lea.get(checking.path))
    typed = {"version": "1", "partners-1-name": "Neu"}
    refused = lea.post(f"{checking.path}/sections/partners", typed)
    assert refused.status_code == 403
