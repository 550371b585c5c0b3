"""Decisions about the suggestions made for the offers of an organisation: added, never changed; a later one takes an earlier one back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from api.store.conflict import Absent
from api.store.repositories.repository import Repository
from api.store.tables.mapping_decisions import MappingDecision, Verdict
from api.store.tables.offers import StoredOffer


class MappingDecisions(Repository[MappingDecision]):
    """The decisions of a scope."""

    table = MappingDecision
    kind = "mapping-decision"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.changes(MappingDecision)

    def of_offer(self, offer_id: str) -> tuple[MappingDecision, ...]:
        """Every decision about an offer, the oldest first."""
        query = self._select().where(MappingDecision.offer_id == offer_id)
        return tuple(self.session.scalars(query.order_by(MappingDecision.id)))

    def add(self, offer_id: str, pairs: Iterable[tuple[str, str]], verdict: Verdict) -> None:
        """Keep what was decided about some pairs of a module and a competency.

        Raises
        ------
        Absent
            There is no such offer that may be changed here.
        """
        mine = select(StoredOffer.id).where(StoredOffer.id == offer_id, self.scope.changes(StoredOffer))
        if self.session.scalars(mine).one_or_none() is None:
            raise Absent("offer", offer_id)
        organisation, by = self.scope.publisher(), self.unit.actor
        for module, competency in pairs:
            self._add(
                organisation_id=organisation,
                offer_id=offer_id,
                module=module,
                competency=competency,
                verdict=verdict.value,
                by=by,
            )
