"""Proposing and confirming the winners."""

from award.web.routes import Routes

routes = Routes()
