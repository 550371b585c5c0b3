"""The API keeps what its OpenAPI document promises: requests drawn from the document itself, and every example of it.

``make test`` draws a few requests for each operation; ``make soak`` draws more than five thousand.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from api.app import create_app
from api.store.unit_of_work import Store
from tests.api.http.service import Service, some_settings
from tests.api.http.small import a_small_service, of_all_trades

load_all_checks()
SOAKING = settings().max_examples > 1000
EXAMPLES = 40 if SOAKING else 4
"""Requests of each sort, right and wrong, for each operation."""

ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "422", "428", "503"]
"""What a request that keeps to the document may get: it may still name what is not there, or break a rule that no schema says."""

OF_A_SESSION = ("/api/v1/account", "/api/v1/sign-in", "/api/v1/session")
"""What would end the session that the requests are made in."""


def _operations() -> list[tuple[str, str]]:
    document: dict[str, Any] = create_app(some_settings(database_url="sqlite:///never-opened.sqlite3")).openapi()
    return [
        (method, path)
        for path, item in sorted(document["paths"].items())
        for method in sorted(item)
        if not path.startswith(OF_A_SESSION)
    ]


@pytest.fixture(scope="session")
def drawn_on(tmp_path_factory: pytest.TempPathFactory, sqlite_with_tables: Path) -> Iterator[Service]:
    """One service for all the drawn requests."""
    path = tmp_path_factory.mktemp("drawn") / "store.sqlite3"
    shutil.copy(sqlite_with_tables, path)
    store = Store(f"sqlite:///{path}")
    with a_small_service(store, tmp_path_factory.mktemp("drawn-library")) as found:
        yield found
    store.close()


@pytest.fixture(scope="session")
def document(drawn_on: Service) -> Any:
    """The OpenAPI document of the service."""
    expected = {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}
    config = SchemathesisConfig.from_dict({"checks": expected})
    return schemathesis.openapi.from_asgi("/api/openapi.json", drawn_on.app, config=config)


@pytest.fixture(scope="session")
def cookie(drawn_on: Service) -> str:
    """The session of somebody who may do almost everything in one organisation."""
    return str(of_all_trades(drawn_on).headers["cookie"])


@pytest.mark.hypothesis
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize(("method", "path"), _operations())
def test_every_operation_keeps_its_promises(
    document: Any, cookie: str, method: str, path: str, mode: GenerationMode
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
        case.call_and_validate(headers={"cookie": cookie}, excluded_checks=[CHECKS.get_one("ignored_auth")])

    try:
        keeps()
    except Unsatisfiable:
        pytest.skip("it takes nothing that could be wrong")
