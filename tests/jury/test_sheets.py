"""One juror's sheet: saving, handing in, two windows, the same form twice, stepping back."""

import pytest
from sqlalchemy import event, func, select

from award.audit.models import AuditEntry
from award.jury import queries
from award.jury.models import Recusal, Score, Sheet, SheetSubmission
from award.jury.queries import Place
from award.programmes.models import Criterion
from tests.cast import Cast
from tests.jury.staged import KEYS, Staged, assigned, staged
from tests.world import Statements, words

FULL = dict.fromkeys(KEYS, "4")


def _address(stage: Staged, name: str = "jules", place: int = 0) -> str:
    return f"/sheets/{stage.sheets[name, place]}"


def _points(cast: Cast, sheet_id: str) -> dict[str, int | None]:
    query = (
        select(Criterion.key, Score.points)
        .join(Score, Score.criterion_id == Criterion.id)
        .where(Score.assignment_id == sheet_id, Score.is_chosen)
    )
    return cast.world.read(lambda db: {row.key: row.points for row in db.execute(query)})


def _saved(cast: Cast, sheet_id: str) -> Sheet:
    return cast.world.read(lambda db: db.get_one(Sheet, sheet_id))


def test_a_sheet_is_saved_as_a_whole_and_shown_again(each_cast: Cast) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    typed = {"K1": "4", "K2": "na", "K3-comment": "Nur eine Anmerkung", "comment": "Im Ganzen gut"}
    answer = jules.post(f"{_address(stage)}/scores", {**typed, "note": "Meins", "version": "0"})
    shown = jules.follow(answer)
    assert _points(each_cast, stage.sheets["jules", 0]) == {"K1": 4, "K2": None}
    assert "Nur eine Anmerkung" in shown.text
    assert "Im Ganzen gut" in shown.text
    assert "Meins" in shown.text
    assert "2 von 6 Kriterien" in words(shown)
    assert "Gesichert 11:00:00" in words(shown)
    assert 'name="K1" value="4" checked' in shown.text
    assert 'name="K2" value="na" checked' in shown.text


def test_a_level_that_was_given_can_change_and_a_remark_can_go(each_cast: Cast) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    jules.post(f"{_address(stage)}/scores", {"K1": "4", "K1-comment": "alt", "version": "0"})
    jules.post(f"{_address(stage)}/scores", {"K1": "na", "K1-comment": "", "version": "1"})
    assert _points(each_cast, stage.sheets["jules", 0]) == {"K1": None}
    assert ">alt<" not in jules.get(_address(stage)).text


def test_a_fragment_for_htmx_says_the_same_as_the_page(cast: Cast) -> None:
    stage = staged(cast)
    jules = stage.client("jules")
    answer = jules.post(f"{_address(stage)}/scores", {**FULL, "version": "0"}, htmx=True)
    assert answer.status_code == 200
    assert answer.text.startswith('<div class="sheet" id="sheet">')
    assert 'name="version" value="1"' in answer.text
    page = words(jules.get(_address(stage)))
    assert words(answer).removesuffix("Abgeben und nächste") in page


def test_saving_takes_eight_statements(each_cast: Cast) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    jules.post(f"{_address(stage)}/scores", {"K1": "1", "version": "0"})
    with Statements(each_cast.world) as statements:
        answer = jules.post(f"{_address(stage)}/scores", {**FULL, "version": "1"})
    assert answer.status_code == 303
    assert len(statements) <= 8, statements.all


def test_the_page_of_a_sheet_asks_the_same_in_a_pile_of_one_and_of_thirty(cast: Cast) -> None:
    stage = staged(cast, 30, jurors=("jules",))
    alone = cast.world.write(lambda db: assigned(db, cast, stage.nominations[0], "jo", 0))
    stage.client("jules").get(_address(stage))  # the form's definition is read once
    with Statements(cast.world) as many:
        assert stage.client("jules").get(_address(stage, place=15)).status_code == 200
    with Statements(cast.world) as one:
        assert stage.client("jo").get(f"/sheets/{alone}").status_code == 200
    assert len(many) == len(one), (many.all, one.all)


@pytest.mark.parametrize("level", ["0", "6", "-1", "--1", "99", "9" * 5000, "²", "vier", "4.5"])
def test_a_level_outside_the_scale_says_what_fits_and_keeps_what_was_typed(
    cast: Cast, level: str
) -> None:
    stage = staged(cast)
    jules = stage.client("jules")
    typed = {"K2": level, "K1-comment": "bleibt stehen", "version": "0"}
    answer = jules.post(f"{_address(stage)}/scores", typed)
    assert answer.status_code == 422
    said = words(answer)
    assert "Bitte wählen Sie eine Stufe von 1 bis 5 oder „nicht beurteilbar“." in said
    assert 'href="#field-K2"' in answer.text
    assert "bleibt stehen" in answer.text
    assert _points(cast, stage.sheets["jules", 0]) == {}


def test_a_text_that_is_too_long_is_refused_at_its_field(cast: Cast) -> None:
    stage = staged(cast)
    typed = {"comment": "x" * 5001, "K1-comment": "y" * 2001, "version": "0"}
    answer = stage.client("jules").post(f"{_address(stage)}/scores", typed)
    assert answer.status_code == 422
    assert 'id="error-comment"' in answer.text
    assert 'id="error-K1-comment"' in answer.text


def test_handing_in_asks_for_every_criterion_and_links_to_what_is_missing(cast: Cast) -> None:
    stage = staged(cast)
    jules = stage.client("jules")
    typed = {**FULL, "version": "0", "K1-comment": "bleibt stehen"}
    del typed["K5"]
    answer = jules.post(f"{_address(stage)}/submission", typed)
    assert answer.status_code == 422
    assert 'href="#field-K5"' in answer.text
    assert "Verstetigung: Bitte wählen Sie eine Stufe oder „nicht beurteilbar“." in words(answer)
    assert "bleibt stehen" in answer.text
    assert cast.world.read(lambda db: db.get(SheetSubmission, stage.sheets["jules", 0])) is None


def test_handing_in_is_final_and_leads_to_the_next_open_nomination(each_cast: Cast) -> None:
    stage = staged(each_cast, 3)
    jules = stage.client("jules")
    stage.hand_in("jules", 1)
    typed = {**FULL, "K6": "na", "version": "0"}
    answer = jules.post(f"{_address(stage)}/submission", typed)
    assert answer.headers["location"].startswith(_address(stage, place=2))
    assert "Der vorige Bogen ist abgegeben." in words(jules.follow(answer))
    late = jules.post(f"{_address(stage)}/scores", {"K1": "1", "version": "1"})
    assert late.status_code == 422
    assert "Sie haben diesen Bogen abgegeben. Er steht fest." in words(late)
    assert _points(each_cast, stage.sheets["jules", 0])["K1"] == 4
    last = jules.post(f"{_address(stage, place=2)}/submission", {**FULL, "version": "0"})
    assert last.headers["location"] == "/jury"


def test_the_way_through_the_pile_passes_over_what_was_left(each_cast: Cast) -> None:
    stage = staged(each_cast, 5)
    jules = stage.client("jules")
    stage.hand_in("jules", 0)
    jules.post(f"{_address(stage, place=2)}/recusal", {"reason": "Ich kenne alle."})

    def place(at: int) -> Place:
        return each_cast.world.read(lambda db: queries.place(db, stage.own(db, "jules", at)))

    sheet = [stage.sheets["jules", at] for at in range(5)]
    assert place(0) == Place(1, 4, 1, None, sheet[1])
    assert place(1) == Place(2, 4, 1, sheet[0], sheet[3])
    assert place(4) == Place(4, 4, 1, sheet[3], None)
    round_again = jules.post(f"{_address(stage, place=4)}/submission", {**FULL, "version": "0"})
    assert round_again.headers["location"].startswith(_address(stage, place=1))


def test_two_windows_do_not_overwrite_each_other_unknowingly(each_cast: Cast) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    jules.post(f"{_address(stage)}/scores", {"K1": "5", "comment": "zuerst", "version": "0"})
    other = {"K1": "2", "comment": "danach", "version": "0"}
    answer = jules.post(f"{_address(stage)}/scores", other)
    assert answer.status_code == 409
    said = words(answer)
    assert "Dieser Bogen wurde in einem anderen Fenster geändert." in said
    assert "Gesichert ist: Stufe 5" in said
    assert "Gesichert ist: zuerst" in said
    assert "danach" in answer.text
    assert 'name="version" value="1"' in answer.text
    assert _points(each_cast, stage.sheets["jules", 0]) == {"K1": 5}
    jules.post(f"{_address(stage)}/scores", {**other, "version": "1"})
    assert _points(each_cast, stage.sheets["jules", 0]) == {"K1": 2}


def test_the_same_form_sent_twice_is_carried_out_once(each_cast: Cast) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    form = {**FULL, "version": "0", "_key": "einmal und nie wieder"}
    first = jules.post(f"{_address(stage)}/scores", form)
    second = jules.post(f"{_address(stage)}/scores", form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert _saved(each_cast, stage.sheets["jules", 0]).version == 1
    count = select(func.count()).where(AuditEntry.action == "jury.save_sheet")
    assert each_cast.world.read(lambda db: db.scalar(count)) == 1


def test_a_page_brought_back_and_changed_is_never_taken_for_the_form_that_was_saved(
    cast: Cast,
) -> None:
    stage = staged(cast)
    jules = stage.client("jules")
    form = {**FULL, "version": "0", "_key": "the page that the browser kept"}
    jules.post(f"{_address(stage)}/scores", form)
    other = jules.post(f"{_address(stage)}/scores", {**form, "K1": "2"})
    assert other.status_code == 409
    assert "Gesichert ist: Stufe 4" in words(other)
    handed_in = jules.post(f"{_address(stage)}/submission", form)
    assert handed_in.status_code == 409
    assert cast.world.read(lambda db: db.get(SheetSubmission, stage.sheets["jules", 0])) is None


def test_a_commit_that_fails_is_answered_as_a_failure_and_nothing_is_saved(
    each_cast: Cast,
) -> None:
    stage = staged(each_cast)
    jules = stage.client("jules")
    engine = each_cast.world.site.database.engine

    def fail(_connection: object) -> None:
        raise OSError("the disk is gone")

    event.listen(engine, "commit", fail)
    try:
        answer = jules.post(f"{_address(stage)}/scores", {**FULL, "version": "0"})
    finally:
        event.remove(engine, "commit", fail)
    assert answer.status_code == 500
    assert _points(each_cast, stage.sheets["jules", 0]) == {}
    assert _saved(each_cast, stage.sheets["jules", 0]).version == 0
    again = jules.post(f"{_address(stage)}/scores", {**FULL, "version": "0"})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("moved", "opened", "status", "said"),
    [
        ({"days": -1}, False, 404, ""),
        ({}, False, 303, ""),
        ({"days": 14}, False, 422, "Die Zeit zum Bewerten ist vorbei."),
        ({}, True, 422, "Die Bewertungen dieser Runde sind geöffnet."),
    ],
)
def test_a_sheet_takes_scores_only_while_its_round_is_judged(
    cast: Cast,
    moved: dict[str, float],
    opened: bool,  # noqa: FBT001
    status: int,
    said: str,
) -> None:
    stage = staged(cast)
    if opened:
        stage.hand_in("jo")
        stage.open()
    cast.world.clock.move(**moved)
    jules = stage.client("jules")
    answer = jules.post(f"{_address(stage)}/scores", {**FULL, "version": "0", "comment": "getippt"})
    assert answer.status_code == status
    assert said in words(answer)
    assert ("getippt" in answer.text) is (status == 422)
    assert bool(_points(cast, stage.sheets["jules", 0])) is (status == 303)


def test_one_second_decides_at_the_end_of_judging(cast: Cast) -> None:
    stage = staged(cast, 2)
    end = cast.phases["judging"].ends_at
    assert end is not None
    cast.world.clock.instant = end
    cast.world.clock.move(seconds=-1)
    jules = stage.client("jules")
    in_time = jules.post(f"{_address(stage)}/scores", {**FULL, "version": "0"})
    cast.world.clock.instant = end
    late = jules.post(f"{_address(stage, place=1)}/scores", {**FULL, "version": "0"})
    assert in_time.headers["location"] == _address(stage)
    assert late.status_code == 422


@pytest.mark.parametrize("name", ["jo", "carla", "nora", "mallory", "olga", "otto", "ada"])
def test_nobody_else_finds_a_sheet(cast: Cast, name: str) -> None:
    stage = staged(cast)
    client = stage.client(name)
    for address in ("", "/recusal"):
        assert client.get(_address(stage) + address).status_code == 404
    for address in ("/scores", "/submission", "/recusal"):
        answer = client.post(_address(stage) + address, {**FULL, "version": "0", "reason": "x"})
        assert answer.status_code == 404
    assert _points(cast, stage.sheets["jules", 0]) == {}


def test_a_visitor_is_sent_to_sign_in(cast: Cast) -> None:
    stage = staged(cast)
    for address in ("/jury", "/jury/conflicts", _address(stage)):
        answer = cast.world.visitor().get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


def test_the_juror_reads_the_text_but_not_who_is_the_contact(cast: Cast) -> None:
    stage = staged(cast)
    shown = stage.client("jules").get(_address(stage))
    assert "Kurzfassung des Vorhabens 1." in words(shown)
    assert "Kontaktperson geheim" not in shown.text


def test_stepping_back_takes_the_sheet_away_for_good(each_cast: Cast) -> None:
    stage = staged(each_cast, 2)
    jules = stage.client("jules")
    empty = jules.post(f"{_address(stage)}/recusal", {"reason": ""})
    assert empty.status_code == 422
    assert "Bitte füllen Sie dieses Feld aus." in words(empty)
    answer = jules.post(f"{_address(stage)}/recusal", {"reason": "Ich kenne alle."})
    pile = words(jules.follow(answer))
    assert "Sie sind von einer Bewerbung zurückgetreten." in pile
    assert "0 von 1 Bewerbung bewertet." in pile
    assert "Vorhaben 1" not in pile
    assert jules.get(_address(stage)).status_code == 404
    recusal = each_cast.world.read(lambda db: db.get_one(Recusal, stage.sheets["jules", 0]))
    assert recusal.reason == "Ich kenne alle."
    assert "Ich kenne alle." in words(stage.client("olga").get(f"{stage.round}/progress"))


def test_the_log_holds_no_scores(cast: Cast) -> None:
    stage = staged(cast)
    stage.client("jules").post(f"{_address(stage)}/submission", {**FULL, "version": "0"})
    entries = cast.world.read(lambda db: list(db.scalars(select(AuditEntry))))
    assert [(one.action, one.details) for one in entries] == [
        ("jury.save_sheet", {"version": 1}),
        ("jury.hand_in", {}),
    ]
    assert {one.actor_id for one in entries} == {cast.jules.id}
