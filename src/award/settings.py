"""Typed settings; the only reader of the environment."""

import importlib.util
import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent
_SHORTEST_SECRET = 32
_SCANNER = re.compile(r"/.+|(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}")
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]+(/[\w./-]*)?")


class BadSetting(ValueError):
    """A setting that the program cannot start with; the text says what to do."""


def _folder(name: str) -> Path:
    """The folder of the wheel, or of the checkout when the package is installed from it."""
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _CHECKOUT / name


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be set from outside; `docs/operate.md` lists the variables."""

    database: str
    secret: str
    public_url: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    time_zone: str = "Europe/Berlin"
    smtp: str = ""
    mail_from: str = "award@localhost"
    source_url: str = ""
    files: str = ""
    clamd: str = ""
    demo: bool = False
    debug: bool = False
    body_limit: int = 256_000
    argon2_memory_kib: int = 19_456
    argon2_passes: int = 2
    templates: Path = msgspec.field(default_factory=lambda: _folder("templates"))
    static: Path = msgspec.field(default_factory=lambda: _folder("static"))

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, or None when the database is not SQLite."""
        scheme, _, rest = self.database.partition("://")
        return Path(rest[1:]) if scheme.startswith("sqlite") else None

    @property
    def files_place(self) -> str:
        """Where attachments are kept: as set, or beside the SQLite file, or below `var`."""
        return self.files or str((self.sqlite_file or _var() / "award.db").with_name("files"))


# A demonstration is begun by its command only: it lets anybody sign in as anybody.
VARIABLES = tuple(name for name in Settings.__struct_fields__ if name != "demo")


def load(environ: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """Read the settings from the environment; `given` (not None) goes before it.

    Raises BadSetting with a sentence that says what to do.
    """
    values: dict[str, object] = {
        field: environ[f"AWARD_{field.upper()}"]
        for field in VARIABLES
        if environ.get(f"AWARD_{field.upper()}")
    }
    values |= {name: value for name, value in given.items() if value is not None}
    values["database"] = database_url(str(values.get("database", "")))
    for name in ("hosts", "proxies"):
        if isinstance(values.get(name), str):
            parts = (part.strip() for part in str(values[name]).split(","))
            values[name] = tuple(filter(None, parts))
    values.setdefault("secret", "")
    if "public_url" in values:
        values["public_url"] = str(values["public_url"]).rstrip("/")
    return _checked(_converted(values))


def database_url(given: str) -> str:
    """The SQLAlchemy address for a URL or a file name; empty means `var/award.db`."""
    if not given:
        return f"sqlite:///{_var() / 'award.db'}"
    if "://" not in given:
        return f"sqlite:///{Path(given).absolute()}"
    for plain in ("postgres://", "postgresql://"):
        if given.startswith(plain):
            return "postgresql+psycopg://" + given.removeprefix(plain)
    return given


def _var() -> Path:
    base = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    return base / "var"


def _converted(values: dict[str, object]) -> Settings:
    """From texts to types; the message names the variable that is at fault."""
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        variable = f"AWARD_{where.partition('`')[0].partition('[')[0].upper()}"
        raise BadSetting(f"{variable} cannot be read: {what}.") from error


def _checked(settings: Settings) -> Settings:
    _check_zone_and_proxies(settings)
    _check_files(settings)
    host = urlsplit(settings.public_url).hostname or ""
    if not settings.is_https and host not in {"127.0.0.1", "localhost", "::1"}:
        raise BadSetting(
            "AWARD_PUBLIC_URL must begin with https:// unless it is a loopback address."
        )
    if settings.is_https and settings.debug:
        raise BadSetting("AWARD_DEBUG must not be set for a public address.")
    if settings.secret and len(settings.secret) < _SHORTEST_SECRET:
        raise BadSetting(f"AWARD_SECRET needs at least {_SHORTEST_SECRET} characters.")
    if settings.secret:
        return settings
    return msgspec.structs.replace(settings, secret=_kept_secret(settings))


def _check_zone_and_proxies(settings: Settings) -> None:
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSetting("AWARD_TIME_ZONE must be a zone such as Europe/Berlin.") from error
    for address in settings.proxies:
        try:
            ipaddress.ip_address(address)
        except ValueError as error:
            raise BadSetting(
                "AWARD_PROXIES must be IP addresses with commas between them."
            ) from error


def _check_files(settings: Settings) -> None:
    if settings.clamd and not _SCANNER.fullmatch(settings.clamd):
        raise BadSetting("AWARD_CLAMD must be host:port, or the path of a socket.")
    if "://" not in settings.files:
        return
    if not _BUCKET.fullmatch(settings.files):
        raise BadSetting("AWARD_FILES must be a folder, or a bucket such as s3://name/prefix.")
    if importlib.util.find_spec("obstore") is None:
        raise BadSetting("AWARD_FILES is a bucket; that needs: pip install 'award[s3]'.")


def _kept_secret(settings: Settings) -> str:
    """A random secret kept beside the SQLite file, so that tokens outlive a restart."""
    if settings.sqlite_file is None:
        raise BadSetting("Set AWARD_SECRET to at least 32 random characters.")
    path = settings.sqlite_file.with_name("secret")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text()
    except OSError as error:
        raise BadSetting(
            f"The folder {path.parent} cannot be written. "
            "Give it to this user or set AWARD_DATABASE."
        ) from error
