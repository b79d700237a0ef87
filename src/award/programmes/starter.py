"""The programme file that is shipped, from which the first edition can be made; no database.

A definition is data: {"sections": [{"key", "name", "fields": [field …]}], "checks": […],
"questions": […]}. A field has `key`, `kind`, `label`, `help` ({"de", "en"}), `required`, and
where they apply `max_length`, `minimum`, `maximum`, `decimals`, `unit` ({"de", "en"}), `min`,
`distinct_kinds`, `choices`, `kinds`, `bears_on`, `visible_to`, `max_files`, `max_bytes_each`,
`media_types`. What a kind takes is listed in `nominations.answers` and `nominations.limits`.
"""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from award.accounts.states import states

_DATA = Path(__file__).parent / "data"
_RENAMED = {
    "maxLength": "max_length",
    "minimum": "minimum",
    "min": "min",
    "distinctKinds": "distinct_kinds",
    "bearsOn": "bears_on",
    "visibleTo": "visible_to",
    "maxFiles": "max_files",
    "maxBytesEach": "max_bytes_each",
    "mediaTypes": "media_types",
}
_WITH_KINDS = {"organisation", "organisations"}
# A city and the district around it often bear one name.
_CALLED = {
    "Kreisfreie Stadt": "city",
    "Stadtkreis": "city",
    "Landkreis": "district",
    "Kreis": "district",
}


@cache
def shipped() -> dict[str, Any]:
    """The shipped programme: `scale`, `aggregation`, `criteria`, `form` (a definition), and more.

    `texts` are the words of the call, `timeline` and `rounds` its usual stretches in days after
    the first day of nominations.
    """
    file = json.loads((_DATA / "programme.json").read_text())
    return {
        "scale": file["scale"],
        "aggregation": file["aggregation"],
        "criteria": file["criteria"],
        "form": form_definition(file, states(), districts()),
        "texts": file["texts"],
        "timeline": file["timeline"],
        "rounds": file["rounds"],
    }


def districts() -> list[dict[str, Any]]:
    """The districts as choices, each with its state and its point (longitude, latitude)."""
    return [
        {
            "key": row["ags"],
            "de": f"{row['name']} ({row['type']})",
            "en": f"{row['name']} ({_CALLED[row['type']]})",
            "state": row["state"],
            "point": [float(row["lon"]), float(row["lat"])],
        }
        for row in _rows("districts")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(newline="") as source:
        return list(csv.DictReader(source))


def form_definition(
    file: dict[str, Any], states: list[dict[str, Any]], districts: list[dict[str, Any]]
) -> dict[str, Any]:
    """The definition from a programme file; `states` and `districts` are {"key", "de", "en"}."""
    choices = {
        "fieldsOfAction": [_choice(one) for one in file["fieldsOfAction"]],
        "states": states,
        "districts": districts,
        "kinds": [_choice(one) for one in file["partnerTypes"]],
    }
    fields = {one["id"]: _field(one, choices) for one in file["form"]["fields"]}
    return {
        "sections": [
            {
                "key": section["id"],
                "name": {"de": section["de"], "en": section["en"]},
                "fields": [fields[key] for key in section["fields"]],
            }
            for section in file["form"]["sections"]
        ],
        "checks": [
            {**_choice(one), "automatic": one["type"] == "automatisch"}
            for one in file["eligibility"]
        ],
        "questions": [
            {**_choice(one), "expected": one["expected"]}
            for one in file["form"]["questionsBeforeSigningIn"]
        ],
    }


def _choice(one: dict[str, Any]) -> dict[str, Any]:
    return {"key": one["id"], "de": one["de"], "en": one["en"]}


def _field(one: dict[str, Any], choices: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    field = {
        "key": one["id"],
        "kind": one["kind"],
        "label": {"de": one["de"], "en": one["en"]},
        "help": one["help"],
        "required": one["required"],
    }
    field |= {new: one[old] for old, new in _RENAMED.items() if old in one}
    if "choicesFrom" in one:
        field["choices"] = choices[one["choicesFrom"]]
    if one["kind"] == "districts":
        field["choices"] = choices["districts"]
    if one["kind"] in _WITH_KINDS:
        field["kinds"] = choices["kinds"]
    return field
