"""How many forms one address of the network may send that ask for no account."""

import pytest
from sqlalchemy import func, select

from award.accounts.models import Attempt, Feedback
from award.kit.mail import Mail
from tests.cast import Cast
from tests.world import words

FORMS = {
    "/registration": {"network": "N", "state": "BY", "name": "R", "email": "r{}@cast.example"},
    "/registration/person": {"name": "R", "email": "r{}@cast.example"},
    "/password-resets": {"email": "nora@cast.example"},
    "/feedback": {"text": "Zu blass", "email": ""},
}


def typed(path: str, number: int) -> dict[str, str]:
    return {name: value.format(number) for name, value in FORMS[path].items()}


@pytest.mark.parametrize("path", FORMS)
def test_the_twenty_first_form_has_to_wait(path: str, cast: Cast) -> None:
    visitor = cast.world.visitor()
    for number in range(20):
        assert visitor.post(path, typed(path, number)).status_code == 303
    before = cast.world.read(lambda db: db.scalar(select(func.count(Mail.id))))
    refused = visitor.post(path, typed(path, 20))
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "900"
    assert "Aus Ihrem Netz kamen viele Formulare." in words(refused)
    assert "Link per E-Mail" not in words(refused)
    assert cast.world.read(lambda db: db.scalar(select(func.count(Mail.id)))) == before
    cast.world.clock.move(minutes=16)
    assert visitor.post(path, typed(path, 21)).status_code == 303


def test_all_such_forms_count_together_and_keep_nobody_from_signing_in(each_cast: Cast) -> None:
    world, visitor = each_cast.world, each_cast.world.visitor()
    for number in range(20):
        path = list(FORMS)[number % len(FORMS)]
        assert visitor.post(path, typed(path, number)).status_code == 303
    assert visitor.post("/feedback", typed("/feedback", 0)).status_code == 429
    wrong = {"email": "nora@cast.example", "password": "not this one"}
    assert visitor.post("/sign-in", wrong).status_code == 422
    kinds = world.read(lambda db: list(db.scalars(select(Attempt.kind))))
    assert sorted(kinds) == ["form"] * 20 + ["sign_in"]
    assert world.read(lambda db: db.scalar(select(func.count(Feedback.id)))) == 5


def test_a_refused_form_is_not_counted(cast: Cast) -> None:
    visitor = cast.world.visitor()
    assert visitor.post("/feedback", {"text": " ", "email": ""}).status_code == 422
    assert cast.world.read(lambda db: db.scalar(select(func.count(Attempt.id)))) == 0
