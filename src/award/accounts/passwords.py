"""Whether a password is good enough to be taken; pure."""

from functools import cache
from pathlib import Path

from award.kit.i18n import gettext as _
from award.kit.passwords import LONGEST, SHORTEST

_COMMON = Path(__file__).with_name("common-passwords.txt")
_FEWEST_SIGNS = 4
_SHORTEST_NAME = 3


def fault(password: str, email: str) -> str:
    """What is wrong with a new password, in words; empty when nothing is.

    Length is what makes a password strong, so no kinds of signs are asked for.
    """
    folded = password.casefold()
    name = email.partition("@")[0].casefold()
    if len(password) < SHORTEST:
        return _(
            "Please take at least %(least)s characters; a short sentence is fine.", least=SHORTEST
        )
    if len(password) > LONGEST:
        return _("At most %(most)s characters fit here.", most=LONGEST)
    if folded in _common() or len(set(folded)) < _FEWEST_SIGNS:
        return _("Many people use this password. Please choose one that is only yours.")
    if len(name) >= _SHORTEST_NAME and name in folded:
        return _("Your e-mail name is part of this password. Please choose another one.")
    return ""


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").splitlines())
