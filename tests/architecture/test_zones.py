"""Whoever types a time is told by what clock."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
ASKED = re.compile(r"\{\{ date\(.*\}\}")


def test_every_field_for_a_time_names_its_zone() -> None:
    asked = [
        (path.name, field)
        for path in TEMPLATES.rglob("*.html")
        if "gallery" not in path.parts
        for field in ASKED.findall(path.read_text())
    ]
    assert len(asked) > 6
    assert [(name, field) for name, field in asked if "zone" not in field] == []
