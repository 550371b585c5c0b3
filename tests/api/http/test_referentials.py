"""Versions over HTTP: listed, filtered, paged, read, compared."""

from tests.api.http.service import Service
from tests.api.http.small import V1, kind_of


def test_versions_are_listed_by_identifier_then_by_date(small: Service) -> None:
    found = small.client.get(f"{V1}/referentials", params={"on": "2024-06-01"}).json()
    assert [(row["ref"], row["in_force"]) for row in found["items"]] == [("mini@2019", False), ("mini@2024", True)]
    assert found["next"] is None


def test_a_cursor_goes_on_where_the_page_ended(small: Service) -> None:
    first = small.client.get(f"{V1}/referentials", params={"limit": 1}).json()
    second = small.client.get(f"{V1}/referentials", params={"limit": 1, "cursor": first["next"]}).json()
    assert [row["ref"] for row in (*first["items"], *second["items"])] == ["mini@2019", "mini@2024"]
    assert second["next"] is None


def test_versions_are_filtered(small: Service) -> None:
    def refs(**asked: object) -> list[str]:
        found = small.client.get(f"{V1}/referentials", params={"on": "2024-06-01"} | asked).json()
        return [row["ref"] for row in found["items"]]

    assert refs(in_force=True) == ["mini@2024"]
    assert refs(text="avant") == ["mini@2019"]
    assert refs(kind="titre-professionnel") == refs(level=4) == []


def test_a_version_says_what_leads_to_it(small: Service) -> None:
    found = small.client.get(f"{V1}/referentials/mini@2024").json()
    assert (found["ref"], found["rights_in"]) == ("mini@2024", ["droit-mini"])
    assert found["item"]["blocks"][0]["code"] == "B1"


def test_what_is_not_there_gives_near_names(small: Service) -> None:
    answer = small.client.get(f"{V1}/referentials/mini@2025")
    assert (answer.status_code, kind_of(answer)) == (404, "unknown-reference")
    assert answer.json()["near"][0].startswith("mini@")


def test_two_versions_compare_in_sentences(small: Service) -> None:
    found = small.client.get(f"{V1}/referentials/mini@2019/difference", params={"to": "mini@2024"}).json()
    titles = [change for change in found["changes"] if change["kind"] == "reworded"]
    assert [change["after"] for change in titles] == ["Un petit diplôme"]
    assert found["rights"]["after_only"] == ["droit-mini"]


def test_a_cursor_that_is_none_of_ours_is_refused(small: Service) -> None:
    answer = small.client.get(f"{V1}/search", params={"text": "diplôme", "cursor": "bm9uZQ"})
    assert (answer.status_code, kind_of(answer)) == (422, "invalid")
