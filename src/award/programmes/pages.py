"""Editions: what visitors read, and what administrators set up."""

from award.web.routes import Routes

routes = Routes()
