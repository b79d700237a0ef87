"""Two who act at the same moment: on PostgreSQL each has a transaction of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from award.accounts.actions import end_role
from award.accounts.queries import administrators, open_grant
from award.jury import actions, queries
from award.jury.actions import Lead
from award.jury.queries import faults
from award.kit.errors import Changed, Refused
from award.nominations.actions import save_section, submit
from award.nominations.models import Answers, Nomination
from award.nominations.queries import saving
from award.programmes.models import RulesAmendment
from award.programmes.rules import rules_sha256, weights
from tests.cast import Cast
from tests.jury.staged import Staged, staged
from tests.nominations.filled import begun
from tests.world import World

Work = Callable[[Session], object]
_WAIT = 0.3


def _meanwhile(world: World, first: Work, second: Work) -> tuple[Future[object], Future[object]]:
    """Run `second` while `first` is done but not yet committed."""
    is_done, goes_on = threading.Event(), threading.Event()

    def held(db: Session) -> None:
        first(db)
        is_done.set()
        goes_on.wait(_WAIT)  # on SQLite nobody can come in between

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(world.write, held)
        is_done.wait(10)
        two = threads.submit(world.write, second)
    return one, two


def _propose(stage: Staged) -> str:
    made = stage.cast.world.write(
        lambda db: actions.propose_opening(
            db,
            stage.cast.round,
            reason="Es ist Zeit.",
            by=stage.by("olga"),
            at=stage.cast.world.now,
        )
    )
    return made.id


def test_a_conflict_declared_during_an_opening_does_not_change_what_was_opened(
    each_cast: Cast,
) -> None:
    stage = staged(each_cast)
    stage.hand_in("jules")
    stage.hand_in("jo")
    _propose(stage)
    now = each_cast.world.now

    def confirm(db: Session) -> None:
        proposal = queries.proposal(db, each_cast.round.id)
        assert proposal is not None
        who = {"url": "http://127.0.0.1:8000", "by": stage.by("otto"), "at": now}
        actions.confirm_opening(db, each_cast.round, proposal, **who)

    def declare(db: Session) -> None:
        what = {"kind": "relative", "statement": "Meine Schwester."}
        who = {"by": stage.by("jules"), "at": now}
        seat = queries.seat_in(db, each_cast.edition.id, each_cast.seats["jules"].id)
        actions.declare(db, seat, stage.nominations[0], **what, **who)

    opened, declared = _meanwhile(each_cast.world, confirm, declare)
    opened.result()
    with pytest.raises(Refused) as refused:
        declared.result()
    assert refused.value.code == "opened"


def test_two_chairs_named_at_once_are_one(each_cast: Cast) -> None:
    stage = staged(each_cast)

    def named(name: str) -> Work:
        def name_chair(db: Session) -> None:
            seat = queries.seat_in(db, each_cast.edition.id, each_cast.seats[name].id)
            lead: Lead = "chair"
            actions.set_lead(db, seat, lead, by=stage.by("olga"), at=each_cast.world.now)

        return name_chair

    for one in _meanwhile(each_cast.world, named("jules"), named("jo")):
        one.result()
    panel = each_cast.world.read(lambda db: queries.panel(db, each_cast.edition.id))
    assert [one.name for one in panel if one.is_chair] == ["Jo Jury"]


def test_two_administrators_do_not_end_each_other(each_cast: Cast) -> None:
    stage = staged(each_cast)

    def ended(who: str, by: str) -> Work:
        def end(db: Session) -> None:
            grant = open_grant(db, getattr(each_cast, who).id, "administrator")
            assert grant is not None
            end_role(db, grant, by=stage.by(by), at=each_cast.world.now)

        return end

    first, second = _meanwhile(each_cast.world, ended("otto", "olga"), ended("olga", "otto"))
    first.result()
    with pytest.raises(Refused):
        second.result()
    assert each_cast.world.write(administrators) == 1


def test_a_save_that_meets_a_handing_in_is_refused(each_cast: Cast) -> None:
    made, world = begun(each_cast), each_cast.world
    by = Staged(each_cast, [], {}).by("nora")

    def hand_in(db: Session) -> None:
        nomination = db.get_one(Nomination, made.id)
        submit(db, nomination, by=by, at=world.now, public_url="http://127.0.0.1:8000")

    def save(db: Session) -> None:
        before, values = saving.before(db, made.id, "summary"), {"summary": "Zu spät."}
        save_section(db, before, values, version=1, by=by, at=world.now)

    handed_in, saved = _meanwhile(world, hand_in, save)
    handed_in.result()
    with pytest.raises(Refused) as refused:
        saved.result()
    assert refused.value.code == "submitted"


def test_of_two_saves_at_once_the_second_meets_the_first(each_cast: Cast) -> None:
    made, world = begun(each_cast), each_cast.world

    def saved(who: str) -> Work:
        def save(db: Session) -> int:
            before, by = saving.before(db, made.id, "summary"), Staged(each_cast, [], {}).by(who)
            values = {"summary": f"Von {who}."}
            return save_section(db, before, values, version=1, by=by, at=world.now)

        return save

    first, second = _meanwhile(world, saved("nora"), saved("mallory"))
    first.result()
    with pytest.raises(Changed):
        second.result()
    kept = world.read(lambda db: db.get_one(Answers, (made.id, "summary")))
    assert kept.values == {"summary": "Von nora."}


def test_stepping_back_twice_at_once_is_done_once(each_cast: Cast) -> None:
    stage = staged(each_cast)
    clients = [stage.client("jules") for _ in range(6)]
    address = f"/sheets/{stage.sheets['jules', 0]}/recusal"
    form = {"reason": "Ich kenne die Leute.", "_key": "one-click"}
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda one: one.post(address, form), clients))
    assert [(one.status_code, one.headers.get("location")) for one in answers] == [
        (303, "/jury?stepped_back=1")
    ] * 6


def _weights_exchanged(db: Session, stage: Staged) -> RulesAmendment:
    """Olga's proposal to exchange the weights of the first and the third criterion."""
    round_ = stage.cast.round
    rules = queries.rules_now(db, round_.id)
    held = weights(rules)
    new = actions.NewRules(
        weights=held | {"K1": held["K3"], "K3": held["K1"]},
        tie_breakers=rules["tie_breakers"],
        min_sheets=rules["min_sheets"],
        min_weight_present=rules["min_weight_present"],
        carries_earlier_sheets=rules["carries_earlier_sheets"],
    )
    seen, at = rules_sha256(rules), stage.cast.world.now
    by = stage.by("olga")
    return actions.propose_amendment(
        db, round_, new, reason="Vertauscht.", seen_sha256=seen, by=by, at=at
    )


def _confirm_rules(stage: Staged, made: RulesAmendment, name: str) -> Work:
    def confirm(db: Session) -> None:
        row = db.get_one(RulesAmendment, made.id)
        by, at = stage.by(name), stage.cast.world.now
        actions.confirm_amendment(db, row, seen_sha256=made.sha256, by=by, at=at)

    return confirm


def test_two_who_confirm_an_amendment_do_it_once(each_cast: Cast) -> None:
    stage = staged(each_cast)
    made = each_cast.world.write(lambda db: _weights_exchanged(db, stage))
    one, two = _meanwhile(
        each_cast.world, _confirm_rules(stage, made, "otto"), _confirm_rules(stage, made, "carla")
    )
    one.result()
    with pytest.raises(Refused):
        two.result()
    fixed = each_cast.world.read(lambda db: queries.fixed_rules(db, each_cast.round.id))
    assert [row.number for row in fixed] == [1, 2]


def test_the_clock_fixes_no_rules_that_are_being_amended(each_cast: Cast) -> None:
    stage = staged(each_cast)
    each_cast.world.clock.instant = each_cast.phases["judging"].starts_at - timedelta(minutes=1)
    made = each_cast.world.write(lambda db: _weights_exchanged(db, stage))
    each_cast.world.clock.move(minutes=1)
    at = each_cast.world.now
    one, two = _meanwhile(
        each_cast.world,
        _confirm_rules(stage, made, "otto"),
        lambda db: actions.fix_begun(db, at=at),
    )
    one.result()
    two.result()
    fixed = each_cast.world.read(lambda db: queries.fixed_rules(db, each_cast.round.id))
    assert [(row.number, row.amendment_id) for row in fixed] == [(1, None), (2, made.id)]
    assert each_cast.world.read(faults.changed_rules) == []
