"""Every sentence that is shown exists in German, once, with the same values in it."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PO = sorted((ROOT / "src" / "award" / "locales" / "de").glob("*.po"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
BLOCK = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<!doctype[^>]*>", re.DOTALL)
# Classes of a layout, and attributes that a macro prints, are no words.
UNSEEN = re.compile(
    r"\{% block (?:width|main_class) %\}.*?\{% endblock %\}"
    r"|aria-(?:describedby|invalid)=\"[^\"]*\""
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SHOWN = re.compile(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")
WORD = re.compile(r"(?<![\w.-])[A-Za-zÄÖÜäöüß]{2,}(?![\w-]|\.\w)")

Key = tuple[str, str | None]  # the English sentence (the singular) and its context


@cache
def used() -> dict[Key, str]:
    """Every message of the program and the templates, and where it stands."""
    found: dict[Key, str] = {}
    jinja = {"silent": "false", "extensions": "jinja2.ext.do"}
    options = {"**.html": jinja, "**.txt": jinja}
    for folder, methods in (
        (ROOT / "src" / "award", [("**.py", "python")]),
        (ROOT / "templates", [("**.html", "jinja2"), ("**.txt", "jinja2")]),
    ):
        for path, line, message, _, context in extract_from_dir(
            folder, methods, options, keywords=KEYWORDS
        ):
            key = message if isinstance(message, str) else message[0]
            found[key, context] = f"{folder.name}/{path}:{line}"
    return found


@cache
def german() -> list[tuple[str, Message]]:
    """Every message of the catalogues, and the name of its file."""
    found = []
    for path in PO:
        with path.open("rb") as source:
            read = read_po(source, locale="de")
        found += [(path.name, message) for message in read if message.id]
    return found


def key_of(message: Message) -> Key:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return singular, message.context


def texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_every_message_is_in_a_catalogue() -> None:
    known = {key_of(message) for _, message in german()}
    missing = [f"{place}: {key[0]!r}" for key, place in used().items() if key not in known]
    assert len(used()) > 100
    assert missing == []


def test_no_message_is_unused() -> None:
    unused = [
        f"{name}: {message.id!r}" for name, message in german() if key_of(message) not in used()
    ]
    assert unused == []


def test_each_message_stands_in_one_catalogue() -> None:
    count = Counter(key_of(message) for _, message in german())
    assert [key for key, number in count.items() if number > 1] == []


@pytest.mark.parametrize("path", PO, ids=lambda path: path.name)
def test_each_message_has_a_german_text_with_the_same_values(path: Path) -> None:
    wrong = []
    for name, message in german():
        if name != path.name:
            continue
        english = texts(message.id)
        known = {one for text in english for one in PLACEHOLDER.findall(text)}
        for place, text in enumerate(texts(message.string)):
            wanted = set(PLACEHOLDER.findall(english[min(place, len(english) - 1)])) - {"num"}
            given = set(PLACEHOLDER.findall(text))
            if not text or message.fuzzy or not wanted <= given <= known:
                wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix()
)
def test_a_template_says_nothing_past_the_catalogue(path: Path) -> None:
    bare = UNSEEN.sub(" ", BLOCK.sub(" ", UNSEEN.sub(" ", path.read_text())))
    said = [*SHOWN.findall(bare), *TAG.sub("\n", bare).splitlines()]
    assert [text.strip() for text in said if WORD.search(text)] == []
