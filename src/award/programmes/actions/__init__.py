"""What is done with the award and its editions: making them, setting them up, moving phases."""

from award.programmes.actions.changing import (
    CriterionPlan,
    RoundChange,
    change_criteria,
    change_edition,
    change_rounds,
    check_sum,
    publish,
)
from award.programmes.actions.forming import change_form, restore_form
from award.programmes.actions.making import (
    NewEdition,
    copy_edition,
    create_edition,
    create_programme,
    from_starter,
)
from award.programmes.actions.moving import move_phase
from award.programmes.actions.rounds import add_round, remove_round

__all__ = [
    "CriterionPlan",
    "NewEdition",
    "RoundChange",
    "add_round",
    "change_criteria",
    "change_edition",
    "change_form",
    "change_rounds",
    "check_sum",
    "copy_edition",
    "create_edition",
    "create_programme",
    "from_starter",
    "move_phase",
    "publish",
    "remove_round",
    "restore_form",
]
