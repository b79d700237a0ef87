"""The architecture's rules about modules and templates, held by plain pytest."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importlinter import api
from importlinter.application import use_cases
from importlinter.application.output import console
from importlinter.application.ports.reporting import Report

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "award"
TEMPLATES = ROOT / "templates"
CONFIGURATION = str(ROOT / "pyproject.toml")

CONTRACTS: list[dict[str, Any]] = api.read_configuration(CONFIGURATION)["contracts_options"]
LINE, SLICES, _, _, _, PURE = CONTRACTS

MACHINERY = {"cli", "app", "worker", "demo", "web", "kit", "settings"}
OUTSIDE_THE_LINE = {"migrations", "locales"}
NAMED_FILES = {
    *("__init__", "models", "policy", "queries", "mails", "actions", "forms"),
    *("pages", "api", "jobs"),
}
EMPTY_NAMES = re.compile(r"(utils?|commons?|helpers?|services?|managers?)")

JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\s(?:hx-)?on[a-z:-]*\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def report() -> Report:
    options = use_cases.read_user_options(config_filename=CONFIGURATION)
    use_cases._register_contract_types(options)
    return use_cases.create_report(options, cache_dir=None)


@pytest.mark.parametrize("name", [contract["name"] for contract in CONTRACTS])
def test_the_contract_is_kept(name: str, report: Report) -> None:
    assert not report.could_not_run, report.invalid_contract_options
    [(contract, check)] = [
        pair for pair in report.get_contracts_and_checks() if pair[0].name == name
    ]
    if not check.kept:
        with console.capture() as said:
            contract.render_broken_contract(check)
        pytest.fail(said.get(), pytrace=False)


def test_every_slice_has_its_order_inside() -> None:
    slices = {layer.strip("()") for layer in LINE["layers"]} - MACHINERY
    assert {container.removeprefix("award.") for container in SLICES["containers"]} == slices


def test_every_package_stands_on_the_line() -> None:
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name[0] != "_"}
    on_the_line = {layer.strip("()") for layer in LINE["layers"]}
    assert packages - on_the_line - OUTSIDE_THE_LINE == set()


def test_a_slice_has_the_named_files_and_pure_modules_only() -> None:
    pure = set(PURE["source_modules"])
    strange = {
        module
        for container in SLICES["containers"]
        for path in (PACKAGE / container.removeprefix("award.")).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
        if path.stem not in NAMED_FILES
        if (module := f"{container}.{path.stem}") not in pure
    }
    assert strange == set(), "name it as the architecture does, or list it as pure in contract 5"


def test_a_module_is_named_for_what_it_knows() -> None:
    names = {path: path.stem for path in PACKAGE.rglob("*") if path.suffix in {"", ".py"}}
    assert names, "no module found"
    assert [str(path) for path, name in names.items() if EMPTY_NAMES.fullmatch(name)] == []


def test_no_module_is_longer_than_300_lines() -> None:
    # A migration is written once, by alembic, and never worked on again.
    long = _longer_than(300, PACKAGE, "*.py")
    assert [path for path in long if "/migrations/versions/" not in path] == []


def test_no_template_is_longer_than_80_lines() -> None:
    kinds = ("*.html", "*.typ")
    assert [path for kind in kinds for path in _longer_than(80, TEMPLATES, kind)] == []


def test_no_template_has_inline_style_or_script() -> None:
    inline = [
        f"{path.relative_to(ROOT)}: {found.group().strip()}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for found in INLINE.finditer(JINJA.sub("", path.read_text()))
    ]
    assert inline == []


@pytest.mark.parametrize(
    ("html", "is_inline"),
    [
        ("<p class='note'>", False),
        ('<script src="/app.js"></script>', False),
        ("{{ button(style='quiet') }}", False),
        ('<p style="color: red">', True),
        ("<style>p {}</style>", True),
        ("<script>go()</script>", True),
        ('<a onclick="go()">', True),
        ('<a hx-on:click="go()">', True),
        ('<a href="javascript:go()">', True),
    ],
)
def test_inline_style_and_script_are_recognised(html: str, is_inline: bool) -> None:  # noqa: FBT001
    assert bool(INLINE.search(JINJA.sub("", html))) is is_inline


def _longer_than(limit: int, folder: Path, pattern: str) -> Iterator[str]:
    files = sorted(folder.rglob(pattern))
    assert files, f"nothing found in {folder}"
    for path in files:
        lines = len(path.read_text().splitlines())
        if lines > limit:
            yield f"{path.relative_to(ROOT)}: {lines} lines"
