"""The criteria: for everybody to read, and for administrators to set up before the call."""

from award.kit.errors import Changed, NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import told
from award.programmes import actions, forms, policy, queries
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_SETUP = "/admin/editions/{slug:str}/setup/criteria"


@routes.public_get("/editions/{slug:str}/criteria")
def criteria(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_see_edition, edition, call.now)
    if edition.kind == "archive":
        raise NotFound
    shown = queries.criteria(call.db, edition.id)
    ties = sorted((one for one in shown if one.tie_break), key=lambda one: one.tie_break or 0)
    return page(
        "programmes/criteria.html",
        edition=edition,
        criteria=shown,
        rounds=queries.rounds(call.db, edition.id),
        amendments=queries.amendments(call.db, edition.id),
        ties=[told(one.name) for one in ties],
        crumbs=[(told(edition.name), f"/editions/{slug}"), (_("Criteria"), None)],
    )


@routes.get(_SETUP, policy=policy.may_oversee)
def setup_criteria(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_oversee)
    rows = queries.criteria(call.db, edition.id)
    typed = call.typed if call.refusal else None
    shown = forms.criteria_rows(typed, rows, queries.levels(call.db, edition.id))
    return page(
        "programmes/setup_criteria.html",
        edition=edition,
        rows=shown,
        total=sum(one.weight for one in rows),
        stored=rows,
        conflict=isinstance(call.refusal, Changed),
        may_change=call.can(policy.may_set_up, edition, call.now),
        crumbs=_crumbs(edition),
    )


@routes.post(_SETUP, policy=policy.may_administer, again=setup_criteria)
def change_criteria(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_administer)
    rows = queries.criteria(call.db, edition.id)
    seen = call.form(forms.Seen).version
    plans = forms.criteria(call.typed, rows, queries.levels(call.db, edition.id))
    actions.change_criteria(call.db, edition, plans, seen=seen, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/setup", saved="criteria")


def _crumbs(edition: Edition) -> list[tuple[str, str | None]]:
    return [(_("Set-up"), f"/admin/editions/{edition.slug}/setup"), (_("Criteria"), None)]
