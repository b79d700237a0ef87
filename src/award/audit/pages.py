"""The log as it is read, and whether it still is as it was written."""

import re

from award.audit import queries
from award.audit.actions import HOUSE
from award.audit.policy import may_read_log, may_read_own_entries
from award.audit.sentences import sentences
from award.kit.i18n import gettext as _
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.get("/admin/audit", policy=may_read_log)
def log(call: Call) -> Answer:
    call.allow(may_read_log)
    chain, until = call.query.get("chain"), _until(call)
    entries = list(call.db.scalars(queries.entries(chain or None, before=until)))
    chains = queries.chains(call.db)
    return page(
        "audit/log.html",
        entries=entries,
        sentences=sentences(),
        chain=chain,
        chains=chains,
        house=HOUSE,
        ids={one.name for one in chains} | {one.actor_id for one in entries if one.actor_id},
        earlier=entries[-1].id if len(entries) == queries.PAGE else None,
        later=until is not None,
    )


@routes.get("/account/log", policy=may_read_own_entries)
def own_log(call: Call) -> Answer:
    call.allow(may_read_own_entries)
    until = _until(call)
    entries = list(call.db.scalars(queries.entries(by=call.actor.account_id, before=until)))
    return page(
        "audit/own.html",
        entries=entries,
        sentences=sentences(),
        house=HOUSE,
        ids={one.chain for one in entries},
        earlier=entries[-1].id if len(entries) == queries.PAGE else None,
        later=until is not None,
        crumbs=[(_("My account"), "/account"), (_("What you did"), None)],
    )


@routes.get("/admin/audit/check", policy=may_read_log)
def check(call: Call) -> Answer:
    call.allow(may_read_log)
    chains = queries.chains(call.db)
    return page(
        "audit/check.html",
        chains=chains,
        house=HOUSE,
        faults=list(queries.faults(call.db)),
        entries=sum(one.length for one in chains),
        ids={one.name for one in chains},
    )


def _until(call: Call) -> int | None:
    """The entry before which to go on, from the address."""
    before = call.query.get("before")
    return int(before) if re.fullmatch(r"[0-9]{1,18}", before) else None
