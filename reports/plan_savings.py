"""What could change in a plan, on paper (*à confirmer, autres parcours, impasse*)."""

from __future__ import annotations

from collections.abc import Sequence

from pathways.objectives import Objective
from reports import cells
from reports.language import say
from reports.paper import Block, Cell, ColumnKind, Items, Notice, Section, Table, Text, Tone
from reports.pathway_wording import OBJECTIVES, unknown_cost, unknown_hours
from reports.plan_document import AlternativeRow, PlanDocument
from reports.plan_pictures import choices
from reports.wording import enumeration


def confirmations(plan: PlanDocument) -> Section | None:
    """What each confirmation would save."""
    if not plan.confirmations:
        return None
    told = Text(text=say("Rien de ceci n'est compté comme acquis tant que ce n'est pas confirmé."))
    items = Items(items=tuple(one.text for one in plan.confirmations), boxes=True)
    return Section(id="a-confirmer", title=say("À confirmer, et ce que cela épargnerait"), blocks=(told, items))


def alternatives(plan: PlanDocument) -> Section | None:
    """The other plans, side by side with the chosen one, and the compromises between two objectives."""
    blocks: list[Block] = []
    if plan.alternatives:
        blocks.append(_side_by_side(plan))
    blocks += [*choices(plan), *_compromises(plan)]
    return Section(id="autres-parcours", title=say("Autres parcours"), blocks=tuple(blocks)) if blocks else None


def _side_by_side(plan: PlanDocument) -> Table:
    mine = AlternativeRow(totals=plan.totals, difference=say("le plan retenu"), added=(), removed=())
    caption = say("Le plan retenu, et les autres parcours considérés")
    return _table(say("Autres parcours"), caption, (mine, *plan.alternatives))


def _compromises(plan: PlanDocument) -> list[Block]:
    """What was asked between two objectives, in words; and a table where no drawing shows it."""
    if not plan.front:
        return []
    between = enumeration([OBJECTIVES[one] for one in plan.front_between])
    if len(plan.front) == 1:
        return [Text(text=_alone(between) if plan.front_complete else _one_found(between))]
    told = say("Tous les compromis entre {objectives} sont là.", objectives=between)
    cut = say("D'autres compromis entre {objectives} existent peut-être : le temps a manqué.", objectives=between)
    text = Text(text=told if plan.front_complete else cut)
    if set(plan.front_between) == {Objective.HOURS, Objective.COST}:
        return [text]
    caption = say("Les compromis entre {objectives}", objectives=between)
    return [_table(say("Compromis"), caption, plan.front), text]


def _alone(between: str) -> str:
    return say("Aucun compromis à faire entre {objectives} : ce plan fait au mieux pour les deux.", objectives=between)


def _one_found(between: str) -> str:
    return say("Aucun autre compromis trouvé entre {objectives} : le temps a manqué pour finir.", objectives=between)


def _table(name: str, caption: str, rows: Sequence[AlternativeRow]) -> Table:
    return Table(
        name=name,
        caption=caption,
        columns=(
            cells.column(say("Parcours"), weight=3),
            cells.column(say("Heures"), ColumnKind.HOURS),
            cells.column(say("Coût"), ColumnKind.EUROS),
            cells.column(say("Semaines"), ColumnKind.COUNT),
            cells.column(say("Modules"), ColumnKind.COUNT),
        ),
        rows=tuple(_alternative(one) for one in rows),
    )


def _alternative(one: AlternativeRow) -> tuple[Cell, ...]:
    return (
        cells.text(one.difference),
        cells.in_hours(one.totals.hours, at_least=bool(unknown_hours(one.totals))),
        cells.in_euros(one.totals.cost, at_least=bool(unknown_cost(one.totals))),
        cells.text(say("sans dates")) if one.totals.weeks is None else cells.count(one.totals.weeks),
        cells.count(one.totals.modules),
    )


def impasse(plan: PlanDocument) -> Section | None:
    """Why there is no plan, and what would make one possible."""
    part = plan.impasse
    if part is None:
        return None
    blocks: list[Block] = [Notice(text=line, tone=Tone.WARNING) for line in part.core]
    if not part.core:
        blocks.append(Text(text=say("Ce qui l'empêche n'a pas été calculé.")))
    if part.ways_out:
        blocks += [Text(text=say("Pour que ce soit possible :")), Items(items=part.ways_out)]
    if part.within_reach:
        told = say(
            "Ce qui peut déjà se préparer, et que la suite du document détaille : {parts}", parts=part.within_reach
        )
        blocks.append(Text(text=told))
    return Section(id="impasse", title=say("Pourquoi aucun parcours ne va jusqu'au bout"), blocks=tuple(blocks))
