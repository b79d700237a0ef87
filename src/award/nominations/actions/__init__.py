"""What networks and administrators do with nominations, one module per stage."""

from award.nominations.actions.checking import check, look
from award.nominations.actions.drafting import restore, save_section, start
from award.nominations.actions.submitting import free_reference, submit, withdraw

__all__ = [
    "check",
    "free_reference",
    "look",
    "restore",
    "save_section",
    "start",
    "submit",
    "withdraw",
]
