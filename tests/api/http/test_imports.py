"""Imports over HTTP: a file is sent, a job reads it, its account is told; each in its own part of the library."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

import referentials.directories
from api.jobs.runner import Runner
from api.jobs.work import Bench
from api.store.repositories.imported import ImportedDocuments
from api.store.scope import Scope
from api.store.tables import Role
from tests.api.conftest import Clock
from tests.api.http.service import ALONE, HERE, THERE, Service
from tests.api.http.small import V1, kind_of
from tests.api.national import chain, directory, fiche

BROKEN = fiche(90009).replace("<INTITULE>Titre numéro 90009</INTITULE>", "")


def send(client: TestClient, content: bytes, name: str = "fiches.xml", **asked: Any) -> Any:
    return client.post(f"{V1}/imports", files={"file": (name, content)}, data=asked)


def runner(service: Service) -> Runner:
    services = service.app.state.services
    return Runner(Bench(service.store, services.libraries, None), timedelta(seconds=600))


def account_of(client: TestClient, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = client.get(answer.headers["location"]).json()
    return found


@pytest.fixture
def keeper(small: Service) -> TestClient:
    return small.by(Role.ADMINISTRATOR, ALONE)


def test_a_file_is_imported_for_everybody_and_its_account_is_told(small: Service, keeper: TestClient) -> None:
    asked = send(keeper, directory(*chain(3), BROKEN), format="rncp")
    waiting = account_of(keeper, asked)
    assert (waiting["state"], waiting["shared"], waiting["standard"]) == ("running", True, "rncp")
    assert runner(small).work_once()
    told = account_of(keeper, asked)
    assert (told["state"], told["complete"], told["counts"]["new"]) == ("done", True, 5)
    job = keeper.get(f"{V1}/jobs/{told['job']}").json()
    assert (job["state"], job["done"], job["total"]) == ("done", 1, 1)
    lines = keeper.get(f"{asked.headers['location']}/lines", params={"outcome": "new", "limit": 2}).json()
    assert lines["items"][0]["ref"] == "rncp90001@fiche"
    rest = keeper.get(
        f"{asked.headers['location']}/lines", params={"outcome": "new", "limit": 50, "cursor": lines["next"]}
    ).json()
    assert len(lines["items"]) + len(rest["items"]) == 5
    problems = keeper.get(f"{asked.headers['location']}/lines", params={"outcome": "problem"}).json()["items"]
    assert problems[0]["said"]["severity"] == "error"


def test_what_was_imported_is_a_target_at_once(small: Service, keeper: TestClient) -> None:
    send(keeper, directory(*chain(2)))
    runner(small).work_once()
    person = {"id": "essai", "holds": {"blocks": [{"ref": "rncp90001@fiche/RNCP90001BC01", "on": "2025-01-01"}]}}
    wanted = {"profile": person, "target": "RNCP90002", "on": "2026-11-22"}
    gap = small.client.post(f"{V1}/gaps", json=wanted).json()
    assert gap["target"] == "rncp90002@fiche"
    assert gap["blocks"][0]["state"] == "by_right"
    assert (
        small.client.get(f"{V1}/search", params={"text": "numéro 90002"}).json()["items"][0]["ref"] == "rncp90002@fiche"
    )
    found = small.client.get(f"{V1}/referentials/rncp90002@fiche").json()
    assert len(found["rights_in"]) == 1
    right = small.client.get(f"{V1}/recognitions/{found['rights_in'][0]}")
    assert right.json()["item"]["grants"] == ["rncp90002@fiche/RNCP90002BC01"]


def test_of_a_directory_of_thousands_only_what_is_needed_is_read(
    small: Service, keeper: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referentials.directories, "FEW", 10)
    send(keeper, directory(*chain(6), *chain(24, 90101)))
    runner(small).work_once()
    read: list[str] = []
    about = ImportedDocuments.about
    monkeypatch.setattr(
        ImportedDocuments, "about", lambda self, *rest: [read.append(one["id"]) or one for one in about(self, *rest)]
    )
    person = {"id": "essai", "holds": {"blocks": [{"ref": "rncp90002@fiche/RNCP90002BC01", "on": "2025-01-01"}]}}
    wanted = {"profile": person, "target": "rncp90004@fiche", "on": "2026-11-22", "explain": False}
    plan = small.client.post(f"{V1}/plans", json=wanted).json()
    assert [step["ref"] for step in plan["steps"]] == [
        "rncp90003bc01-par-rncp90002bc01",
        "rncp90004bc01-par-rncp90003bc01",
    ]
    assert {name.partition("bc")[0] for name in read} <= {f"rncp9000{number}" for number in range(1, 7)}
    listed = small.client.get(f"{V1}/referentials", params={"text": "numéro 9011", "limit": 7, "in_force": True}).json()
    assert [row["ref"] for row in listed["items"]] == [f"rncp{number}@fiche" for number in range(90110, 90117)]
    after = {"text": "numéro 9011", "limit": 7, "in_force": True, "cursor": listed["next"]}
    rest = small.client.get(f"{V1}/referentials", params=after).json()
    assert [row["ref"] for row in rest["items"]] == [f"rncp{number}@fiche" for number in range(90117, 90120)]
    page = small.client.get("/referentiels", params={"q": "numéro 9011"}).text
    assert "/referentiels/rncp90110@fiche" in page
    whole = small.client.get(f"{V1}/referentials", params={"limit": 100}).json()
    assert [row["id"] for row in whole["items"]][:3] == ["mini", "mini", "rncp90001"]


def test_lists_go_through_a_directory_of_thousands_page_by_page(
    small: Service, keeper: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referentials.directories, "FEW", 10)
    send(keeper, directory(*chain(24, 90101)))
    runner(small).work_once()
    read: list[str] = []
    whole: list[str] = []
    after, every = ImportedDocuments.after, ImportedDocuments.documents

    def counted(self: ImportedDocuments, *asked: Any) -> Any:
        found = after(self, *asked)
        read.extend(one["id"] for one in found)
        return found

    def noted(self: ImportedDocuments, kind: str) -> Any:
        whole.append(kind)
        return every(self, kind)

    monkeypatch.setattr(ImportedDocuments, "after", counted)
    monkeypatch.setattr(ImportedDocuments, "documents", noted)
    monkeypatch.setattr("api.services.rights_page.AT_ONCE", 4)
    first = small.client.get(f"{V1}/recognitions", params={"limit": 3}).json()
    rest = small.client.get(f"{V1}/recognitions", params={"limit": 200, "cursor": first["next"]}).json()
    assert len(first["items"]) == 3
    names = [row["item"]["id"] for row in (*first["items"], *rest["items"])]
    assert names == sorted({"droit-mini", *(f"rncp{n}bc01-par-rncp{n - 1}bc01" for n in range(90102, 90125))})
    read.clear()
    assert small.client.get(f"{V1}/recognitions", params={"effect": "reduce", "limit": 1}).json()["items"] == []
    monkeypatch.setattr("api.services.rights_page.MOST", 5)
    read.clear()
    short = small.client.get(f"{V1}/recognitions", params={"effect": "reduce"}).json()
    assert (short["items"], short["next"] is None, len(read)) == ([], False, 8)
    documents = small.client.get("/ims/case/v1p1/CFDocuments", params={"offset": 4, "limit": 3}).json()["CFDocuments"]
    assert [one["title"] for one in documents] == [f"Titre numéro {number}" for number in (90103, 90104, 90105)]
    package = small.client.get(f"/ims/case/v1p1/CFPackages/{documents[0]['identifier']}").json()
    item = package["CFItems"][0]["identifier"]
    assert small.client.get(f"/ims/case/v1p1/CFItems/{item}").status_code == 200
    assert small.client.get(f"{V1}/referentials/rncp90103@fiche/as/case").status_code == 200
    assert "recognitions" not in whole


def test_orientation_reaches_what_was_imported_by_rights(
    small: Service, keeper: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referentials.directories, "FEW", 10)
    send(keeper, directory(*chain(24, 90101)))
    runner(small).work_once()
    person = {"id": "essai", "holds": {"blocks": [{"ref": "rncp90120@fiche/RNCP90120BC01", "on": "2025-01-01"}]}}
    found = small.client.post(f"{V1}/orientation", json={"profile": person, "on": "2026-11-22"}).json()
    assert {f"rncp{number}@fiche" for number in range(90120, 90125)} <= {one["target"] for one in found["prospects"]}
    assert "rncp90119@fiche" not in {one["target"] for one in found["prospects"]}


def test_an_organisation_imports_for_itself(small: Service) -> None:
    designer = small.by(Role.DESIGNER, HERE)
    asked = send(designer, directory(*chain(2)))
    runner(small).work_once()
    assert account_of(designer, asked)["shared"] is False
    for place, seen in ((HERE, 200), (THERE, 404)):
        client = small.by(Role.DESIGNER, place)
        assert client.get(f"{V1}/referentials/rncp90001@fiche").status_code == seen
        assert client.get(asked.headers["location"]).status_code == seen
    assert small.client.get(f"{V1}/referentials/rncp90001@fiche").status_code == 404


def test_a_dry_run_and_a_strict_one_change_nothing(small: Service, keeper: TestClient) -> None:
    tried = send(keeper, directory(*chain(3)), dry="true")
    refused = send(keeper, directory(*chain(3), BROKEN), strict="true")
    worker = runner(small)
    while worker.work_once():
        pass
    told = account_of(keeper, tried)
    assert (told["dry"], told["counts"]["new"], told["state"]) == (True, 5, "done")
    told = account_of(keeper, refused)
    assert (told["state"], told["counts"]["new"]) == ("refused", 0)
    assert told["counts"]["problem"] >= 1
    with small.store.read() as unit:
        assert not unit.of(Scope()).imported.any()


def test_whoever_is_killed_is_followed_by_another_and_nothing_is_counted_twice(
    small: Service, keeper: TestClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.services import imports
    from api.services.import_places import IntoStore

    monkeypatch.setattr(imports, "AT_ONCE", 2)
    keep, steps = IntoStore.keep, []

    def dies(self: IntoStore, step: imports.Step) -> None:
        steps.append(step)
        if len(steps) == 3:
            raise KeyboardInterrupt
        keep(self, step)

    monkeypatch.setattr(IntoStore, "keep", dies)
    asked = send(keeper, directory(*chain(4)))
    with pytest.raises(KeyboardInterrupt):
        runner(small).work_once()
    assert account_of(keeper, asked)["counts"]["new"] == 4
    clock.go(seconds=700)
    assert runner(small).work_once()
    told = account_of(keeper, asked)
    assert (told["state"], told["counts"]["new"], told["counts"]["unchanged"]) == ("done", 7, 0)
    lines = keeper.get(f"{asked.headers['location']}/lines").json()["items"]
    assert len({line["ref"] for line in lines}) == len(lines) == 7


def test_a_cancelled_import_stops_and_keeps_what_was_done(
    small: Service, keeper: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.jobs.hold import Hold
    from api.services import imports

    monkeypatch.setattr(imports, "AT_ONCE", 2)
    asked = send(keeper, directory(*chain(4)))
    stopped, looks = Hold.stopped, []

    def cancels(self: Hold) -> bool:
        looks.append(self)
        if len(looks) == 4:
            keeper.post(f"{V1}/jobs/{asked.json()['id']}/cancel")
            self.stop()
        return stopped(self)

    monkeypatch.setattr(Hold, "stopped", cancels)
    runner(small).work_once()
    assert keeper.get(f"{V1}/jobs/{asked.json()['id']}").json()["state"] == "cancelled"
    told = account_of(keeper, asked)
    assert told["state"] == "stopped"
    assert 0 < told["counts"]["new"] < 7


@pytest.mark.parametrize(
    ("content", "name", "asked"),
    [
        (b"<rien/>", "rien.xml", {}),
        (b"<rien/>", "rien.xml", {"format": "inconnu"}),
        (b"PK", "fiches.exe", {"format": "rncp"}),
        (b"", "vide.xml", {}),
    ],
)
def test_what_is_no_such_file_is_refused_at_once(
    keeper: TestClient, content: bytes, name: str, asked: dict[str, str]
) -> None:
    assert kind_of(send(keeper, content, name, **asked)) == "request"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(small: Service, keeper: TestClient) -> None:
    services = small.app.state.services
    services.settings = services.settings.model_copy(update={"import_bytes": 1000})
    assert kind_of(send(keeper, directory(*chain(3)))) == "request"


def test_formats_are_listed_and_written(service: Service) -> None:
    found = {one["id"]: one for one in service.client.get(f"{V1}/formats").json()["items"]}
    assert "referential" in found["rncp"]["reads"]
    answer = service.client.get(f"{V1}/referentials/tp-mn@2025/as/case")
    assert answer.json()["CFDocument"]["title"]
    assert int(answer.headers["x-left-out"]) > 0
    assert kind_of(service.client.get(f"{V1}/referentials/tp-mn@2025/as/rien")) == "request"
    assert (
        service.client.get(f"{V1}/formats/workbook/templates/{found['workbook']['templates'][0]}").content[:2] == b"PK"
    )
    assert kind_of(service.client.get(f"{V1}/formats/workbook/templates/rien")) == "request"
    assert kind_of(service.client.get(f"{V1}/formats/case/templates/offre")) == "request"
