"""What surrounds every page: the programme's name, the public ways in, the role's navigation."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts import queries as people
from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.models import Edition

_SOURCE = "https://github.com/innovative-netzwerke/award"


class Entry(msgspec.Struct, frozen=True):
    """A place in the navigation."""

    label: str
    href: str
    current: bool


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
    source_url: str = _SOURCE


def frame(  # noqa: PLR0913 - who, where, when, about what
    db: Session, actor: Actor, path: str, now: datetime, context: Mapping[str, Any], *, demo: bool
) -> Frame:
    """The frame of a page about `context["edition"]`, or about the current edition."""
    programme = programmes.programme(db)
    edition = context.get("edition") or programmes.current_edition(db, now)
    return Frame(
        name=local(programme.name) if programme else "award",
        contact=programme.contact_email if programme else "",
        texts=programme.texts if programme else {},
        names=_names(db, context["ids"]) if "ids" in context else {},
        tagline=_tagline(path, edition),
        synthetic=bool(edition and edition.is_synthetic),
        demo=demo,
        public_nav=_public(edition) if edition else [],
        nav=_role_nav(path, edition, context),
    )


def _names(db: Session, ids: Collection[str]) -> dict[str, str]:
    """What editions and accounts are called."""
    editions = db.execute(select(Edition.id, Edition.name).where(Edition.id.in_(ids)))
    return {row.id: local(row.name) for row in editions} | people.names(db, ids)


def _tagline(path: str, edition: Edition | None) -> str:
    area = {"admin": _("Administration"), "jury": _("Jury"), "sheets": _("Jury")}.get(
        path.split("/")[1]
    )
    name = local(edition.name) if edition else ""
    return " · ".join(part for part in (area, name) if part)


def _public(edition: Edition) -> list[tuple[str, str, str]]:
    base = f"/editions/{edition.slug}"
    if edition.kind == "archive":
        return [
            (_("Winners"), f"{base}/winners", "winners"),
            (_("All editions"), "/editions", "all"),
        ]
    return [
        (_("Call"), base, "call"),
        (_("Criteria"), f"{base}/criteria", "criteria"),
        (_("Winners"), f"{base}/winners", "winners"),
        (_("All editions"), "/editions", "all"),
    ]


def _role_nav(path: str, edition: Edition | None, context: Mapping[str, Any]) -> list[Entry]:
    first = path.split("/")[1]
    if first == "admin":
        return _administration(path, edition if "edition" in context else None)
    if first in {"jury", "sheets"}:
        return [_entry(_("Nominations"), "/jury", path, also=("/sheets",))]
    if first == "nominations":
        return [_entry(_("My nominations"), "/nominations", path)]
    return []


def _administration(path: str, edition: Edition | None) -> list[Entry]:
    house = [
        _entry(_("Editions"), "/admin/editions", path, exact=edition is not None),
        _entry(_("People"), "/admin/people", path, also=("/admin/networks", "/admin/feedback")),
        _entry(_("Mails"), "/admin/mails", path),
        _entry(_("Log"), "/admin/audit", path),
    ]
    if edition is None:
        return house
    base = f"/admin/editions/{edition.slug}"
    return [
        _entry(_("Overview"), base, path, exact=True),
        _entry(_("Nominations"), f"{base}/nominations", path),
        _entry(_("Jury"), f"{base}/jury", path),
        _entry(_("Ranking"), f"{base}/ranking", path),
        _entry(_("Decision"), f"{base}/decisions", path),
        _entry(_("Set-up"), f"{base}/setup", path),
        _entry(_("All editions"), "/admin/editions", path, exact=True),
    ]


def _entry(
    label: str, href: str, path: str, *, exact: bool = False, also: tuple[str, ...] = ()
) -> Entry:
    below = path.startswith(f"{href}/") and not exact
    return Entry(label, href, path == href or below or path.startswith(also))
