"""The pipeline (*du profil au parcours*), read from top to bottom: position, measure the gap, choose, place, tell, explain, verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from pathways import facts
from pathways.explain import if_confirmed, without
from pathways.front import compromises
from pathways.gap import Gap, Positioning, gap, position
from pathways.impasse import impasse
from pathways.lacking import reachable_parts
from pathways.notices import notices
from pathways.optimise.budget import Budget
from pathways.optimise.building import briefly
from pathways.others import others, rivals
from pathways.pathway import (
    Alternative,
    Conflict,
    Front,
    Pathway,
    Point,
    Rivals,
    Status,
    Step,
    StepKind,
    Totals,
    WithinReach,
)
from pathways.question import Question
from pathways.recognition import Rights
from pathways.session_dates import Sessions, session_dates
from pathways.solution import Limits, Solution, resolve
from pathways.telling import attained, engine_version, steps, totals
from pathways.verify import verify
from pathways.workplace import workplaces

_SHARE = 0.93
"""Share of the time for everything but telling and verifying."""

_TOLD = 0.1
"""Seconds that telling and verifying may take where there is little time; half of the time at most."""

Work = Callable[[Limits], object]
"""One explanation, in the time that it is given."""


class NotVerified(AssertionError):
    """The verifier found something wrong with a pathway: a defect of the engine, never an answer."""


def plan(question: Question, rights: Rights, limits: Limits | None = None) -> Pathway:
    """The best pathway for a question, explained and verified.

    Raises
    ------
    UnknownReference, NotInForce, ProfileProblem
        The target or the profile names something that can't be used.
    NotVerified
        The engine is wrong.
    """
    limits = limits or Limits(question.time_limit)
    with briefly(limits.seconds):
        return _planned(question, rights, limits)


def _planned(question: Question, rights: Rights, limits: Limits) -> Pathway:
    whole = limits.begin()
    budget = whole.part(_share(whole.left()))
    positioning = position(question.profile, question.target, rights, question.on, question.policy)
    offering = question.offering(rights.library)
    solution = resolve(positioning, question, offering, limits.left(budget))
    told = _told(solution, positioning, question)
    works = _asked_for(solution, positioning, question) | _explanations(solution, positioning, question)
    told = told.model_copy(update=dict(_in_time(works, budget)))
    if works and budget.over():
        told = told.model_copy(update={"notices": (*told.notices, "cut_short")})
    told = told.model_copy(update={"set_aside": dict(sorted(Counter(offering.set_aside.values()).items()))})
    return _verified(told, question, positioning)


def retold(solution: Solution, positioning: Positioning, question: Question) -> Pathway:
    """A solution that was found already, as a pathway, verified.

    Raises
    ------
    NotVerified
        The engine is wrong.
    """
    return _verified(_told(solution, positioning, question), question, positioning)


def told(solution: Solution, positioning: Positioning, question: Question) -> Pathway:
    """A solution that was found already, as a pathway: told and verified, not explained.

    Raises
    ------
    NotVerified
        The engine is wrong.
    """
    return _verified(_told(solution, positioning, question), question, positioning)


def _share(seconds: float) -> float:
    """The share of the time for everything but telling and verifying."""
    return min(_SHARE, max(0.5, 1 - _TOLD / seconds)) if seconds > 0 else _SHARE


def _in_time(works: dict[str, Work], budget: Budget) -> Iterator[tuple[str, object]]:
    """What each explanation finds in what is left of the time; those that come too late are left out."""
    for name, work in works.items():
        if not budget.over():
            yield name, work(Limits(budget.seconds(), budget.asked_to_stop if budget.watched else None))


def _told(solution: Solution, positioning: Positioning, question: Question) -> Pathway:
    status = Status.HELD if not solution.actions and solution.found else Status(solution.outcome.status)
    sessions = session_dates(solution, question.profile.can_give) if solution.found else Sessions()
    told = steps(solution, positioning, sessions) if solution.found else ()
    measured, at_work = gap(positioning), workplaces(told, positioning.rights.library)
    return Pathway(
        status=status,
        objective=attained(solution, question.minimise) if solution.found else (),
        target=positioning.target.ref,
        title=positioning.target.version.title,
        on=question.on,
        start=question.start,
        versions=tuple(_versions(told, measured)),
        engine=engine_version(),
        gap=measured,
        steps=told,
        totals=totals(solution) if solution.found else Totals(),
        workplace=at_work,
        valid_from=measured.valid_from,
        valid_until=measured.valid_until,
        notices=tuple(notices(told, measured, at_work, undatable=sessions is None)),
        rivals=Rivals.NOT_KNOWN if status in (Status.OPTIMAL, Status.FEASIBLE) else None,
        conflict=Conflict(core=(), complete=False) if status is Status.INFEASIBLE and question.explain else None,
    )


def _versions(told: tuple[Step, ...], measured: Gap) -> Iterator[str]:
    """The referentials, recognitions and offers that the answer rests on: those of its steps and of every reason of the gap."""
    reasons = [reason for block in measured.blocks for reason in block.because]
    reasons += [reason for block in measured.blocks for one in block.competencies for reason in one.because]
    waivers = (*(one for block in measured.blocks for one in block.waivers), *measured.entry.waivers)
    reasons += [*measured.entry.because, *(reason for one in waivers for reason in one.because)]
    reasons += [reason for step in told for reason in step.because]
    granted = [fact for step in told for fact in step.grants]
    items = [fact for fact in (*granted, *(reason.fact for reason in reasons)) if facts.is_item(fact)]
    found = {*measured.versions, *(facts.reference_of(fact).partition("/")[0] for fact in items)}
    found |= {f"right:{reason.by}" for reason in reasons if reason.how == "right"}
    found |= {f"right:{step.ref}" for step in told if step.kind is StepKind.RIGHT}
    found |= {f"offer:{step.ref.partition(':')[0]}" for step in told if step.kind is StepKind.MODULE}
    yield from sorted(found)


def _asked_for(solution: Solution, positioning: Positioning, question: Question) -> dict[str, Work]:
    """What a person asked for beside the best plan, by field of the pathway."""
    if not solution.found or not solution.actions:
        return {}
    works: dict[str, Work] = {}
    if question.front is not None:
        works["front"] = lambda limits: _front(positioning, question, limits)
    if question.alternatives:
        works["alternatives"] = lambda limits: _alternatives(solution, positioning, question, limits)
    return works


def _explanations(solution: Solution, positioning: Positioning, question: Question) -> dict[str, Work]:
    """What explains an answer, by field of the pathway, in order of importance."""
    if not question.explain:
        return {}
    asked = (solution, positioning, question)
    confirmed: dict[str, Work] = {"if_confirmed": lambda limits: tuple(if_confirmed(*asked, limits))}
    if solution.outcome.status == "infeasible":
        return {
            "conflict": lambda limits: impasse(positioning, question, limits),
            "within_reach": lambda limits: _within_reach(positioning, question, limits),
        } | confirmed
    if not solution.found or not solution.actions:
        return {}
    return {
        "rivals": lambda limits: rivals(solution, question, limits),
        **confirmed,
        "without": lambda limits: tuple(without(*asked, limits)),
    }


def _within_reach(positioning: Positioning, question: Question, limits: Limits) -> WithinReach | None:
    """The best plan for the parts of the target that can be obtained, when the whole can't whatever the limits.

    The parts that the target asks for and that nothing known leads to are left out, and stay in the conflict.
    """
    found = _largest(positioning, question, reachable_parts(positioning, question), limits)
    if found is None:
        return None
    near, solution = found
    told = _verified(_told(solution, near, question), question, near)
    return WithinReach(
        parts=near.target.goals,
        steps=told.steps,
        totals=told.totals,
        objective=told.objective,
        workplace=told.workplace,
    )


def _largest(
    positioning: Positioning, question: Question, parts: tuple[str, ...], limits: Limits
) -> tuple[Positioning, Solution] | None:
    """All the parts if they can be planned together, else as many as can, taken in their order; with their best plan."""

    def planned(goals: tuple[str, ...]) -> tuple[Positioning, Solution] | None:
        near = replace(positioning, target=replace(positioning.target, goals=goals))
        solution = resolve(near, question, question.offering(positioning.rights.library), limits)
        return (near, solution) if solution.found and solution.actions else None

    best = planned(parts) if parts else None
    if best is not None:
        return best
    kept: tuple[str, ...] = ()
    for part in parts:
        found = planned((*kept, part))
        if found is not None:
            kept, best = (*kept, part), found
    return best


def _alternatives(
    solution: Solution, positioning: Positioning, question: Question, limits: Limits
) -> tuple[Alternative, ...]:
    found = others(solution, question, limits)
    told = (_verified(_told(one, positioning, question), question, positioning) for one in found)
    return tuple(
        Alternative(totals=one.totals, modules=other.modules, illustrative="illustrative" in one.notices)
        for one, other in zip(told, found, strict=True)
    )


def _front(positioning: Positioning, question: Question, limits: Limits) -> Front:
    assert question.front is not None
    asked = replace(question, minimise=question.front)
    found = compromises(positioning, asked, limits)
    points = tuple(_point(one, positioning, asked) for one in found.plans)
    return Front(objectives=question.front, points=points, complete=found.complete)


def _point(solution: Solution, positioning: Positioning, question: Question) -> Point:
    told = _verified(_told(solution, positioning, question), question, positioning)
    return Point(
        totals=told.totals,
        modules=solution.modules,
        illustrative="illustrative" in told.notices,
        objective=told.objective,
        steps=told.steps,
    )


def _verified(told: Pathway, question: Question, positioning: Positioning) -> Pathway:
    if told.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return told
    problems = verify(told, question, positioning)
    if problems:
        raise NotVerified("; ".join(problems))
    return told.model_copy(update={"verified": True})
