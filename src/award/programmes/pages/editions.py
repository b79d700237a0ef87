"""All editions for those who run them, and making a new one."""

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes import actions, forms, policy, queries
from award.programmes.actions import NewEdition
from award.programmes.models import USUAL_ZONE, Edition, Programme
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/admin/editions", policy=policy.may_oversee)
def editions(call: Call) -> Answer:
    call.allow(policy.may_oversee)
    return page(
        "programmes/editions.html",
        editions=queries.everything(call.db),
        may_make=call.can(policy.may_administer),
    )


@routes.get("/admin/editions/new", policy=policy.may_administer)
def new_edition(call: Call) -> Answer:
    call.allow(policy.may_administer)
    sources = queries.copyable(call.db)
    return page(
        "programmes/new_edition.html",
        sources=sources,
        programme=queries.programme(call.db),
        zone=USUAL_ZONE,
        crumbs=[(_("Editions"), "/admin/editions"), (_("New edition"), None)],
    )


@routes.post("/admin/editions", policy=policy.may_administer, again=new_edition)
def make_edition(call: Call) -> Answer:
    call.allow(policy.may_administer)
    asked = forms.creation(call.typed)
    programme = queries.programme(call.db) or _first_programme(call)
    new = NewEdition(
        slug=asked.slug,
        name={"de": asked.name_de, "en": asked.name_en},
        year=asked.year,
        winners=asked.winners,
        first_day=asked.first_day,
        time_zone=call.site.settings.time_zone,
    )
    edition = _made(call, programme, asked.source, new)
    return see(f"/admin/editions/{edition.slug}/setup", saved="new")


def _first_programme(call: Call) -> Programme:
    asked = call.form(forms.FirstProgramme)
    return actions.create_programme(
        call.db,
        name={"de": asked.programme_de, "en": asked.programme_en},
        contact_email=asked.contact_email,
        by=call.actor,
        at=call.now,
    )


def _made(call: Call, programme: Programme, source_id: str, new: NewEdition) -> Edition:
    if not source_id:
        return actions.create_edition(call.db, programme, new, by=call.actor, at=call.now)
    source = next((one for one in queries.copyable(call.db) if one.id == source_id), None)
    if source is None:
        words = _("Please choose one of the options.")
        raise Refused("source", errors={"source": words})
    return actions.copy_edition(call.db, source, new, by=call.actor, at=call.now)
