"""One section or one field of the form on a page of its own."""

from collections.abc import Mapping
from typing import Any

from award.accounts.states import states
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext
from award.nominations.attached import FILE_KINDS
from award.nominations.pages.formsetup import about, crumbs, save
from award.nominations.queries.touched import drafts_with
from award.nominations.shown import answer_in_words
from award.programmes import fieldkinds, formediting, optionlines, policy
from award.programmes import queries as programmes
from award.programmes.fieldform import (
    WORDS,
    deciding,
    field_of,
    inputs_of,
)
from award.programmes.formdefinition import field_faults
from award.programmes.models import Edition
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()
_FORM = "/admin/editions/{slug:str}/form"
_FIELD = _FORM + "/fields/{key:str}"
_SECTION = _FORM + "/sections/{key:str}"
_LONG = 20  # options, for which a taller input is given
_TOLD = 5  # lines at fault
_LISTS = ("bears_on", "media_types")  # of boxes, of which several can be ticked


@routes.get(_FORM + "/new-section", policy=policy.may_administer)
def new_section(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    return _section_page(call, edition, {"key": "", "name": {}, "fields": []})


@routes.post(_FORM + "/new-section", policy=policy.may_administer, again=new_section)
def make_section(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    key, definition = call.typed.get("key").strip(), programmes.form(call.db, edition.id).definition
    if formediting.section_of(definition, key):
        raise Refused("key", errors={"key": _("Another section has this key already.")})
    return _save_section(call, edition, key)


@routes.get(_SECTION, policy=policy.may_oversee)
def form_section(call: Call, slug: str, key: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee)
    return _section_page(call, edition, _section(call, edition, key))


@routes.post(_SECTION, policy=policy.may_administer, again=form_section)
def change_section(call: Call, slug: str, key: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    _section(call, edition, key)
    return _save_section(call, edition, key)


@routes.post(f"{_SECTION}/deletion", policy=policy.may_administer, again=form_section)
def delete_section(call: Call, slug: str, key: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    _section(call, edition, key)
    definition = programmes.form(call.db, edition.id).definition
    return save(call, edition, formediting.without_section(definition, key))


@routes.get(_FORM + "/new-field", policy=policy.may_administer)
def new_field(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    given = call.typed if call.refusal else call.query
    section, kind = _section(call, edition, given.get("section")), given.get("kind")
    shown = {**about(call, edition), "section": section, "names": fieldkinds.names()}
    if kind not in fieldkinds.SETTINGS:
        path = crumbs(edition, _("New field"))
        return page("nominations/form_new_field.html", **shown, crumbs=path)
    return _field_page(call, edition, section, _empty(kind))


@routes.post(_FORM + "/new-field", policy=policy.may_administer, again=new_field)
def make_field(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    section, kind = call.typed.get("section"), call.typed.get("kind")
    _section(call, edition, section)
    if kind not in fieldkinds.SETTINGS:
        raise NotFound
    field = _empty(kind) | {"key": call.typed.get("key").strip()}
    if formediting.place_of(programmes.form(call.db, edition.id).definition, field["key"]):
        raise Refused("key", errors={"key": _("Another field has this key already.")})
    return _save_field(call, edition, section, field)


@routes.get(_FIELD, policy=policy.may_oversee)
def form_field(call: Call, slug: str, key: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee)
    return _field_page(call, edition, *_place(call, edition, key))


@routes.post(_FIELD, policy=policy.may_administer, again=form_field)
def change_field(call: Call, slug: str, key: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    section, field = _place(call, edition, key)
    return _save_field(call, edition, section["key"], field)


@routes.post(f"{_FIELD}/deletion", policy=policy.may_administer, again=form_field)
def delete_field(call: Call, slug: str, key: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_administer)
    _place(call, edition, key)
    definition = programmes.form(call.db, edition.id).definition
    return save(call, edition, formediting.without_field(definition, key))


def _empty(kind: str) -> dict[str, Any]:
    return {"key": "", "kind": kind, "label": {}, "help": {"de": "", "en": ""}, "required": False}


def _section(call: Call, edition: Edition, key: str) -> Mapping[str, Any]:
    found = formediting.section_of(programmes.form(call.db, edition.id).definition, key)
    if found is None:
        raise NotFound
    return found


def _place(call: Call, edition: Edition, key: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    found = formediting.place_of(programmes.form(call.db, edition.id).definition, key)
    if found is None:
        raise NotFound
    return found


def _save_section(call: Call, edition: Edition, key: str) -> Answer:
    definition = programmes.form(call.db, edition.id).definition
    name = {code: call.typed.get(f"name_{code}").strip() for code in ("de", "en")}
    words = _("Please fill in this field.")
    errors = {f"name_{code}": words for code, text in name.items() if not text}
    if not key:
        errors["key"] = words
    if errors:
        raise Refused("form", errors=errors)
    return save(call, edition, formediting.with_section(definition, key, name))


def _save_field(call: Call, edition: Edition, section: str, old: Mapping[str, Any]) -> Answer:
    """Save a field as typed; raises Refused with a message at each input at fault."""
    definition = programmes.form(call.db, edition.id).definition
    field = field_of(old, call.typed)
    above = {one["key"]: one for one in formediting.before(definition, old["key"])}
    errors = {_input(setting, field): words for setting, words in field_faults(field, above)}
    errors |= _faults_of_lines(call, field["kind"])
    if errors:
        raise Refused("form", errors=errors)
    return save(call, edition, formediting.with_field(definition, section, field))


def _faults_of_lines(call: Call, kind: str) -> dict[str, str]:
    """Of each list of options the first lines at fault, and how many more there are."""
    known, errors = {one["key"] for one in states()}, {}
    for name in fieldkinds.LISTS:
        if found := list(optionlines.faults(call.typed.get(name), kind, known)):
            more = len(found) - _TOLD
            rest = [ngettext("%(num)s more line.", "%(num)s more lines.", more)] if more > 0 else []
            errors[name] = " ".join([*found[:_TOLD], *rest])
    return errors


def _input(setting: str, field: Mapping[str, Any]) -> str:
    """The input at fault; of words in two languages the one that is empty."""
    if setting not in WORDS:
        return setting
    is_there = bool((field.get(setting) or {}).get("de"))
    return f"{setting}_en" if is_there else f"{setting}_de"


def _names(settings: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """What the inputs are called, where a message could stand for several."""
    words = {
        "label_de": _("Question in German"),
        "label_en": _("Question in English"),
        "help_de": _("Hint in German"),
        "help_en": _("Hint in English"),
        "example_de": _("Example in German"),
        "example_en": _("Example in English"),
        "unit_de": _("Unit in German"),
        "unit_en": _("Unit in English"),
        "key": _("Key"),
    }
    return words | {name: label for name, (label, _hint) in settings.items()}


def _section_page(call: Call, edition: Edition, section: Mapping[str, Any]) -> Answer:
    return page(
        "nominations/form_section.html",
        **about(call, edition),
        section=section,
        touched=drafts_with(call.db, edition.id, section["key"]),
        crumbs=crumbs(edition, str(local(section["name"])) or _("New section")),
    )


def _field_page(
    call: Call, edition: Edition, section: Mapping[str, Any], field: Mapping[str, Any]
) -> Answer:
    shown, key = about(call, edition), field["key"]
    above = formediting.before(shown["definition"], key)
    names, words = fieldkinds.names(), fieldkinds.settings()
    kind = field["kind"]
    return page(
        "nominations/form_field.html",
        **shown,
        section=section,
        field=field,
        kind_name=names[kind],
        names_of_inputs=_names(words),
        held=_held(call, field),
        settings=[(one, *words[one]) for one in fieldkinds.SETTINGS[kind] if one in words],
        takes=fieldkinds.SETTINGS[kind],
        file_kinds=list(FILE_KINDS.items()),
        is_long=sum(len(field.get(name, ())) for name in fieldkinds.LISTS) > _LONG,
        conditions=_conditions(field, above),
        criteria=programmes.criteria(call.db, edition.id),
        touched=drafts_with(call.db, edition.id, section["key"], key) if key else 0,
        crumbs=crumbs(edition, str(local(field["label"])) or _("New field")),
    )


def _held(call: Call, field: Mapping[str, Any]) -> dict[str, Any]:
    """What the inputs hold: as typed when it was refused, else as it is saved."""
    lists = {name: list(field.get(name, ())) for name in _LISTS}
    stored = {**inputs_of(field), **lists, "key": field["key"]}
    if not call.refusal or "label_de" not in call.typed:
        return stored
    typed = {name: call.typed.get(name) for name in stored}
    return {**typed, **{name: call.typed.all(name) for name in _LISTS}}


def _conditions(field: Mapping[str, Any], above: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The answers that a field can depend on, none first; what it depends on now stays there."""
    found = [("", _("Always"))]
    now = field.get("shown_when")
    for leader, answer in deciding(above):
        words = _(
            "Only if “%(label)s” is “%(answer)s”",
            label=local(leader["label"]),
            answer=answer_in_words(leader, answer),
        )
        found.append((f"{leader['key']}={answer}", words))
    if now and f"{now['field']}={now['is']}" not in dict(found):
        found.append((f"{now['field']}={now['is']}", f"{now['field']} = {now['is']}"))
    return found
