"""The form of an edition for those who set it up: its order, its versions, and as a file."""

import json
from collections.abc import Mapping
from typing import Any

from award.kit.errors import Changed, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations.canonical import normal
from award.nominations.forms import Bring, Change
from award.nominations.queries.touched import drafts_with
from award.programmes import actions, fieldkinds, formediting, policy
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.files import download
from award.web.routes import Routes

routes = Routes()
_FORM = "/admin/editions/{slug:str}/form"


@routes.get(_FORM, policy=policy.may_oversee)
def form_setup(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee)
    return page(
        "nominations/form_setup.html",
        **about(call, edition),
        versions=programmes.form_versions(call.db, edition.id),
        names=fieldkinds.names(),
        saved=call.query.get("saved"),
        crumbs=crumbs(edition),
    )


@routes.post(_FORM, policy=policy.may_administer, again=form_setup)
def change_as_a_whole(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    definition = programmes.form(call.db, edition.id).definition
    if "blind" in call.typed:
        blind = call.typed.get("blind") == "on"
        return save(call, edition, formediting.made_blind(definition, blind=blind))
    changed = _in_new_order(definition, call.typed.get("move"))
    return save(call, edition, changed)


@routes.post(f"{_FORM}/versions", policy=policy.may_administer, again=form_setup)
def restore(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    asked = call.form(Bring)
    actions.restore_form(
        call.db,
        edition,
        asked.number,
        reason=asked.reason,
        seen=asked.version,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/form", saved="version")


@routes.get(f"{_FORM}/definition.json", policy=policy.may_oversee)
def export(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee)
    definition = programmes.form_definition(call.db, edition.id)
    body = formediting.in_lines(definition).encode()
    return download(body, "application/json", f"{slug}-form.json")


@routes.get(f"{_FORM}/import", policy=policy.may_administer)
def typed_form(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    faults = call.refusal.detail.get("faults", []) if call.refusal else []
    return page(
        "nominations/form_import.html",
        **about(call, edition),
        faults=faults,
        touched=_touched(call, edition) if call.refusal and "reason" in call.refusal.errors else [],
        crumbs=crumbs(edition, _("Import")),
    )


@routes.post(f"{_FORM}/import", policy=policy.may_administer, again=typed_form)
def take_typed_form(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    return save(call, edition, _read(call.typed.get("definition")))


def save(call: Call, edition: Edition, definition: Mapping[str, Any]) -> Answer:
    """Make it the newest version of the form, as the version seen and the reason were typed."""
    asked = call.form(Change)
    actions.change_form(
        call.db,
        edition,
        definition,
        reason=asked.reason,
        seen=asked.version,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{edition.slug}/form", saved="form")


def about(call: Call, edition: Edition) -> dict[str, Any]:
    """What every page of the form's set-up shows."""
    form = programmes.form(call.db, edition.id)
    return {
        "edition": edition,
        "form_row": form,
        "definition": form.definition,
        "is_published": policy.is_published(edition, call.now),
        "is_judged": programmes.is_judged(call.db, edition.id, call.now),
        "may_change": call.can(policy.may_administer),
        "conflict": isinstance(call.refusal, Changed),
    }


def crumbs(edition: Edition, *here: str) -> list[tuple[str, str | None]]:
    base = f"/admin/editions/{edition.slug}"
    path: list[tuple[str, str | None]] = [(_("Set-up"), f"{base}/setup")]
    if not here:
        return [*path, (_("The form"), None)]
    return [*path, (_("The form"), f"{base}/form"), *((one, None) for one in here)]


def _in_new_order(definition: Mapping[str, Any], move: str) -> dict[str, Any]:
    """`move` is what the pressed button says: up or down, a section or a field, its key."""
    direction, what, key = (*move.split(" ", 2), "", "")[:3]
    by = -1 if direction == "up" else 1
    if what == "section":
        return formediting.moved_section(definition, key, by)
    return formediting.moved_field(definition, key, by)


def _touched(call: Call, edition: Edition) -> list[tuple[str, int]]:
    """The fields that the pasted form changes, with how many drafts have an answer there."""
    now = programmes.form_definition(call.db, edition.id)
    changed = formediting.touched(now, _read(call.typed.get("definition")))
    return [
        (str(local(field["label"])), drafts_with(call.db, edition.id, part["key"], field["key"]))
        for part, field in changed
    ]


def _read(text: str) -> Any:
    """What was pasted or typed; raises Refused that names the place where it cannot be read."""
    try:
        given = normal(json.loads(text))
        json.dumps(given, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        words = _(
            "This cannot be read as JSON: look at line %(line)s, character %(column)s.",
            line=error.lineno,
            column=error.colno,
        )
        raise Refused("json", errors={"definition": words}) from error
    except ValueError as error:
        words = _("There is a number or a sign in it that cannot be kept.")
        raise Refused("json", errors={"definition": words}) from error
    except RecursionError as error:
        raise Refused("json", errors={"definition": _("This is nested too deeply.")}) from error
    return given
