"""A setting that cannot be used is said in one sentence that names it."""

from pathlib import Path
from typing import Any

import pytest

from award.settings import BadSetting, Settings, database_url, load

SECRET = "x" * 32


def said(environ: dict[str, str], **given: Any) -> str:
    with pytest.raises(BadSetting) as caught:
        load({"AWARD_SECRET": SECRET, **environ}, **given)
    return str(caught.value)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        (
            {"AWARD_PUBLIC_URL": "http://award.example"},
            "AWARD_PUBLIC_URL must begin with https:// unless it is a loopback address.",
        ),
        (
            {"AWARD_PUBLIC_URL": "https://award.example", "AWARD_DEBUG": "1"},
            "AWARD_DEBUG must not be set for a public address.",
        ),
        ({"AWARD_SECRET": "short"}, "AWARD_SECRET needs at least 32 characters."),
        (
            {"AWARD_SECRET": "", "AWARD_DATABASE": "postgresql://db/award"},
            "Set AWARD_SECRET to at least 32 random characters.",
        ),
        (
            {"AWARD_TIME_ZONE": "Europe/Atlantis"},
            "AWARD_TIME_ZONE must be a zone such as Europe/Berlin.",
        ),
        ({"AWARD_TIME_ZONE": "../x"}, "AWARD_TIME_ZONE must be a zone such as Europe/Berlin."),
        (
            {"AWARD_PROXIES": "10.0.0.1, proxy.example"},
            "AWARD_PROXIES must be IP addresses with commas between them.",
        ),
        (
            {"AWARD_CLAMD": "scanner"},
            "AWARD_CLAMD must be host:port, or the path of a socket.",
        ),
        (
            {"AWARD_FILES": "gs://bucket"},
            "AWARD_FILES must be a folder, or a bucket such as s3://name/prefix.",
        ),
        (
            {"AWARD_FILES": "s3://"},
            "AWARD_FILES must be a folder, or a bucket such as s3://name/prefix.",
        ),
    ],
)
def test_a_wrong_setting_is_said(environ: dict[str, str], sentence: str) -> None:
    assert said(environ) == sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [("AWARD_BODY_LIMIT", "much"), ("AWARD_DEBUG", "perhaps"), ("AWARD_ARGON2_PASSES", "2.5")],
)
def test_what_cannot_be_read_is_named(name: str, value: str) -> None:
    assert said({name: value}).startswith(f"{name} cannot be read: ")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    sentence = said({"AWARD_SECRET": "", "AWARD_DATABASE": str(blocked / "award.db")})
    assert sentence == (
        f"The folder {blocked} cannot be written. Give it to this user or set AWARD_DATABASE."
    )


def test_everything_is_read_from_the_environment() -> None:
    settings = load(
        {
            "AWARD_DATABASE": "postgres://db/award",
            "AWARD_SECRET": SECRET,
            "AWARD_PUBLIC_URL": "https://award.example/",
            "AWARD_HOSTS": "a.example, b.example,",
            "AWARD_PROXIES": "10.0.0.1,::1",
            "AWARD_TIME_ZONE": "Europe/Vienna",
            "AWARD_SMTP": "smtp://mail.example:25",
            "AWARD_MAIL_FROM": "award@award.example",
            "AWARD_BODY_LIMIT": "1000",
            "OTHER": "ignored",
        }
    )
    assert settings == Settings(
        database="postgresql+psycopg://db/award",
        secret=SECRET,
        public_url="https://award.example",
        hosts=("a.example", "b.example"),
        proxies=("10.0.0.1", "::1"),
        time_zone="Europe/Vienna",
        smtp="smtp://mail.example:25",
        mail_from="award@award.example",
        body_limit=1000,
    )
    assert settings.is_https


def test_what_is_given_goes_before_the_environment() -> None:
    environ = {"AWARD_SECRET": SECRET, "AWARD_DATABASE": "/one.db"}
    assert load(environ, database="/two.db").sqlite_file == Path("/two.db")
    assert load(environ, database=None).sqlite_file == Path("/one.db")


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("/data/award.db", "sqlite:////data/award.db"),
        ("sqlite:////data/award.db", "sqlite:////data/award.db"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
    ],
)
def test_a_database_is_named_by_url_or_file(given: str, url: str) -> None:
    assert database_url(given) == url


def test_the_secret_outlives_a_restart_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    environ = {"AWARD_DATABASE": str(tmp_path / "var" / "award.db")}
    first = load(environ).secret
    assert len(first) >= 32
    assert load(environ).secret == first
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0


def test_a_demonstration_is_begun_by_its_command_only() -> None:
    assert load({"AWARD_SECRET": SECRET, "AWARD_DEMO": "1"}).demo is False


def test_files_are_in_a_folder_or_in_a_bucket(tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path}/award.db", secret=SECRET)
    assert settings.files_place == str(tmp_path / "files")
    for place in ("/srv/files", "s3://award", "s3://award/files/2026"):
        assert load({"AWARD_SECRET": SECRET, "AWARD_FILES": place}).files_place == place


@pytest.mark.parametrize("address", ["clamd:3310", "[::1]:3310", "/run/clamav/clamd.ctl"])
def test_a_scanner_has_a_port_or_a_path(address: str) -> None:
    assert load({"AWARD_SECRET": SECRET, "AWARD_CLAMD": address}).clamd == address


def test_a_bucket_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    sentence = said({"AWARD_FILES": "s3://award"})
    assert sentence == "AWARD_FILES is a bucket; that needs: pip install 'award[s3]'."
