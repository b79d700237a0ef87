"""Signing in and out, accounts, invitations, people and mails."""

from award.web.routes import Routes

routes = Routes()
