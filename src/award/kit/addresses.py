"""What a mail address looks like: one pattern for forms, answers and the command line; pure.

Narrower than what mail allows, wider than what people have: without the signs that would make
several addresses of one in a letter's head.
"""

import re

PATTERN = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$"
_ADDRESS = re.compile(PATTERN)


def is_address(text: str) -> bool:
    """Whether a letter could be sent there, as far as one can see."""
    return _ADDRESS.fullmatch(text) is not None
