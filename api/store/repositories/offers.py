"""Offers of training bodies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.store.repositories.documents import Documents
from api.store.search import Found, entries_of_offer
from api.store.tables.offers import StoredOffer


class Offers(Documents[StoredOffer]):
    """The offers of a scope; offers and modules may be found by their words."""

    table = StoredOffer
    kind = "offer"

    def _entries(self, item: Any) -> Iterable[Found]:
        return entries_of_offer(item)
