"""Administering: accounts, roles and organisations, each within reach of whoever administers them; the audit trail; retention."""

from api.store.scope import Scope
from api.store.tables import Role
from tests.api.conftest import Clock
from tests.api.http.service import ALONE, HERE, PASSWORD, THERE, Service, browser

ROOT = "/api/v1/administration"


def test_an_account_is_added_changed_and_deleted(service: Service) -> None:
    client = service.by(Role.ADMINISTRATOR)
    wanted = {"email": "Neuf@exemple.fr", "name": "Neuf", "roles": ["adviser"], "password": PASSWORD}
    added = client.post(f"{ROOT}/accounts", json=wanted)
    assert added.status_code == 201
    assert added.json()["organisation"] == service.ids[HERE]
    path = added.headers["location"]
    entered = browser(service.app)
    sign_in = {"email": "neuf@exemple.fr", "password": PASSWORD}
    assert entered.post("/api/v1/account/sessions", json=sign_in).status_code == 201
    changed = client.patch(path, json={"roles": ["designer"]}, headers={"if-match": added.headers["etag"]})
    assert (changed.status_code, changed.json()["roles"]) == (200, ["designer"])
    assert "drafts:read" in entered.get("/api/v1/account").json()["permissions"]
    assert client.delete(path, headers={"if-match": changed.json()["etag"]}).status_code == 204
    assert client.get(path).status_code == 404


def test_an_administrator_of_one_organisation_puts_nobody_elsewhere(service: Service) -> None:
    client = service.by(Role.ADMINISTRATOR)
    for organisation in (service.ids[THERE], "f" * 32):
        wanted = {"email": "x@exemple.fr", "name": "X", "roles": [], "organisation": organisation}
        assert client.post(f"{ROOT}/accounts", json=wanted).status_code == 422
    listed = client.get(f"{ROOT}/accounts", params={"organisation": service.ids[THERE]}).json()["items"]
    assert {row["organisation"] for row in listed} == {service.ids[HERE]}


def test_pages_follow_one_another_without_a_gap(service: Service) -> None:
    client, seen, cursor = service.by(Role.ADMINISTRATOR, ALONE), [], None
    while True:
        page = client.get(f"{ROOT}/accounts", params={"limit": 4} | ({"cursor": cursor} if cursor else {})).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 15


def test_the_last_who_administers_the_service_stays(service: Service) -> None:
    client = service.by(Role.ADMINISTRATOR, ALONE)
    path = f"{ROOT}/accounts/{service.account(Role.ADMINISTRATOR, ALONE)}"
    tag = {"if-match": client.get(path).headers["etag"]}
    for change in ({"roles": ["designer"]}, {"disabled": True}):
        answer = client.patch(path, json=change, headers=tag)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:passerelles:wrong-state")
    assert client.delete(path, headers=tag).status_code == 409
    assert client.delete("/api/v1/account", headers=tag).status_code == 409
    assert client.get(path).json()["roles"] == ["administrator"]


def test_an_organisation_goes_with_its_accounts(service: Service) -> None:
    client, theirs = service.by(Role.ADMINISTRATOR, ALONE), service.by(Role.DESIGNER, THERE)
    path = f"{ROOT}/organisations/{service.ids[THERE]}"
    assert theirs.get("/api/v1/account").status_code == 200
    assert client.delete(path, headers={"if-match": client.get(path).headers["etag"]}).status_code == 204
    assert theirs.get("/api/v1/account").status_code == 401
    assert client.get(path).status_code == 404


def test_a_password_that_is_given_ends_the_sessions(service: Service) -> None:
    client, theirs = service.by(Role.ADMINISTRATOR), service.by(Role.DESIGNER)
    path = f"{ROOT}/accounts/{service.account(Role.DESIGNER)}"
    assert client.put(f"{path}/password", json={"new": "trop court"}).status_code == 422
    assert theirs.get("/api/v1/account").status_code == 200
    assert client.put(f"{path}/password", json={"new": "sept mouettes au large"}).status_code == 204
    assert theirs.get("/api/v1/account").status_code == 401


def test_the_trail_is_searched_within_ones_organisation_and_verified(service: Service) -> None:
    with service.store.write(actor="quelqu-un") as unit:
        for place in (HERE, THERE):
            unit.of(Scope(organisation=service.ids[place])).people.add()
    here = service.by(Role.ADMINISTRATOR).get(f"{ROOT}/audit", params={"action": "person.add"}).json()["items"]
    assert [line["organisation"] for line in here] == [service.ids[HERE]]
    everything = service.by(Role.ADMINISTRATOR, ALONE)
    found = everything.get(f"{ROOT}/audit", params={"actor": "quelqu-un"}).json()["items"]
    assert len(found) == 2
    about = everything.get(f"{ROOT}/audit", params={"object": found[1]["object"]}).json()["items"]
    assert [line["number"] for line in about] == [found[1]["number"]]
    verdict = everything.get(f"{ROOT}/audit/verification").json()
    assert verdict["broken_at"] is None
    assert verdict["lines"] > 30


def test_retention_deletes_what_nobody_used(service: Service, clock: Clock) -> None:
    with service.store.write() as unit:
        person = unit.of(Scope(organisation=service.ids[HERE])).people.add().id
    clock.go(days=731)
    client = service.by(Role.ADMINISTRATOR, ALONE)
    assert client.post(f"{ROOT}/retention").json() == {"people": 1, "jobs": 0, "links": 0, "more": False}
    with service.store.read() as unit:
        assert unit.of(Scope(organisation=service.ids[HERE])).people.find(person) is None
