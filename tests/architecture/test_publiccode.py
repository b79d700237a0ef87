"""What catalogues of public software are told is there, and is true."""

from pathlib import Path

import yaml

from award import __version__
from award.kit.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
TOLD = yaml.safe_load((ROOT / "publiccode.yml").read_text())
WANTED = {
    *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"),
    *("softwareType", "description", "legal", "maintenance", "localisation"),
}


def test_all_that_the_format_wants_is_told() -> None:
    assert set(TOLD) >= WANTED
    assert TOLD["publiccodeYmlVersion"] == "0.4"
    for one in TOLD["description"].values():
        assert len(one["shortDescription"]) <= 150
        assert 150 <= len(one["longDescription"]) <= 10_000
        assert one["features"]


def test_what_is_told_is_so() -> None:
    assert TOLD["softwareVersion"] == __version__
    assert TOLD["legal"]["license"] == "EUPL-1.2"
    assert TOLD["localisation"]["availableLanguages"] == list(LANGUAGES)
    assert set(TOLD["description"]) == set(LANGUAGES)
    shown = {path for one in TOLD["description"].values() for path in one["screenshots"]}
    assert [path for path in shown if not (ROOT / path).is_file()] == []
