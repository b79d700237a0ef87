"""Searches of the list that administrators keep: their own, by name, and nobody else's."""

import pytest
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.nominations.models import SavedFilter
from tests.cast import Cast
from tests.nominations.filled import begun
from tests.world import Statements, words

LIST = "/admin/editions/2026/nominations"
KEEP = f"{LIST}/filters"
NARROWED = "q=saison&status=draft&state=SH&sort=-title"


def kept(cast: Cast) -> list[SavedFilter]:
    return cast.world.read(lambda db: list(db.scalars(select(SavedFilter))))


def test_a_search_is_kept_under_a_name_and_found_again(each_cast: Cast) -> None:
    begun(each_cast)
    olga = each_cast.world.signed_in(each_cast.olga)
    assert "Diesen Filter speichern" not in words(olga.get(LIST))
    assert "Diesen Filter speichern" in words(olga.get(f"{LIST}?{NARROWED}"))
    done = olga.post(f"{KEEP}?{NARROWED}&page=3", {"name": "Zu prüfen"})
    assert done.headers["location"] == f"{LIST}?{NARROWED}"
    page = olga.follow(done)
    href = f"{LIST}?{NARROWED}".replace("&", "&amp;")
    assert f'<a class="tag info" href="{href}" aria-current="true">Zu prüfen</a>' in page.text
    assert f'<a class="tag " href="{href}">Zu prüfen</a>' in olga.get(LIST).text
    otto = each_cast.world.signed_in(each_cast.otto)
    assert "Zu prüfen" not in otto.get(f"{LIST}?{NARROWED}").text
    assert otto.post(f"{KEEP}?{NARROWED}", {"name": "Zu prüfen"}).status_code == 303


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        (NARROWED, "", "Bitte füllen Sie dieses Feld aus."),
        (NARROWED, "x" * 61, "1 Zeichen zu viel"),
        (NARROWED, "Entwürfe", "Sie haben schon einen Filter mit diesem Namen."),
        ("sort=title", "Alle", "Bitte suchen Sie zuerst oder wählen Sie einen Filter."),
    ],
)
def test_a_refusal_keeps_name_and_filters(
    each_cast: Cast, query: str, name: str, message: str
) -> None:
    olga = each_cast.world.signed_in(each_cast.olga)
    olga.post(f"{KEEP}?status=draft", {"name": "Entwürfe"})
    answer = olga.post(f"{KEEP}?{query}", {"name": name})
    assert answer.status_code == 422
    assert message in words(answer)
    if query == NARROWED:
        assert f'value="{name}"' in answer.text
        assert 'value="saison"' in answer.text
    assert [one.name for one in kept(each_cast)] == ["Entwürfe"]


def test_one_deletes_ones_own_only(cast: Cast) -> None:
    olga, otto = (cast.world.signed_in(one) for one in (cast.olga, cast.otto))
    olga.post(f"{KEEP}?status=draft", {"name": "Entwürfe"})
    [row] = kept(cast)
    assert otto.post(f"{KEEP}/{row.id}/removal").status_code == 404
    assert olga.post(f"{KEEP}/nothing/removal").status_code == 404
    assert f'action="{KEEP}/{row.id}/removal"' in olga.get(LIST).text
    assert olga.post(f"{KEEP}/{row.id}/removal").headers["location"] == LIST
    assert kept(cast) == []
    query = select(AuditEntry.action).where(AuditEntry.object_id == row.id)
    actions = cast.world.read(lambda db: list(db.scalars(query.order_by(AuditEntry.number))))
    assert actions == ["nominations.saved_filter", "nominations.deleted_filter"]


def test_only_administrators_keep_filters(cast: Cast) -> None:
    for person in (cast.ada, cast.nora, cast.carla, cast.jules):
        sent = cast.world.signed_in(person).post(f"{KEEP}?status=draft", {"name": "x"})
        assert sent.status_code == 404
    assert "Diesen Filter speichern" not in words(
        cast.world.signed_in(cast.ada).get(f"{LIST}?{NARROWED}")
    )


def test_a_name_is_shown_as_it_is(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    olga.post(f"{KEEP}?q=%25", {"name": "<b>„Ä&ö“</b>"})
    assert "<b>„Ä&ö“</b>" in words(olga.get(LIST))


def test_the_list_takes_the_same_statements_with_one_and_thirty_filters(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    olga.post(f"{KEEP}?status=draft", {"name": "Nr. 0"})
    with Statements(cast.world) as one:
        olga.get(LIST)
    for number in range(1, 30):
        olga.post(f"{KEEP}?status=draft", {"name": f"Nr. {number}"})
    with Statements(cast.world) as thirty:
        assert olga.get(LIST).text.count("Nr. ") >= 30
    assert len(one) == len(thirty)
