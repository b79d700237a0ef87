"""What is taken for a mail address."""

import pytest

from award.kit.addresses import is_address


@pytest.mark.parametrize("text", ["a@b.de", "vor.nach+netz@mail.beispiel.de", "ü@müller.example"])
def test_an_address(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "olga",
        "@b.de",
        "a@b",
        "a@b.",
        "a b@c.de",
        "a@b.de,c@d.de",
        "a;b@c.de",
        "<a@b.de>",
        "a@b@c.de",
    ],
)
def test_none_or_several(text: str) -> None:
    assert not is_address(text)
