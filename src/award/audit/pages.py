"""The log as it is read, and whether it still is as it was written."""

import re

from award.audit import queries
from award.audit.actions import HOUSE
from award.audit.policy import may_read_log
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.get("/admin/audit", policy=may_read_log)
def log(call: Call) -> Answer:
    call.allow(may_read_log)
    chain, before = call.query.get("chain"), call.query.get("before")
    until = int(before) if re.fullmatch(r"[0-9]{1,18}", before) else None
    entries = list(call.db.scalars(queries.entries(chain or None, before=until)))
    chains = queries.chains(call.db)
    return page(
        "audit/log.html",
        entries=entries,
        chain=chain,
        chains=chains,
        house=HOUSE,
        ids={one.name for one in chains} | {one.actor_id for one in entries if one.actor_id},
        earlier=entries[-1].id if len(entries) == queries.PAGE else None,
        later=until is not None,
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
