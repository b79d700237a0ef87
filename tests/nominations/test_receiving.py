"""What came by letter: typed in by the office, handed in as it was."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Membership, Network
from award.audit.models import AuditEntry
from award.kit.errors import Refused
from award.kit.mail import Mail
from award.nominations import actions, queries
from award.nominations.canonical import sha256
from award.nominations.models import Nomination, Submission
from award.nominations.queries import faults
from tests.cast import Cast
from tests.nominations.filled import URL, answers, as_actor
from tests.world import words


def received(cast: Cast, network: Network, **changed: object) -> Nomination:
    def write(db: Session) -> Nomination:
        by, now = as_actor(cast.olga), cast.world.now
        given = {
            key: {name: value for name, value in values.items() if value}
            for key, values in answers(**changed).items()
        }
        return actions.receive(
            db, actions.begin_receiving(db, cast.edition, now), network, given,
            arrived_at=now, by=by, at=now, public_url=URL,
        )  # fmt: skip

    return cast.world.write(write)


def test_it_is_handed_in_as_it_was(each_cast: Cast) -> None:
    made = received(each_cast, each_cast.network, goal="", partners=[], summary="x" * 600)
    world = each_cast.world
    handed = world.read(
        lambda db: db.scalars(select(Submission).filter_by(nomination_id=made.id)).one()
    )
    assert handed.is_outside_form
    assert handed.by == each_cast.olga.id
    assert handed.sha256 == sha256(handed.answers)
    assert handed.answers["summary"] == {"summary": "x" * 600}
    assert made.reference is not None
    assert (made.title, made.state) == ("Saison wird Stelle", "SH")
    query = select(AuditEntry.action).where(AuditEntry.object_id == made.id)
    assert world.read(lambda db: list(db.scalars(query))) == ["nominations.received_outside_form"]
    [letter] = world.read(lambda db: list(db.scalars(select(Mail))))
    assert letter.recipient == each_cast.nora.email
    page = world.signed_in(each_cast.nora).get(f"/nominations/{made.id}")
    assert made.reference in words(page)
    assert world.read(faults.changed_submissions) == world.read(faults.without_receipt) == []


def test_it_can_be_typed_in_after_the_deadline_until_jurors_read(cast: Cast) -> None:
    cast.world.clock.instant = cast.phases["formal_check"].starts_at
    received(cast, cast.network)
    cast.open_judging()
    with pytest.raises(Refused, match="judged"):
        received(cast, cast.other_network)
    cast.world.clock.move(days=-60)
    with pytest.raises(Refused, match="not_open"):
        received(cast, cast.other_network)
    assert cast.world.read(lambda db: queries.counts(db, cast.edition.id)).total == 1


def test_a_network_with_a_juror_is_refused(each_cast: Cast) -> None:
    now = each_cast.world.now
    other = {"network_id": each_cast.other_network.id, "created_at": now}

    def join(db: Session) -> Network:
        network = Network(name="Mit Jury", state="HE", created_at=now)
        db.add(network)
        db.flush()
        member = Membership(account_id=each_cast.jules.id, **other | {"network_id": network.id})
        db.add(member)
        return network

    network = each_cast.world.write(join)
    with pytest.raises(Refused, match="both_sides"):
        received(each_cast, network)
