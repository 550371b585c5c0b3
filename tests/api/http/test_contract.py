"""The API keeps what its OpenAPI document promises: requests drawn from the document itself, sent to a service on each database.

``make test`` draws a few requests for each operation; ``make soak`` draws more than five thousand. Both databases get the same
requests in the same order, and must give the same statuses.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.python.asgi import get_client

from api.store import schema
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.conftest import a_database
from tests.api.http.service import ALONE, HERE, Service, ready
from tests.api.http.small import a_small_service, of_all_trades
from tests.soaking import SOAKING

load_all_checks()
EXAMPLES = 40 if SOAKING else 2
"""Requests of each sort, right and wrong, for each operation."""

ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "422", "428", "503"]
"""What a request that keeps to the document may get: it may still name what is not there, or break a rule that no schema says."""

OF_AN_ACCOUNT = ("/api/v1/account", "/api/v1/organisations", "/api/v1/people/{person_id}/sharing")
"""What somebody does with their own account, and may end it: each request is that of somebody new."""
OF_THE_SERVICE = ("/api/v1/administration", "/metrics")
"""What only whoever runs the service may do."""


def _operations() -> list[tuple[str, str]]:
    document: dict[str, Any] = ready().openapi()
    return [(method, path) for path, item in sorted(document["paths"].items()) for method in sorted(item)]


class Drawn(NamedTuple):
    """A service for all the drawn requests, what sends them there, and who sends them."""

    service: Service
    client: Any
    worker: str
    runner: str

    def cookie(self, path: str) -> str:
        """The session in which a request is made."""
        if path.startswith(OF_THE_SERVICE):
            return self.runner
        return self._newcomer() if path.startswith(OF_AN_ACCOUNT) else self.worker

    def _newcomer(self) -> str:
        with self.service.store.write() as unit:
            address = f"{unit.new_identifier()}@exemple.fr"
            place = self.service.organisation(HERE)
            account = unit.directory.accounts.add(address, "Quelqu'un", [Role.PROFESSIONAL], organisation=place)
            return f"passerelles={unit.directory.sessions.open(account, timedelta(hours=12)).secret}"

    def answers(self, case: schemathesis.Case) -> int:
        """The status of the answer to a request, once it is sure that the document promises such an answer."""
        headers = {"cookie": self.cookie(case.operation.path)}
        self.client.cookies.clear()
        checks = [CHECKS.get_one("ignored_auth")]
        return int(case.call_and_validate(session=self.client, headers=headers, excluded_checks=checks).status_code)


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory, sqlite_with_tables: Path, server: str) -> Iterator[list[str]]:
    """A database of each kind, with all the tables."""
    path = tmp_path_factory.mktemp("drawn") / "store.sqlite3"
    shutil.copy(sqlite_with_tables, path)
    with a_database(server) as url:
        store = Store(url)
        schema.upgrade(store.engine)
        store.close()
        yield [f"sqlite:///{path}", url]


@pytest.fixture(scope="session")
def drawn(addresses: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Drawn]]:
    """A service on each database."""
    folder = tmp_path_factory.mktemp("drawn-library")
    found = []
    with ExitStack() as open_ones:
        for url in addresses:
            store = Store(url)
            open_ones.callback(store.close)
            service = open_ones.enter_context(a_small_service(store, folder))
            client = open_ones.enter_context(get_client(service.app))
            worker = str(of_all_trades(service).headers["cookie"])
            runner = str(service.by(Role.ADMINISTRATOR, ALONE).headers["cookie"])
            found.append(Drawn(service, client, worker, runner))
        yield found


@pytest.fixture(scope="session")
def document(drawn: list[Drawn]) -> Any:
    """The OpenAPI document of the service."""
    expected = {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}
    config = SchemathesisConfig.from_dict({"checks": expected, "generation": {"with-security-parameters": False}})
    return schemathesis.openapi.from_asgi("/api/openapi.json", drawn[0].service.app, config=config)


@pytest.mark.hypothesis
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize(("method", "path"), _operations())
def test_every_operation_keeps_its_promises_on_both_databases(
    document: Any, drawn: list[Drawn], method: str, path: str, mode: GenerationMode
) -> None:
    cases = document[path][method.upper()].as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=not SOAKING,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def keeps(case: schemathesis.Case) -> None:
        statuses = {one.answers(case) for one in drawn}
        assert len(statuses - {503}) <= 1, statuses

    try:
        keeps()
    except Unsatisfiable:
        pytest.skip("it takes nothing that could be wrong")
