"""What `app.js` reads after a form has saved itself."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from award.kit.i18n import clock
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.web.call import Call, Data
from award.web.forms import whole


def saved(version: int, at: datetime, path: str, amiss: Iterable[str] = ()) -> Data:
    """The new version and what the line under the form says; `path` answers `saved_before`.

    `amiss` are the names of the inputs whose messages still hold; the others are taken away.
    """
    body = {
        "version": version,
        "said": _("Saved %(time)s", time=clock(at)),
        "amiss": sorted(amiss),
    }
    location = link(path, version=version)
    return Data(msgspec.json.encode(body), "application/json", location=location)


def saved_before(
    call: Call, version: int, at: datetime, path: str, amiss: Iterable[str] = ()
) -> Data:
    """The same answer once more, for a save whose first answer was lost.

    It names the version that this very save made, even if others came since: the next save then
    meets them instead of writing over them.
    """
    return saved(whole(call.query.get("version")) or version, at, path, amiss)
