"""The panel of an edition: who sits on it, who leads it, and inviting somebody."""

from award.accounts.policy import may_read_house
from award.jury import actions, forms, policy, queries
from award.jury.actions import Lead
from award.jury.forms import Leads
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
PATH = "/admin/editions/{slug:str}/jury"


@routes.get(PATH, policy=policy.may_oversee_panel)
def show_panel(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee_panel)
    return page(
        "jury/panel.html",
        edition=edition,
        crumbs=[(local(edition.name), f"/admin/editions/{slug}"), (_("Jury"), None)],
        members=queries.panel(call.db, edition.id),
        rounds=programmes.rounds(call.db, edition.id),
        can_run=call.can(policy.may_run_panel),
        can_read_people=call.can(may_read_house),
    )


@routes.post(PATH, policy=policy.may_run_panel, again=show_panel)
def invite(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_run_panel)
    typed = call.form(forms.Invitation)
    actions.invite_to_panel(
        call.db,
        edition,
        email=typed.email,
        name=typed.name,
        organisation=typed.organisation,
        language=typed.language,
        public_url=call.site.settings.public_url,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/jury")


@routes.post(f"{PATH}/lead", policy=policy.may_run_panel, again=show_panel)
def lead(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_run_panel)
    _set_leads(call, edition, call.form(Leads))
    return see(f"/admin/editions/{slug}/jury")


def _set_leads(call: Call, edition: Edition, typed: Leads) -> None:
    """Chair and deputy as chosen; who is neither any more is a member again."""
    if typed.chair and typed.chair == typed.deputy:
        message = _("Chair and deputy are two people.")
        raise Refused("same_person", errors={"deputy": message})
    members = queries.panel(call.db, edition.id)
    seats = {"", *(member.seat_id for member in members)}
    chosen = {"chair": typed.chair, "deputy": typed.deputy}
    unknown = [name for name, seat in chosen.items() if seat not in seats]
    if unknown:
        words = _("Please choose one of the options.")
        raise Refused("no_seat", errors=dict.fromkeys(unknown, words))
    for member in members:
        wanted = _lead(member.seat_id == typed.chair, member.seat_id == typed.deputy)
        if wanted != _lead(member.is_chair, member.is_deputy):
            seat = queries.seat_in(call.db, edition.id, member.seat_id)
            actions.set_lead(call.db, seat, wanted, by=call.actor, at=call.now)


def _lead(is_chair: bool, is_deputy: bool) -> Lead:  # noqa: FBT001 - the two places there are
    return "chair" if is_chair else "deputy" if is_deputy else "member"
