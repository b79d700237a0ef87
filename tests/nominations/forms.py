"""Forms of a test's own in the place of the shipped one."""

from typing import Any

from sqlalchemy.orm import Session

from award.programmes.models import FormDefinition
from tests.cast import Cast

NO_FILES: dict[str, Any] = {"sections": []}  # to read what was saved as it was saved


def field(key: str, kind: Any, **more: Any) -> dict[str, Any]:
    """A field with the words that every field has; required unless said otherwise."""
    words = {"label": {"de": f"Die {key}", "en": f"The {key}"}}
    helping = {"help": {"de": f"Hilfe zu {key}", "en": f"Help for {key}"}}
    return {"key": key, "kind": kind, "required": True, **words, **helping, **more}


def section(*fields: dict[str, Any], key: str = "facts") -> dict[str, Any]:
    name = {"de": f"Abschnitt {key}", "en": f"Section {key}"}
    return {"key": key, "name": name, "fields": list(fields)}


def asks(cast: Cast, *sections: dict[str, Any]) -> None:
    """Let the edition ask these sections."""

    def write(db: Session) -> None:
        form = db.get_one(FormDefinition, cast.form.id)
        form.definition = {"sections": list(sections), "checks": [], "questions": []}
        form.version += 1

    cast.world.write(write)
