"""Moving one phase."""

from award.kit import i18n
from award.kit.errors import Changed
from award.kit.i18n import gettext as _
from award.programmes import actions, forms, policy, queries
from award.programmes.calendar import LAST_SECOND, wall_clock
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_PHASE = "/admin/editions/{slug:str}/phases/{phase_id:str}"


@routes.get(_PHASE, policy=policy.may_oversee)
def phase(call: Call, slug: str, phase_id: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_oversee)
    i18n.zone.set(edition.time_zone)
    found = queries.phase_of(call.db, edition.id, phase_id)
    name = queries.phase_names([found], queries.rounds(call.db, edition.id))[found.id]
    last = found.ends_at - LAST_SECOND if found.ends_at else None
    return page(
        "programmes/phase.html",
        edition=edition,
        phase=found,
        name=name,
        begin=wall_clock(found.starts_at, edition.time_zone),
        end=wall_clock(last, edition.time_zone),
        moves=[one for one in queries.moves(call.db, edition) if one.phase_id == found.id],
        is_published=policy.is_published(edition, call.now),
        conflict=isinstance(call.refusal, Changed),
        may_change=call.can(policy.may_administer),
        crumbs=[(_("Set-up"), f"/admin/editions/{slug}/setup"), (name, None)],
    )


@routes.post(_PHASE, policy=policy.may_administer, again=phase)
def move_phase(call: Call, slug: str, phase_id: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_administer)
    i18n.zone.set(edition.time_zone)
    found = queries.phase_of(call.db, edition.id, phase_id)
    asked, begin, end = forms.move(call.typed, found, edition.time_zone)
    actions.move_phase(
        call.db,
        edition,
        found,
        starts_at=begin,
        ends_at=end,
        reason=asked.reason,
        ends_at_once=asked.ends_at_once,
        seen=asked.version,
        promised=call.site.last_promised(call.db, edition.id),
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/setup", saved="phase")
