"""What networks and administrators do with nominations, one module per stage."""

from award.nominations.actions.checking import check, look
from award.nominations.actions.drafting import save_section, start
from award.nominations.actions.submitting import submit, withdraw

__all__ = ["check", "look", "save_section", "start", "submit", "withdraw"]
