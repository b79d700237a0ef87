"""Each role's first page."""

from award.web.routes import Routes

routes = Routes()
