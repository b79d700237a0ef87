"""Which of the many versions of a text are kept; pure.

A form that saves itself makes one every few seconds. Kept is what somebody would look for: the text
before another person went on, before a new stretch of writing, and before much of it went away.
"""

from datetime import datetime, timedelta

_STRETCH = timedelta(minutes=10)
_FEW = 50  # characters
_SHARE = 5  # one in so many


def begins_stretch(since: datetime, *, same_person: bool, at: datetime) -> bool:
    """Whether a save begins a new stretch of writing, the present one going on since `since`."""
    return not same_person or at - since >= _STRETCH


def loses_much(before: int, after: int) -> bool:
    """Whether a fifth of the text goes, and more than a few characters."""
    return before - after > max(_FEW, before // _SHARE)
