"""The rules of a ranking: fixed when judging opens, amended by two persons, shown to all."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from award.accounts.models import Account, RoleGrant
from award.audit.models import AuditEntry
from award.jury import actions, queries
from award.jury.jobs import fix_rules
from award.jury.queries import faults
from award.kit import templates
from award.kit.i18n import speaking
from award.kit.queue import Turn
from award.programmes.models import Criterion, Edition, RankingRules, Round, RulesAmendment
from award.programmes.rules import METHOD, rules_sha256
from award.ranking import queries as ranking
from award.ranking.models import Run
from award.worker import FUNCTIONS, REGULAR
from tests.cast import Cast
from tests.jury.staged import Staged, staged
from tests.ranking.opened import run as ranked
from tests.world import Client, Statements, words

PASSWORD = "vier zufällige Wörter reichen"
REASON = "K1 und K3 waren vertauscht."


def _with_passwords(cast: Cast) -> None:
    """Olga, Otto and Carla have a password that can be asked again."""
    people = [cast.olga.id, cast.otto.id, cast.carla.id]
    change = update(Account).where(Account.id.in_(people))
    hashed = cast.world.site.passwords.hashed(PASSWORD)
    cast.world.write(lambda db: db.execute(change.values(password_hash=hashed)) and None)


def _stage(cast: Cast) -> Staged:
    stage = staged(cast)
    _with_passwords(cast)
    return stage


def _clock(cast: Cast) -> None:
    """One turn of the job."""
    world = cast.world
    turn = Turn(payload={}, at=world.now, public_url="", files=world.site.files)
    world.write(lambda db: fix_rules(db, turn))


def _rules(cast: Cast) -> dict[str, Any]:
    return cast.world.read(lambda db: queries.rules_now(db, cast.round.id))


def _fixed(cast: Cast, round_: Round | None = None) -> list[RankingRules]:
    id_ = (round_ or cast.round).id
    return cast.world.read(lambda db: queries.fixed_rules(db, id_))


def _form(cast: Cast, **changed: str) -> dict[str, str]:
    """The form as it is filled, with some fields changed."""
    rules = _rules(cast)
    ties = rules["tie_breakers"]
    filled = {"seen": rules_sha256(rules), "reason": REASON, "min_sheets": "1"}
    filled |= {"min_weight_present": "75", "carries_earlier_sheets": "on"}
    for number, one in enumerate(rules["criteria"], 1):
        filled[f"weight-{number}"] = str(one["weight"])
        if one["key"] in ties:
            filled[f"tie-{number}"] = str(ties.index(one["key"]) + 1)
    return filled | {name.replace("_of_", "-"): value for name, value in changed.items()}


def _swapped(cast: Cast) -> dict[str, str]:
    """The form with the weights of the first and the third criterion exchanged."""
    first, third = (_rules(cast)["criteria"][place]["weight"] for place in (0, 2))
    return _form(cast, weight_of_1=str(third), weight_of_3=str(first))


def _propose(stage: Staged, data: dict[str, str], name: str = "olga") -> Response:
    return stage.client(name).post(f"{stage.round}/rules/amendment", data)


def _waiting(cast: Cast) -> RulesAmendment | None:
    query = select(RulesAmendment).order_by(RulesAmendment.proposed_at.desc())
    return cast.world.read(lambda db: db.scalar(query))


def _confirm(stage: Staged, name: str = "otto", **changed: str) -> Response:
    found = _waiting(stage.cast)
    data = {"proposal": found.id, "sha256": found.sha256} if found else {"proposal": "nothing"}
    data |= {"password_again": PASSWORD, **changed}
    return stage.client(name).post(f"{stage.round}/rules/confirmation", data)


def _amend(stage: Staged) -> None:
    assert _propose(stage, _swapped(stage.cast)).status_code == 303
    assert _confirm(stage).status_code == 303


def _log(cast: Cast) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.action.like("jury.%")).order_by(AuditEntry.number)
    return cast.world.read(lambda db: list(db.scalars(query)))


def _acts(cast: Cast) -> list[str]:
    return [one.action for one in _log(cast) if "rules" in one.action or "amend" in one.action]


# ── fixed when judging opens ─────────────────────────────────────────────────


def test_the_clock_fixes_the_rules_when_judging_opens_and_once_only(each_cast: Cast) -> None:
    cast = each_cast
    cast.world.clock.instant = cast.phases["judging"].starts_at - timedelta(seconds=1)
    _clock(cast)
    assert _fixed(cast) == []
    cast.world.clock.move(seconds=1)
    _clock(cast)
    _clock(cast)
    [one] = _fixed(cast)
    assert (one.number, one.at, one.amendment_id) == (1, cast.phases["judging"].starts_at, None)
    assert one.rules == {
        "method": "severity-corrected",
        "criteria": [{"key": row.key, "weight": float(row.weight)} for row in cast.criteria],
        "scale": {"low": 1, "high": 5},
        "tie_breakers": ["K2", "K1", "K4"],
        "min_sheets": 1,
        "min_weight_present": 0.75,
        "carries_earlier_sheets": True,
        "places": 2,
    }
    assert one.sha256 == rules_sha256(one.rules)
    [entry] = _log(cast)
    assert (entry.action, entry.actor_id, entry.object_id) == (
        "jury.fix_rules",
        None,
        cast.round.id,
    )
    assert entry.details == {"sha256": one.sha256, "number": 1}


def test_the_clock_does_it_regularly() -> None:
    assert FUNCTIONS["jury.fix_rules"] is fix_rules
    assert REGULAR["jury.fix_rules"] == timedelta(minutes=1)


def test_a_call_that_is_not_public_is_left_alone(cast: Cast) -> None:
    unpublished = update(Edition).values(published_at=None)
    cast.world.write(lambda db: db.execute(unpublished) and None)
    cast.open_judging()
    _clock(cast)
    assert _fixed(cast) == []


def test_the_opening_fixes_what_the_clock_has_not(each_cast: Cast) -> None:
    stage = staged(each_cast)
    stage.hand_in("jules")
    stage.open()
    assert [one.number for one in _fixed(each_cast)] == [1]


def test_the_rules_that_are_fixed_are_those_that_a_run_is_computed_by(cast: Cast) -> None:
    rules = _rules(cast)
    given = cast.world.read(lambda db: ranking.parameters(db, cast.round))
    frozen = cast.world.read(lambda db: ranking.frozen(db, cast.round))
    for name in ("min_sheets", "min_weight_present", "tie_breakers"):
        assert given[name] == rules[name]
    assert given["winners"] == rules["places"]
    assert frozen["criteria"] == rules["criteria"]
    assert rules["method"] == METHOD


def test_set_up_stays_shut_once_judging_has_begun(cast: Cast) -> None:
    """Also where the call was never published."""
    unpublished = update(Edition).values(published_at=None)
    cast.world.write(lambda db: db.execute(unpublished) and None)
    base = f"/admin/editions/{cast.edition.slug}/setup"
    typed = {"version": "1", "name_de-1": "Runde", "name_en-1": "Round"}
    typed |= {"jurors_per_nomination-1": "4", "min_sheets-1": "2"}
    cast.open_judging()
    olga = cast.world.signed_in(cast.olga)
    answer = olga.post(f"{base}/rounds", typed)
    assert answer.status_code == 422
    assert "Nach den Terminen bewertet die Jury schon" in words(answer)
    cast.world.clock.instant = cast.phases["judging"].starts_at - timedelta(seconds=1)
    assert olga.post(f"{base}/rounds", typed).status_code == 303


@pytest.mark.parametrize(
    "change", ["UPDATE ranking_rules SET sha256 = 'x'", "DELETE FROM ranking_rules"]
)
def test_the_database_refuses_to_change_what_was_fixed(each_cast: Cast, change: str) -> None:
    each_cast.open_judging()
    _clock(each_cast)
    with pytest.raises(DatabaseError, match="stay as they were fixed"):
        each_cast.world.write(lambda db: db.execute(text(change)) and None)


# ── amended by two persons ───────────────────────────────────────────────────


def test_two_persons_amend_the_rules_and_runs_follow(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    old = _rules(each_cast)
    assert _propose(stage, _swapped(each_cast)).status_code == 303
    assert _rules(each_cast) == old
    assert [one.rules for one in _fixed(each_cast)] == [old]
    assert _confirm(stage).status_code == 303
    new = _rules(each_cast)
    weights = [one["weight"] for one in old["criteria"]]
    swapped = [weights[2], weights[1], weights[0], *weights[3:]]
    assert [one["weight"] for one in new["criteria"]] == swapped
    amendment = _waiting(each_cast)
    assert amendment is not None
    assert [(one.number, one.rules, one.amendment_id) for one in _fixed(each_cast)] == [
        (1, old, None),
        (2, new, amendment.id),
    ]
    assert _acts(each_cast) == [
        "jury.fix_rules",
        "jury.propose_amendment",
        "jury.confirm_amendment",
        "jury.fix_rules",
    ]
    frozen = each_cast.world.read(lambda db: ranking.frozen(db, each_cast.round))
    assert frozen["criteria"] == new["criteria"]
    assert _faults(each_cast) == ([], [])


def test_everything_that_can_be_amended(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    changed = {"tie_of_1": "", "tie_of_5": "1", "tie_of_2": "2", "min_sheets": "2"}
    changed |= {"min_weight_present": "62,5", "carries_earlier_sheets": ""}
    assert _propose(stage, _form(each_cast, **changed)).status_code == 303
    shown = words(stage.client("otto").get(f"{stage.round}/rules"))
    names = {one.key: one.name["de"] for one in each_cast.criteria}
    order = ", ".join(names[key] for key in ("K5", "K2", "K4"))
    before = ", ".join(names[key] for key in ("K2", "K1", "K4"))
    assert f"Reihenfolge bei Gleichstand: {order}. Vorher: {before}." in shown
    assert "Vorrunde: Einen Platz gibt es ab 2 gezählten Bögen, vorher ab 1." in shown
    assert "mindestens 62,5 % des Gewichts bewertet sind" in shown
    assert "Vorrunde: Die Bögen früherer Runden zählen nicht mehr." in shown
    assert _confirm(stage).status_code == 303
    rules = _rules(each_cast)
    assert rules["tie_breakers"] == ["K5", "K2", "K4"]
    assert (rules["min_sheets"], rules["min_weight_present"]) == (2, 0.625)
    assert rules["carries_earlier_sheets"] is False
    assert _faults(each_cast) == ([], [])


def test_weights_hold_for_all_rounds_and_are_fixed_anew_for_each(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    later = each_cast.world.write(lambda db: _second_round(db, each_cast))
    _clock(each_cast)
    each_cast.world.write(lambda db: actions.fix_rules(db, later, at=each_cast.world.now))
    _amend(stage)
    assert [one.number for one in _fixed(each_cast)] == [1, 2]
    assert [one.number for one in _fixed(each_cast, later)] == [1, 2]
    only_here = _form(each_cast, min_sheets="2")
    each_cast.world.clock.move(minutes=1)
    assert _propose(stage, only_here).status_code == 303
    assert _confirm(stage).status_code == 303
    assert [one.number for one in _fixed(each_cast)] == [1, 2, 3]
    assert [one.number for one in _fixed(each_cast, later)] == [1, 2]
    shown = words(stage.client("ada").get(f"{stage.base}/rounds/2/rules"))
    assert shown.count(f"Grund: {REASON}") == 1


def _second_round(db: Session, cast: Cast) -> Round:
    labels = cast.round.scale_labels
    row = Round(
        edition_id=cast.edition.id, position=2, name={"de": "Endrunde"}, scale_labels=labels
    )
    db.add(row)
    db.flush()
    return row


@pytest.mark.parametrize(
    ("name", "status"),
    [("olga", 303), ("otto", 303), ("ada", 404), ("carla", 404), ("jules", 404), ("nora", 404)],
)
def test_only_an_administrator_proposes(cast: Cast, name: str, status: int) -> None:
    stage = _stage(cast)
    data = _swapped(cast)
    assert stage.client(name).get(f"{stage.round}/rules/amendment").status_code == (
        200 if status == 303 else 404
    )
    assert _propose(stage, data, name).status_code == status


@pytest.mark.parametrize(
    ("name", "status"),
    [("olga", 403), ("otto", 303), ("carla", 303), ("ada", 404), ("jules", 404), ("mallory", 404)],
)
def test_who_may_confirm_what_olga_proposed(cast: Cast, name: str, status: int) -> None:
    stage = _stage(cast)
    old = _rules(cast)
    _propose(stage, _swapped(cast))
    assert _confirm(stage, name).status_code == status
    assert (_rules(cast) != old) is (status == 303)


@pytest.mark.parametrize("name", ["jules", "nora"])
@pytest.mark.parametrize("act", ["confirmation", "withdrawal", "amendment"])
def test_whoever_may_not_finds_nothing_by_an_empty_form(cast: Cast, name: str, act: str) -> None:
    stage = _stage(cast)
    for edition in (cast.edition.slug, "no-such-edition"):
        address = f"/admin/editions/{edition}/rounds/1/rules/{act}"
        assert stage.client(name).post(address).status_code == 404


@pytest.mark.parametrize(("hours", "status"), [(71, 403), (72, 303)])
def test_a_new_administrator_waits_72_hours(cast: Cast, hours: int, status: int) -> None:
    stage = _stage(cast)
    _propose(stage, _swapped(cast))
    granted = {"is_operators": False, "confirmed_at": cast.world.now - timedelta(hours=hours)}
    change = update(RoleGrant).where(RoleGrant.account_id == cast.otto.id).values(granted)
    cast.world.write(lambda db: db.execute(change) and None)
    assert _confirm(stage).status_code == status


def test_a_wrong_password_is_said_at_its_field_and_amends_nothing(cast: Cast) -> None:
    stage = _stage(cast)
    old = _rules(cast)
    _propose(stage, _swapped(cast))
    answer = _confirm(stage, password_again="geraten")
    assert answer.status_code == 422
    assert 'id="error-password_again"' in answer.text
    assert _rules(cast) == old


def test_what_is_confirmed_is_what_was_seen(cast: Cast) -> None:
    stage = _stage(cast)
    old = _rules(cast)
    _propose(stage, _swapped(cast))
    answer = _confirm(stage, sha256="0" * 64)
    assert answer.status_code == 422
    assert "schlagen Sie die Änderung neu vor" in words(answer)
    assert _rules(cast) == old


def test_a_proposal_is_over_when_scores_are_opened(each_cast: Cast) -> None:
    """Who confirms has to know that scores are open, so it is proposed anew."""
    stage = _stage(each_cast)
    stage.hand_in("jules")
    _propose(stage, _swapped(each_cast))
    stage.open()
    assert "Der Vorschlag gilt nicht mehr." in words(
        stage.client("otto").get(f"{stage.round}/rules")
    )
    assert _confirm(stage).status_code == 422
    _drop(stage)
    each_cast.world.clock.move(minutes=1)
    _amend(stage)


def test_that_scores_were_open_is_said_on_every_page_and_in_the_log(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    stage.hand_in("jules")
    stage.open()
    run = each_cast.world.write(
        lambda db: ranked(db, each_cast, by=stage.by("olga"), at=each_cast.world.now)
    )
    form = words(stage.client("olga").get(f"{stage.round}/rules/amendment"))
    assert "Bewertungen sind schon geöffnet: Vorrunde." in form
    _amend(stage)
    assert _acts(each_cast)[-3:] == [
        "jury.propose_amendment_opened",
        "jury.confirm_amendment_opened",
        "jury.fix_rules",
    ]
    said = "Als das vorgeschlagen wurde, waren schon Bewertungen geöffnet: Vorrunde."
    for page in (
        stage.client("ada").get(f"{stage.round}/rules"),
        each_cast.world.visitor().get(f"/editions/{each_cast.edition.slug}/criteria"),
    ):
        assert said in words(page)
    criteria = each_cast.world.read(
        lambda db: ranking.run(db, each_cast.edition.id, run.id).input["criteria"]
    )
    old = _fixed(each_cast)[0]
    assert criteria == old.rules["criteria"]


def _drop(stage: Staged, name: str = "olga") -> Response:
    found = _waiting(stage.cast)
    data = {"proposal": found.id if found else "nothing"}
    return stage.client(name).post(f"{stage.round}/rules/withdrawal", data)


@pytest.mark.parametrize(
    ("name", "status"), [("olga", 303), ("otto", 303), ("carla", 303), ("ada", 404), ("jo", 404)]
)
def test_a_proposal_is_withdrawn_or_refused(cast: Cast, name: str, status: int) -> None:
    stage = _stage(cast)
    old = _rules(cast)
    _propose(stage, _swapped(cast))
    assert _drop(stage, name).status_code == status
    if status == 303:
        assert _acts(cast)[-1] == "jury.drop_amendment"
        assert _confirm(stage).status_code == 422
        assert _drop(stage).status_code == 422
        assert _propose(stage, _swapped(cast)).status_code == 303
    assert _rules(cast) == old


def test_one_proposal_waits_at_a_time(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    data = _swapped(each_cast)
    assert _propose(stage, data).status_code == 303
    answer = _propose(stage, data, "otto")
    assert answer.status_code == 403
    assert "Es wartet schon eine Änderung." in words(answer)
    with pytest.raises(DatabaseError):
        each_cast.world.write(lambda db: db.add(_copy(each_cast)))


def _copy(cast: Cast) -> RulesAmendment:
    found = _waiting(cast)
    assert found is not None
    names = ("edition_id", "round_id", "before", "after", "opened", "reason", "sha256")
    kept = {name: getattr(found, name) for name in names}
    return RulesAmendment(**kept, proposed_by=cast.otto.id, proposed_at=cast.world.now)


def test_the_form_is_filled_with_what_holds_and_refused_unchanged(cast: Cast) -> None:
    stage = _stage(cast)
    shown = stage.client("olga").get(f"{stage.round}/rules/amendment")
    assert f'name="seen" value="{rules_sha256(_rules(cast))}"' in shown.text
    for number, one in enumerate(_rules(cast)["criteria"], 1):
        assert f'name="weight-{number}" type="text" value="{one["weight"]:g}"' in shown.text
    answer = _propose(stage, _form(cast))
    assert answer.status_code == 422
    assert "Diese Regeln gelten schon." in words(answer)


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"weight_of_1": "31"}, "weight-1", "Die Gewichte ergeben zusammen"),
        ({"weight_of_2": "viel"}, "weight-2", "Bitte geben Sie eine Zahl ein."),
        ({"tie_of_3": "2"}, "tie-3", "Dieser Platz ist zweimal vergeben."),
        ({"min_sheets": "3"}, "min_sheets", "Nicht mehr als die Bögen"),
        ({"min_weight_present": "101"}, "min_weight_present", "von 0 bis 100"),
        ({"reason": " "}, "reason", "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_a_fault_is_said_at_its_field_and_what_was_typed_stays(
    cast: Cast, changed: dict[str, str], field: str, message: str
) -> None:
    stage = _stage(cast)
    data = _swapped(cast) | _form(cast, **changed) | {"reason": changed.get("reason", REASON)}
    answer = _propose(stage, data)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert message in words(answer)
    assert data[field].strip() in answer.text
    assert _waiting(cast) is None


def test_a_form_that_was_filled_with_earlier_rules_is_shown_again(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    stale = _form(each_cast, min_sheets="2")
    _amend(stage)
    answer = _propose(stage, stale)
    assert answer.status_code == 409
    assert "Die Regeln wurden inzwischen geändert." in words(answer)
    assert f'name="seen" value="{rules_sha256(_rules(each_cast))}"' in answer.text
    assert 'name="min_sheets" type="text" value="2"' in answer.text


def test_before_the_call_is_published_the_set_up_is_the_way(cast: Cast) -> None:
    unpublished = update(Edition).values(published_at=None)
    cast.world.write(lambda db: db.execute(unpublished) and None)
    olga = cast.world.signed_in(cast.olga)
    base = f"/admin/editions/{cast.edition.slug}/rounds/1/rules"
    shown = words(olga.get(base))
    assert "beim Einrichten geändert" in shown
    assert "Änderung vorschlagen" not in shown
    assert olga.get(f"{base}/amendment").status_code == 403


def test_another_editions_proposal_is_not_found(cast: Cast) -> None:
    stage = _stage(cast)
    _propose(stage, _swapped(cast))
    data = {"proposal": "no-such", "password_again": PASSWORD}
    for act in ("confirmation", "withdrawal"):
        assert stage.client("otto").post(f"{stage.round}/rules/{act}", data).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rules_amendment SET reason = 'x'",
        "UPDATE rules_amendment SET sha256 = 'x', dropped_at = proposed_at",
        "UPDATE rules_amendment SET confirmed_by = proposed_by",
        "DELETE FROM rules_amendment",
    ],
)
def test_the_database_refuses_to_change_a_proposal(each_cast: Cast, change: str) -> None:
    stage = _stage(each_cast)
    _propose(stage, _swapped(each_cast))
    with pytest.raises(DatabaseError):
        each_cast.world.write(lambda db: db.execute(text(change)) and None)


def test_the_database_refuses_to_end_a_proposal_twice(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    _amend(stage)
    change = "UPDATE rules_amendment SET dropped_at = proposed_at, confirmed_at = NULL"
    with pytest.raises(DatabaseError, match="once"):
        each_cast.world.write(lambda db: db.execute(text(change)) and None)


# ── shown to all ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["olga", "ada", "carla"])
def test_the_page_says_what_holds_since_when_and_what_was_amended(cast: Cast, name: str) -> None:
    stage = _stage(cast)
    _clock(cast)
    shown = words(stage.client(name).get(f"{stage.round}/rules"))
    assert "Festgehalten am" in shown
    assert rules_sha256(_rules(cast)) in shown
    assert "Ein Bogen zählt ab 75 % des Gewichts" in shown
    _amend(stage)
    later = words(stage.client(name).get(f"{stage.round}/rules"))
    name = cast.criteria[0].name["de"]
    assert f"„{name}“ wiegt 15 %, vorher 25 %." in later
    assert f"Grund: {REASON}" in later
    assert "Vorgeschlagen von Olga Verwaltung" in later
    assert "bestätigt von Otto Verwaltung" in later
    assert rules_sha256(_rules(cast)) in later


def test_a_proposal_is_nobody_elses_until_it_is_confirmed(cast: Cast) -> None:
    stage = _stage(cast)
    slug = cast.edition.slug
    everybodys = [f"/editions/{slug}/criteria", f"/editions/{slug}"]
    _propose(stage, _swapped(cast))
    for address in everybodys:
        assert REASON not in cast.world.visitor().get(address).text
    assert REASON not in stage.client("jules").get("/jury").text
    assert _confirm(stage).status_code == 303
    for address in everybodys:
        shown = words(cast.world.visitor().get(address))
        assert "Die Regeln wurden am" in shown
        assert f"Grund: {REASON}" in shown
        assert "Olga" not in shown
    assert f"Grund: {REASON}" in words(stage.client("jules").get("/jury"))
    call = cast.world.visitor().get(f"/editions/{slug}")
    assert "stehen seit der Ausschreibung fest" not in words(call)


def test_pages_ask_the_same_of_the_database_after_many_amendments(cast: Cast) -> None:
    stage = _stage(cast)
    _amend(stage)
    visitor, ada = cast.world.visitor(), stage.client("ada")
    pages = (visitor, f"/editions/{cast.edition.slug}/criteria"), (ada, f"{stage.round}/rules")
    once = [_asked(cast, *page) for page in pages]
    for _turn in range(4):
        cast.world.clock.move(minutes=1)
        _amend(stage)
    assert [_asked(cast, *page) for page in pages] == once


def _asked(cast: Cast, client: Client, address: str) -> int:
    with Statements(cast.world) as statements:
        assert client.get(address).status_code == 200
    return len(statements)


def test_the_overview_says_that_an_amendment_waits(cast: Cast) -> None:
    stage = _stage(cast)
    otto = stage.client("otto")
    assert "Andere Regeln der Rangfolge bestätigen" not in words(otto.get(stage.base))
    _propose(stage, _swapped(cast))
    shown = otto.get(stage.base)
    assert "Andere Regeln der Rangfolge bestätigen" in words(shown)
    assert f'href="{stage.round}/rules"' in shown.text
    _drop(stage)
    assert "Andere Regeln der Rangfolge bestätigen" not in words(otto.get(stage.base))


def test_the_chair_finds_the_rules_from_the_pile(cast: Cast) -> None:
    stage = _stage(cast)
    assert f'href="{stage.round}/rules"' in stage.client("carla").get("/jury").text
    assert f'href="{stage.round}/rules"' not in stage.client("jules").get("/jury").text


def test_what_the_ranking_says_of_its_rules(cast: Cast) -> None:
    """The part that the ranking's pages include."""
    stage = _stage(cast)
    stage.hand_in("jules")
    assert "noch nicht festgehalten" in _part(cast, None)
    stage.open()
    run = cast.world.write(lambda db: ranked(db, cast, by=stage.by("olga"), at=cast.world.now))
    assert "Gereiht nach den Regeln, die am Montag, 21. Dezember 2026" in _part(cast, run)
    cast.world.clock.move(minutes=1)
    _amend(stage)
    told = _part(cast, run)
    assert "Geändert am Montag, 21. Dezember 2026" in told
    assert REASON in told
    assert "waren schon Bewertungen geöffnet: Vorrunde." in told
    assert "Diese Rangfolge wurde davor berechnet, nach den früheren Regeln." in told
    assert "davor berechnet" not in _part(cast, None)
    later = cast.world.write(lambda db: ranked(db, cast, by=stage.by("olga"), at=cast.world.now))
    assert "davor berechnet" not in _part(cast, later)


def _part(cast: Cast, run: Run | None) -> str:
    told = cast.world.read(lambda db: queries.rules_told(db, cast.round))
    with speaking("de"):
        return templates.render("ranking/_rules.html", rules=told, rules_href="/rules", run=run)


# ── checked ──────────────────────────────────────────────────────────────────


def _faults(cast: Cast) -> tuple[list[str], list[str]]:
    return cast.world.read(lambda db: (faults.changed_rules(db), faults.changed_amendments(db)))


@pytest.mark.parametrize(
    "change",
    [
        update(Criterion).where(Criterion.key == "K1").values(tie_break=None),
        update(Round).values(min_sheets=2),
        update(Round).values(carries_earlier_sheets=False),
        update(Edition).values(winners=3),
    ],
)
def test_the_check_finds_rules_that_were_changed_past_the_amendment(
    cast: Cast, change: Any
) -> None:
    cast.open_judging()
    _clock(cast)
    assert _faults(cast) == ([], [])
    cast.world.write(lambda db: db.execute(change) and None)
    assert _faults(cast) == ([cast.round.id], [])


def test_the_check_finds_rows_that_do_not_say_what_their_hash_was_made_of(cast: Cast) -> None:
    stage = _stage(cast)
    _amend(stage)
    assert _faults(cast) == ([], [])

    def tamper(db: Session) -> None:
        for table, guard in (("ranking_rules", "no_update"), ("rules_amendment", "ends_once")):
            db.execute(text(f"DROP TRIGGER {table}_{guard}"))
        db.execute(text("UPDATE ranking_rules SET sha256 = 'x' WHERE number = 1"))
        db.execute(text("UPDATE rules_amendment SET reason = 'x'"))

    cast.world.write(tamper)
    found = _waiting(cast)
    assert found is not None
    assert _faults(cast) == ([cast.round.id], [found.id])


def test_an_amendment_covers_up_no_change_that_was_made_past_it(cast: Cast) -> None:
    stage = _stage(cast)
    _propose(stage, _form(cast, min_sheets="2"))
    cast.world.write(lambda db: db.execute(update(Edition).values(winners=3)) and None)
    answer = _confirm(stage)
    assert answer.status_code == 422
    assert "Es gelten nicht die Regeln, die festgehalten wurden." in words(answer)
    _drop(stage)
    assert _propose(stage, _swapped(cast)).status_code == 422
    assert _faults(cast) == ([cast.round.id], [])
