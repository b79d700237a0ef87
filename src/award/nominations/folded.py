"""Words as a search compares them: without case, accents and the letters that carry a stroke."""

import unicodedata

# These do not come apart into a letter and its mark.
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def folded(*texts: str | None) -> str:
    """All texts as one line: „Główka“ becomes "glowka", „Straße“ becomes "strasse"."""
    line = " ".join(text for text in texts if text).casefold()
    letters = unicodedata.normalize("NFKD", line)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.translate(_STROKES).split())
