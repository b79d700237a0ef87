"""Telling the story: first the people, then the edition of 2014, then the practice editions."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from award.demo.archive import load_2014
from award.demo.editions import load_practice
from award.demo.models import Demonstration
from award.demo.people import gather
from award.demo.phases import tellings
from award.kit.mail import Mail
from award.kit.passwords import Passwords
from award.programmes.actions import create_programme
from award.settings import Settings

_BEFORE = timedelta(days=150)
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def load(db: Session, settings: Settings, phase: str, now: datetime) -> None:
    """Write everything into an empty database; `phase` is empty for the editions side by side."""
    began = now - _BEFORE
    password = _password()
    hasher = Passwords(settings.argon2_memory_kib, settings.argon2_passes)
    people = gather(db, hasher.hashed(password), began)
    programme = create_programme(
        db,
        name={"de": "Innovative Netzwerke", "en": "Innovative Networks"},
        contact_email="auszeichnung@ausrichter.example",
        by=people.admin,
        at=began,
    )
    load_2014(db, programme, began)
    for telling in tellings(phase):
        load_practice(db, programme, telling, people, settings.public_url, now)
    # The letters of the past are history; what is under embargo still waits for its instant.
    db.execute(update(Mail).where(Mail.due_at <= now).values(sent_at=Mail.due_at))
    db.add(Demonstration(phase=phase, password=password, loaded_at=now))
    db.flush()


def _password() -> str:
    """Easy to type: four groups of four letters, 80 random bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
