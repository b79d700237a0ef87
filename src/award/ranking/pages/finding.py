"""What every page of the ranking looks up first."""

from typing import Any

import msgspec

from award.jury import queries as jury
from award.jury.models import Seat
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.links import link
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round
from award.programmes.policy import may_oversee
from award.ranking import queries
from award.ranking.models import Run
from award.ranking.policy import may_compute, may_export
from award.web.call import Call

BASE = "/admin/editions/{slug:str}/ranking"


class Found(msgspec.Struct, frozen=True):
    """The edition of the address, its opened rounds (latest first) and the reader's seat."""

    edition: Edition
    opened: list[Round]
    seat: Seat | None

    @property
    def base(self) -> str:
        return f"/admin/editions/{self.edition.slug}/ranking"

    def round_at(self, position: int) -> Round:
        """The opened round at this place of the edition; raises NotFound."""
        found = next((one for one in self.opened if one.position == position), None)
        if found is None:
            raise NotFound
        return found

    def round_of(self, run: Run) -> Round:
        return next(one for one in self.opened if one.id == run.round_id)


def find(call: Call, slug: str) -> Found:
    edition = programmes.edition(call.db, slug)
    seat = jury.seat_of(call.db, edition.id, call.actor.account_id)
    return Found(edition, queries.opened_rounds(call.db, edition.id), seat)


def rules_of(call: Call, found: Found, round_: Round) -> dict[str, Any]:
    """By which rules the round is ranked, and where they stand."""
    rounds = f"/admin/editions/{found.edition.slug}/rounds"
    return {
        "rules": jury.rules_told(call.db, round_),
        "rules_href": link(f"{rounds}/{round_.position}/rules"),
    }


def exported(call: Call, slug: str, run_id: str) -> tuple[Found, Run]:
    """The run of the address for whoever may take all of it away as a file."""
    found = find(call, slug)
    hidden = queries.hidden_from(call.db, found.seat)
    call.allow(may_export, found.seat, hidden, is_opened=bool(found.opened))
    return found, queries.run(call.db, found.edition.id, run_id)


def frame(call: Call, found: Found, round_: Round, all_runs: list[Run]) -> dict[str, Any]:
    """What the pages have in common."""
    above = f"/admin/editions/{found.edition.slug}" if call.can(may_oversee) else None
    return {
        "edition": found.edition,
        "round": round_,
        "rounds": {one.id: one for one in found.opened},
        "runs": all_runs,
        "waiting": queries.waiting(call.db, round_.id),
        "can_compute": call.can(may_compute, found.seat, is_opened=True),
        "base": found.base,
        "crumbs": [(local(found.edition.name), above), (_("Ranking"), None)],
    }
