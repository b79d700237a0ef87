"""Links that are shown to others lead to pages and mail addresses, and nowhere else."""

import pytest

from award.kit.weblinks import completed, is_weblink


@pytest.mark.parametrize(
    ("typed", "kept", "leads"),
    [
        ("https://netz.example/a?b=c#d", "https://netz.example/a?b=c#d", True),
        ("http://netz.example", "http://netz.example", True),
        ("www.netz.example/Über-uns", "https://www.netz.example/Über-uns", True),
        ("münchen.example", "https://münchen.example", True),
        ("https://192.0.2.1:8443/x", "https://192.0.2.1:8443/x", True),
        ("zoe@netz.example", "mailto:zoe@netz.example", True),
        ("mailto:zoe@netz.example", "mailto:zoe@netz.example", True),
        ("mailto:zoe", "mailto:zoe", False),
        ("javascript:alert(1)", "javascript:alert(1)", False),
        ("JaVaScRiPt://netz.example/%0aalert(1)", "JaVaScRiPt://netz.example/%0aalert(1)", False),
        ("data:text/html,x", "data:text/html,x", False),
        ("ftp://netz.example", "ftp://netz.example", False),
        ("https://bank.example@evil.example", "https://bank.example@evil.example", False),
        ("https://", "https://", False),
        ("https://localhost", "https://localhost", False),
        ("https://netz.example:x", "https://netz.example:x", False),
        ("https://[::1", "https://[::1", False),
        ("https://netz.example/a b", "https://netz.example/a b", False),
        ("https://netz.example/\\evil", "https://netz.example/\\evil", False),
        ("https://netz.example/" + "x" * 2000, "https://netz.example/" + "x" * 2000, False),
        ("siehe unten", "siehe unten", False),
    ],
)
def test_links(typed: str, kept: str, leads: bool) -> None:  # noqa: FBT001 - a table
    assert (completed(typed), is_weblink(kept)) == (kept, leads)
