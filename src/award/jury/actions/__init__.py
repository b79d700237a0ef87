"""What happens on a panel, one module per thing that is changed."""

from award.jury.actions.assigning import assign, enter_round, take_over_admitted, unassign
from award.jury.actions.conflicts import decide, declare, hint
from award.jury.actions.opening import confirm_opening, propose_opening
from award.jury.actions.seats import Lead, invite_to_panel, seat, set_lead
from award.jury.actions.sheets import Written, exclude_sheet, hand_in, recuse, save_sheet

__all__ = [
    "Lead",
    "Written",
    "assign",
    "confirm_opening",
    "decide",
    "declare",
    "enter_round",
    "exclude_sheet",
    "hand_in",
    "hint",
    "invite_to_panel",
    "propose_opening",
    "recuse",
    "save_sheet",
    "seat",
    "set_lead",
    "take_over_admitted",
    "unassign",
]
