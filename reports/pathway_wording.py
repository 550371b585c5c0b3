"""A pathway in words (*parcours en toutes lettres*): every code of the engine becomes a sentence, the same at every door.

The engine answers with values and codes (``by_right``, ``hole:tp-mn@2025/CCP2``); the command line, the web pages and the
documents all word them here; steps and differences, worded beside, are read from here too. The reader is addressed as « vous ».
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from pathways.gap import ACQUIRED, BlockGap, Gap
from pathways.objectives import Objective
from pathways.pathway import Attained, Pathway, Rivals, Status, Totals, Without
from pathways.profile import PeriodUnit
from reports.difference_wording import SET_ASIDE, differences, exchange, if_confirmed, set_aside, without
from reports.gap_wording import remaining
from reports.language import Words, say, to_say
from reports.period_wording import UNITS, periods, unit_of
from reports.step_wording import STEPS, brought, by_modality, shortened_by, step_dates, step_load, step_title
from reports.wording import euros, hours, number, percent

_ONE_OF_THE_BEST: Mapping[Objective, str] = Words(
    {
        Objective.HOURS: to_say("L'un des plus courts"),
        Objective.COST: to_say("L'un des moins chers"),
        Objective.WEEKS: to_say("L'un des plus tôt finis"),
        Objective.MODULES: to_say("L'un de ceux qui ont le moins de modules"),
        Objective.PEAK_LOAD: to_say("L'un des plus réguliers"),
    }
)

OBJECTIVES: Mapping[Objective, str] = Words(
    {
        Objective.HOURS: to_say("heures"),
        Objective.COST: to_say("coût"),
        Objective.WEEKS: to_say("durée du calendrier"),
        Objective.MODULES: to_say("nombre de modules"),
        Objective.PEAK_LOAD: to_say("charge de la période la plus chargée"),
    }
)
"""What each objective measures."""


# -- the answer in a few words --------------------------------------------------------------------------------------------


def summary(pathway: Pathway) -> str:
    """The sentence that opens an answer."""
    if pathway.status is Status.HELD:
        return say("Vous avez déjà ce que vous visez : il ne reste rien à faire.")
    if pathway.status is Status.UNKNOWN:
        return say(
            "Aucun parcours trouvé : la recherche a été arrêtée avant la fin. "
            "Il en existe peut-être un, avec plus de temps."
        )
    told = remaining(pathway.gap)
    if pathway.status is Status.INFEASIBLE:
        return " ".join([say("Aucun parcours ne mène à cette cible aujourd'hui."), told])
    return told


def quality(pathway: Pathway) -> str:
    """How good the plan is, only as far as it is proved.

    ``optimal`` alone is called the best; when another plan does as well, one of the best; when that was not looked for to
    the end, no more is said than is known; else the distance to the best.
    """
    if pathway.status is Status.OPTIMAL:
        if pathway.rivals is Rivals.NOT_KNOWN and not ties(pathway):
            return say("Aucun parcours ne fait mieux ; un autre fait peut-être aussi bien.")
        if not ties(pathway):
            return say("Meilleur parcours possible.")
        first = pathway.objective[0].name if pathway.objective else Objective.HOURS
        return say("{praise} : d'autres parcours font aussi bien.", praise=_ONE_OF_THE_BEST[first])
    if pathway.status is Status.FEASIBLE:
        return distance(pathway.objective)
    return ""


def ties(pathway: Pathway) -> bool:
    """Whether another plan is known to do as well on everything that was minimised."""
    if pathway.rivals in (Rivals.NONE, Rivals.SOME):
        return pathway.rivals is Rivals.SOME
    asked = [one.name for one in pathway.objective]
    mine = [_of(pathway.totals, one) for one in asked]
    if any([_of(other.totals, one) for one in asked] == mine for other in pathway.alternatives):
        return True
    return any(not one.irreplaceable and not any(_more(one, name) for name in asked) for one in pathway.without)


def _of(totals: Totals, objective: Objective) -> float | None:
    return None if objective is Objective.PEAK_LOAD else getattr(totals, objective.value)


def _more(one: Without, objective: Objective) -> float:
    """What doing without a module costs more; one where it isn't measured, so that no tie is claimed."""
    known = {Objective.HOURS: one.hours, Objective.COST: one.cost, Objective.WEEKS: one.weeks}
    value = known.get(objective)
    return 1 if value is None else value


def distance(objectives: Sequence[Attained]) -> str:
    """How far at most a plan is from the best one, on the first objective that isn't proved.

    Examples
    --------
    >>> distance([Attained(name=Objective.HOURS, value=104, bound=100, proved=False)]).replace("\\u00a0", " ")
    'À 4 % au plus du meilleur : la recherche a été arrêtée avant la fin.'
    """
    open_one = next((one for one in objectives if not one.proved), None)
    if open_one is None or open_one.bound <= 0:
        return say("Un parcours possible ; le meilleur n'est pas connu : la recherche a été arrêtée avant la fin.")
    most = math.ceil(100 * (open_one.value - open_one.bound) / open_one.bound - 1e-9)
    return say("À {share} au plus du meilleur : la recherche a été arrêtée avant la fin.", share=percent(most))


def figures(totals: Totals, unit: PeriodUnit = PeriodUnit.WEEK) -> tuple[tuple[str, str], ...]:
    """The three numbers of a plan, each with its name: hours, weeks (or another period), cost.

    A sum that leaves steps out says « au moins ».
    """
    _singular, several = UNITS[unit]
    return (
        (say("heures"), _sum(totals.hours, unknown_hours(totals), hours, say("non connu"))),
        (several, say("non daté") if totals.weeks is None else number(totals.weeks)),
        (say("coût"), _sum(totals.cost, unknown_cost(totals), euros, say("non connu"))),
    )


def unknown_hours(totals: Totals) -> int:
    """How many steps of unknown length the sum of hours leaves out."""
    return totals.unknown_hours + totals.unknown_assessment_hours


def unknown_cost(totals: Totals) -> int:
    """How many steps of unknown price the sum of prices leaves out."""
    return totals.unknown_cost + totals.unknown_assessment_cost


def _sum(value: float, unknown: int, told: Callable[[float], str], nothing: str) -> str:
    """A sum that leaves some out says « au moins »; one that leaves all out is not known."""
    if not unknown:
        return told(value)
    return say("au moins {amount}", amount=told(value)) if value else nothing


def sums(totals: Totals, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """The numbers of a plan in one line.

    Examples
    --------
    >>> sums(Totals(hours=21, cost=840, weeks=4, modules=1)).replace("\\u00a0", " ")
    '21 h, 4 semaines, 840 €'
    """
    parts = [_sum(totals.hours, unknown_hours(totals), hours, say("durée non connue"))]
    if totals.weeks is not None:
        parts.append(periods(totals.weeks, unit))
    return ", ".join([*parts, _sum(totals.cost, unknown_cost(totals), euros, say("prix non connu"))])


def open_blocks(gap: Gap) -> tuple[BlockGap, ...]:
    """The blocks that are not acquired."""
    return tuple(block for block in gap.blocks if block.state not in ACQUIRED)


def titles(gap: Gap) -> dict[str, str | None]:
    """The titles of the target's blocks and competencies, by reference."""
    found: dict[str, str | None] = {}
    for block in gap.blocks:
        found[block.ref] = block.title
        found |= {item.ref: item.title for item in block.competencies}
    return found


__all__ = [
    "OBJECTIVES",
    "SET_ASIDE",
    "STEPS",
    "UNITS",
    "brought",
    "by_modality",
    "differences",
    "distance",
    "exchange",
    "figures",
    "if_confirmed",
    "open_blocks",
    "periods",
    "quality",
    "remaining",
    "set_aside",
    "shortened_by",
    "step_dates",
    "step_load",
    "step_title",
    "summary",
    "sums",
    "ties",
    "titles",
    "unit_of",
    "unknown_cost",
    "unknown_hours",
    "without",
]
