"""The drawings of a plan (*images*): its blocks filling up, its steps in weeks, its load, the plans to choose from."""

from __future__ import annotations

from pathways.gap import ACQUIRED
from pathways.objectives import Objective
from pathways.pathway import StepKind, Totals
from reports.charts.blocks import OF_STATE, Filling, Share
from reports.charts.blocks import blocks as draw_blocks
from reports.charts.front import Option
from reports.charts.front import front as draw_front
from reports.charts.gantt import Bar, Closed
from reports.charts.gantt import gantt as draw_gantt
from reports.charts.load import Period
from reports.charts.load import load as draw_load
from reports.language import say
from reports.paper import Figure
from reports.pathway_wording import unknown_cost, unknown_hours
from reports.plan_document import AlternativeRow, BlockRow, ModuleRow, PlanDocument


def blocks(plan: PlanDocument) -> tuple[Figure, ...]:
    """The target block by block, today and after the plan."""
    return draw_blocks([_filling(block, planned=bool(plan.steps)) for block in plan.blocks])


def _filling(block: BlockRow, *, planned: bool) -> Filling:
    """One share for each competency; for the block alone when its competencies are not known."""
    if block.state in ACQUIRED or not block.competencies:
        parts = max(1, len(block.competencies))
        before = (OF_STATE[block.state],) * parts
        comes = block.state not in ACQUIRED and block.reached
        return Filling(
            block.code, block.title, before, ((Share.PLANNED,) * parts if comes else before) if planned else ()
        )
    before = tuple(OF_STATE[one.state] for one in block.competencies)
    after = tuple(
        Share.PLANNED if one.state not in ACQUIRED and (block.reached or one.comes_by) else share
        for one, share in zip(block.competencies, before, strict=True)
    )
    return Filling(block.code, block.title, before, after if planned else ())


def gantt(plan: PlanDocument) -> tuple[Figure, ...]:
    """The dated steps in weeks; a right takes no time."""
    named = {module.ref: titled(module) for module in plan.modules}
    bars = [
        Bar(
            named.get(step.ref, step.title), step.kind, step.start, step.end, step.hours, step.illustrative, step.number
        )
        for step in plan.steps
        if step.start and step.end and step.kind is not StepKind.RIGHT
    ]
    return draw_gantt(bars, [Closed(one.start, one.end) for one in plan.closed])


def titled(module: ModuleRow) -> str:
    """The title of a module; one that was made up says so."""
    return say("{title} — illustratif", title=module.title) if module.illustrative else module.title


def load(plan: PlanDocument) -> tuple[Figure, ...]:
    """The hours of each week or period against what the person can give."""
    periods = [Period(one.start, one.end, one.hours, one.capacity) for one in plan.periods]
    return (draw_load(periods, plan.unit),) if periods else ()


def choices(plan: PlanDocument) -> tuple[Figure, ...]:
    """The plans to choose from, by hours and cost: the compromises where these two were asked for, else the other plans."""
    if set(plan.front_between) == {Objective.HOURS, Objective.COST} and len(plan.front) > 1:
        options = [_of_front(one, plan) for one in plan.front]
        return (draw_front(options, whole=plan.front_complete),)
    if not plan.alternatives:
        return ()
    options = [_option(one.difference, one.totals) for one in plan.alternatives]
    return (draw_front([_option(say("le plan retenu"), plan.totals, chosen=True), *options]),)


def _of_front(one: AlternativeRow, plan: PlanDocument) -> Option:
    chosen = not one.added and not one.removed and one.totals == plan.totals
    return _option(say("le plan retenu") if chosen else one.difference, one.totals, chosen=chosen)


def _option(title: str, totals: Totals, *, chosen: bool = False) -> Option:
    return Option(
        title=title,
        hours=totals.hours,
        cost=totals.cost,
        weeks=totals.weeks,
        more_hours=bool(unknown_hours(totals)),
        more_cost=bool(unknown_cost(totals)),
        apart=bool(totals.unknown_hours or totals.unknown_cost),
        chosen=chosen,
    )
