"""In extra time what is not missing stays as it was handed in, whatever was written since."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.kit.errors import Refused
from award.nominations import actions, queries
from award.nominations.models import Attachment, EarlierAnswers, Nomination
from tests.cast import Cast
from tests.kit.uploads import pdf
from tests.nominations.filled import as_actor
from tests.nominations.forms import asks, field, section
from tests.nominations.test_attachments import _rows as attached
from tests.nominations.test_attachments import _send as attach
from tests.nominations.test_extra_time import CHECKED, UNTIL, Checking
from tests.nominations.test_reopening import Changing
from tests.world import words


def _stored(checking: Checking) -> dict[str, Any]:
    return checking.cast.world.read(lambda db: queries.submitted(db, checking.made.id)).answers


def test_a_part_that_was_not_handed_in_at_all_stays_out(each_cast: Cast) -> None:
    """Files that were attached before the deadline and not handed in again."""

    def change(changing: Changing) -> None:
        changing.reopen()
        assert attach(changing.nora, changing.made, ("Spät.pdf", pdf(1))).status_code == 303
        assert changing.save("attachments", version="0") == 303

    checking = Checking(each_cast, change)
    assert "attachments" not in _stored(checking)
    assert checking.give().status_code == 303
    for part in ("", "/check", "/sections/attachments"):
        assert "Spät.pdf" not in checking.page(part), part
    assert checking.supply() == 303
    assert checking.nora.post(f"{checking.path}/submission").status_code == 303
    assert "attachments" not in _stored(checking)
    assert _stored(checking)["partners"]["partners"][1]["name"] == "Neue Kammer"


def test_files_of_a_closed_part_stay_where_they_are(each_cast: Cast) -> None:
    def change(changing: Changing) -> None:
        changing.reopen()
        attach(changing.nora, changing.made, ("a.pdf", pdf(1)), ("b.pdf", pdf(2)))
        assert changing.save("attachments", version="0") == 303
        assert changing.nora.post(f"{changing.path}/submission").status_code == 303

    checking = Checking(each_cast, change)
    checking.give()
    first, second = attached(each_cast, checking.made)
    page = checking.page("/sections/attachments")
    assert "a.pdf" in page
    assert "Dateien hinzufügen" not in page
    sent = attach(checking.nora, checking.made, ("c.pdf", pdf(3)))
    assert sent.status_code == 422
    assert "Dieser Teil bleibt, wie er eingereicht wurde" in words(sent)
    for button in ({"_remove": second.id}, {"_down": first.id}, {f"attachments-{first.id}": "Neu"}):
        assert checking.save("attachments", **button) == 422
    assert [one.id for one in attached(each_cast, checking.made)] == [first.id, second.id]

    for change_it in (_move, _remove):
        with pytest.raises(Refused, match="stays"):
            each_cast.world.write(partial(change_it, checking, first.id))


def _move(checking: Checking, file: str, db: Session) -> None:
    made, one = db.get_one(Nomination, checking.made.id), db.get_one(Attachment, file)
    actions.move(db, made, one, 1, at=checking.cast.world.now)


def _remove(checking: Checking, file: str, db: Session) -> None:
    made, one = db.get_one(Nomination, checking.made.id), db.get_one(Attachment, file)
    by, at = as_actor(checking.cast.nora), checking.cast.world.now
    actions.remove(db, made, one, by=by, at=at)


def test_an_earlier_version_of_a_closed_part_cannot_be_brought_back(cast: Cast) -> None:
    def change(changing: Changing) -> None:
        changing.reopen()
        cast.world.clock.move(hours=2)
        assert changing.save("summary", summary="Nie eingereicht.") == 303

    checking = Checking(cast, change)
    checking.give()
    kept = cast.world.read(lambda db: list(db.scalars(select(EarlierAnswers))))
    assert [(one.section, one.version) for one in kept] == [("summary", 1)]
    path = f"{checking.path}/sections/summary/versions"
    assert "Diese Fassung zurückholen" not in words(checking.nora.get(path))
    refused = checking.nora.post(path, {"earlier": "1", "version": "2"})
    assert refused.status_code == 422
    assert "Dieser Teil bleibt, wie er eingereicht wurde" in words(refused)


def test_what_is_asked_follows_from_what_was_handed_in(each_cast: Cast) -> None:
    """The leading answer is in a closed part and was changed without handing in again."""
    funded = field("funded", "yes_no")
    which = field("which", "short_text", shown_when={"field": "funded", "is": "yes"})
    why = field("why", "short_text", shown_when={"field": "funded", "is": "no"})
    asks(each_cast, section(funded), section(which, why, key="more"))
    nora = each_cast.world.signed_in(each_cast.nora)
    begin = {"edition": "2026", "network": each_cast.network.id}
    own = nora.post("/nominations/new", begin).headers["location"]
    nora.post(f"{own}/sections/facts", {"version": "0", "funded": "yes"})
    nora.post(f"{own}/sections/more", {"version": "0", "which": "EU"})
    assert nora.post(f"{own}/submission").status_code == 303
    nora.post(f"{own}/reopening")
    assert nora.post(f"{own}/sections/facts", {"version": "1", "funded": "no"}).status_code == 303
    each_cast.world.clock.instant = CHECKED
    olga = each_cast.world.signed_in(each_cast.olga)
    typed = {"sections": ["more"], "why": "Was genau?", "ends_at": UNTIL}
    given = olga.post(f"/admin/editions/2026{own}/extra-time", typed)
    assert given.status_code == 303, words(given)
    nora = each_cast.world.signed_in(each_cast.nora)
    page = nora.get(f"{own}/sections/more").text
    hidden, shown = page.split("Die which")[0], page.split("Die which")[1].split("Die why")[0]
    assert not hidden.rstrip().endswith("hidden>")
    assert 'class="follows" hidden>' in shown
    assert nora.post(f"{own}/sections/more", {"version": "1", "which": "ESF"}).status_code == 303
    sent = nora.post(f"{own}/submission")
    assert sent.status_code == 303, words(sent)
    made = own.rpartition("/")[2]
    stored = each_cast.world.read(lambda db: queries.submitted(db, made).answers)
    assert stored == {"facts": {"funded": "yes"}, "more": {"which": "ESF"}}
