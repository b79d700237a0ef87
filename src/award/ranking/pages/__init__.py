"""The pages of a round's ranking: its runs, and their files."""

from award.ranking.pages import comparing, files, runs, supposing, weighing
from award.web.routes import Routes

routes = Routes()
routes.all = [
    route for part in (runs, weighing, supposing, comparing, files) for route in part.routes.all
]
