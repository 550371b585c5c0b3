"""Two people who edit the same thing, in any order: no acknowledged change is lost, and who comes too late sees what stands there."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from api.store.tables import Role
from tests.api.http.service import Service
from tests.api.http.small import PROFILE, V1, a_person, of_all_trades
from tests.api.http.test_offers import OFFER
from tests.soaking import on_sqlite_unless_soaking

EDITORS = ("anne", "zoé")


class Edited(NamedTuple):
    """Something that is edited: where, how its note is read from an answer, and the body that writes one."""

    address: str
    etag: str
    read: Callable[[dict[str, Any]], str]
    body: Callable[[str], dict[str, Any]]


def a_draft(client: Any, number: int) -> Edited:
    values = {"id": "mini", "version": f"essai-{number}"}
    begun = client.post(f"{V1}/drafts", json={"document": values | {"note": ""}})
    return Edited(
        f"{V1}/drafts/{begun.json()['id']}",
        begun.headers["etag"],
        lambda found: str(found.get("document", found)["note"]),
        lambda note: {"document": values | {"note": note}},
    )


def an_offer(client: Any, number: int) -> Edited:
    values = OFFER | {"id": f"fabrique-{number}"}
    begun = client.post(f"{V1}/offers", json=values | {"note": "-"})
    return Edited(
        f"{V1}/offers/fabrique-{number}",
        begun.headers["etag"],
        lambda found: str(found.get("item", found)["note"]).removeprefix("-"),
        lambda note: values | {"note": f"-{note}"},
    )


def a_profile(client: Any, number: int) -> Edited:
    person = a_person(client)["id"]
    address = f"{V1}/people/{person}/profile"
    return Edited(
        address,
        client.get(address).headers["etag"],
        lambda found: str(found.get("profile", found).get("note") or ""),
        lambda note: PROFILE | {"note": note},
    )


@pytest.mark.hypothesis
@pytest.mark.parametrize("make", [a_draft, an_offer, a_profile])
def test_no_change_is_lost(small: Service, make: Callable[[Any, int], Edited]) -> None:
    on_sqlite_unless_soaking(small.store)
    client = of_all_trades(small)
    numbers = iter(range(10_000))

    class Editors(RuleBasedStateMachine):
        """Each editor adds a mark to the note that they read last; ``acknowledged`` is what the server accepted."""

        @initialize()
        def begin(self) -> None:
            self.edited = make(client, next(numbers))
            self.acknowledged = ""
            self.seen = dict.fromkeys(EDITORS, (self.edited.etag, ""))

        @rule(editor=st.sampled_from(EDITORS))
        def read(self, editor: str) -> None:
            found = client.get(self.edited.address)
            self.seen[editor] = (found.headers["etag"], self.edited.read(found.json()))

        @rule(editor=st.sampled_from(EDITORS))
        def write(self, editor: str) -> None:
            etag, note = self.seen[editor]
            wanted = note + editor[0]
            answer = client.put(self.edited.address, json=self.edited.body(wanted), headers={"If-Match": etag})
            assert (answer.status_code == 200) == (note == self.acknowledged), answer.text
            if answer.status_code == 200:
                self.acknowledged, self.seen[editor] = wanted, (answer.headers["etag"], wanted)
            else:
                assert answer.status_code == 412
                assert self.edited.read(answer.json()["current"]) == self.acknowledged
                self.seen[editor] = (answer.headers["etag"], self.acknowledged)

        @invariant()
        def nothing_is_lost(self) -> None:
            if hasattr(self, "edited"):
                assert self.edited.read(client.get(self.edited.address).json()) == self.acknowledged

    few = settings(max_examples=6, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(Editors, settings=few)  # type: ignore[no-untyped-call]


def test_who_may_not_edit_is_told_before_the_version_is_looked_at(small: Service) -> None:
    edited = a_draft(small.by(Role.DESIGNER), 0)
    answer = small.by(Role.ADVISER).put(edited.address, json=edited.body("x"), headers={"If-Match": '"9"'})
    assert answer.status_code == 403
