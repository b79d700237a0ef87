"""What a section said before: the versions that were kept, what changed since, and the way back."""

from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.nominations import actions, policy, queries
from award.nominations.answers import Section
from award.nominations.differences import compared
from award.nominations.forms import Restore
from award.nominations.models import EarlierAnswers
from award.nominations.pages.sections import section_crumbs
from award.nominations.queries import Entry, replaced
from award.nominations.queries.extensions import days_for
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page, see
from award.web.forms import whole
from award.web.routes import Routes

routes = Routes()
_PATH = "/nominations/{nomination_id:str}/sections/{key:str}/versions"


@routes.get(_PATH, policy=policy.may_read_own)
def versions(call: Call, nomination_id: str, key: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    here = queries.section_named(programmes.form_definition(call.db, entry.edition.id), key)
    now = queries.answers(call.db, nomination_id).get(key)
    if now is None:
        raise NotFound
    days = days_for(call.db, entry)
    earlier = replaced.earlier_answers(call.db, nomination_id, key)
    chosen = _chosen(earlier, call.query.get("version"))
    return page(
        "nominations/versions.html",
        edition=entry.edition,
        entry=entry,
        section=here,
        present=now,
        earlier=earlier,
        chosen=chosen,
        names=queries.savers(call.db, [now, *earlier]),
        compared=compared(here, chosen.values, now.values) if chosen else [],
        can_write=entry.takes_text(days, call.now) and entry.opens(key, days, call.now),
        crumbs=_crumbs(entry, here),
    )


def _chosen(earlier: list[EarlierAnswers], wanted: str) -> EarlierAnswers | None:
    """The one that was asked for, else the last one; raises NotFound for one that is not there."""
    if not wanted:
        return earlier[0] if earlier else None
    found = next((one for one in earlier if one.version == whole(wanted)), None)
    if found is None:
        raise NotFound
    return found


def _crumbs(entry: Entry, here: Section) -> list[tuple[str, str | None]]:
    *path, (name, _href) = section_crumbs(entry, here)
    back = f"/nominations/{entry.nomination.id}/sections/{here['key']}"
    return [*path, (name, back), (_("Earlier versions"), None)]


@routes.post(_PATH, policy=policy.may_write_own, again=versions)
def restore(call: Call, nomination_id: str, key: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    asked = call.form(Restore)
    actions.restore(
        call.db,
        entry.nomination,
        key,
        asked.earlier,
        version=asked.version,
        by=call.actor,
        at=call.now,
    )
    return see(f"/nominations/{nomination_id}/sections/{key}", saved=1)
