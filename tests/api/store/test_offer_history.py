"""The history of an offer: each change keeps what stood before, the last one is undone by whoever made it, any state comes back."""

import pytest

from api.services.offer_history import NotUndone, history, revert, undo
from api.services.offers import change_offer, offer_of
from api.store.conflict import Absent, Conflict
from api.store.repositories import offers as repository
from api.store.repositories.offers import What
from api.store.unit_of_work import Store
from referentials.library import Library
from tests.api.store.world import a_referential, an_offer, two_organisations

LIBRARY = Library.of(a_referential())


def test_what_was_done_is_undone_by_its_author_and_any_state_is_put_back(store: Store) -> None:
    here, there, _own = two_organisations(store)

    def titled(title: str, revision: int, actor: str) -> None:
        with store.write(actor) as unit:
            change = lambda offer: offer.model_copy(update={"title": title})  # noqa: E731
            change_offer(unit.of(here).offers, LIBRARY, "fabrique", revision, change, What("renamed", {"name": title}))

    with store.write("anne") as unit:
        unit.of(here).offers.write(an_offer(title="Un"), "Un")
    titled("Deux", 1, "anne")
    titled("Trois", 2, "anne")
    with store.write("zoé") as unit, pytest.raises(NotUndone):
        undo(unit.of(here).offers, LIBRARY, "fabrique", 3)
    with store.write("anne") as unit, pytest.raises(Conflict):
        undo(unit.of(here).offers, LIBRARY, "fabrique", 2)
    with store.write("anne") as unit:
        assert offer_of(undo(unit.of(here).offers, LIBRARY, "fabrique", 3)).title == "Deux"
    with store.write("zoé") as unit:
        assert offer_of(revert(unit.of(here).offers, LIBRARY, "fabrique", 1, 4)).title == "Un"
    with store.write("zoé") as unit:
        offers = unit.of(here).offers
        told = [(one.number, one.by, one.what, one.arguments) for one in history(offers, "fabrique")]
        assert told == [
            (4, "zoé", "reverted", {"number": 1}),
            (3, "anne", "undone", {"what": "renamed", "arguments": {"name": "Trois"}}),
            (2, "anne", "renamed", {"name": "Trois"}),
            (1, "anne", "renamed", {"name": "Deux"}),
        ]
        assert history(unit.of(there).offers, "fabrique") == ()
        with pytest.raises(Absent):
            revert(offers, LIBRARY, "fabrique", 9, 5)
        assert offer_of(undo(offers, LIBRARY, "fabrique", 5)).title == "Deux"


def test_old_changes_are_forgotten_and_all_of_them_with_the_offer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "REMEMBERED", 3)
    here, _there, _own = two_organisations(store)
    with store.write("anne") as unit:
        offers = unit.of(here).offers
        row = offers.write(an_offer(), "Un")
        for _change in range(5):
            offers.write(an_offer(), "Un", identifier=row.id)
        assert [one.number for one in offers.changes(row.id)] == [5, 4, 3]
    with store.write("anne") as unit:
        unit.of(here).offers.delete(row.id)
        assert unit.of(here).offers.changes(row.id) == ()
