"""Questions of which nothing is kept: gaps, bridges, the map, orientation, coverage, their documents; and search."""

import pytest

from api.store.repositories.search import index_shipped
from api.store.scope import Scope
from api.store.unit_of_work import Store
from referentials.library import Library
from tests.api.http.service import Service
from tests.api.http.small import PROFILE, TARGET, V1, kind_of

ON = "2026-11-21"


def test_a_gap_says_what_is_there_and_what_is_missing(small: Service) -> None:
    found = small.client.post(f"{V1}/gaps", json={"profile": PROFILE, "target": TARGET, "on": ON}).json()
    states = {one["ref"]: one["state"] for block in found["blocks"] for one in block["competencies"]}
    assert (states["mini@2024/B1/C1"], states["mini@2024/B1/C2"]) == ("by_proof", "missing")
    assert found["versions"] == [TARGET]


def test_what_remains_is_a_learning_plan_for_moodle(small: Service) -> None:
    gap = small.client.post(f"{V1}/gaps", json={"profile": PROFILE, "target": TARGET}).json()
    answer = small.client.post(f"{V1}/gaps/moodle", json={"profile": PROFILE, "target": TARGET})
    assert answer.headers["content-type"].startswith("text/csv")
    _head, row = answer.text.splitlines()
    left = [block for block in gap["blocks"] if block["state"] not in ("by_right", "by_proof")]
    acquired = [one for block in gap["blocks"] for one in block["competencies"] if one["state"].startswith("by_")]
    assert left
    assert gap["target"].replace("@", "-") in row or gap["target"].partition("@")[0] in row
    assert all(block["ref"].partition("/")[2] in row for block in left)
    assert not any(one["ref"].partition("/")[2] + "," in row for one in acquired)


def test_a_gap_on_another_day_uses_the_texts_of_that_day(small: Service) -> None:
    asked = {"profile": {"holds": {"qualifications": [{"ref": "mini@2019"}]}}, "target": TARGET}
    before = small.client.post(f"{V1}/gaps", json=asked | {"on": "2023-12-31"}).json()
    after = small.client.post(f"{V1}/gaps", json=asked | {"on": "2024-01-01"}).json()
    assert [one["blocks"][0]["state"] for one in (before, after)] == ["missing", "by_right"]


def test_a_bridge_has_one_direction(small: Service) -> None:
    there = small.client.get(f"{V1}/bridges", params={"start": "mini@2019", "target": TARGET, "on": ON}).json()
    back = small.client.get(f"{V1}/bridges", params={"start": TARGET, "target": "mini@2019", "on": ON}).json()
    assert (there["by_right"], back["by_right"]) == (["mini@2024/B1"], [])
    assert "right:droit-mini" in there["versions"]
    assert there["engine"]


def test_a_bridge_comes_with_the_plan_of_what_remains(small: Service) -> None:
    found = small.client.post(f"{V1}/bridges", json={"start": "mini@2019", "target": TARGET, "on": ON}).json()
    steps = [step["ref"] for step in found["pathway"]["steps"] if step["kind"] == "module"]
    assert steps == ["atelier:second"]


def test_a_module_is_no_end_of_a_bridge(small: Service) -> None:
    answer = small.client.get(f"{V1}/bridges", params={"start": "atelier:court", "target": TARGET})
    assert (answer.status_code, kind_of(answer)) == (422, "request")


def test_the_map_holds_the_pairs_where_something_is_known(small: Service) -> None:
    found = small.client.get(f"{V1}/bridges/matrix", params={"on": ON}).json()
    pairs = {(cell["start"], cell["target"]): cell["rights"] for cell in found["cells"]}
    assert pairs["mini@2019", TARGET] == ["droit-mini"]
    assert "right:droit-mini" in found["versions"]
    answer = small.client.get(f"{V1}/bridges/matrix", params={"target": "rien"})
    assert (answer.status_code, kind_of(answer)) == (422, "unknown-reference")


def test_the_national_map_is_given_page_by_page_and_as_files(small: Service) -> None:
    asked: dict[str, str | int | bool] = {"on": ON, "everything": True, "limit": 1}
    first = small.client.get(f"{V1}/map", params=asked).json()
    assert (first["starts"], first["targets"], len(first["items"])) == (2, 2, 1)
    line = first["items"][0]
    assert (line["start"], line["target"], line["rights"]) == ("mini@2019", TARGET, ["droit-mini"])
    assert first["next"] is None
    assert small.client.get(f"{V1}/map", params=asked | {"start": TARGET}).json()["items"] == []
    assert small.client.get(f"{V1}/map/chains", params=asked).json()["items"] == []
    refused = small.client.get(f"{V1}/map", params={"target": "rien"})
    assert (refused.status_code, kind_of(refused)) == (422, "unknown-reference")
    table = small.client.get(f"{V1}/exports/map/csv", params={"on": ON, "everything": True})
    assert table.text.startswith("\ufeffDépart;")
    assert "mini@2019;" in table.text
    drawn = small.client.get(f"{V1}/exports/map/graphml", params={"on": ON, "chains": True})
    assert drawn.headers["content-disposition"] == f'attachment; filename="enchainements-{ON}.graphml"'


def test_orientation_ranks_targets_and_plans_for_the_nearest(small: Service) -> None:
    asked = {"profile": PROFILE, "on": ON, "plans": 1}
    found = small.client.post(f"{V1}/orientation", json=asked).json()
    assert [one["target"] for one in found["prospects"]] == [TARGET]
    assert found["prospects"][0]["plan"]["status"] == "optimal"
    assert found["versions"] == [TARGET]


def test_many_people_have_their_nearest_targets_at_once(small: Service) -> None:
    wrong = {"id": "q", "holds": {"blocks": [{"ref": "zz@1/A"}]}}
    asked = {"people": [PROFILE | {"id": "p"}, wrong], "on": ON, "nearest": 1}
    found = small.client.post(f"{V1}/orientation/group", json=asked).json()
    alone = small.client.post(f"{V1}/orientation", json={"profile": PROFILE, "on": ON}).json()["prospects"][0]
    near = [one for line in found["lines"] for one in line["near"]]
    assert [(one["target"], one["share"]) for one in near] == [(alone["target"], alone["share"])] * len(near)
    assert (found["people"], [one["person"] for one in found["unplaced"]]) == (2, ["q"])
    assert len(found["targets"]) == len(near)


def test_coverage_tells_holes(small: Service) -> None:
    found = small.client.get(f"{V1}/coverage", params={"referential": "mini", "on": ON}).json()
    assert (found["covered"], found["versions"]) == ("whole", [TARGET, "offer:atelier"])
    answer = small.client.get(f"{V1}/coverage", params={"referential": "mini", "offer": "autre"})
    assert (answer.status_code, kind_of(answer)) == (422, "request")


@pytest.mark.parametrize(
    "address",
    [
        f"bridges/html?start=mini@2019&target={TARGET}&on={ON}",
        f"matrix/csv?on={ON}",
        f"coverage/docx?referential=mini&on={ON}",
    ],
)
def test_answers_are_given_as_documents(small: Service, address: str) -> None:
    answer = small.client.get(f"{V1}/exports/{address}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_plan_is_computed_and_written_at_once(small: Service) -> None:
    asked = {"request": {"profile": PROFILE, "target": TARGET, "on": ON}}
    answer = small.client.post(f"{V1}/exports/plans/json", json=asked)
    assert answer.json()["target"]["title"] == "Un petit diplôme"
    names = [row["name"] for row in small.client.get(f"{V1}/exports").json()["items"]]
    assert {"pdf", "docx", "xlsx", "ics", "html", "csv", "json"} <= set(names)


def test_words_are_searched_page_by_page_alike_on_both_databases(small: Service, store: Store) -> None:
    library: Library = small.app.state.services.libraries.of(Scope())
    with store.write() as unit:
        index_shipped(unit, library)
    first = small.client.get(f"{V1}/search", params={"text": "modules", "limit": 2}).json()
    second = small.client.get(f"{V1}/search", params={"text": "modules", "limit": 2, "cursor": first["next"]}).json()
    refs = [hit["ref"] for hit in (*first["items"], *second["items"])]
    assert refs == ["atelier:long", "atelier:court", "atelier:second"]
    assert second["next"] is None
    blocks = small.client.get(f"{V1}/search", params={"text": "bloc", "kind": "block"}).json()["items"]
    assert {hit["kind"] for hit in blocks} == {"block"}
