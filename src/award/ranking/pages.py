"""Runs and standings of an opened round."""

from award.web.routes import Routes

routes = Routes()
