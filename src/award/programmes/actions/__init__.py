"""What is done with the award and its editions: making them, setting them up, moving phases."""

from award.programmes.actions.making import (
    NewEdition,
    copy_edition,
    create_edition,
    create_programme,
    from_starter,
)

__all__ = [
    "NewEdition",
    "copy_edition",
    "create_edition",
    "create_programme",
    "from_starter",
]
