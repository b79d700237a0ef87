"""The nomination and its receipt as PDF, for its network and for those who oversee the edition."""

from award.kit.i18n import gettext as _
from award.kit.i18n import local, pgettext
from award.nominations import policy, printed, queries
from award.nominations.attached import handed_in
from award.nominations.audiences import ADMINISTRATOR, NETWORK
from award.nominations.queries import Entry
from award.nominations.shown import reading, title_parts
from award.programmes import queries as programmes
from award.web.call import Answer, Call
from award.web.documents import Document, document, typeset
from award.web.routes import Prepare, Routes

routes = Routes()
_OWN = "/nominations/{nomination_id:str}"
_OVERSEEN = "/admin/editions/{slug:str}/nominations/{nomination_id:str}"


def _own_document(call: Call) -> Document:
    """What was handed in, or the draft as last saved."""
    entry = _own(call, call.params["nomination_id"])
    form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
    if entry.submission is not None:
        answers = entry.submission.answers
    else:
        answers = queries.saved_values(call.db, entry.nomination.id, form, call.now)
    data = printed.nomination(_about(call, entry), reading(form, answers, NETWORK))
    return document(call, "nomination", data, _name(entry), entry.nomination.saved_at)


@routes.get(
    f"{_OWN}/nomination.pdf", policy=policy.may_read_own, prepare=Prepare(_own_document, typeset)
)
def own_document(call: Call, nomination_id: str) -> Answer:
    _own(call, nomination_id)
    return call.prepared  # type: ignore[no-any-return]


def _receipt(call: Call) -> Document:
    entry = _received(call, call.params["nomination_id"])
    submission = queries.submitted(call.db, entry.nomination.id)
    data = printed.receipt(_about(call, entry), list(handed_in(submission.answers)))
    receipt = pgettext("file", "receipt")
    name = f"{_name(entry)}-{receipt}"
    return document(call, "receipt", data, name, submission.at)


@routes.get(
    f"{_OWN}/receipt.pdf", policy=policy.may_see_receipt, prepare=Prepare(_receipt, typeset)
)
def own_receipt(call: Call, nomination_id: str) -> Answer:
    _received(call, nomination_id)
    return call.prepared  # type: ignore[no-any-return]


def _overseen_document(call: Call) -> Document:
    entry = _overseen(call, call.params["slug"], call.params["nomination_id"])
    submission = queries.submitted(call.db, entry.nomination.id)
    form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
    read = reading(form, submission.answers, ADMINISTRATOR)
    return document(
        call,
        "nomination",
        printed.nomination(_about(call, entry), read),
        _name(entry),
        submission.at,
    )


@routes.get(
    f"{_OVERSEEN}/nomination.pdf",
    policy=policy.may_read_submitted,
    prepare=Prepare(_overseen_document, typeset),
)
def overseen_document(call: Call, slug: str, nomination_id: str) -> Answer:
    _overseen(call, slug, nomination_id)
    return call.prepared  # type: ignore[no-any-return]


def _own(call: Call, nomination_id: str) -> Entry:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    return entry


def _received(call: Call, nomination_id: str) -> Entry:
    entry = queries.own(call.db, call.actor, nomination_id)
    is_submitted = entry.submission is not None
    call.allow(policy.may_see_receipt, entry.nomination.network_id, submitted=is_submitted)
    return entry


def _overseen(call: Call, slug: str, nomination_id: str) -> Entry:
    call.allow(policy.may_list)
    edition = programmes.edition(call.db, slug)
    entry = queries.overseen(call.db, call.actor, edition.id, nomination_id)
    checking = queries.days(call.db, edition.id).are_checked(call.now)
    submitted = entry.submission is not None
    call.allow(policy.may_read_submitted, submitted=submitted, checking=checking)
    return entry


def _about(call: Call, entry: Entry) -> printed.About:
    reference, submission = entry.nomination.reference, entry.submission
    return printed.About(
        programme=programmes.programme_name(call.db),
        edition=local(entry.edition.name),
        title=entry.nomination.title,
        title_parts=title_parts(entry.nomination.title_parts),
        network=entry.nomination.network_name,
        facts=((_("Reference"), reference),) if reference else (),
        received_at=submission.at if submission else None,
        sha256=submission.sha256 if submission else "",
        is_invented=entry.edition.is_synthetic,
    )


def _name(entry: Entry) -> str:
    return entry.nomination.reference or _("draft")
