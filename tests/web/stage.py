"""Routes that only these tests have: each does one thing that the machinery must cope with."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit import queue
from award.kit.actor import Actor
from award.kit.errors import Changed, Ending, Refused, TooMany
from award.kit.queue import Job
from award.kit.verdict import HIDDEN, Verdict, refused, visible_if
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, Data, fragment, page, see
from award.web.files import sent
from award.web.routes import Routes

routes = Routes()


class Note(msgspec.Struct):
    title: Annotated[str, Meta(min_length=1, max_length=20)]


def may_note(actor: Actor) -> Verdict:
    return visible_if(actor.is_signed_in)


def may_hidden(_actor: Actor) -> Verdict:
    return HIDDEN


def may_refused(_actor: Actor) -> Verdict:
    return refused("not_now", "Not now.")


def notes(db: Session) -> list[str]:
    return list(db.scalars(select(Job.kind).order_by(Job.kind)))


@routes.public_get("/stage/open")
def show_open(_call: Call) -> Answer:
    return page("errors/422.html", message="", detail={}, request_id="", status=200)


@routes.get("/stage/notes", policy=may_note)
def show_notes(call: Call) -> Answer:
    call.allow(may_note)
    refusal = call.refusal.code if call.refusal else "-"
    said = f"typed={call.typed.get('title')} refusal={refusal} notes={notes(call.db)}"
    return Data(said.encode(), "text/plain; charset=utf-8")


@routes.get("/stage/large", policy=may_note)
def send_large(call: Call) -> Answer:
    call.allow(may_note)
    made = call.site.files.scratch()
    for number in range(8):
        made.file.write(bytes([number]) * 200_000)
    return sent(made, "application/zip", "groß.zip")


def not_shown(_call: Call) -> Answer:
    raise Refused("gone", "The form is gone.")


@routes.post("/stage/notes", policy=may_note, again=show_notes)
def add_note(call: Call) -> Answer:
    call.allow(may_note)
    _keep(call.db, call.form(Note).title, call.actor, call.now)
    return see("/stage/notes", added=call.typed.get("title"))


@routes.post("/stage/single", policy=may_note, again=show_notes)
def add_single(call: Call) -> Answer:
    """A second one is refused before it writes."""
    call.allow(may_note)
    if notes(call.db).count("single"):
        raise Refused("single", "One is there already.")
    _keep(call.db, "single", call.actor, call.now)
    return see("/stage/notes", single=1)


@routes.post("/stage/files", policy=may_note, body_limit=400_000)
def add_files(call: Call) -> Answer:
    call.allow(may_note)
    found = [[one.field, one.name, len(one.content)] for one in call.files]
    said = {"files": found, "title": call.typed.get("title")}
    return Data(msgspec.json.encode(said), "application/json")


@routes.post("/stage/part", policy=may_note)
def add_part(call: Call) -> Answer:
    call.allow(may_note)
    _keep(call.db, call.form(Note).title, call.actor, call.now)
    return fragment(
        "errors/_notice.html", "/stage/notes", status=422, message="Kept.", request_id=""
    )


@routes.post("/stage/refused", policy=may_note)
def refuse(call: Call) -> Answer:
    call.allow(may_note)
    _keep(call.db, "rolled back", call.actor, call.now)
    at = call.now
    errors = {"title": "This title is taken."}
    raise Refused("late", "Too late.", errors=errors, afterwards=lambda db: _late(db, at))


@routes.post("/stage/gone", policy=may_note, again=not_shown)
def refuse_and_gone(call: Call) -> Answer:
    call.allow(may_note)
    raise Refused("late", "Too late.")


@routes.post("/stage/changed", policy=may_note)
def changed(call: Call) -> Answer:
    call.allow(may_note)
    raise Changed(
        "changed", "Jo changed this.", detail={"yours": "my words", "theirs": "her words"}
    )


@routes.post("/stage/too-many", policy=may_note)
def too_many(call: Call) -> Answer:
    call.allow(may_note)
    raise TooMany("attempts", "Slowly, please.", retry_after=120)


@routes.post("/stage/ending", policy=may_note)
def ending(call: Call) -> Answer:
    call.allow(may_note)
    raise Ending("ending", "We restart. Send it again.")


@routes.post("/stage/password", policy=may_note, again=show_notes, prepare=AGAIN)
def with_password(call: Call) -> Answer:
    call.allow(may_note)
    require_password(call)
    return see("/stage/notes")


@routes.get("/stage/unasked", policy=may_note)
def unasked(_call: Call) -> Answer:
    return Data(b"nobody asked", "text/plain")


@routes.post("/stage/unasked", policy=may_note)
def unasked_change(call: Call) -> Answer:
    _keep(call.db, "unasked", call.actor, call.now)
    return see("/stage/notes")


@routes.get("/stage/hidden", policy=may_hidden)
def hidden(call: Call) -> Answer:
    call.allow(may_hidden)
    return see("/")


@routes.get("/stage/not-now", policy=may_refused)
def not_now(call: Call) -> Answer:
    call.allow(may_refused)
    return see("/")


@routes.get("/stage/broken", policy=may_note)
def broken(call: Call) -> Answer:
    call.allow(may_note)
    raise ValueError("a secret in an error")


@routes.post("/stage/broken-commit", policy=may_note)
def broken_commit(call: Call) -> Answer:
    """What it writes is refused by the commit, not before."""
    call.allow(may_note)
    _keep(call.db, "half done", call.actor, call.now)
    if call.db.get_bind().dialect.name == "sqlite":
        call.db.execute(text("PRAGMA defer_foreign_keys=ON"))
    call.db.execute(text("INSERT INTO stage_child VALUES ('nobody')"))
    return see("/stage/notes")


@routes.get("/stage/numbers/{number:int}", policy=may_note)
def numbered(call: Call, number: int) -> Answer:
    call.allow(may_note)
    found = call.db.scalar(select(Job.kind).where(Job.tries == number))
    return Data(f"{found}".encode(), "text/plain")


@routes.get("/stage/named/{name:str}", policy=may_note)
def named(call: Call, name: str) -> Answer:
    call.allow(may_note)
    found = call.db.scalar(select(Job.kind).where(Job.kind == name))
    return Data(f"{found}".encode(), "text/plain")


def set_the_stage(db: Session) -> None:
    """A table whose foreign key is looked at by the commit only, on both databases."""
    db.execute(text("CREATE TABLE stage_parent (id VARCHAR PRIMARY KEY)"))
    db.execute(
        text(
            "CREATE TABLE stage_child (parent VARCHAR REFERENCES stage_parent (id) "
            "DEFERRABLE INITIALLY DEFERRED)"
        )
    )


def _keep(db: Session, title: str, by: Actor, at: datetime) -> None:
    queue.enqueue(db, title, {}, due_at=at)
    db.flush()
    record(db, "stage.add", title, by=by, at=at)


def _late(db: Session, at: datetime) -> None:
    queue.enqueue(db, "a late attempt", {}, due_at=at)
