"""Comments and review of a draft: nothing is published that a second person has not approved as it stands."""

from typing import Any

from fastapi.testclient import TestClient

from api.store.tables import Role
from tests.api.http.service import THERE, Service
from tests.api.http.small import V1, kind_of, of_all_trades, tagged
from tests.api.http.test_drafts import sound, start


def said(client: TestClient, address: str, opinion: str, read: Any, words: str = "") -> Any:
    """An opinion about the revision that an answer showed."""
    return client.post(f"{address}/reviews", json={"opinion": opinion, "words": words}, headers=tagged(read))


def publish(client: TestClient, address: str, read: Any) -> Any:
    return client.post(f"{address}/publication", json={"reason": "un essai"}, headers=tagged(read))


def test_an_approval_is_of_one_revision_and_of_somebody_who_did_not_write(small: Service) -> None:
    anne, zoe, begun = small.by(Role.DESIGNER), of_all_trades(small), start(small)
    address, values = f"{V1}/drafts/{begun.json()['id']}", sound(begun.json()["document"])
    ready = anne.put(address, json={"document": values}, headers=tagged(begun))
    assert (publish(anne, address, ready).status_code, kind_of(publish(anne, address, ready))) == (409, "review-needed")
    assert said(anne, address, "asked", ready).json()["asked"]
    assert kind_of(said(anne, address, "approved", ready)) == "review-needed"
    assert kind_of(said(zoe, address, "changes", ready)) == "request"
    refused = said(zoe, address, "changes", ready, "Le titre ne va pas.")
    assert (refused.status_code, refused.json()["approved"], refused.json()["asked"]) == (201, False, False)
    assert said(zoe, address, "approved", ready).json()["approved"]
    assert said(zoe, address, "changes", ready, "Non, finalement.").json()["approved"] is False
    said(zoe, address, "approved", ready)

    changed = zoe.put(address, json={"document": values | {"note": "Relu."}}, headers=tagged(ready))
    assert kind_of(said(zoe, address, "approved", ready)) == "stale"
    assert kind_of(publish(anne, address, changed)) == "review-needed"
    assert kind_of(said(zoe, address, "approved", changed)) == "review-needed"
    told = said(anne, address, "approved", changed).json()
    assert told["approved"]
    assert small.account(Role.DESIGNER) not in told["writers"]
    opinions = ["asked", "changes", "approved", "changes", "approved", "approved"]
    assert [one["opinion"] for one in anne.get(f"{address}/reviews").json()["items"]] == opinions
    assert publish(zoe, address, changed).status_code == 201
    assert anne.get(f"{address}/reviews").status_code == 404


def test_comments_are_about_an_item_and_settled_by_anybody_who_reviews(small: Service) -> None:
    anne, begun = small.by(Role.DESIGNER), start(small)
    address = f"{V1}/drafts/{begun.json()['id']}"
    first = anne.post(f"{address}/comments", json={"at": "B1/C1", "text": "Trop vague."}).json()
    assert kind_of(anne.post(f"{address}/comments", json={"at": "B1/C1/x", "text": "?"})) == "invalid"
    administrator = small.by(Role.ADMINISTRATOR)
    administrator.post(f"{address}/comments", json={"text": "Relu en entier."})
    settled = administrator.put(f"{address}/comments/{first['id']}/resolution").json()
    assert settled["resolved_by"] == small.account(Role.ADMINISTRATOR)
    assert anne.delete(f"{address}/comments/{first['id']}/resolution").json()["resolved_at"] is None
    assert [one["at"] for one in anne.get(f"{address}/comments").json()["items"]] == ["B1/C1", ""]
    other = f"{V1}/drafts/{start(small, version='2031').json()['id']}"
    assert anne.put(f"{other}/comments/{first['id']}/resolution").status_code == 404
    for stranger in (small.by(Role.DESIGNER, THERE), small.by(Role.ADMINISTRATOR, THERE)):
        assert stranger.get(f"{address}/comments").status_code == 404
        assert stranger.post(f"{address}/comments", json={"text": "Pris"}).status_code == 404
        assert stranger.put(f"{address}/comments/{first['id']}/resolution").status_code == 404
        assert said(stranger, address, "approved", begun).status_code == 404
    assert kind_of(small.by(Role.ADVISER).get(f"{address}/comments")) == "forbidden"


def test_an_administrator_of_the_organisation_is_a_second_person(small: Service) -> None:
    designer, begun = small.by(Role.DESIGNER), start(small)
    address = f"{V1}/drafts/{begun.json()['id']}"
    ready = designer.put(address, json={"document": sound(begun.json()["document"])}, headers=tagged(begun))
    assert said(small.by(Role.ADMINISTRATOR), address, "approved", ready).status_code == 201
    assert small.by(Role.ADMINISTRATOR).get(address).json()["document"]["title"]
    assert kind_of(publish(small.by(Role.ADMINISTRATOR), address, ready)) == "forbidden"
    assert publish(designer, address, ready).status_code == 201
