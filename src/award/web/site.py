"""What one running server is made of; `app.py` puts it together and hands it to the routes."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
from sqlalchemy.orm import Session

from award.kit.actor import Actor
from award.kit.clock import Clock
from award.kit.db import Database
from award.kit.files import Files
from award.kit.passwords import Passwords
from award.kit.scanner import Scanner
from award.settings import Settings
from award.web.assets import Assets

LoadActor: TypeAlias = Callable[[Session, str, datetime], Actor]
MakeFrame: TypeAlias = Callable[[Session, Actor, str, datetime, Mapping[str, Any]], Any]

StoredPassword: TypeAlias = Callable[[Session, Actor], str | None]
Attempt: TypeAlias = Callable[[Session, str, str, datetime], None]
Guess: TypeAlias = Callable[[Session, str, datetime], None]
Contact: TypeAlias = Callable[[Session], str]
LastPromised: TypeAlias = Callable[[Session, str], datetime | None]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """`load_actor` turns a session token into a person, `make_frame` gives what surrounds a page.

    `load_bearer` turns an access token into the person whose program brings it.

    `slow` runs what would hold the writer up, such as argon2, and `uploads` what reads files that
    were sent: many of them before a deadline must not keep people from signing in.

    `check_attempts` raises TooMany when a mail address or a client's address failed too often,
    `count_failure` adds one failure; `check_guesses` and `count_guess` do so for access tokens.

    `last_promised` tells, of an edition by its id, the latest deadline that anybody was given for
    themselves, so that what lies before nominations on the line need not know them; `contact` is
    the organiser's mail address, "" if there is none yet.
    """

    settings: Settings
    database: Database
    files: Files
    scanner: Scanner | None
    clock: Clock
    assets: Assets
    slow: Executor
    uploads: Executor
    load_actor: LoadActor
    load_bearer: LoadActor
    make_frame: MakeFrame
    passwords: Passwords
    stored_password: StoredPassword
    check_attempts: Attempt
    count_failure: Attempt
    check_guesses: Guess
    count_guess: Guess
    last_promised: LastPromised
    contact: Contact
