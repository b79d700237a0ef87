"""The kinds of field that a form can have, and what can be set for each; pure data."""

_LENGTHS = ("min_length", "max_length", "counted_in")
_SPAN = ("minimum", "maximum")
_COUNTS = ("min", "max")

# What can be set for each kind, beside what every field has.
SETTINGS: dict[str, tuple[str, ...]] = {
    "short_text": _LENGTHS,
    "long_text": _LENGTHS,
    "number": (*_SPAN, "decimals", "unit"),
    "money": (*_SPAN, "decimals"),
    "year": _SPAN,
    "date": _SPAN,
    "link": (),
    "yes_no": (),
    "one_of": ("choices",),
    "several_of": (*_COUNTS, "choices"),
    "districts": (*_COUNTS, "choices"),
    "organisation": ("max_length", "kinds"),
    "organisations": ("min", "max_length", "distinct_kinds", "kinds"),
    "person": (),
    "consent": (),
    "files": ("max_files", "max_bytes_each", "media_types"),
    "explanation": (),
}
EVERY = (
    "key",
    "kind",
    "label",
    "help",
    "required",
    "example",
    "shown_when",
    "bears_on",
    "visible_to",
)
PAIRS = (("min_length", "max_length"), _SPAN, _COUNTS)
LISTS = ("choices", "kinds")
# Kinds whose answer can decide on another field.
LEADING = frozenset({"yes_no", "consent", "one_of", "several_of", "districts"})
# The lists, the search and the decision look for these fields; they keep their kind.
FIXED = {
    "networkName": "short_text",
    "projectTitle": "short_text",
    "fieldOfAction": "one_of",
    "state": "one_of",
    "region": "short_text",
    "publishIfAwarded": "consent",
}
# Names that a form in the browser has already.
RESERVED = frozenset(
    {
        *("action", "addEventListener", "children", "dataset", "elements", "id", "matches"),
        *("method", "name", "querySelector", "querySelectorAll", "requestSubmit", "reset"),
        *("submit", "target", "version"),
    }
)
MOST_SECTIONS, MOST_FIELDS, MOST_CHOICES = 40, 200, 1000
MOST_OF_FILES = {"max_files": 20, "max_bytes_each": 30_000_000}
MEDIA_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
MOST_LABEL, MOST_WORDS = 300, 4000
