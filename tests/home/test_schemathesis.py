"""The API tried by its own description: a real server, a program with a token, many requests.

Schemathesis makes what the document allows and what it does not, and looks at each answer: its
status, headers, type and schema.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import ignored_auth
from schemathesis.schemas import BaseSchema

from award.home.interface import operations
from award.kit.openapi import Operation
from tests.browser.served import Served
from tests.cast import seated
from tests.jury.staged import nominated
from tests.world import World

DOCUMENT = "/api/v1/openapi.json"
TRIED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Described(msgspec.Struct, frozen=True):
    """The document as the server gives it to an administrator's program, and real ids."""

    schema: BaseSchema
    token: dict[str, str]
    ids: list[str]

    def cases(self, operation: Operation, mode: GenerationMode) -> st.SearchStrategy[Case]:
        """Requests for an address; where ids are right, half of them are of something real."""
        described = self.schema[operation.address]["GET"]
        cases = described.as_strategy(generation_mode=mode)
        if mode is GenerationMode.NEGATIVE or not operation.in_path:
            return cases
        real = [described.as_strategy(path_parameters={"nomination_id": one}) for one in self.ids]
        return st.one_of(cases, *real)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Described]:
    folder = tmp_path_factory.mktemp("described")
    (folder / "award.db").write_bytes(migrated.read_bytes())
    world = World(f"sqlite:///{folder / 'award.db'}")
    cast = seated(world)
    ids = world.write(lambda db: [nominated(db, cast, place).id for place in range(1, 6)])
    token = {"Authorization": f"Bearer {world.program(cast.olga).bearer}"}
    world.close()
    served = Served(folder, "serve")
    schema = schemathesis.openapi.from_url(f"{served.url}{DOCUMENT}", headers=token)
    yield Described(schema, token, ids)
    served.stop()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", operations(), ids=lambda one: one.name)
def test_an_address_does_what_it_says(
    operation: Operation, mode: GenerationMode, described: Described
) -> None:
    statuses: set[int] = set()

    @TRIED
    @given(case=described.cases(operation, mode))
    def tried(case: Case) -> None:
        answer = case.call(headers=described.token)
        case.validate_response(answer, headers=described.token, excluded_checks=[ignored_auth])
        statuses.add(answer.status_code)

    tried()
    if mode is GenerationMode.POSITIVE:
        assert 200 in statuses
    else:  # a wrong id or parameter, or no token
        assert statuses & {404, 422}
    assert statuses <= {200, 304, 401, 404, 422}
