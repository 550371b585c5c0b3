"""What each thing is worth (*explications chiffrées*): each module, each confirmation, measured by solving without or with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from pathways.facts import is_optional, reference_of
from pathways.gap import Positioning
from pathways.offering import Offering
from pathways.pathway import IfConfirmed, Without
from pathways.question import Question
from pathways.recognition import Closure, granted_by
from pathways.savings import difference
from pathways.solution import Limits, Solution, resolve
from pathways.telling import title
from referentials.library import Library, UnknownReference
from referentials.reference import parse_ref
from referentials.requirement import Condition, leaves

What = Literal["competency", "competencies", "block", "qualification", "condition", "experience", "right", "module"]


def without(solution: Solution, positioning: Positioning, question: Question, limits: Limits) -> Iterator[Without]:
    """For each module of a plan, what takes its place in the best plan without it, and what that costs more.

    Notes
    -----
    One solve per module; when time runs out the remaining modules are left out.
    """
    budget = limits.begin()
    for ref in solution.modules:
        if budget.over():
            return
        refused = (*question.profile.can_give.refused, ref)
        imposed = tuple(one for one in question.profile.can_give.imposed if one != ref)
        other_question = question.giving(refused=refused, imposed=imposed)
        other = resolve(positioning, other_question, _offering(other_question, positioning), limits.left(budget))
        if other.outcome.status == "infeasible":
            yield Without(module=ref, irreplaceable=True)
        elif other.outcome.status in ("held", "optimal"):
            mine, now = set(solution.modules), set(other.modules)
            yield Without(
                module=ref,
                irreplaceable=False,
                instead=tuple(sorted(now - mine)),
                dropped=tuple(sorted(mine - now - {ref})),
                **difference(other, solution)._asdict(),
                weeks=_difference(other.weeks, solution.weeks),
            )


def _offering(question: Question, positioning: Positioning) -> Offering:
    return question.offering(positioning.rights.library)


def _difference(other: int | None, mine: int | None) -> int | None:
    return None if other is None or mine is None else other - mine


def if_confirmed(
    solution: Solution, positioning: Positioning, question: Question, limits: Limits
) -> Iterator[IfConfirmed]:
    """For each thing to confirm, what its confirmation alone would save; what saves nothing is left out.

    The best plan is the reference; when there is none, a confirmation that makes one possible says so. Things that are confirmed
    together, as those that one module taught, are told where they save more than one by one.
    """
    alone: dict[frozenset[str], IfConfirmed] = {}
    for told, fresh in _saving(_confirmations(positioning), solution, positioning, question, limits):
        if len(fresh) < 2 or told.what == "right" or _more_than_one_by_one(told, fresh, alone):
            alone[fresh] = told
            yield told


def _more_than_one_by_one(told: IfConfirmed, fresh: frozenset[str], alone: dict[frozenset[str], IfConfirmed]) -> bool:
    parts = [one for facts_of_it, one in alone.items() if facts_of_it < fresh]
    if told.opens:
        return not any(one.opens for one in parts)
    same = any((one.hours, one.cost, one.weeks) == (told.hours, told.cost, told.weeks) for one in parts)
    sums = sum(one.hours or 0 for one in parts), sum(one.cost or 0 for one in parts)
    return not same and (not parts or sums != (told.hours, told.cost))


def _saving(
    confirmations: Iterable[tuple[IfConfirmed, frozenset[str]]],
    solution: Solution,
    positioning: Positioning,
    question: Question,
    limits: Limits,
) -> Iterator[tuple[IfConfirmed, frozenset[str]]]:
    """Of some confirmations those that save something, with what."""
    budget = limits.begin()
    offering = _offering(question, positioning)
    for told, facts_of_it in confirmations:
        if budget.over():
            return
        confirmed = _confirming(positioning, facts_of_it)
        if not _changes(positioning, confirmed, solution):
            continue
        other = resolve(confirmed, question, offering, limits.left(budget))
        if other.outcome.status not in ("held", "optimal"):
            continue
        if not solution.found:
            yield told.model_copy(update={"opens": True}), facts_of_it
            continue
        spared = difference(solution, other)
        weeks = _difference(solution.weeks, other.weeks)
        if any(spared) or spared.hours is None or spared.cost is None or weeks:
            yield told.model_copy(update=spared._asdict() | {"weeks": weeks}), facts_of_it


def to_confirm(positioning: Positioning) -> tuple[str, ...]:
    """What a person could have confirmed: claims without proof, experience to recognise, conditions of a right."""
    held = positioning.held
    conditions = (fact for fact in positioning.hopeful.proofs if fact[0] == "?")
    return tuple(sorted({*(held.hopeful - held.sure), *conditions} - positioning.sure.proofs.keys()))


def rights_to_confirm(positioning: Positioning) -> tuple[str, ...]:
    """The rights that a body may grant or not, or that rest on parts of a diploma that holding it does not tell."""
    rights, hopeful = positioning.rights, positioning.hopeful
    found = set()
    for fact, proof in hopeful.proofs.items():
        if proof.why == "right" and fact not in positioning.sure:
            own = (one for one, _proof in hopeful.chain(fact) if one not in positioning.sure)
            if rights.by_id[proof.by].discretionary or any(is_optional(rights.library, one) for one in own):
                found.add(proof.by)
    return tuple(sorted(found))


def _confirmations(positioning: Positioning) -> Iterator[tuple[IfConfirmed, frozenset[str]]]:
    """Each thing to confirm, and the facts that its confirmation makes sure."""
    for fact in to_confirm(positioning):
        yield IfConfirmed(fact=fact, what=kind_of(fact), text=_text(fact, positioning)), frozenset({fact})
    for name in rights_to_confirm(positioning):
        recognition = positioning.rights.by_id[name]
        told = IfConfirmed(fact=name, what="right", text=recognition.title)
        yield told, frozenset(granted_by(recognition, positioning.rights.library))
    yield from _together(positioning)


def _together(positioning: Positioning) -> Iterator[tuple[IfConfirmed, frozenset[str]]]:
    """What an interview would confirm at once: all that a module followed taught, then all the competencies of a block."""
    taught: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    for fact in to_confirm(positioning):
        for module in positioning.held.followed.get(fact, ()):
            taught.setdefault(module, set()).add(fact)
        if kind_of(fact) == "competency":
            parts.setdefault(reference_of(fact).rpartition("/")[0], set()).add(fact)
    for name, some in sorted((name, some) for name, some in taught.items() if len(some) > 1):
        text = positioning.rights.library.modules[name].title
        yield IfConfirmed(fact=name, what="module", text=text), frozenset(some)
    for ref, some in sorted(parts.items()):
        if len(some) > 1 and some not in taught.values():
            yield IfConfirmed(fact=ref, what="competencies", text=_text(ref, positioning)), frozenset(some)


def _confirming(positioning: Positioning, fresh: frozenset[str]) -> Positioning:
    held = positioning.held
    sure = held.sure | fresh
    closed = positioning.rights.close(
        sure, positioning.sure.on, positioning.policy, aimed=positioning.target.version.key
    )
    return replace(positioning, held=held._replace(sure=sure), sure=closed)


def _changes(positioning: Positioning, confirmed: Positioning, solution: Solution) -> bool:
    """Whether a confirmation touches anything that the choice knows of."""
    fresh = confirmed.sure.proofs.keys() - positioning.sure.proofs.keys()
    return (
        not solution.found
        or bool(fresh & set(solution.choice.problem.facts))
        or _shortens(positioning.sure, confirmed.sure)
    )


def _shortens(before: Closure, after: Closure) -> bool:
    return before.reductions != after.reductions


def kind_of(fact: str) -> What:
    """What kind of thing a fact is."""
    if fact[0] in "?+":
        return "condition" if fact[0] == "?" else "experience"
    if ":" in fact:
        return "module"
    ref = parse_ref(fact.partition("#")[0])
    return "competency" if ref.competency else "block" if ref.block else "qualification"


def _text(fact: str, positioning: Positioning) -> str | None:
    library: Library = positioning.rights.library
    if fact[0] == "?":
        asked = (leaf for item in library.recognitions for leaf in leaves(item.given))
        every = (*asked, *positioning.asked)
        return next((one.text for one in every if isinstance(one, Condition) and one.condition == fact[1:]), None)
    if fact[0] == "+":
        return None
    try:
        return title(library, fact.partition("#")[0])
    except UnknownReference:
        return None
