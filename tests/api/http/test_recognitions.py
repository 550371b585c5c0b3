"""Recognitions and correspondences over HTTP: all are read; a designer adds, replaces and removes those of the organisation."""

from typing import Any

from api.store.tables import Role
from tests.api.http.service import THERE, Service
from tests.api.http.small import V1, kind_of, tagged

RIGHT: dict[str, Any] = {
    "id": "droit-second",
    "given": "mini@2019",
    "grants": ["mini@2024/B2"],
    "effect": "award",
    "in_force": {"from": "2024-01-01"},
    "source": {"title": "Arrêté d'essai", "reference": "essai-3", "checked_on": "2026-11-21"},
    "confidence": "official",
}
LIKENESS: dict[str, Any] = {
    "id": "c1-c1",
    "from": "mini@2019/B1/C1",
    "to": "mini@2024/B1/C1",
    "relation": "exact",
    "author": "essai",
    "state": "suggested",
}


def test_rights_are_filtered_by_what_they_are_about(small: Service) -> None:
    def names(**asked: object) -> list[str]:
        found = small.client.get(f"{V1}/recognitions", params=asked).json()
        return [row["item"]["id"] for row in found["items"]]

    assert names() == names(about="mini") == names(effect="award") == ["droit-mini"]
    assert names(effect="reduce") == names(about="mini@2024/B2") == []
    assert small.client.get(f"{V1}/recognitions", params={"about": "rien"}).status_code == 422


def test_a_right_is_added_used_replaced_and_removed(small: Service) -> None:
    designer = small.by(Role.DESIGNER)
    begun = designer.post(f"{V1}/recognitions", json=RIGHT)
    assert begun.status_code == 201, begun.text
    bridge = {"start": "mini@2019", "target": "mini@2024", "on": "2026-11-21"}
    assert designer.get(f"{V1}/bridges", params=bridge).json()["by_right"] == ["mini@2024/B1", "mini@2024/B2"]
    assert small.client.get(f"{V1}/bridges", params=bridge).json()["by_right"] == ["mini@2024/B1"]
    address = f"{V1}/recognitions/droit-second"
    changed = designer.put(address, json=RIGHT | {"note": "relu"}, headers=tagged(begun))
    late = designer.put(address, json=RIGHT, headers=tagged(begun))
    assert (changed.status_code, late.status_code, late.json()["current"]["note"]) == (200, 412, "relu")
    assert designer.delete(address, headers=tagged(changed)).status_code == 204
    assert designer.get(address).status_code == 404


def test_a_right_to_what_is_not_there_is_refused(small: Service) -> None:
    answer = small.by(Role.DESIGNER).post(f"{V1}/recognitions", json=RIGHT | {"grants": ["mini@2024/B9"]})
    assert (answer.status_code, kind_of(answer)) == (422, "file")


def test_an_organisation_puts_its_own_right_in_place_of_the_shipped_one(small: Service) -> None:
    own = RIGHT | {"id": "droit-mini", "grants": ["mini@2024/B1"], "note": "notre lecture"}
    assert small.by(Role.DESIGNER).post(f"{V1}/recognitions", json=own).status_code == 201
    address = f"{V1}/recognitions/droit-mini"
    assert small.by(Role.DESIGNER).get(address).json()["item"]["note"] == "notre lecture"
    assert small.by(Role.DESIGNER, THERE).get(address).json()["own"] is False


def test_likenesses_are_kept_and_never_a_right(small: Service) -> None:
    designer = small.by(Role.DESIGNER)
    begun = designer.post(f"{V1}/correspondences", json=LIKENESS)
    assert begun.status_code == 201, begun.text
    found = designer.get(f"{V1}/correspondences", params={"about": "mini@2024/B1/C1"}).json()["items"]
    assert [row["item"]["id"] for row in found] == ["c1-c1"]
    assert designer.get(f"{V1}/correspondences", params={"state": "validated"}).json()["items"] == []
    valid = designer.put(f"{V1}/correspondences/c1-c1", json=LIKENESS | {"state": "validated"}, headers=tagged(begun))
    assert valid.json()["item"]["state"] == "validated"
    assert designer.delete(f"{V1}/correspondences/c1-c1", headers=tagged(valid)).status_code == 204
