"""Whether the service is alive, ready, and counted."""

from api.store import schema
from api.store.tables import Role
from tests.api.http.service import ALONE, HERE, Service


def test_a_service_that_works_says_so(service: Service) -> None:
    assert service.client.get("/healthz").json() == {"status": "ok"}
    assert service.client.get("/readyz").json() == {"status": "ok"}


def test_a_database_without_its_tables_is_not_ready(service: Service) -> None:
    schema.downgrade(service.store.engine)
    answer = service.client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["type"] == "urn:passerelles:not-ready"
    assert service.client.get("/healthz").status_code == 200
    schema.upgrade(service.store.engine)


def test_metrics_name_templates_and_no_identifier(service: Service) -> None:
    service.client.get("/healthz")
    service.client.get("/api/v1/nothing/secret-identifier")
    text = service.by(Role.ADMINISTRATOR, ALONE).get("/metrics").text
    assert 'passerelles_requests_total{method="GET",route="/healthz",status="200"} 1.0' in text
    assert "secret-identifier" not in text


def test_metrics_are_for_the_administrator_of_the_service(service: Service) -> None:
    assert service.client.get("/metrics").status_code == 401
    assert service.by(Role.ADMINISTRATOR, HERE).get("/metrics").status_code == 403
    token = service.with_token(Role.ADMINISTRATOR, ALONE, "metrics:read")
    assert token.get("/metrics").status_code == 200
