"""The kinds of field that a form can have, and what can be set for each; pure."""

from award.kit.i18n import gettext as _

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
MOST_ROWS = 60  # of a list of organisations


def names() -> dict[str, str]:
    """What each kind is called, in the language of the page."""
    return {
        "short_text": _("Short text"),
        "long_text": _("Long text"),
        "number": _("A number"),
        "money": _("Amount in euros"),
        "year": _("Year"),
        "date": _("Day"),
        "link": _("Link"),
        "yes_no": _("Yes or no"),
        "one_of": _("One of several options"),
        "several_of": _("Several options"),
        "districts": _("Districts"),
        "organisation": _("Organisation"),
        "organisations": _("List of organisations"),
        "person": _("Person"),
        "consent": _("Consent"),
        "files": _("Files"),
        "explanation": _("Explanation, without an answer"),
    }


def settings() -> dict[str, tuple[str, str]]:
    """What each setting of a kind is called, and a hint; options and units are shown otherwise."""
    return {
        "min_length": (_("At least so long"), ""),
        "max_length": (_("At most so long"), ""),
        "minimum": (_("Lowest value"), ""),
        "maximum": (_("Highest value"), ""),
        "decimals": (_("Decimals"), _("0 for whole numbers; 2 for cents.")),
        "min": (_("Fewest"), ""),
        "max": (_("Most"), ""),
        "distinct_kinds": (
            _("Different kinds of organisation"),
            _("Counted over all organisations of the section."),
        ),
        "max_files": (_("Most files"), ""),
        "max_bytes_each": (_("Largest size of a file, in bytes"), _("5000000 are 5 MB.")),
    }
