"""Who may see and change an edition."""

from datetime import datetime

from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.verdict import ALLOWED, HIDDEN, Verdict, refused, visible_if
from award.programmes.models import Edition


def is_published(edition: Edition, now: datetime) -> bool:
    return edition.published_at is not None and edition.published_at <= now


def may_see_edition(actor: Actor, edition: Edition, now: datetime) -> Verdict:
    """Everybody from its publication on, before that administrators and auditors."""
    return visible_if(
        is_published(edition, now) or actor.has("administrator") or actor.has("auditor")
    )


def may_administer(actor: Actor) -> Verdict:
    """Setting up editions is an administrator's."""
    return visible_if(actor.has("administrator"))


def may_oversee(actor: Actor) -> Verdict:
    """Reading what administrators set up: they and the auditors."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))


def may_set_up(actor: Actor, edition: Edition, now: datetime) -> Verdict:
    """Criteria, weights and rounds: an administrator's until the call is published."""
    if not actor.has("administrator"):
        return HIDDEN
    if is_published(edition, now):
        return refused("locked", locked_words())
    return ALLOWED


def locked_words() -> str:
    """Why it can no longer be changed."""
    return _(
        "The call is published. Criteria, weights, rounds and the number of winners "
        "are promised to all and stay as they are."
    )
