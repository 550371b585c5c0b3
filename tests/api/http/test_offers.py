"""Offers over HTTP: a training body edits its own, whole, module by module, session by session."""

from typing import Any

from api.store.tables import Role
from tests.api import small_world
from tests.api.http.service import THERE, Service
from tests.api.http.small import TARGET, V1, kind_of, tagged

MODULE: dict[str, Any] = {"id": "long", "title": "Le module long", "prepares": ["mini@2024/B1"], "price": 100}
OFFER: dict[str, Any] = {
    "id": "fabrique",
    "title": "L'offre de la fabrique",
    "body": {"name": "La fabrique"},
    "confidence": "official",
    "sources": [{"id": "s", "title": "Le catalogue", "checked_on": "2026-11-21"}],
    "modules": [MODULE],
}


def added(service: Service) -> Any:
    answer = service.by(Role.TRAINING_BODY).post(f"{V1}/offers", json=OFFER)
    assert answer.status_code == 201, answer.text
    return answer


def test_what_ships_is_read_and_has_no_version_to_edit(small: Service) -> None:
    answer = small.client.get(f"{V1}/offers/atelier")
    assert (answer.status_code, answer.json()["etag"], "etag" in answer.headers) == (200, None, False)
    edited = small.by(Role.TRAINING_BODY).delete(f"{V1}/offers/atelier", headers={"If-Match": '"1"'})
    assert edited.status_code == 404


def test_an_offer_is_seen_by_its_organisation_alone(small: Service) -> None:
    added(small)
    rows = small.by(Role.TRAINING_BODY).get(f"{V1}/offers").json()["items"]
    assert [(row["offer"], row["own"], row["modules"]) for row in rows] == [
        ("atelier", False, 3),
        ("fabrique", True, 1),
    ]
    assert small.by(Role.TRAINING_BODY, THERE).get(f"{V1}/offers/fabrique").status_code == 404


def test_the_same_offer_twice_is_taken(small: Service) -> None:
    added(small)
    answer = small.by(Role.TRAINING_BODY).post(f"{V1}/offers", json=OFFER)
    assert (answer.status_code, kind_of(answer)) == (409, "taken")


def test_an_offer_that_names_what_is_not_there_is_refused_with_its_findings(small: Service) -> None:
    wrong = OFFER | {"modules": [MODULE | {"prepares": ["mini@2024/B9"]}]}
    answer = small.by(Role.TRAINING_BODY).post(f"{V1}/offers", json=wrong)
    assert (answer.status_code, kind_of(answer)) == (422, "file")
    told = small.client.post(f"{V1}/offers/findings", json=wrong).json()
    assert not told["publishable"]
    assert "B9" in str(told["findings"])


def test_one_module_then_one_session_are_written_and_taken_away(small: Service) -> None:
    body, begun = small.by(Role.TRAINING_BODY), added(small)
    address = f"{V1}/offers/fabrique/modules/court"
    court = MODULE | {"id": "court", "title": "Le module court"}
    written = body.put(address, json=court, headers=tagged(begun))
    assert [one["id"] for one in written.json()["item"]["modules"]] == ["long", "court"]
    session = {"id": "s1", "start": "2027-02-01", "end": "2027-02-19"}
    planned = body.put(f"{address}/sessions/s1", json=session, headers=tagged(written))
    assert body.get(address).json()["sessions"][0]["start"] == "2027-02-01"
    emptied = body.delete(f"{address}/sessions/s1", headers=tagged(planned))
    assert body.get(address).json()["sessions"] == []
    left = body.delete(address, headers=tagged(emptied)).json()
    assert [one["id"] for one in left["item"]["modules"]] == ["long"]
    assert body.get(address).status_code == 404


def test_a_module_written_on_an_older_version_is_refused(small: Service) -> None:
    body, begun = small.by(Role.TRAINING_BODY), added(small)
    address = f"{V1}/offers/fabrique/modules/long"
    body.put(address, json=MODULE | {"price": 90}, headers=tagged(begun))
    late = body.put(address, json=MODULE | {"price": 80}, headers=tagged(begun))
    assert (late.status_code, kind_of(late)) == (412, "stale")
    assert late.json()["current"]["modules"][0]["price"] == 90


def test_an_identifier_does_not_change(small: Service) -> None:
    body, begun = small.by(Role.TRAINING_BODY), added(small)
    answer = body.put(f"{V1}/offers/fabrique", json=OFFER | {"id": "autre"}, headers=tagged(begun))
    assert (answer.status_code, kind_of(answer)) == (422, "request")
    twice = OFFER | {"modules": [MODULE, MODULE]}
    assert body.put(f"{V1}/offers/fabrique", json=twice, headers=tagged(begun)).status_code == 422


def test_an_offer_kept_here_serves_plans_of_its_organisation(small: Service) -> None:
    added(small)
    asked = {"profile": {}, "target": f"{TARGET}/B1", "offers": ["fabrique"]}
    found = small.by(Role.TRAINING_BODY).post(f"{V1}/plans", json=asked).json()
    assert [step["ref"] for step in found["steps"] if step["kind"] == "module"] == ["fabrique:long"]
    elsewhere = small.by(Role.TRAINING_BODY, THERE).post(f"{V1}/plans", json=asked)
    assert (elsewhere.status_code, kind_of(elsewhere)) == (422, "request")


def test_an_offer_comes_from_a_file_as_the_library_has_them(small: Service) -> None:
    text = small_world.OFFER.format(modules=small_world.MODULES, illustrative="false").replace(
        "id: atelier", "id: venue"
    )
    answer = small.by(Role.TRAINING_BODY).post(f"{V1}/offers/file", files={"file": ("offre.yaml", text.encode())})
    assert (answer.status_code, answer.json()["item"]["id"]) == (201, "venue"), answer.text


def test_what_is_wrong_in_a_file_is_told_with_its_line(small: Service) -> None:
    text = "id: venue\ntitle: Une offre\nmodules: []\nprix: 3\n"
    answer = small.by(Role.TRAINING_BODY).post(f"{V1}/offers/file", files={"file": ("offre.yaml", text.encode())})
    places = {(one["where"]["file"], one["where"]["line"]) for one in answer.json()["findings"]}
    assert (answer.status_code, kind_of(answer)) == (422, "file")
    assert ("offre.yaml", 4) in places


def test_a_file_larger_than_any_is_refused_before_it_is_read(small: Service) -> None:
    answer = small.by(Role.TRAINING_BODY).post(f"{V1}/offers/file", files={"file": ("offre.yaml", bytes(6_000_000))})
    assert (answer.status_code, kind_of(answer)) == (413, "too-large")
