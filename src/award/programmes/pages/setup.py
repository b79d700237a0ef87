"""Setting an edition up: what it is called, its rounds, and publishing its call."""

from zoneinfo import available_timezones

from award.kit import i18n
from award.kit.errors import Changed
from award.kit.i18n import gettext as _
from award.programmes import actions, forms, policy, queries
from award.web.call import Answer, Call, page, see
from award.web.forms import whole
from award.web.routes import Routes

routes = Routes()
_SETUP = "/admin/editions/{slug:str}/setup"


@routes.get(_SETUP, policy=policy.may_oversee)
def setup(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_oversee)
    i18n.zone.set(edition.time_zone)
    phases, rounds = queries.phases(call.db, edition.id), queries.rounds(call.db, edition.id)
    return page(
        "programmes/setup.html",
        edition=edition,
        criteria=queries.criteria(call.db, edition.id),
        rounds=rounds,
        phases=phases,
        names=queries.phase_names(phases, rounds),
        zones=sorted(z for z in available_timezones() if z.startswith("Europe/") or z == "UTC"),
        saved=call.query.get("saved"),
        conflict=isinstance(call.refusal, Changed),
        may_change=call.can(policy.may_set_up, edition, call.now),
        may_administer=call.can(policy.may_administer),
    )


@routes.post(_SETUP, policy=policy.may_administer, again=setup)
def change_edition(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_administer)
    asked = call.form(forms.Basics)
    actions.change_edition(
        call.db,
        edition,
        name={"de": asked.name_de, "en": asked.name_en},
        winners=asked.winners,
        time_zone=asked.time_zone,
        seen=asked.version,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/setup", saved="edition")


@routes.post("/admin/editions/{slug:str}/publication", policy=policy.may_administer, again=setup)
def publish(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_administer)
    actions.publish(call.db, edition, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/setup", saved="published")


@routes.get(_SETUP + "/rounds", policy=policy.may_oversee)
def setup_rounds(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_oversee)
    return page(
        "programmes/setup_rounds.html",
        edition=edition,
        rounds=queries.rounds(call.db, edition.id),
        conflict=isinstance(call.refusal, Changed),
        saved=call.query.get("saved"),
        may_change=call.can(policy.may_set_up, edition, call.now),
        crumbs=[(_("Set-up"), f"/admin/editions/{slug}/setup"), (_("Rounds"), None)],
    )


@routes.post(_SETUP + "/rounds", policy=policy.may_administer, again=setup_rounds)
def change_rounds(call: Call, slug: str) -> Answer:
    edition = queries.edition(call.db, slug)
    call.allow(policy.may_administer)
    seen = call.form(forms.Seen).version
    changes = forms.rounds(call.typed, queries.rounds(call.db, edition.id))
    actions.change_rounds(call.db, edition, changes, seen=seen, by=call.actor, at=call.now)
    if "_add" in call.typed:
        actions.add_round(call.db, edition, by=call.actor, at=call.now)
    if gone := whole(call.typed.get("_remove")):
        actions.remove_round(call.db, edition, gone, by=call.actor, at=call.now)
    stays = "_add" in call.typed or gone
    return see(f"/admin/editions/{slug}/setup{'/rounds' if stays else ''}", saved="rounds")
