"""What was published of the people of an organisation, and the people to be counted; what was published is never changed nor deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from api.store.conflict import WrongState
from api.store.repositories.people_wanted import last_plan
from api.store.scope import Scope
from api.store.tables.people import Person
from api.store.tables.plans import StoredPlan
from api.store.tables.profiles import StoredProfile
from api.store.tables.territories import TerritoryEdition, TerritoryFigure
from pathways.territory.figures import Edition, Figure, Place

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

_AT_ONCE = 2_000


class Somebody(NamedTuple):
    """A person to be counted: the labels, what the last plan aims at, the plain values of the profile."""

    area: str | None
    trade: str | None
    target: str | None
    profile: Any


class Territories:
    """The territories of a scope."""

    def __init__(self, unit: UnitOfWork, scope: Scope) -> None:
        self.unit, self.session, self.scope = unit, unit.session, scope

    # -- what is read by the next edition alone --------------------------------------------------------------------------

    def everybody(self) -> Iterator[Somebody]:
        """The people of the scope who have a plan, in the order in which their files were opened."""
        columns = (Person.id, Person.area, Person.trade, StoredPlan.target, StoredProfile.document)
        query = select(*columns).outerjoin(StoredProfile, StoredProfile.person_id == Person.id)
        query = query.join(StoredPlan, StoredPlan.id == last_plan()).where(self.scope.people()).order_by(Person.id)
        after = ""
        while rows := self.session.execute(query.where(Person.id > after).limit(_AT_ONCE)).all():
            yield from (Somebody(area, trade, target, profile or {}) for _person, area, trade, target, profile in rows)
            after = rows[-1][0]

    def editions(self, target: str) -> tuple[Edition, ...]:
        """All that was ever published of a target, the last edition last."""
        rows = self.session.scalars(select(TerritoryFigure).where(*self._of(TerritoryFigure, target)))
        figures = [(_figure(row, marked=True), row.until) for row in rows.all()]
        return tuple(_edition(number, figures) for number in self.days(target))

    def publish(self, target: str, edition: Edition, day: date) -> TerritoryEdition:
        """Keep a new edition.

        Raises
        ------
        WrongState
            Another one was published since those that it was compared with.
        """
        last = max(self.days(target), default=0)
        if edition.number != last + 1:
            raise WrongState("published")
        shown = {_key(one) for one in (*edition.cells, *edition.figures)}
        still = (*self._of(TerritoryFigure, target), TerritoryFigure.until.is_(None))
        kept = set()
        for row in self.session.scalars(select(TerritoryFigure).where(*still)).all():
            kept.add(_key(_figure(row)))
            if _key(_figure(row)) not in shown:
                row.until = last
        fresh = (one for one in (*edition.cells, *edition.figures) if _key(one) not in kept)
        self.session.add_all(self._row(target, one) for one in fresh)
        found = TerritoryEdition(**self._new(target), number=edition.number, day=day)
        self.session.add(found)
        self.session.flush()
        self.unit.record("territory.publish", "territory", found.id, self.scope.organisation)
        return found

    def _row(self, target: str, one: Figure) -> TerritoryFigure:
        return TerritoryFigure(
            **self._new(target),
            competency=one.competency,
            area=one.places[0].area,
            trades=[place.trade for place in one.places],
            marks=sorted(one.marks),
            people=one.people,
            lacking=one.lacking,
            since=one.since,
        )

    def _new(self, target: str) -> dict[str, Any]:
        owner = {"organisation_id": self.scope.publisher(), "target": target}
        return {"id": self.unit.new_identifier(), "created_at": self.unit.now, **owner}

    # -- what anybody who may read territories is shown --------------------------------------------------------------------

    def targets(self) -> dict[str, date]:
        """The targets of which something was published, each with the day of its last edition."""
        query = select(TerritoryEdition.target, func.max(TerritoryEdition.day)).where(self._mine(TerritoryEdition))
        rows = self.session.execute(query.group_by(TerritoryEdition.target).order_by(TerritoryEdition.target))
        return {row[0]: row[1] for row in rows}

    def days(self, target: str) -> dict[int, date]:
        """The day of each edition of a target, by its number."""
        query = select(TerritoryEdition.number, TerritoryEdition.day).where(*self._of(TerritoryEdition, target))
        return {row[0]: row[1] for row in self.session.execute(query.order_by(TerritoryEdition.number))}

    def figures(self, target: str, number: int) -> tuple[Figure, ...]:
        """What one edition shows: the people first, then each competency."""
        there = (TerritoryFigure.since <= number, or_(TerritoryFigure.until.is_(None), TerritoryFigure.until >= number))
        rows = self.session.execute(_PUBLISHED.where(*self._of(TerritoryFigure, target), *there)).all()
        return _sorted(_figure(row) for row in rows)

    def history(self, target: str, competency: str | None) -> Sequence[tuple[Figure, int | None]]:
        """Every figure of one competency, or of the people, with the last edition that shows it; None while it is shown."""
        asked = (*self._of(TerritoryFigure, target), TerritoryFigure.competency.is_not_distinct_from(competency))
        return [(_figure(row), row.until) for row in self.session.execute(_PUBLISHED.where(*asked)).all()]

    def _mine(self, table: Any) -> ColumnElement[bool]:
        return self.scope.changes(table)

    def _of(self, table: Any, target: str) -> tuple[ColumnElement[bool], ...]:
        return (self._mine(table), table.target == target)


_PUBLISHED = select(
    TerritoryFigure.competency,
    TerritoryFigure.area,
    TerritoryFigure.trades,
    TerritoryFigure.people,
    TerritoryFigure.lacking,
    TerritoryFigure.since,
    TerritoryFigure.until,
)


def _figure(row: Any, *, marked: bool = False) -> Figure:
    places = tuple(Place(row.area, trade) for trade in row.trades)
    marks = frozenset(row.marks) if marked else frozenset[str]()
    return Figure(row.competency, places, marks, row.people, row.lacking, row.since)


def _key(figure: Figure) -> tuple[Any, ...]:
    return (figure.competency, figure.places, figure.counts, figure.since)


def _edition(number: int, figures: Sequence[tuple[Figure, int | None]]) -> Edition:
    there = _sorted(one for one, until in figures if one.since <= number and (until is None or until >= number))
    cells = tuple(one for one in there if one.competency is None)
    return Edition(number, cells, tuple(one for one in there if one.competency is not None))


def _sorted(figures: Iterator[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda one: (one.competency or "", [place.rank for place in one.places])))
