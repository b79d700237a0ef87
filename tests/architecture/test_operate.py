"""What operators read names every setting, and no other."""

import re
from pathlib import Path

from award.settings import Settings

TEXT = (Path(__file__).parents[2] / "docs" / "operate.md").read_text()


def test_every_setting_is_in_the_table_and_no_other() -> None:
    rows = re.findall(r"^\| `(AWARD_\w+)` \| (.*?) \|", TEXT, re.MULTILINE)
    assert [name for name, _ in rows] == [name for name, _ in dict(rows).items()]
    # A demonstration is begun by its command only.
    fields = set(Settings.__struct_fields__) - {"demo"}
    assert {name for name, _ in rows} == {f"AWARD_{field.upper()}" for field in fields}


def test_plain_defaults_are_told_as_they_are() -> None:
    told = dict(re.findall(r"^\| `(AWARD_\w+)` \| `(.*?)` \|", TEXT, re.MULTILINE))
    real = Settings(database="", secret="")
    for name, default in told.items():
        value = getattr(real, name.removeprefix("AWARD_").lower())
        if name != "AWARD_DATABASE":
            assert default == (str(value).lower() if isinstance(value, bool) else str(value))


def test_every_variable_in_the_text_exists() -> None:
    known = {f"AWARD_{field.upper()}" for field in Settings.__struct_fields__}
    assert set(re.findall(r"AWARD_[A-Z0-9_]+", TEXT)) <= known
