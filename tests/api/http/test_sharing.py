"""Sharing over HTTP: a person lets an organisation in and out; an organisation hands a file over; each sees no more than that."""

from typing import Any

from fastapi.testclient import TestClient

from api.store.tables import Role
from tests.api.http.service import ALONE, HERE, THERE, Service
from tests.api.http.small import PROFILE, V1, a_person, kind_of, tagged

TEXT = {"text_version": "2027-01"}


def own_file(service: Service) -> tuple[TestClient, dict[str, Any], str]:
    alone = service.by(Role.PROFESSIONAL, ALONE)
    person = alone.post(f"{V1}/people", json={"profile": PROFILE}).json()
    return alone, person, f"{V1}/people/{person['id']}"


def shared(service: Service, client: TestClient, address: str, place: str = HERE) -> Any:
    wanted = {"organisation": service.ids[place], **TEXT}
    answer = client.put(f"{address}/sharing", json=wanted, headers=tagged(client.get(address)))
    assert answer.status_code == 200, answer.text
    return answer


def test_an_adviser_sees_a_file_as_long_as_it_is_shared(small: Service) -> None:
    alone, person, address = own_file(small)
    here, there = small.by(Role.ADVISER), small.by(Role.ADVISER, THERE)
    told = shared(small, alone, address).json()
    assert (told["own"], told["organisation"]) == (True, small.ids[HERE])
    consent = told["consents"][0]
    assert (consent["purpose"], consent["organisation"], consent["withdrawn_at"]) == (
        "accompagnement",
        small.ids[HERE],
        None,
    )
    assert consent["given_at"].startswith("2027-01-04")
    assert here.get(f"{address}/profile").json()["profile"]["id"] == PROFILE["id"]
    assert [row["id"] for row in here.get(f"{V1}/people").json()["items"]] == [person["id"]]
    assert there.get(address).status_code == 404
    ended = alone.delete(f"{address}/sharing", headers=tagged(alone.get(address))).json()
    assert (ended["organisation"], ended["consents"][0]["withdrawn_at"] is None) == (None, False)
    assert here.get(address).status_code == here.get(f"{address}/plans").status_code == 404
    assert alone.get(f"{address}/profile").json()["profile"]["id"] == PROFILE["id"]


def test_withdrawing_the_agreement_alone_is_enough(small: Service) -> None:
    alone, _person, address = own_file(small)
    shared(small, alone, address)
    assert small.by(Role.ADVISER).get(address).status_code == 200
    assert alone.delete(f"{V1}/account/consents/accompagnement").status_code == 204
    assert small.by(Role.ADVISER).get(address).status_code == 404


def test_the_organisation_that_was_there_is_let_out_by_the_next(small: Service) -> None:
    alone, _person, address = own_file(small)
    shared(small, alone, address)
    told = shared(small, alone, address, THERE).json()
    assert [(one["organisation"], one["withdrawn_at"] is None) for one in told["consents"]] == [
        (small.ids[HERE], False),
        (small.ids[THERE], True),
    ]
    assert small.by(Role.ADVISER).get(address).status_code == 404
    assert small.by(Role.ADVISER, THERE).get(address).status_code == 200


def test_a_file_is_shared_on_the_version_that_was_read_and_with_those_who_follow_people(small: Service) -> None:
    alone, person, address = own_file(small)
    wanted = {"organisation": small.ids[HERE], **TEXT}
    assert alone.put(f"{address}/sharing", json=wanted).status_code == 428
    assert kind_of(alone.put(f"{address}/sharing", json=wanted, headers={"If-Match": '"9"'})) == "stale"
    known = [one["id"] for one in alone.get(f"{V1}/organisations").json()["items"]]
    assert sorted(known) == sorted([small.ids[HERE], small.ids[THERE]])
    nowhere = alone.put(
        f"{address}/sharing", json=wanted | {"organisation": "f" * 32}, headers={"If-Match": person["etag"]}
    )
    assert (nowhere.status_code, kind_of(nowhere)) == (422, "request")


def test_nobody_but_its_owner_shares_a_file(small: Service) -> None:
    alone, _person, address = own_file(small)
    tag = tagged(shared(small, alone, address))
    wanted = {"organisation": small.ids[THERE], **TEXT}
    for client, status in (
        (small.by(Role.ADVISER), 403),
        (small.by(Role.PROFESSIONAL, HERE), 404),
        (small.client, 401),
    ):
        assert client.put(f"{address}/sharing", json=wanted, headers=tag).status_code == status
        assert client.delete(f"{address}/sharing", headers=tag).status_code == status


def test_an_organisation_that_deletes_a_shared_file_lets_go_of_it(small: Service) -> None:
    alone, _person, address = own_file(small)
    tag = tagged(shared(small, alone, address))
    assert small.by(Role.ADVISER).delete(address, headers=tag).status_code == 204
    assert small.by(Role.ADVISER).get(address).status_code == 404
    left = alone.get(address).json()
    assert (left["organisation"], left["has_profile"]) == (None, True)
    assert alone.delete(address, headers=tagged(alone.get(address))).status_code == 204
    assert alone.get(address).status_code == 404


def test_sharing_is_written_down(small: Service) -> None:
    alone, person, address = own_file(small)
    shared(small, alone, address)
    alone.delete(f"{address}/sharing", headers=tagged(alone.get(address)))
    asked = {"object": f"person:{person['id']}", "organisation": small.ids[HERE]}
    lines = small.by(Role.ADMINISTRATOR, ALONE).get(f"{V1}/administration/audit", params=asked).json()["items"]
    me = small.account(Role.PROFESSIONAL, ALONE)
    assert [(one["action"], one["actor"]) for one in lines] == [("person.share", me), ("person.let-go", me)]


# -- handed over ------------------------------------------------------------------------------------------------------------


def test_a_file_is_handed_over_once_to_whoever_has_the_secret(small: Service) -> None:
    adviser, alone = small.by(Role.ADVISER), small.by(Role.PROFESSIONAL, ALONE)
    person = a_person(adviser)
    address = f"{V1}/people/{person['id']}"
    assert small.by(Role.ADVISER, THERE).post(f"{address}/handover").status_code == 404
    offered = adviser.post(f"{address}/handover").json()
    assert alone.post(f"{V1}/account/files", json={"secret": "non"}).status_code == 404
    taken = alone.post(f"{V1}/account/files", json={"secret": offered["secret"]})
    assert (taken.status_code, taken.json()["own"], taken.headers["location"]) == (201, True, address)
    again = small.by(Role.PROFESSIONAL, HERE).post(f"{V1}/account/files", json={"secret": offered["secret"]})
    assert again.status_code == 404
    assert adviser.get(address).status_code == 200
    refused = adviser.post(f"{address}/handover")
    assert (refused.status_code, kind_of(refused)) == (409, "wrong-state")
    alone.delete(f"{address}/sharing", headers=tagged(alone.get(address)))
    assert adviser.get(address).status_code == 404
    assert alone.get(address).json()["has_profile"]


def test_a_file_is_not_taken_over_too_late(small: Service) -> None:
    person = a_person(small.by(Role.ADVISER))
    offered = small.by(Role.ADVISER).post(f"{V1}/people/{person['id']}/handover").json()
    small.store.now.go(days=8)  # type: ignore[attr-defined]
    small._clients.clear()
    answer = small.by(Role.PROFESSIONAL, ALONE).post(f"{V1}/account/files", json={"secret": offered["secret"]})
    assert answer.status_code == 404
