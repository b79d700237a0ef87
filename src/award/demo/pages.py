"""One click per role, and the clock moved forward: in a demonstration only."""

from award.web.routes import Routes

routes = Routes()
