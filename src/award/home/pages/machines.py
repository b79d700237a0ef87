"""For machines that look whether the server lives and whether it can work."""

import msgspec

from award.home import queries
from award.web.call import Answer, Call, Data
from award.web.routes import Routes

routes = Routes()
_JSON = "application/json"
_UNAVAILABLE = 503


@routes.public_get("/health")
def health(_call: Call) -> Answer:
    """The process answers; nothing else is asked."""
    return Data(b'{"status":"ok"}', _JSON)


@routes.public_get("/ready")
def ready(call: Call) -> Answer:
    """The database answers and has the newest schema."""
    stored, newest = queries.schema(call.db)
    is_ready = stored == newest
    body = {"status": "ok" if is_ready else "old schema", "schema": stored, "newest": newest}
    return Data(msgspec.json.encode(body), _JSON, status=200 if is_ready else _UNAVAILABLE)
