"""People over HTTP: files opened with an agreement, profiles, evidence, all that is kept, and the end."""

import base64

from api.store.tables import Role
from tests.api.http.service import ALONE, THERE, Service
from tests.api.http.small import PROFILE, V1, a_person, kind_of, tagged

PDF = b"%PDF-1.7 un essai"


def test_an_adviser_opens_no_file_without_agreement(small: Service) -> None:
    answer = small.by(Role.ADVISER).post(f"{V1}/people", json={})
    assert (answer.status_code, kind_of(answer)) == (422, "request")


def test_a_professional_keeps_their_own_file(small: Service) -> None:
    alone = small.by(Role.PROFESSIONAL, ALONE)
    found = alone.post(f"{V1}/people", json={"identity": {"given_name": "Zoé"}}).json()
    assert (found["own"], found["name"], found["has_profile"]) == (True, "Zoé", False)
    assert small.by(Role.ADVISER).get(f"{V1}/people/{found['id']}").status_code == 404


def test_a_file_is_found_by_name_by_those_who_may_see_it(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, identity={"given_name": "Zoé", "family_name": "Quillivic"})
    a_person(adviser, identity={"given_name": "Anne"})
    asked = {"name": "quilli"}
    assert [row["id"] for row in adviser.get(f"{V1}/people", params=asked).json()["items"]] == [person["id"]]
    assert small.by(Role.ADVISER, THERE).get(f"{V1}/people", params=asked).json()["items"] == []


def test_names_are_written_on_what_was_read(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser)
    address = f"{V1}/people/{person['id']}/identity"
    first = adviser.put(address, json={"given_name": "Zoé"}, headers={"If-Match": person["etag"]})
    second = adviser.put(address, json={"given_name": "Anne"}, headers={"If-Match": person["etag"]})
    assert (first.status_code, second.status_code, kind_of(second)) == (200, 412, "stale")
    assert adviser.put(address, json={}).status_code == 428


def test_where_somebody_works_is_written_told_and_taken_elsewhere(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, situation={"area": "29", "trade": " k1601"})
    assert person["situation"] == {"service": None, "area": "29", "trade": "K1601"}
    address = f"{V1}/people/{person['id']}"
    changed = adviser.put(f"{address}/situation", json={"area": "35"}, headers={"If-Match": person["etag"]})
    assert changed.json()["situation"] == {"service": None, "area": "35", "trade": None}
    stale = adviser.put(f"{address}/situation", json={}, headers={"If-Match": person["etag"]})
    assert (stale.status_code, kind_of(stale)) == (412, "stale")
    assert adviser.get(f"{address}/export").json()["person"]["area"] == "35"
    assert (
        adviser.put(
            f"{address}/situation", json={"area": "x" * 81}, headers={"If-Match": changed.json()["etag"]}
        ).status_code
        == 422
    )


def test_who_no_longer_agrees_is_no_longer_seen(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser)
    address = f"{V1}/people/{person['id']}"
    assert adviser.delete(f"{address}/consents/accompagnement").status_code == 204
    assert adviser.get(address).status_code == 404
    assert adviser.get(f"{address}/profile").status_code == 404


def test_an_agreement_is_added_and_dated(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser)
    more = {"purpose": "statistiques", "text_version": "2"}
    found = adviser.post(f"{V1}/people/{person['id']}/consents", json=more).json()
    assert [one["purpose"] for one in found["consents"]] == ["accompagnement", "statistiques"]
    assert all(one["withdrawn_at"] is None for one in found["consents"])


def test_a_profile_is_written_on_the_one_that_was_read(small: Service) -> None:
    alone = small.by(Role.PROFESSIONAL, ALONE)
    person = alone.post(f"{V1}/people", json={}).json()
    address = f"{V1}/people/{person['id']}/profile"
    empty = alone.get(address)
    assert (empty.headers["etag"], empty.json()["updated_at"]) == ('"0"', None)
    first = alone.put(address, json=PROFILE, headers=tagged(empty))
    late = alone.put(address, json={"note": "perdue"}, headers=tagged(empty))
    assert (first.status_code, late.status_code) == (200, 412)
    assert late.json()["current"]["holds"] == PROFILE["holds"]


def test_a_profile_that_names_what_is_not_there_is_refused(small: Service) -> None:
    wrong = {"holds": {"blocks": [{"ref": "mini@2024/B9"}]}}
    answer = small.client.post(f"{V1}/profiles/check", json=wrong)
    assert (answer.status_code, kind_of(answer)) == (422, "request")
    assert "B9" in answer.json()["detail"]
    assert small.client.post(f"{V1}/profiles/check", json=PROFILE).status_code == 200


def test_everything_that_is_kept_comes_out(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, identity={"family_name": "Quillivic"})
    address = f"{V1}/people/{person['id']}"
    adviser.post(f"{address}/evidence", files={"file": ("diplôme.pdf", PDF)}, data={"about": "mini@2019"})
    found = adviser.get(f"{address}/export").json()
    assert found["identity"]["family_name"] == "Quillivic"
    assert base64.b64decode(found["evidence"][0]["content"]) == PDF
    assert found["profile"]["document"]["holds"] == PROFILE["holds"]


def test_who_is_deleted_is_gone_everywhere(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, identity={"family_name": "Quillivic"})
    address = f"{V1}/people/{person['id']}"
    plan = adviser.post(f"{address}/plans", json={"target": "mini@2024/B1"}).json()
    assert adviser.delete(address, headers={"If-Match": '"9"'}).status_code == 412
    assert adviser.delete(address, headers=tagged(adviser.get(address))).status_code == 204
    assert adviser.get(address).status_code == adviser.get(f"{V1}/plans/{plan['id']}").status_code == 404
    assert adviser.get(f"{V1}/people", params={"name": "quillivic"}).json()["items"] == []


# -- evidence -------------------------------------------------------------------------------------------------------------


def test_evidence_is_kept_listed_read_and_deleted(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    address = f"{V1}/people/{a_person(adviser)['id']}/evidence"
    kept = adviser.post(address, files={"file": ("../../diplôme.pdf", PDF)}, data={"about": "mini@2019"}).json()
    assert (kept["name"], kept["media_type"], kept["size"]) == ("diplôme.pdf", "application/pdf", len(PDF))
    assert [row["id"] for row in adviser.get(address).json()["items"]] == [kept["id"]]
    content = adviser.get(f"{address}/{kept['id']}")
    assert (content.content, content.headers["content-disposition"]) == (PDF, "attachment")
    assert adviser.delete(f"{address}/{kept['id']}").status_code == 204
    assert adviser.get(f"{address}/{kept['id']}").status_code == 404


def test_evidence_of_one_person_is_not_reached_through_another(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    first, second = (f"{V1}/people/{a_person(adviser)['id']}/evidence" for _ in range(2))
    kept = adviser.post(first, files={"file": ("diplôme.pdf", PDF)}).json()
    assert adviser.get(f"{second}/{kept['id']}").status_code == 404


def test_a_file_that_is_too_large_is_refused(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    address = f"{V1}/people/{a_person(adviser)['id']}/evidence"
    most = small.app.state.services.settings.evidence_bytes
    answer = adviser.post(address, files={"file": ("diplôme.pdf", b"%PDF-" + bytes(most))})
    assert (answer.status_code, kind_of(answer)) == (413, "too-large")
