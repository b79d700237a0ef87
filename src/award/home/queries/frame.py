"""What surrounds every page: the programme's name, the public ways in, the role's navigation."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts import queries as people
from award.home.queries.navigation import Entry, public_nav, role_nav
from award.kit.actor import Actor
from award.kit.db import rows
from award.kit.i18n import gettext as _
from award.kit.i18n import local, pgettext
from award.programmes import queries as programmes
from award.programmes.models import Edition, Programme
from award.settings import Settings

_PROGRAMME = (
    select(Programme.name, Programme.contact_email, Programme.texts)
    .order_by(Programme.created_at)
    .limit(1)
)


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What `base.html` needs besides the page's own context.

    `contact` and `texts` are the programme's; `names` tells pages of earlier slices what the ids
    are called that they give as `context["ids"]`.
    """

    name: str
    contact: str
    texts: Mapping[str, Any]
    names: dict[str, str]
    tagline: str
    synthetic: bool
    demo: bool
    public_nav: list[tuple[str, str, str]]
    nav: list[Entry]
    source_url: str


def frame(  # noqa: PLR0913 - who, where, when, about what
    db: Session,
    actor: Actor,
    path: str,
    now: datetime,
    context: Mapping[str, Any],
    *,
    settings: Settings,
) -> Frame:
    """The frame of a page about `context["edition"]`, or about the current edition."""
    programme = rows(db, _PROGRAMME, {}).one_or_none()
    about = context.get("edition")
    edition = about or programmes.current_edition(db, now)
    return Frame(
        name=local(programme.name) if programme else "award",
        contact=programme.contact_email if programme else "",
        texts=programme.texts if programme else {},
        names=_names(db, context["ids"]) if "ids" in context else {},
        tagline=_tagline(path, actor, about if path.startswith("/admin") else edition),
        synthetic=bool(edition and edition.is_synthetic),
        demo=settings.demo,
        source_url=settings.source_url,
        public_nav=public_nav(path, edition) if edition else [],
        nav=role_nav(db, actor, path, about),
    )


def _names(db: Session, ids: Collection[str]) -> dict[str, str]:
    """What editions and accounts are called."""
    editions = db.execute(select(Edition.id, Edition.name).where(Edition.id.in_(ids)))
    return {row.id: local(row.name) for row in editions} | people.names(db, ids)


def _tagline(path: str, actor: Actor, edition: Edition | None) -> str:
    name = local(edition.name) if edition else ""
    return " · ".join(part for part in (_role(path, actor), name) if part)


def _role(path: str, actor: Actor) -> str:
    """As whom one reads a page; the chair and deputy read some of the administrators' pages."""
    first = path.split("/")[1]
    if first in {"jury", "sheets"}:
        return _("Jury")
    if first != "admin" or not actor.is_signed_in:
        return ""
    if actor.has("administrator"):
        return _("Administration")
    return _("Audit") if actor.has("auditor") else pgettext("jury", "Chair")
