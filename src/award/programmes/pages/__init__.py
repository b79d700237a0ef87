"""Editions: what visitors read of the judging, and what administrators set up."""

from award.programmes.pages import criteria, editions, phases, setup
from award.web.routes import Routes

routes = Routes()
routes.all = [
    *criteria.routes.all,
    *editions.routes.all,
    *setup.routes.all,
    *phases.routes.all,
]
