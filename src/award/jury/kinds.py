"""The kinds of a conflict of interest, in words; pure."""

from award.kit.i18n import gettext as _

KINDS = (
    "employment",
    "board",
    "relative",
    "report",
    "partner",
    "advantage",
    "concern",
    "region",
    "late",
    "disputed",
    "chair",
)
# What a juror can declare; the others are entered by administrators.
DECLARED = KINDS[:7]


def words(kind: str) -> str:
    """What a kind means; a kind that is not known stays as it is."""
    said = {
        "employment": _("Employed by the lead organisation"),
        "board": _("Member of one of its boards or councils"),
        "relative": _("Related to somebody who takes part"),
        "report": _("Wrote a report or an evaluation of it"),
        "partner": _("The own organisation is a partner"),
        "advantage": _("Direct advantage or disadvantage"),
        "concern": _("Other circumstances that may raise doubts"),
        "region": _("Same federal state, no other link"),
        "late": _("Declared after the sheet was handed in"),
        "disputed": _("Pointed out by others, and disputed"),
        "chair": _("The chair is affected"),
    }
    return said.get(kind, kind)
