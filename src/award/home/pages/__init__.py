"""The first page of everybody: visitors, roles, and machines that look whether we are well."""

from award.home.pages import call, first, interface, machines, overview
from award.web.routes import Routes

routes = Routes()
routes.all = [
    *call.routes.all,
    *first.routes.all,
    *overview.routes.all,
    *machines.routes.all,
    *interface.routes.all,
]
