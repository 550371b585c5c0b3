"""Drafts over HTTP: started, written by two, checked, compared, published."""

from typing import Any

from api.store.tables import Role
from tests.api.http.service import THERE, Service
from tests.api.http.small import V1, kind_of, tagged


def start(service: Service, **given: Any) -> Any:
    wanted = {"base": "mini@2024", "version": "2027"} | given
    answer = service.by(Role.DESIGNER).post(f"{V1}/drafts", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer


def sound(document: dict[str, Any]) -> dict[str, Any]:
    """The values with days that no other version has."""
    return document | {"valid": {"from": "2027-01-01"}, "replaces": ["mini@2024"]}


def approve(service: Service, draft_id: str, read: Any) -> None:
    """The approval of a second person, for the revision that an answer showed."""
    wanted, address = {"opinion": "approved"}, f"{V1}/drafts/{draft_id}/reviews"
    answer = service.by(Role.ADMINISTRATOR).post(address, json=wanted, headers=tagged(read))
    assert answer.status_code == 201, answer.text


def test_a_draft_starts_from_a_version_whose_references_it_makes_its_own(small: Service) -> None:
    found = start(small).json()
    assert (found["key"], found["base"]) == ("mini@2027", "mini@2024")
    assert "mini@2024" not in str(found["document"])


def test_a_draft_without_key_is_refused(small: Service) -> None:
    designer = small.by(Role.DESIGNER)
    answer = designer.post(f"{V1}/drafts", json={"document": {"title": "Sans nom"}})
    assert (answer.status_code, kind_of(answer)) == (422, "file")
    assert kind_of(designer.post(f"{V1}/drafts", json={})) == "request"


def test_a_wrong_draft_is_kept_and_told(small: Service) -> None:
    wrong = {"document": {"id": "mini", "version": "2030", "kind": "n'importe quoi"}}
    found = start(small, **wrong).json()
    told = small.by(Role.DESIGNER).get(f"{V1}/drafts/{found['id']}/findings").json()
    assert not told["publishable"]
    assert {finding["where"]["path"] for finding in told["findings"]} >= {"title", "kind"}


def test_the_second_of_two_writers_sees_what_the_first_wrote(small: Service) -> None:
    designer, begun = small.by(Role.DESIGNER), start(small)
    address, document = f"{V1}/drafts/{begun.json()['id']}", begun.json()["document"]
    first = designer.put(address, json={"document": document | {"title": "Le premier"}}, headers=tagged(begun))
    second = designer.put(address, json={"document": document | {"title": "Le second"}}, headers=tagged(begun))
    assert (first.status_code, second.status_code, kind_of(second)) == (200, 412, "stale")
    assert second.json()["current"]["title"] == "Le premier"
    assert second.headers["etag"] == first.headers["etag"]
    assert designer.get(address).json()["document"]["title"] == "Le premier"


def test_a_draft_says_what_it_changes(small: Service) -> None:
    designer, begun = small.by(Role.DESIGNER), start(small)
    address = f"{V1}/drafts/{begun.json()['id']}"
    changed = begun.json()["document"] | {"title": "Un plus grand diplôme"}
    designer.put(address, json={"document": changed}, headers=tagged(begun))
    found = designer.get(f"{address}/difference").json()
    assert [one["after"] for one in found["changes"] if one["kind"] == "reworded"] == ["Un plus grand diplôme"]


def test_a_draft_with_errors_is_not_published(small: Service) -> None:
    begun = start(small, document={"id": "mini", "version": "2030"})
    address = f"{V1}/drafts/{begun.json()['id']}/publication"
    approve(small, begun.json()["id"], begun)
    answer = small.by(Role.DESIGNER).post(address, json={"reason": "premier essai"}, headers=tagged(begun))
    assert (answer.status_code, kind_of(answer)) == (422, "file")
    assert small.by(Role.DESIGNER).get(f"{V1}/drafts").json()["items"]


def test_a_published_draft_is_a_version_that_its_organisation_alone_reads(small: Service) -> None:
    designer, begun = small.by(Role.DESIGNER), start(small)
    address = f"{V1}/drafts/{begun.json()['id']}"
    ready = designer.put(address, json={"document": sound(begun.json()["document"])}, headers=tagged(begun))
    reason = {"reason": "nouvel arrêté d'essai"}
    approve(small, begun.json()["id"], ready)
    answer = designer.post(f"{address}/publication", json=reason, headers=tagged(ready))
    assert (answer.status_code, answer.json()["ref"], answer.json()["number"]) == (201, "mini@2027", 1), answer.text
    assert designer.get(address).status_code == 404
    here = designer.get(f"{V1}/referentials/mini@2027").json()
    assert [one["reason"] for one in here["publications"]] == ["nouvel arrêté d'essai"]
    assert small.by(Role.DESIGNER, THERE).get(f"{V1}/referentials/mini@2027").status_code == 404
    found = designer.get(f"{V1}/search", params={"text": "petit diplôme"}).json()["items"]
    assert "mini@2027" in [hit["ref"] for hit in found]


def test_drafts_of_another_organisation_are_not_there(small: Service) -> None:
    begun = start(small)
    stranger = small.by(Role.DESIGNER, THERE)
    address = f"{V1}/drafts/{begun.json()['id']}"
    assert stranger.get(address).status_code == 404
    assert stranger.delete(address, headers=tagged(begun)).status_code == 404
    assert stranger.get(f"{V1}/drafts").json()["items"] == []


def test_a_draft_is_discarded_on_the_version_that_was_read(small: Service) -> None:
    designer, begun = small.by(Role.DESIGNER), start(small)
    address = f"{V1}/drafts/{begun.json()['id']}"
    assert kind_of(designer.delete(address)) == "version-needed"
    assert kind_of(designer.delete(address, headers={"If-Match": '"7"'})) == "stale"
    assert designer.delete(address, headers=tagged(begun)).status_code == 204


# -- as designers write them ------------------------------------------------------------------------------------------------

SOUND = """id: mini
version: "2030"   # un commentaire
title: Un diplôme écrit à la main
kind: habilitation
level: 5
valid: {from: 2030-01-01}
confidence: official
sources: [{id: s, title: Texte d'essai, reference: essai-3}]
blocks:
  - code: B1
    title: Premier bloc
    competencies: null
"""
AS_YAML = {"content-type": "application/yaml; charset=utf-8"}


def test_a_draft_is_written_and_read_as_yaml(small: Service) -> None:
    designer = small.by(Role.DESIGNER)
    begun = designer.post(f"{V1}/drafts", content=SOUND, headers=AS_YAML)
    assert (begun.status_code, begun.json()["key"], begun.json()["findings"]) == (201, "mini@2030", []), begun.text
    assert (begun.json()["document"]["level"], begun.json()["document"]["valid"]) == (5, {"from": "2030-01-01"})
    address = begun.headers["location"]
    text = designer.get(address, headers={"accept": "application/yaml"})
    assert (text.headers["content-type"].partition(";")[0], text.headers["etag"]) == ("application/yaml", '"1"')
    assert "title: Un diplôme écrit à la main\n" in text.text
    again = designer.put(address, content=text.text, headers=AS_YAML | tagged(text))
    assert again.json()["document"] == begun.json()["document"]
    late = designer.put(address, content=SOUND, headers=AS_YAML | tagged(text))
    assert (late.status_code, kind_of(late)) == (412, "stale")


def test_what_is_wrong_in_a_yaml_draft_is_told_with_its_line_and_kept(small: Service) -> None:
    designer = small.by(Role.DESIGNER)
    text = SOUND.replace("level: 5", "level: cinq").replace("code: B1", "prix: 3")
    begun = designer.post(f"{V1}/drafts", content=text, headers=AS_YAML)
    told = {(one["where"]["path"], one["where"]["line"]) for one in begun.json()["findings"]}
    assert begun.status_code == 201
    assert {("level", 5), ("blocks[1].prix", 10)} <= told
    assert designer.get(begun.headers["location"]).json()["document"]["level"] == "cinq"


def test_a_text_that_is_no_yaml_is_refused_with_its_line(small: Service) -> None:
    designer = small.by(Role.DESIGNER)
    for text, line in ((SOUND + "  de travers: [", 13), (SOUND + "b: &a [1]\nc: *a\n", 13), (SOUND * 2, None)):
        answer = designer.post(f"{V1}/drafts", content=text, headers=AS_YAML)
        assert (answer.status_code, kind_of(answer)) == (422, "file"), answer.text
        lines = {one["where"]["line"] for one in answer.json()["findings"]}
        assert line is None or min(lines) >= line, lines
    assert kind_of(designer.post(f"{V1}/drafts", content="- une liste", headers=AS_YAML)) == "invalid"
    assert designer.get(f"{V1}/drafts").json()["items"] == []
