"""A network's nomination, and the formal check."""

from award.web.routes import Routes

routes = Routes()
