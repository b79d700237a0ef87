"""64 people save 20 times each, all at once: nothing is lost or doubled, nobody is passed over."""

import asyncio

from award.audit.queries import faults, head
from award.kit.ids import new_token
from award.web.security import form_token
from tests.web.conftest import somebody
from tests.web.stage import notes
from tests.world import URL, Client, World

CLIENTS, SAVES = 64, 20
# When all take turns, each of the others is answered once meanwhile; how long that is, the bench
# measures.
PASSED_OVER = 0.25 * CLIENTS * SAVES


async def save(client: Client, who: int, answered: list[int]) -> list[tuple[int, int]]:
    """The statuses, and how many of the others were answered while each save waited."""
    csrf = form_token(client.world.settings, client.token)
    done = []
    for number in range(SAVES):
        before = len(answered)
        answer = await client._http.post(
            "/stage/notes",
            data={"title": f"{who}-{number}", "_csrf": csrf, "_key": new_token(128)},
            headers={"Origin": URL},
        )
        done.append((answer.status_code, len(answered) - before))
        answered.append(who)
    return done


async def save_all(clients: list[Client]) -> list[tuple[int, int]]:
    answered: list[int] = []
    saves = (save(client, who, answered) for who, client in enumerate(clients))
    done = await asyncio.gather(*saves)
    return [one for each in done for one in each]


def test_all_saves_are_acknowledged_and_there(each_world: World) -> None:
    account = somebody(each_world)
    clients = [each_world.signed_in(account) for _ in range(CLIENTS)]
    done = each_world.run(save_all(clients))
    assert [status for status, _ in done] == [303] * CLIENTS * SAVES
    everything = {f"{who}-{number}" for who in range(CLIENTS) for number in range(SAVES)}
    kept = each_world.read(notes)
    assert (len(kept), set(kept)) == (CLIENTS * SAVES, everything)
    assert each_world.read(lambda db: list(faults(db))) == []
    assert each_world.read(lambda db: head(db, "house")[0]) == CLIENTS * SAVES
    assert max(others for _, others in done) < PASSED_OVER
