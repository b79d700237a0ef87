"""Nobody overwrites what somebody else saved in between."""

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from award.kit.errors import Changed
from award.kit.i18n import gettext as _
from award.kit.i18n import time_of_day
from award.programmes import queries
from award.programmes.models import Edition, FormDefinition, Phase


def take(db: Session, thing: Edition | FormDefinition | Phase, edition_id: str, seen: int) -> None:
    """Claim the next version; raises Changed when `seen` is not the one that is stored."""
    kind = type(thing)
    claim = update(kind).where(kind.id == thing.id, kind.version == seen).values(version=seen + 1)
    result = db.execute(claim, execution_options={"synchronize_session": False})
    if result.rowcount == 0:  # type: ignore[attr-defined]
        raise _changed(db, edition_id, thing.id)
    set_committed_value(thing, "version", seen + 1)


def _changed(db: Session, edition_id: str, thing_id: str) -> Changed:
    last = queries.last_change(db, edition_id, thing_id)
    if last is None:
        return Changed("changed", _("This was changed in between. Both versions are here."))
    words = _(
        "%(name)s changed this at %(time)s. Both versions are here.",
        name=last.name,
        time=time_of_day(last.at),
    )
    return Changed("changed", words, detail={"by": last.name, "at": last.at})
