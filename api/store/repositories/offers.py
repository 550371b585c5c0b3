"""Offers of training bodies: each change keeps the offer as it stood before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel
from sqlalchemy import delete, select
from sqlalchemy.orm import undefer

from api.store.conflict import Absent
from api.store.repositories.documents import Documents
from api.store.search import Found, entries_of_offer
from api.store.tables.offer_changes import OfferChange
from api.store.tables.offers import StoredOffer

REMEMBERED = 200
"""How many changes of an offer are kept; older ones are forgotten."""


class What(NamedTuple):
    """What was done to an offer: the key of a sentence, and what stands in it (plain values)."""

    key: str = "changed"
    arguments: Mapping[str, Any] = {}


CHANGED = What()
"""Something that nobody named: a change by a program."""


class Offers(Documents[StoredOffer]):
    """The offers of a scope; offers and modules may be found by their words."""

    table = StoredOffer
    kind = "offer"

    def _entries(self, item: Any) -> Iterable[Found]:
        return entries_of_offer(item)

    def write(
        self,
        item: BaseModel,
        title: str = "",
        *,
        identifier: str | None = None,
        revision: int | None = None,
        what: What = CHANGED,
    ) -> StoredOffer:
        """Keep an offer; what stood in its place goes into its history, with the name of what was done."""
        if identifier is not None:
            self._remember(identifier, revision, what)
        return super().write(item, title, identifier=identifier, revision=revision)

    def _remember(self, identifier: str, revision: int | None, what: What) -> None:
        row = self._locked(identifier, revision)
        number = max((change.number for change in self.changes(identifier)), default=0) + 1
        change = OfferChange(
            offer_id=identifier,
            number=number,
            revision=row.revision,
            at=self.unit.now,
            by=self.unit.actor,
            what=what.key,
            arguments=dict(what.arguments),
            before=row.document,
        )
        self.session.add(change)
        old = (OfferChange.offer_id == identifier) & (OfferChange.number <= number - REMEMBERED)
        self.session.execute(delete(OfferChange).where(old), execution_options={"synchronize_session": False})

    def changes(self, identifier: str) -> tuple[OfferChange, ...]:
        """The changes of an offer that may be changed here, the last one first; ``before`` is left in the database."""
        query = select(OfferChange).join(StoredOffer).where(StoredOffer.id == identifier, self._changeable())
        return tuple(self.session.scalars(query.order_by(OfferChange.number.desc())))

    def change(self, identifier: str, number: int) -> OfferChange:
        """One change of an offer, with the plain values of the offer before it.

        Raises
        ------
        Absent
            There is none here.
        """
        query = select(OfferChange).join(StoredOffer).where(StoredOffer.id == identifier, self._changeable())
        found = query.where(OfferChange.number == number).options(undefer(OfferChange.before))
        change = self.session.scalars(found).one_or_none()
        if change is None:
            raise Absent("offer_change", f"{identifier}:{number}")
        return change
