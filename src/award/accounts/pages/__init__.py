"""Signing in and out, accounts, invitations, people and mails."""

from award.accounts.pages import signing_in
from award.web.routes import Routes

routes = Routes()
routes.all = [
    *signing_in.routes.all,
]
