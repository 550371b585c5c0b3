"""The drawings of a plan (*images*): its steps over the weeks, its load, the blocks it fills, and the plans to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pathways.gap import ACQUIRED, State
from pathways.pathway import StepKind, Totals
from reports.charts import blocks as _blocks
from reports.charts import front as _front
from reports.charts import gantt as _gantt
from reports.charts import load as _load
from reports.charts.blocks import OF_STATE, Filling, Share
from reports.charts.front import Option
from reports.charts.gantt import Bar, Closed
from reports.charts.load import Period
from reports.language import say
from reports.paper import Figure
from reports.pathway_wording import unknown_cost, unknown_hours
from reports.plan_document import BlockRow, PlanDocument


def gantt(plan: PlanDocument) -> tuple[Figure, ...]:
    """The steps over the weeks; nothing for a plan without dates."""
    made_up = {one.ref for one in plan.modules if one.illustrative}
    named = {one.ref: one.title for one in plan.modules}
    bars = [
        Bar(named.get(one.ref, one.title), one.kind, one.start, one.end, one.hours, one.ref in made_up)
        for one in plan.steps
        if one.start and one.end
    ]
    return _gantt.gantt(bars, tuple(_closed(plan)))


def _closed(plan: PlanDocument) -> Iterator[Closed]:
    """The stretches in which the person gives nothing."""
    for shut, some in groupby(plan.periods, key=lambda one: one.capacity == 0):
        if shut:
            those = list(some)
            yield Closed(those[0].start, those[-1].end)


def load(plan: PlanDocument) -> tuple[Figure, ...]:
    """The hours of each week or period; nothing for a plan without dates."""
    periods = [Period(one.start, one.end, one.hours, one.capacity) for one in plan.periods]
    return (_load.load(periods, plan.unit),) if periods else ()


def blocks(plan: PlanDocument) -> tuple[Figure, ...]:
    """The blocks of the target today, and after the plan when there is one."""
    certified = {one.ref for one in plan.steps if one.kind is not StepKind.MODULE}
    fillings = [_filling(one, certified, there_is_a_plan=bool(plan.steps)) for one in plan.blocks]
    return _blocks.blocks(fillings)


def _filling(block: BlockRow, certified: set[str], *, there_is_a_plan: bool) -> Filling:
    before = _before(block)
    whole = block.ref in certified
    coming = [whole or bool(one.comes_by) for one in block.competencies] if _is_known(block) else [whole]
    after = tuple(_after(share, comes) for share, comes in zip(before, coming, strict=True))
    title = block.title or say("intitulé non connu")
    return Filling(block.code, title, before, after if there_is_a_plan else ())


def _is_known(block: BlockRow) -> bool:
    """Whether a block is told competency by competency: neither acquired as a whole, nor known in part."""
    return bool(block.known and block.competencies) and block.state not in (*ACQUIRED, State.TO_CONFIRM)


def _before(block: BlockRow) -> tuple[Share, ...]:
    """The share of each competency, or of the block alone."""
    states = [one.state for one in block.competencies] if _is_known(block) else [block.state]
    return tuple(OF_STATE[state] for state in states)


def _after(share: Share, comes: bool) -> Share:
    return Share.PLANNED if comes and share in (Share.TO_CONFIRM, Share.MISSING) else share


def choices(plan: PlanDocument) -> tuple[Figure, ...]:
    """The plan beside the others, by hours and cost; nothing where there is no other."""
    if not plan.alternatives:
        return ()
    mine = _option(say("Ce parcours"), plan.totals, chosen=True)
    return (_front.front((mine, *(_option(one.difference, one.totals) for one in plan.alternatives))),)


def _option(title: str, totals: Totals, *, chosen: bool = False) -> Option:
    return Option(
        title,
        totals.hours,
        totals.cost,
        totals.weeks,
        more_hours=unknown_hours(totals) > 0,
        more_cost=unknown_cost(totals) > 0,
        apart=totals.unknown_hours + totals.unknown_cost > 0,
        chosen=chosen,
    )
