"""What `app.js` reads after a form has saved itself."""

from datetime import datetime

import msgspec

from award.kit.i18n import clock
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.web.call import Call, Data
from award.web.forms import whole


def saved(version: int, at: datetime, path: str) -> Data:
    """The new version and what the line under the form says; `path` answers `saved_before`."""
    body = {"version": version, "said": _("Saved %(time)s", time=clock(at))}
    location = link(path, version=version)
    return Data(msgspec.json.encode(body), "application/json", location=location)


def saved_before(call: Call, version: int, at: datetime, path: str) -> Data:
    """The same answer once more, for a save whose first answer was lost.

    It names the version that this very save made, even if others came since: the next save then
    meets them instead of writing over them.
    """
    return saved(whole(call.query.get("version")) or version, at, path)
