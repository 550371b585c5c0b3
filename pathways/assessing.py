"""What the assessments of a plan take (*évaluations, entretien final*): those included in a module, those whose length or price
was not read, and the rule that asks for an interview on top of the parts.
"""

from __future__ import annotations

from typing import NamedTuple

from pathways.draft import Doing
from pathways.gap import Positioning
from pathways.reasons import Reason
from pathways.solution import Solution
from pathways.validity import final_assessment, final_assessment_rule
from referentials.model import Assessment, Block, Referential


class Taken(NamedTuple):
    """The minutes and the cents that something takes; ``None`` when they are not known."""

    minutes: int | None
    cents: int | None


def taken(name: str, solution: Solution) -> Taken:
    """What an action of a plan takes; an assessment included in a module takes nothing more."""
    doing = solution.choice.doings[name]
    return Taken(0, 0) if included_in(name, solution) else Taken(doing.minutes, doing.cents)


def included_in(name: str, solution: Solution) -> str | None:
    """The module of a plan, followed before, that includes an assessment of the plan; ``None`` when none does."""
    doing = solution.choice.doings[name]
    if doing.kind != "assessment":
        return None
    before = solution.actions[: solution.actions.index(name)]
    return next((module for one in before if (module := _including(one, name, doing.ref, solution))), None)


def _including(one: str, name: str, block: str, solution: Solution) -> str | None:
    module = solution.choice.doings[one]
    ends = solution.places[one][1] < solution.places[name][0] if name in solution.places else True
    return module.ref if block in module.includes and ends else None


def described(doing: Doing, positioning: Positioning) -> Assessment | None:
    """The assessment that an action stands for, as the referential describes it."""
    item = positioning.rights.library.find(doing.ref)
    if doing.kind == "assessment" and isinstance(item, Block):
        return item.assessment
    if doing.kind == "award" and isinstance(item, Referential):
        return final_assessment(positioning.rights.library, item, positioning.sure.on)
    return None


def rule_of(doing: Doing, positioning: Positioning) -> tuple[Reason, ...]:
    """The rule of law that asks for an interview on top of the parts, with its source."""
    library = positioning.rights.library
    item = library.find(doing.ref)
    if doing.kind != "award" or not isinstance(item, Referential):
        return ()
    rule = final_assessment_rule(library, item, positioning.sure.on)
    if rule is None:
        return ()
    return (
        Reason(fact=doing.ref, how="rule", by=rule.id, source=rule.source, confidence=rule.confidence, note=rule.text),
    )
