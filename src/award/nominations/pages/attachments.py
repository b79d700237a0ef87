"""Files of a nomination: uploaded by its network, read by those who may read its text."""

import msgspec

from award.kit.errors import NotFound, Refused
from award.kit.files import Files
from award.kit.i18n import gettext as _
from award.kit.scanner import Scanner
from award.nominations import actions, policy, queries
from award.nominations.answers import Field
from award.nominations.models import Attachment
from award.nominations.pages.sections import section
from award.nominations.queries import Entry, attachments, lists
from award.nominations.uploads import Received, TurnedAway, receive
from award.programmes import queries as programmes
from award.web.call import Answer, Call, Upload, see
from award.web.files import download, picture
from award.web.routes import Prepare, Routes

routes = Routes()
_OWN = "/nominations/{nomination_id:str}"
_NEW, _IN_PLACE_OF = "file", "file-"  # the inputs; the second has the old file's id after it
_MOST_BYTES = 32_000_000  # of all files of one request
_OVERSEEN = (
    "/admin/editions/{slug:str}/nominations/{nomination_id:str}/attachments/{attachment_id:str}"
)


class Arrived(msgspec.Struct, frozen=True):
    """What came with the form, and the field that it is for."""

    files: Files
    scanner: Scanner | None
    field: Field
    uploads: list[Upload]


def _arrived(call: Call) -> Arrived:
    entry = _writable(call, call.params["nomination_id"])
    field = _field(call, entry.edition.id, call.params["key"])
    return Arrived(call.site.files, call.site.scanner, field, call.files)


def _received(arrived: Arrived) -> list[Received | TurnedAway]:
    uploads = [(one.name, one.content) for one in arrived.uploads]
    return receive(arrived.files, arrived.scanner, arrived.field, uploads)


@routes.post(
    f"{_OWN}/sections/{{key:str}}/attachments",
    policy=policy.may_write_own,
    again=section,
    prepare=Prepare(_arrived, _received),
    body_limit=_MOST_BYTES,
)
def attach(call: Call, nomination_id: str, key: str) -> Answer:
    entry = _writable(call, nomination_id)
    field = _field(call, entry.edition.id, key)
    amiss = _taken(call, entry, key, field)
    if call.prepared and not amiss:
        return see(f"/nominations/{nomination_id}/sections/{key}")
    words = " ".join(amiss) or _("Please choose a file.")
    call.refusal = Refused("files", words if call.wants_json else "", errors={field["key"]: words})
    if len(amiss) >= len(call.prepared):
        raise call.refusal
    shown = section(call, nomination_id, key)  # what is fine stays, and the rest is named
    return msgspec.structs.replace(shown, status=422)


@routes.get(f"{_OWN}/attachments/{{attachment_id:str}}", policy=policy.may_read_own)
def own_file(call: Call, nomination_id: str, attachment_id: str) -> Answer:
    return _as_file(call, _own(call, nomination_id, attachment_id))


@routes.get(f"{_OWN}/attachments/{{attachment_id:str}}/preview", policy=policy.may_read_own)
def own_preview(call: Call, nomination_id: str, attachment_id: str) -> Answer:
    return picture(call.site.files.read(_own(call, nomination_id, attachment_id).preview_sha256))


@routes.get(_OVERSEEN, policy=policy.may_read_files)
def overseen_file(call: Call, slug: str, nomination_id: str, attachment_id: str) -> Answer:
    return _as_file(call, _overseen(call, slug, nomination_id, attachment_id))


@routes.get(f"{_OVERSEEN}/preview", policy=policy.may_read_files)
def overseen_preview(call: Call, slug: str, nomination_id: str, attachment_id: str) -> Answer:
    found = _overseen(call, slug, nomination_id, attachment_id)
    return picture(call.site.files.read(found.preview_sha256))


def _taken(call: Call, entry: Entry, key: str, field: Field) -> list[str]:
    """Attach what came, or put it in the place of the file whose input it was chosen in.

    Returns in words what was not taken, and why.
    """
    found = list(zip(call.files, call.prepared, strict=True))
    files, by, at = call.site.files, call.actor, call.now
    amiss, made = [], entry.nomination
    for upload, received in found:
        if upload.field != _NEW:
            old = _replaced(call, made.id, upload, field)
            amiss.append(actions.replace(call.db, made, old, received, files=files, by=by, at=at))
    new = [received for upload, received in found if upload.field == _NEW]
    if new:
        amiss += actions.attach(call.db, made, key, field, new, files=files, by=by, at=at)
    return [words for words in amiss if words]


def _replaced(call: Call, nomination_id: str, upload: Upload, field: Field) -> Attachment:
    """The file in whose input a new one was chosen; raises NotFound."""
    id_ = upload.field.removeprefix(_IN_PLACE_OF)
    found = attachments.attachment(call.db, nomination_id, id_)
    if found.field != field["key"]:
        raise NotFound
    return found


def _writable(call: Call, nomination_id: str) -> Entry:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    return entry


def _field(call: Call, edition_id: str, key: str) -> Field:
    """The field that the files are for; raises NotFound."""
    here = queries.section_named(programmes.form_definition(call.db, edition_id), key)
    for field in here["fields"]:
        if field["kind"] == "files" and field["key"] == call.typed.get("field"):
            return field  # type: ignore[no-any-return]
    raise NotFound


def _own(call: Call, nomination_id: str, attachment_id: str) -> Attachment:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    return attachments.attachment(call.db, nomination_id, attachment_id)


def _overseen(call: Call, slug: str, nomination_id: str, attachment_id: str) -> Attachment:
    """A file of what was handed in, or of a draft after one's own logged look."""
    call.allow(policy.may_list)
    edition = programmes.edition(call.db, slug)
    entry = queries.overseen(call.db, call.actor, edition.id, nomination_id)
    checking = queries.days(call.db, edition.id).are_checked(call.now)
    looked = lists.has_looked(call.db, nomination_id, call.actor.account_id, call.now)
    submitted = entry.submission is not None
    call.allow(policy.may_read_files, submitted=submitted, checking=checking, looked=looked)
    if entry.submission is None:
        return attachments.attachment(call.db, nomination_id, attachment_id)
    answers = entry.submission.answers
    return attachments.attachment_in(call.db, answers, nomination_id, attachment_id)


def _as_file(call: Call, found: Attachment) -> Answer:
    return download(call.site.files.read(found.sha256), found.media_type, found.name)
