"""Signing in and out, accounts, invitations, people and mails."""

from award.accounts.pages import house, links, networks, own, people, public, signing_in, tokens
from award.web.routes import Routes

routes = Routes()
routes.all = [
    *signing_in.routes.all,
    *links.routes.all,
    *own.routes.all,
    *tokens.routes.all,
    *networks.routes.all,
    *people.routes.all,
    *house.routes.all,
    *public.routes.all,
]
