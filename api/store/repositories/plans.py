"""Plans: kept as drafts, proposed, agreed, under way, done or abandoned, with who, when and why at each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from api.store.conflict import WrongState
from api.store.repositories.personal import PersonalRepository, enter
from api.store.repositories.repository import Page
from api.store.tables.offers import StoredOffer
from api.store.tables.plans import PlanChange, PlanState, PlanVersion, StoredPlan

_AT_ONCE = 500
_OFFER = "offer:"
_DRAFT = PlanState.DRAFT.value
_OVER = (PlanState.DONE.value, PlanState.ABANDONED.value)


class Wanted(NamedTuple):
    """Which plans: in a state; leaning on a version (``tp-mn@2025``); leaning on a version that was replaced, or on none."""

    state: PlanState | None = None
    using: str | None = None
    superseded: bool | None = None


class LastAnswer(NamedTuple):
    """The plan that was kept last for somebody: whose, which, its state, and the plain values of its answer."""

    person: str
    plan: str
    state: str
    pathway: Mapping[str, Any]


class Plans(PersonalRepository[StoredPlan]):
    """The plans of the people of a scope."""

    table = StoredPlan
    kind = "plan"

    def add(
        self, person_id: str, question: Mapping[str, Any], pathway: Mapping[str, Any], *, replaces: str | None = None
    ) -> StoredPlan:
        """Keep an answer, with the question it answers, as a draft.

        Parameters
        ----------
        question : mapping
            Plain values from which the same question can be asked again.
        pathway : mapping
            The plain values of a :class:`pathways.pathway.Pathway`.
        replaces : str, optional
            The plan of the same person that this one computes again.

        Raises
        ------
        Absent
            There is no such person, or no such plan to replace, here.
        """
        enter(self.unit, self.scope, person_id)
        if replaces is not None:
            self._present(self._of(person_id, replaces), replaces)
        plan = self._add(
            person_id=person_id, state=PlanState.DRAFT.value, replaces=replaces, **_content(question, pathway)
        )
        plan.history.append(self._change(plan, PlanState.DRAFT, ""))
        self.session.flush()
        return plan

    def _of(self, person_id: str, identifier: str) -> StoredPlan | None:
        query = self._select().where(StoredPlan.id == identifier, StoredPlan.person_id == person_id)
        return self.session.scalars(query).one_or_none()

    def recompute(
        self, identifier: str, question: Mapping[str, Any], pathway: Mapping[str, Any], revision: int | None = None
    ) -> StoredPlan:
        """Put another answer into a draft. What was proposed or agreed does not change: another plan replaces it.

        Raises
        ------
        WrongState
            The plan is no draft any more.
        """
        plan = self._kept(identifier, revision)
        if plan.state != PlanState.DRAFT:
            raise WrongState(plan.state)
        self._touch(plan)
        for name, value in _content(question, pathway).items():
            if name == "used":
                _replace_versions(plan, value)
            else:
                setattr(plan, name, value)
        self.session.flush()
        return plan

    def move(self, identifier: str, state: PlanState, why: str = "", revision: int | None = None) -> StoredPlan:
        """Bring a plan to another state.

        Raises
        ------
        WrongState
            That state does not follow the one where the plan stands.
        """
        plan = self._kept(identifier, revision)
        if state not in PlanState(plan.state).next:
            raise WrongState(plan.state)
        self._touch(plan)
        plan.state = state.value
        plan.history.append(self._change(plan, state, why))
        self.session.flush()
        return plan

    def _kept(self, identifier: str, revision: int | None) -> StoredPlan:
        """The plan, kept for this transaction after its person's file: everybody takes the two in that order."""
        enter(self.unit, self.scope, self.get(identifier).person_id)
        return self._locked(identifier, revision)

    def _change(self, plan: StoredPlan, state: PlanState, why: str) -> PlanChange:
        number = len(plan.history) + 1
        return PlanChange(number=number, state=state.value, at=self.unit.now, by=self.unit.actor, why=why)

    def latest(self, people: Iterable[str]) -> dict[str, StoredPlan]:
        """The plan that was kept last for each of some people; who has none is left out."""
        kept = StoredPlan.person_id.in_(sorted(set(people)))
        last = select(func.max(StoredPlan.id)).where(kept).group_by(StoredPlan.person_id)
        return {row.person_id: row for row in self.session.scalars(self._select().where(StoredPlan.id.in_(last)))}

    def latest_answers(self, people: Iterable[str]) -> Iterator[LastAnswer]:
        """The last answer of each of some people, in the order of their files, read some hundreds at a time."""
        files = sorted(set(people))
        columns = (StoredPlan.person_id, StoredPlan.id, StoredPlan.state, StoredPlan.pathway)
        for start in range(0, len(files), _AT_ONCE):
            kept = StoredPlan.person_id.in_(files[start : start + _AT_ONCE])
            last = select(func.max(StoredPlan.id)).where(kept).group_by(StoredPlan.person_id)
            query = select(*columns).where(self._readable(), StoredPlan.id.in_(last)).order_by(StoredPlan.person_id)
            yield from (LastAnswer(*row) for row in self.session.execute(query))

    def outdated(self, after: str | None = None, limit: int = 50) -> Page[StoredPlan]:
        """The plans that are not over and lean on something that has changed since, less those that wait beside a new answer."""
        proposed = select(StoredPlan.replaces).where(StoredPlan.replaces.is_not(None), StoredPlan.state == _DRAFT)
        query = self._select().where(StoredPlan.state.not_in(_OVER), StoredPlan.id.not_in(proposed))
        marked = select(PlanVersion.plan_id).where(PlanVersion.superseded_by.is_not(None))
        return self._page(query.where(or_(StoredPlan.id.in_(marked), self._on_changed_offers())), after, limit)

    def changed_offers(self, plan: StoredPlan) -> tuple[str, ...]:
        """The titles of the offers that a plan leans on, and that were written since."""
        keys = [ref.removeprefix(_OFFER) for ref in plan.versions if ref.startswith(_OFFER)]
        here = (self.scope.reads(StoredOffer), StoredOffer.key.in_(keys), StoredOffer.updated_at > plan.updated_at)
        return tuple(self.session.scalars(select(StoredOffer.title).where(*here).order_by(StoredOffer.key)))

    def _on_changed_offers(self) -> ColumnElement[bool]:
        used = select(PlanVersion.plan_id).join(StoredOffer, PlanVersion.ref == _OFFER + StoredOffer.key)
        since = (PlanVersion.plan_id == StoredPlan.id, StoredOffer.updated_at > StoredPlan.updated_at)
        return used.where(self.scope.reads(StoredOffer), *since).correlate(StoredPlan).exists()

    def proposals(self, after: str | None = None, limit: int = 50) -> Page[StoredPlan]:
        """The new answers, as drafts, that wait beside the plan that they would replace."""
        before = aliased(StoredPlan)
        query = self._select().join(before, StoredPlan.replaces == before.id)
        return self._page(query.where(StoredPlan.state == _DRAFT, before.state.not_in(_OVER)), after, limit)

    def settle(self, identifier: str, revision: int | None = None) -> StoredPlan:
        """Leave a plan as it is, whatever has changed since: its marks go, and it counts as looked at now."""
        plan = self._kept(identifier, revision)
        self._touch(plan)
        for row in plan.used:
            row.superseded_by = None
        self.session.flush()
        self._record("settle", plan.id)
        return plan

    def wanted(self, wanted: Wanted, after: str | None = None, limit: int = 50) -> Page[StoredPlan]:
        """The plans that answer every condition."""
        query = self._select()
        if wanted.state is not None:
            query = query.where(StoredPlan.state == wanted.state.value)
        if wanted.using is not None:
            query = query.where(StoredPlan.id.in_(select(PlanVersion.plan_id).where(PlanVersion.ref == wanted.using)))
        if wanted.superseded is not None:
            marked = StoredPlan.id.in_(select(PlanVersion.plan_id).where(PlanVersion.superseded_by.is_not(None)))
            query = query.where(marked if wanted.superseded else ~marked)
        return self._page(query, after, limit)


def _content(question: Mapping[str, Any], pathway: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "target": pathway["target"],
        "status": pathway["status"],
        "question": dict(question),
        "pathway": dict(pathway),
        "used": [PlanVersion(ref=ref) for ref in sorted(set(pathway["versions"]))],
    }


def _replace_versions(plan: StoredPlan, used: list[PlanVersion]) -> None:
    kept = {row.ref: row for row in plan.used}
    plan.used[:] = [kept.get(row.ref, row) for row in used]
    for row in plan.used:
        row.superseded_by = None
