"""The form changes by versions: each is kept, and what was handed in is read by its own."""

import copy
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.kit.errors import Changed, Refused
from award.nominations import queries as nominations
from award.programmes import actions, queries
from award.programmes.models import Edition, FormVersion
from tests.cast import SHIPPED, Cast
from tests.nominations.filled import as_actor, begun, handed_in
from tests.world import START, words


def changed(cast: Cast, definition: Any, *, seen: int = 1, reason: str = "Besser.") -> int:
    def write(db: Session) -> int:
        edition, by = db.get_one(Edition, cast.edition.id), as_actor(cast.olga)
        return actions.change_form(
            db, edition, definition, reason=reason, seen=seen, by=by, at=cast.world.now
        )

    return cast.world.write(write)


def without(section: str, key: str) -> dict[str, Any]:
    """The shipped form without one field."""
    form = copy.deepcopy(SHIPPED["form"])
    for part in form["sections"]:
        if part["key"] == section:
            part["fields"] = [one for one in part["fields"] if one["key"] != key]
    return form


def test_a_change_is_a_version_with_who_and_why(each_cast: Cast) -> None:
    assert changed(each_cast, without("results", "transfer")) == 2
    rows = each_cast.world.read(lambda db: queries.form_versions(db, each_cast.edition.id))
    told = [(row.number, row.reason, name) for row, name in rows]
    assert told == [(2, "Besser.", "Olga Verwaltung"), (1, "", "")]
    entry = each_cast.world.read(
        lambda db: db.scalar(select(AuditEntry).filter_by(action="programmes.change_form"))
    )
    assert entry.details["version"] == 2
    first = each_cast.world.read(lambda db: queries.form_definition(db, each_cast.edition.id, 1))
    assert first == SHIPPED["form"]


def test_two_changes_at_once_are_noticed(each_cast: Cast) -> None:
    changed(each_cast, without("results", "transfer"))
    with pytest.raises(Changed):
        changed(each_cast, without("results", "sustainability"), seen=1)


@pytest.mark.parametrize(
    ("definition", "reason", "code"),
    [
        ({"sections": []}, "x", "faults"),
        (SHIPPED["form"], "x", "same"),
        (without("results", "transfer"), " ", "reason"),
    ],
)
def test_what_cannot_be_the_form_is_refused(
    cast: Cast, definition: Any, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        changed(cast, definition, reason=reason)
    assert refused.value.code == code


def test_a_key_that_was_once_used_keeps_its_kind(cast: Cast) -> None:
    changed(cast, without("results", "transfer"))
    again = without("results", "transfer")
    again["sections"][0]["fields"].append(again["sections"][0]["fields"][0] | {"key": "transfer"})
    with pytest.raises(Refused) as refused:
        changed(cast, again, seen=2)
    assert "network / transfer / kind" in refused.value.message


def test_an_earlier_version_is_brought_back_as_a_new_one(cast: Cast) -> None:
    changed(cast, without("results", "transfer"))

    def restore(db: Session) -> int:
        edition, by = db.get_one(Edition, cast.edition.id), as_actor(cast.olga)
        more: dict[str, Any] = {"by": by, "at": cast.world.now}
        return actions.restore_form(db, edition, 1, reason="Doch.", seen=2, **more)

    assert cast.world.write(restore) == 3
    now = cast.world.read(lambda db: queries.form_definition(db, cast.edition.id))
    assert now == SHIPPED["form"]
    assert cast.world.read(lambda db: db.query(FormVersion).count()) == 3


def test_what_was_handed_in_is_read_by_its_own_form(each_cast: Cast) -> None:
    made = handed_in(each_cast, transfer="Das Muster liegt vor.")
    changed(each_cast, without("results", "transfer"))
    nora = each_cast.world.signed_in(each_cast.nora)
    assert "Das Muster liegt vor." in words(nora.get(f"/nominations/{made.id}"))
    each_cast.world.clock.move(days=22)
    olga = each_cast.world.signed_in(each_cast.olga)
    path = f"/admin/editions/2026/nominations/{made.id}"
    assert "Das Muster liegt vor." in words(olga.get(path))
    assert "Es fehlt nichts." in words(olga.get(f"{path}/formal-check"))


def test_answers_to_what_is_not_asked_any_more_are_kept(each_cast: Cast) -> None:
    made = begun(each_cast, transfer="Bleibt.")
    changed(each_cast, without("results", "transfer"))
    nora = each_cast.world.signed_in(each_cast.nora)
    sent = {"version": "1", "results": "Neu.", "sustainability": "Ja."}
    assert nora.post(f"/nominations/{made.id}/sections/results", sent).status_code == 303
    saved = each_cast.world.read(
        lambda db: nominations.saved_values(db, made.id, SHIPPED["form"], START)
    )
    assert saved["results"] == {"results": "Neu.", "sustainability": "Ja.", "transfer": "Bleibt."}
    assert nora.post(f"/nominations/{made.id}/submission", {}).status_code == 303
    handed = each_cast.world.read(lambda db: nominations.submitted(db, made.id))
    assert "transfer" not in handed.answers["results"]
    assert handed.form_version == 2
