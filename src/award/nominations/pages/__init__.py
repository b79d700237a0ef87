"""A network's nominations, and the administrators' view of all: one module per resource."""

from award.nominations.pages import (
    administration,
    attachments,
    checking,
    colleagues,
    documents,
    duplicates,
    eligibility,
    export,
    extra_time,
    filters,
    form,
    formfields,
    formsetup,
    intake,
    own,
    sections,
    submission,
    together,
    versions,
)
from award.web.routes import Routes

routes = Routes()
routes.all = [
    *form.routes.all,
    *formsetup.routes.all,
    *formfields.routes.all,
    *eligibility.routes.all,
    *own.routes.all,
    *sections.routes.all,
    *colleagues.routes.all,
    *attachments.routes.all,
    *documents.routes.all,
    *versions.routes.all,
    *submission.routes.all,
    *together.routes.all,
    *administration.routes.all,
    *export.routes.all,
    *filters.routes.all,
    *intake.routes.all,
    *duplicates.routes.all,
    *checking.routes.all,
    *extra_time.routes.all,
]
