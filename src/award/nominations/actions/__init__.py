"""What networks and administrators do with nominations, one module per stage."""

from award.nominations.actions.attaching import attach, move, remove
from award.nominations.actions.checking import check, look
from award.nominations.actions.drafting import restore, save_section, start
from award.nominations.actions.listing import delete_filter, export, save_filter
from award.nominations.actions.submitting import (
    free_reference,
    keep_submission,
    reopen,
    submit,
    withdraw,
)

__all__ = [
    "attach",
    "check",
    "delete_filter",
    "export",
    "free_reference",
    "keep_submission",
    "look",
    "move",
    "remove",
    "reopen",
    "restore",
    "save_filter",
    "save_section",
    "start",
    "submit",
    "withdraw",
]
