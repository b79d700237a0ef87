"""64 people save 20 times each, all at once: nothing is lost or doubled, nobody is passed over."""

import asyncio
import time

from award.audit.queries import faults, head
from award.kit.ids import new_token
from award.web.security import form_token
from tests.web.conftest import somebody
from tests.web.stage import notes
from tests.world import URL, Client, World

CLIENTS, SAVES = 64, 20
# A save takes a twentieth of the whole when all take turns; how long that is, the bench measures.
LONGEST_SHARE = 0.25


async def save(client: Client, who: int) -> list[tuple[int, float]]:
    csrf = form_token(client.world.settings, client.token)
    done = []
    for number in range(SAVES):
        began = time.perf_counter()
        answer = await client._http.post(
            "/stage/notes",
            data={"title": f"{who}-{number}", "_csrf": csrf, "_key": new_token(128)},
            headers={"Origin": URL},
        )
        done.append((answer.status_code, time.perf_counter() - began))
    return done


async def save_all(clients: list[Client]) -> list[tuple[int, float]]:
    done = await asyncio.gather(*(save(client, who) for who, client in enumerate(clients)))
    return [one for each in done for one in each]


def test_all_saves_are_acknowledged_and_there(each_world: World) -> None:
    account = somebody(each_world)
    clients = [each_world.signed_in(account) for _ in range(CLIENTS)]
    began = time.perf_counter()
    done = each_world.run(save_all(clients))
    took = time.perf_counter() - began
    assert [status for status, _ in done] == [303] * CLIENTS * SAVES
    everything = {f"{who}-{number}" for who in range(CLIENTS) for number in range(SAVES)}
    kept = each_world.read(notes)
    assert (len(kept), set(kept)) == (CLIENTS * SAVES, everything)
    assert each_world.read(lambda db: list(faults(db))) == []
    assert each_world.read(lambda db: head(db, "house")[0]) == CLIENTS * SAVES
    assert max(seconds for _, seconds in done) < took * LONGEST_SHARE
