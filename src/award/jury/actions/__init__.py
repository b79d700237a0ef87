"""What happens on a panel, one module per thing that is changed."""

from award.jury.actions.amending import (
    NewRules,
    confirm_amendment,
    drop_amendment,
    fix_begun,
    fix_rules,
    propose_amendment,
)
from award.jury.actions.assigning import assign, enter_round, take_over_admitted, unassign
from award.jury.actions.conflicts import decide, declare, hint
from award.jury.actions.opening import confirm_opening, propose_opening
from award.jury.actions.seats import Lead, invite_to_panel, seat, set_lead
from award.jury.actions.sheets import Written, exclude_sheet, hand_in, recuse, save_sheet

__all__ = [
    "Lead",
    "NewRules",
    "Written",
    "assign",
    "confirm_amendment",
    "confirm_opening",
    "decide",
    "declare",
    "drop_amendment",
    "enter_round",
    "exclude_sheet",
    "fix_begun",
    "fix_rules",
    "hand_in",
    "hint",
    "invite_to_panel",
    "propose_amendment",
    "propose_opening",
    "recuse",
    "save_sheet",
    "seat",
    "set_lead",
    "take_over_admitted",
    "unassign",
]
