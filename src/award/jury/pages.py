"""The juror's pile and score sheets; seats, assignments and progress."""

from award.web.routes import Routes

routes = Routes()
