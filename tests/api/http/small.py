"""A small library behind the service: one qualification, the right that gives its first block, and the offer that trains for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.settings import Settings
from api.store.library import Libraries
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api import small_world
from tests.api.http.service import Service, a_service, browser

V1 = "/api/v1"
TARGET = "mini@2024"
PROFILE: dict[str, Any] = {
    "id": "essai",
    "holds": {"competencies": [{"ref": "mini@2024/B1/C1", "evidence": "assessed"}]},
}
AGREED = {"consents": [{"purpose": "accompagnement", "text_version": "2027-01"}]}


@contextmanager
def a_small_service(store: Store, folder: Path, settings: Settings | None = None) -> Iterator[Service]:
    """The service on a store, whose shipped library is the small one."""
    data = folder / "data"
    if not data.exists():
        small_world.version(data)
        small_world.version(data, "2019", title="Un petit diplôme, avant", valid="{from: 2019-01-01, to: 2023-12-31}")
        small_world.right(data)
        right = data / "recognitions" / "mini.yaml"
        right.write_text(right.read_text("utf-8").replace("given: bafd", "given: mini@2019"), "utf-8")
        small_world.offer(data / "offers" / "atelier" / "offre.yaml")
    with a_service(store, settings) as found:
        found.app.state.services.libraries = Libraries(store, data, shipped=False)
        yield found


def of_all_trades(service: Service) -> TestClient:
    """Somebody of the first organisation who has every role but the administrator's."""
    roles = [Role.ADVISER, Role.DESIGNER, Role.TRAINING_BODY]
    with service.store.write() as unit:
        accounts = unit.directory.accounts
        account = accounts.add("tout@exemple.fr", "Tous les métiers", roles, organisation=service.organisation("here"))
        secret = unit.directory.sessions.open(account, timedelta(hours=12)).secret
    return browser(service.app, headers={"cookie": f"passerelles={secret}"})


def tagged(answer: Response) -> dict[str, str]:
    """The header that changes what an answer showed."""
    return {"If-Match": answer.headers["etag"]}


def kind_of(answer: Response) -> str:
    """The name of a problem."""
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    return str(answer.json()["type"]).removeprefix("urn:passerelles:")


def a_person(adviser: TestClient, **given: Any) -> dict[str, Any]:
    """A file that an adviser has opened, with a profile."""
    answer = adviser.post(f"{V1}/people", json=AGREED | {"profile": PROFILE} | given)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found
