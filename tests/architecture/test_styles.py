"""The style sheet holds nothing that no page has."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPOSED = {"h0"}  # written in a template as class="h{{ … }}"


def _classes(css: str) -> set[str]:
    """The classes of all selectors; what stands in braces or brackets is none."""
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}|url\([^)]*\)", " ", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))


def _sources() -> str:
    found = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("src/award/**/*.py")]
    return " ".join(path.read_text() for path in [*found, *ROOT.glob("static/*.js")])


def test_every_class_of_the_style_sheet_is_on_some_page() -> None:
    classes = _classes((ROOT / "static/app.css").read_text())
    words = set(re.findall(r"[\w-]+", _sources()))
    assert len(classes) > 100
    assert sorted(classes - words - COMPOSED) == []
