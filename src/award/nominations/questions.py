"""The questions that say before one begins whether a nomination makes sense; pure.

They are asked and answered by address: nothing is stored, and nobody has to sign in.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from award.kit.i18n import local

YES, NO = "yes", "no"


class Question(msgspec.Struct, frozen=True):
    """A question with what was answered, if anything was; `is_met` is None until then."""

    key: str
    text: str
    answer: str
    is_met: bool | None


def questions(definition: Mapping[str, Any], answers: Mapping[str, str]) -> list[Question]:
    """The questions of a form definition with `answers` by their keys; others do not count."""
    return [_one(one, answers.get(one["key"], "")) for one in definition.get("questions", ())]


def _one(question: Mapping[str, Any], answer: str) -> Question:
    known = answer in {YES, NO}
    is_met = (answer == YES) is question.get("expected", True) if known else None
    return Question(question["key"], local(question), answer if known else "", is_met)
