"""What networks and administrators do with nominations, one module per stage."""

from award.nominations.actions.answering import accept, decline, erase, lapse, stop_letters
from award.nominations.actions.attaching import attach, move, remove, replace
from award.nominations.actions.checking import check, look
from award.nominations.actions.correcting import correct_proposal, withdraw_proposal
from award.nominations.actions.drafting import restore, save_section, start
from award.nominations.actions.extending import extend, give_extra_time
from award.nominations.actions.importing import begin_intake, go_on, look_at, take_in_portion
from award.nominations.actions.listing import delete_filter, export, save_filter, take_along
from award.nominations.actions.preparing import prepare
from award.nominations.actions.proposing import propose, send_letter
from award.nominations.actions.receiving import begin_receiving, receive
from award.nominations.actions.submitting import (
    keep_submission,
    reopen,
    submit,
    withdraw,
)
from award.nominations.actions.together import admit_all, extend_all, write_to_all

__all__ = [
    "accept",
    "admit_all",
    "attach",
    "begin_intake",
    "begin_receiving",
    "check",
    "correct_proposal",
    "decline",
    "delete_filter",
    "erase",
    "export",
    "extend",
    "extend_all",
    "give_extra_time",
    "go_on",
    "keep_submission",
    "lapse",
    "look",
    "look_at",
    "move",
    "prepare",
    "propose",
    "receive",
    "remove",
    "reopen",
    "replace",
    "restore",
    "save_filter",
    "save_section",
    "send_letter",
    "start",
    "stop_letters",
    "submit",
    "take_along",
    "take_in_portion",
    "withdraw",
    "withdraw_proposal",
    "write_to_all",
]
