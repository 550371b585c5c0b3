"""How often: whoever computes or sends files too often is told when to come back, and nobody else suffers from it."""

from pathlib import Path

import pytest

from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import ALONE, some_settings
from tests.api.http.small import V1, a_small_service, kind_of

COSTLY = ("post", f"{V1}/plans/links"), ("post", f"{V1}/orientation"), ("get", f"{V1}/bridges/matrix")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_each_address_and_each_account_has_its_own_number_a_minute(store: Store, small_folder: Path) -> None:
    given = some_settings(plans_per_minute=1, uploads_per_minute=1)
    with a_small_service(store, small_folder, given) as service:
        assert service.client.post(f"{V1}/plans", json={}).status_code == 422
        for method, address in COSTLY:
            refused = service.client.request(method, address, json={})
            assert (refused.status_code, kind_of(refused)) == (429, "too-many")
            assert 0 < int(refused.headers["retry-after"]) <= 60
        assert service.client.post(f"{V1}/profiles/check", json={"id": "x"}).status_code == 200
        known = service.by(Role.PROFESSIONAL, ALONE)
        met = [known.post(f"{V1}/plans", json={}).status_code for _ in range(11)]
        assert met == [422] * 10 + [429]
        body = service.by(Role.TRAINING_BODY)
        sent = [body.post(f"{V1}/offers/file", files={"file": ("offre.yaml", b"id: x")}).status_code for _ in range(2)]
        assert sent == [422, 429]
        store.now.go(minutes=2)  # type: ignore[attr-defined]
        assert service.client.post(f"{V1}/plans", json={}).status_code == 422
