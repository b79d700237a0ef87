"""One nomination beside the juror's own score sheet: save, hand in, step back."""

from typing import Any

from award.jury import actions, forms, policy, queries
from award.jury.queries import Mark, OwnSheet
from award.kit.errors import Changed, NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations import printed
from award.nominations.audiences import jury
from award.nominations.models import Attachment, Nomination
from award.nominations.queries import attachments
from award.nominations.shown import Section, files_for, reading, title_parts
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, fragment, page, see
from award.web.documents import Document, document, typeset
from award.web.files import download, picture
from award.web.forms import Typed, whole
from award.web.routes import Prepare, Routes

routes = Routes()
_FILE = "/sheets/{sheet_id:str}/attachments/{attachment_id:str}"


@routes.get("/sheets/{sheet_id:str}", policy=policy.may_see_sheet)
def show_sheet(call: Call, sheet_id: str) -> Answer:
    sheet = _sheet(call, sheet_id)
    return page(
        "jury/sheet.html",
        **_surroundings(call, sheet),
        **_form(call, sheet),
        handed_in=bool(call.query.get("handed_in")),
    )


@routes.post("/sheets/{sheet_id:str}/scores", policy=policy.may_see_sheet, again=show_sheet)
def save_scores(call: Call, sheet_id: str) -> Answer:
    sheet = _sheet(call, sheet_id)
    written, seen = forms.sheet_as_typed(sheet, call.typed)
    actions.save_sheet(call.db, sheet, written, seen=seen, by=call.actor, at=call.now)
    if not call.is_htmx:
        return see(f"/sheets/{sheet_id}")
    form = _form(call, _sheet(call, sheet_id))
    return fragment("jury/_sheet.html", f"/sheets/{sheet_id}", **form)


@routes.post("/sheets/{sheet_id:str}/submission", policy=policy.may_see_sheet, again=show_sheet)
def hand_in(call: Call, sheet_id: str) -> Answer:
    sheet = _sheet(call, sheet_id)
    written, seen = forms.sheet_as_typed(sheet, call.typed)
    actions.hand_in(call.db, sheet, written, seen=seen, by=call.actor, at=call.now)
    following = queries.next_open(call.db, sheet)
    return see(f"/sheets/{following}", handed_in=1) if following else see("/jury")


@routes.get(_FILE, policy=policy.may_see_sheet)
def show_file(call: Call, sheet_id: str, attachment_id: str) -> Answer:
    found = _attachment(call, sheet_id, attachment_id)
    return download(call.site.files.read(found.sha256), found.media_type, found.name)


@routes.get(f"{_FILE}/preview", policy=policy.may_see_sheet)
def show_preview(call: Call, sheet_id: str, attachment_id: str) -> Answer:
    found = _attachment(call, sheet_id, attachment_id)
    return picture(call.site.files.read(found.preview_sha256))


def _document(call: Call) -> Document:
    """The nomination as the jury reads it."""
    sheet = _sheet(call, call.params["sheet_id"])
    about, blind = queries.about(call.db, sheet), _is_blind(call, sheet)
    definition = programmes.form_definition(call.db, sheet.edition_id, about.form_version)
    told = printed.About(
        programme=programmes.programme_name(call.db),
        edition=f"{local(about.edition.name)}, {local(about.round_name)}",
        title=about.title,
        title_parts=title_parts(about.title_parts),
        network="" if blind else about.network_name,
        received_at=about.received_at,
        sha256=about.sha256,
        is_invented=about.edition.is_synthetic,
    )
    data = printed.nomination(told, reading(definition, about.answers, jury(blind=blind)))
    name = _("Nomination") + f"-{queries.place(call.db, sheet).number}"
    return document(call, "nomination", data, name, about.received_at)


@routes.get(
    "/sheets/{sheet_id:str}/nomination.pdf",
    policy=policy.may_see_sheet,
    prepare=Prepare(_document, typeset),
)
def show_document(call: Call, sheet_id: str) -> Answer:
    _sheet(call, sheet_id)
    return call.prepared  # type: ignore[no-any-return]


@routes.get("/sheets/{sheet_id:str}/recusal", policy=policy.may_recuse)
def show_recusal(call: Call, sheet_id: str) -> Answer:
    sheet = queries.own_sheet(call.db, sheet_id, call.actor.account_id)
    call.allow(policy.may_recuse, sheet, call.now)
    return page(
        "jury/recusal.html",
        sheet=sheet,
        is_blind=_is_blind(call, sheet),
        edition=call.db.get_one(Edition, sheet.edition_id),
        nomination=call.db.get_one(Nomination, sheet.nomination_id),
    )


@routes.post("/sheets/{sheet_id:str}/recusal", policy=policy.may_recuse, again=show_recusal)
def recuse(call: Call, sheet_id: str) -> Answer:
    sheet = queries.own_sheet(call.db, sheet_id, call.actor.account_id)
    call.allow(policy.may_recuse, sheet, call.now)
    reason = call.form(forms.Recused).reason
    actions.recuse(call.db, sheet, reason=reason, by=call.actor, at=call.now)
    return see("/jury", stepped_back=1)


def _sheet(call: Call, sheet_id: str) -> OwnSheet:
    sheet = queries.own_sheet(call.db, sheet_id, call.actor.account_id)
    call.allow(policy.may_see_sheet, sheet, call.now)
    return sheet


def _is_blind(call: Call, sheet: OwnSheet) -> bool:
    return queries.hides_networks(call.db, sheet.edition_id, opened=sheet.opened_at)


def _attachment(call: Call, sheet_id: str, attachment_id: str) -> Attachment:
    """A file that the nomination was handed in with, in a field that the jury reads."""
    sheet = _sheet(call, sheet_id)
    about = queries.about(call.db, sheet)
    definition = programmes.form_definition(call.db, sheet.edition_id, about.form_version)
    if attachment_id not in files_for(
        definition, about.answers, jury(blind=_is_blind(call, sheet))
    ):
        raise NotFound
    return attachments.attachment(call.db, sheet.nomination_id, attachment_id)


def _surroundings(call: Call, sheet: OwnSheet) -> dict[str, Any]:
    """The nomination as it was handed in, and where the juror is in the pile."""
    about = queries.about(call.db, sheet)
    definition = programmes.form_definition(call.db, sheet.edition_id, about.form_version)
    blind = _is_blind(call, sheet)
    read = reading(definition, about.answers, jury(blind=blind))
    return {
        "is_blind": blind,
        "edition": about.edition,
        "round_name": local(about.round_name),
        "nomination": about,
        "reading": [one for one in read if not _is_formal(one)],
        "place": queries.place(call.db, sheet),
    }


def _is_formal(section: Section) -> bool:
    """Consents say nothing about what is judged."""
    return all(field.kind == "consent" for field in section.fields)


def _form(call: Call, sheet: OwnSheet) -> dict[str, Any]:
    """The sheet with what is saved, or with what was typed when it was refused."""
    typed = call.typed if call.refusal else None
    elsewhere = isinstance(call.refusal, Changed)
    criteria = [_criterion(mark, typed, elsewhere=elsewhere) for mark in sheet.marks]
    return {
        "sheet": sheet,
        "criteria": criteria,
        "chosen": sum(one["value"] is not None for one in criteria),
        "labels": tuple(local(sheet.scale_labels)),
        "open": policy.may_change_sheet(call.actor, sheet, call.now),
        "may_recuse": call.can(policy.may_recuse, sheet, call.now),
        "elsewhere": elsewhere,
        "texts": {
            name: typed.get(name) if typed else getattr(sheet, name) for name in ("comment", "note")
        },
    }


def _criterion(mark: Mark, typed: Typed | None, *, elsewhere: bool) -> dict[str, Any]:
    """What the template needs of a criterion; `saved` is what another window saved instead."""
    saved = _level(mark)
    value = _typed_level(typed.get(mark.key)) if typed else saved
    comment = typed.get(f"{mark.key}-comment") if typed else mark.comment
    return {
        "mark": mark,
        "levels": tuple((anchor["points"], local(anchor)) for anchor in mark.anchors),
        "value": value,
        "comment": comment,
        "differs": elsewhere and (value, comment) != (saved, mark.comment),
        "saved": saved,
    }


def _level(mark: Mark) -> int | str | None:
    if not mark.is_chosen:
        return None
    return forms.NOT_ASSESSABLE if mark.points is None else mark.points


def _typed_level(given: str) -> int | str | None:
    points = whole(given)
    return given or None if points is None else points
