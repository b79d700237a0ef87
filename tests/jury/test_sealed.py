"""Before the opening no page shows anybody anything of another's scores; the note never shows."""

import pytest
from sqlalchemy import select

from award.app import all_routes
from award.audit.models import AuditEntry
from award.kit.mail import Mail
from tests.cast import Cast
from tests.jury.staged import Staged, staged

REMARK, COMMENT, NOTE = "Kanarie-Anmerkung", "Kanarie-Gesamt", "Kanarie-Notiz"
OTHERS = ["nora", "mallory", "jo", "carla", "olga", "otto", "ada"]


def _sung(cast: Cast) -> Staged:
    """Jules has written on one sheet and handed it in."""
    stage = staged(cast)
    jules = stage.client("jules")
    typed = {f"K{n}": "2" for n in range(1, 7)}
    typed |= {"K1-comment": REMARK, "comment": COMMENT, "note": NOTE, "version": "0"}
    address = f"/sheets/{stage.sheets['jules', 0]}/submission"
    assert jules.post(address, typed).status_code == 303
    return stage


def _addresses(stage: Staged) -> list[str]:
    """Every GET route of the application, its parameters filled in as far as they are known."""
    filled = {
        "{slug:str}": stage.cast.edition.slug,
        "{n:int}": "1",
        "{number:int}": "1",
        "{sheet_id:str}": stage.sheets["jules", 0],
        "{nomination_id:str}": stage.nominations[0].id,
    }
    paths = []
    for route in all_routes(stage.cast.world.settings):
        path = route.path
        for parameter, value in filled.items():
            path = path.replace(parameter, value)
        if route.method == "GET" and "{" not in path:
            paths.append(path)
    assert f"{stage.round}/sheets" in paths
    return paths


@pytest.mark.parametrize("name", OTHERS)
def test_no_page_of_anybody_else_sings_before_the_opening(cast: Cast, name: str) -> None:
    stage = _sung(cast)
    client = stage.client(name)
    for path in _addresses(stage):
        for htmx in (False, True):
            text = client.get(path, htmx=htmx).text
            assert "Kanarie" not in text, path


def test_mails_and_log_do_not_sing(cast: Cast) -> None:
    _sung(cast)
    mails = cast.world.read(lambda db: list(db.scalars(select(Mail))))
    assert not [mail for mail in mails if "Kanarie" in mail.text]
    log = cast.world.read(lambda db: list(db.scalars(select(AuditEntry))))
    assert not [entry for entry in log if "Kanarie" in str(entry.details)]


@pytest.mark.parametrize("name", ["olga", "otto", "ada", "carla"])
def test_after_the_opening_sheets_are_read_but_never_the_private_note(
    cast: Cast, name: str
) -> None:
    stage = _sung(cast)
    stage.open()
    client = stage.client(name)
    one = client.get(f"{stage.round}/sheets/{stage.nominations[0].id}").text
    assert REMARK in one
    assert COMMENT in one
    for path in _addresses(stage):
        assert NOTE not in client.get(path).text, path


@pytest.mark.parametrize("name", ["nora", "mallory", "jo"])
def test_after_the_opening_the_others_still_find_nothing(cast: Cast, name: str) -> None:
    stage = _sung(cast)
    stage.open()
    client = stage.client(name)
    for path in _addresses(stage):
        assert "Kanarie" not in client.get(path).text, path
