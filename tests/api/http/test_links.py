"""Plans without an account: kept on request, found by their link alone, written on what was read, forgotten in time."""

from typing import Any

from sqlalchemy import text

from api.store.retention import forget_old
from tests.api.http.service import Service
from tests.api.http.small import PROFILE, TARGET, V1, kind_of, tagged

ASKED: dict[str, Any] = {"profile": PROFILE, "target": f"{TARGET}/B1", "on": "2026-11-21"}


def kept(service: Service) -> tuple[Any, str]:
    answer = service.client.post(f"{V1}/plans/links", json=ASKED)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{V1}/plans/links/{answer.json()['secret']}"
    return answer, answer.headers["location"]


def test_a_plan_is_found_again_by_its_link(small: Service) -> None:
    first, address = kept(small)
    again = small.client.get(address)
    assert again.json() == {name: value for name, value in first.json().items() if name != "secret"}
    assert again.json()["request"]["profile"]["holds"]["competencies"][0]["ref"] == "mini@2024/B1/C1"
    assert again.json()["pathway"]["status"] == "optimal"
    assert again.headers["x-robots-tag"] == "noindex, nofollow"
    assert (again.headers["referrer-policy"], again.headers["cache-control"]) == ("no-referrer", "no-store")
    assert small.client.get(f"{V1}/plans/links/{'a' * 43}").status_code == 404


def test_the_database_holds_nothing_that_opens_a_link(small: Service) -> None:
    secret = kept(small)[0].json()["secret"]
    with small.store.read() as unit:
        rows = unit.session.execute(text("SELECT * FROM plan_links")).all()
        lines = unit.session.execute(text("SELECT * FROM audit_lines")).all()
    assert len(rows) == 1
    assert secret not in str(rows) + str(lines)


def test_the_second_of_two_writers_sees_what_the_first_wrote(small: Service) -> None:
    first, address = kept(small)
    small.store.now.go(days=60)  # type: ignore[attr-defined]
    written = small.client.put(address, json=ASKED | {"minimise": ["cost"]}, headers=tagged(first))
    late = small.client.put(address, json=ASKED, headers=tagged(first))
    assert (written.status_code, late.status_code, kind_of(late)) == (200, 412, "stale")
    assert late.json()["current"]["minimise"] == ["cost"]
    assert written.json()["expires_at"] > first.json()["expires_at"]
    assert small.client.put(address, json=ASKED).status_code == 428


def test_a_link_that_is_deleted_or_too_old_leads_nowhere(small: Service) -> None:
    _answer, address = kept(small)
    assert small.client.delete(address).status_code == 204
    assert small.client.get(address).status_code == small.client.delete(address).status_code == 404
    answer, old = kept(small)
    small.store.now.go(days=91)  # type: ignore[attr-defined]
    assert small.client.get(old).status_code == 404
    assert small.client.put(old, json=ASKED, headers=tagged(answer)).status_code == 404
    with small.store.write() as unit:
        assert forget_old(unit, people_days=0, jobs_days=0).links == 1
    with small.store.read() as unit:
        assert unit.session.execute(text("SELECT count(*) FROM plan_links")).scalar() == 0
