"""The juror's pile and score sheets; panel, assignments, progress and the opening of a round."""

from award.jury.pages import (
    assignments,
    conflicts,
    opened,
    opening,
    own_conflicts,
    panel,
    pile,
    progress,
    rounds,
    rules,
    sheets,
)
from award.web.routes import Routes

routes = Routes()
routes.all = [
    *pile.routes.all,
    *own_conflicts.routes.all,
    *sheets.routes.all,
    *panel.routes.all,
    *conflicts.routes.all,
    *rounds.routes.all,
    *assignments.routes.all,
    *progress.routes.all,
    *rules.routes.all,
    *opening.routes.all,
    *opened.routes.all,
]
