"""So many sheets that a job computes them: the answer comes at once, the result by itself."""

import pytest
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.kit.queue import Job
from award.ranking import actions, queries
from award.ranking.models import Run
from tests.cast import Cast
from tests.ranking.opened import Judged, judged
from tests.world import words

NOMINATIONS = 150


@pytest.fixture
def many(each_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Judged:
    points = [(n % 5 + 1, 4, n % 3 + 1, 3, 4, 4 - n % 2) for n in range(NOMINATIONS)]
    found = judged(each_cast, points)
    found.open()
    monkeypatch.setattr(queries, "LARGE", 3 * NOMINATIONS - 1)
    return found


def runs(found: Judged) -> list[Run]:
    return found.cast.world.read(lambda db: queries.runs(db, [found.cast.round]))


def test_a_job_computes_and_the_result_appears(many: Judged) -> None:
    olga, address = many.client("olga"), f"{many.base}/ranking"
    for _ in range(2):
        answer = olga.post(address, {"round": "1"})
        assert answer.headers["location"] == f"{address}?round=1"
    assert runs(many) == []
    said = words(olga.follow(answer))
    assert "Die Rangfolge wird berechnet" in said
    assert "450 Bögen" in said
    assert "Rangfolge berechnen" not in said
    asked = olga.get(f"{address}/computing?round=1", htmx=True)
    assert 'hx-trigger="every 2s"' in asked.text
    assert olga.get(f"{address}/computing?round=1").headers["location"] == f"{address}?round=1"

    many.cast.world.work()
    [run] = runs(many)
    sheets = many.cast.world.read(lambda db: db.get_one(Run, run.id).result["sheets"])
    assert sheets == 3 * NOMINATIONS
    done = olga.get(f"{address}/computing?round=1", htmx=True)
    assert done.headers["hx-redirect"] == f"{address}?round=1"
    assert "Titel 5" in words(olga.get(address))
    query = select(AuditEntry).where(AuditEntry.action.startswith("ranking."))
    logged = many.cast.world.read(lambda db: list(db.scalars(query.order_by(AuditEntry.number))))
    assert [one.action for one in logged] == ["ranking.asked", "ranking.compute"]
    assert {one.actor_id for one in logged} == {many.cast.olga.id}


def test_what_does_not_work_is_said_and_tried_again(
    many: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, address = many.cast.world, f"{many.base}/ranking"
    olga = many.client("olga")
    with monkeypatch.context() as broken:
        broken.setattr(actions, "computed", lambda _given: 1 / 0)
        olga.post(address, {"round": "1"})
        world.work()
    assert runs(many) == []
    said = words(olga.get(address))
    assert "Es hat noch nicht geklappt" in said
    world.clock.move(minutes=1)
    world.work()
    assert len(runs(many)) == 1
    job = select(Job).where(Job.kind == queries.COMPUTE)
    assert world.read(lambda db: db.scalar(job)).done_at == world.now


def test_few_sheets_are_computed_at_once(many: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LARGE", 3 * NOMINATIONS)
    many.client("olga").post(f"{many.base}/ranking", {"round": "1"})
    assert len(runs(many)) == 1


def test_nobody_else_learns_that_it_is_computed(many: Judged) -> None:
    many.client("olga").post(f"{many.base}/ranking", {"round": "1"})
    for name, status in (("nora", 404), ("jules", 404), ("ada", 200), ("carla", 200)):
        answer = many.client(name).get(f"{many.base}/ranking/computing", htmx=True)
        assert answer.status_code == status, name
