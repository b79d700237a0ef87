"""The text of a submission in the one form that its hash is made of; pure, for anyone to repeat."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def normal(value: Any) -> Any:
    """The same value with every text in NFC and with single line ends."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\x00", ""))
    if isinstance(value, Mapping):
        return {key: normal(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [normal(inner) for inner in value]
    return value


def canonical_text(answers: Mapping[str, Any]) -> str:
    """JSON with its keys in order, without blanks, not escaped, in NFC."""
    return json.dumps(
        normal(answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256(answers: Mapping[str, Any]) -> str:
    """The hash that the receipt names, in hexadecimal."""
    return hashlib.sha256(canonical_text(answers).encode()).hexdigest()
