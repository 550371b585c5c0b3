"""Compromises between two objectives, in words (*compromis*): a table of all of them, and whether it is surely whole."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.objectives import Objective
from pathways.pathway import Attained, Front, Point
from pathways.profile import PeriodUnit
from reports.language import Words, say, to_say
from reports.pathway_wording import unknown_cost, unknown_hours
from reports.period_wording import UNITS
from reports.wording import bounded, euros, hours, number

NAMES: Mapping[Objective, str] = Words(
    {
        Objective.HOURS: to_say("heures"),
        Objective.COST: to_say("coût"),
        Objective.WEEKS: to_say("durée du calendrier"),
        Objective.MODULES: to_say("nombre de modules"),
        Objective.PEAK_LOAD: to_say("charge de la période la plus chargée"),
    }
)
"""What is compared, in a sentence."""

_SHORT: Mapping[Objective, str] = Words(
    {
        Objective.HOURS: to_say("heures"),
        Objective.COST: to_say("coût"),
        Objective.MODULES: to_say("modules"),
        Objective.PEAK_LOAD: to_say("au plus chargé"),
    }
)


def title(front: Front) -> str:
    """What the compromises are between."""
    one, other = front.objectives
    return say("Compromis entre {one} et {other}", one=NAMES[one], other=NAMES[other])


def whole(front: Front) -> str:
    """Whether every compromise is there."""
    if front.complete:
        return say("Ils sont tous là : pour faire mieux sur l'un, il faut céder sur l'autre.")
    return say("La recherche a été arrêtée avant la fin : d'autres compromis existent peut-être.")


def heads(front: Front, unit: PeriodUnit) -> tuple[str, ...]:
    """The names of the columns: the two objectives, then what else a plan takes."""
    return tuple(UNITS[unit][1] if one is Objective.WEEKS else _SHORT[one] for one in columns(front))


def columns(front: Front) -> tuple[Objective, ...]:
    """What is told of each plan: the two objectives first, the calendar only when there is one."""
    dated = any(point.totals.weeks is not None for point in front.points)
    rest = (Objective.HOURS, Objective.COST, *((Objective.WEEKS,) if dated else ()))
    return (*front.objectives, *(one for one in rest if one not in front.objectives))


def cells(point: Point, front: Front) -> tuple[str, ...]:
    """The figures of one compromise; « au moins » before a sum that leaves out what is not known."""
    return tuple(_cell(point, one) for one in columns(front))


def _cell(point: Point, objective: Objective) -> str:
    totals = point.totals
    match objective:
        case Objective.HOURS:
            return bounded(hours(totals.hours), unknown_hours(totals))
        case Objective.COST:
            return bounded(euros(totals.cost), unknown_cost(totals))
        case Objective.PEAK_LOAD:
            return hours(_value(point.objective, objective))
        case Objective.WEEKS:
            return "" if totals.weeks is None else number(totals.weeks)
    return number(totals.modules)


def _value(attained: tuple[Attained, ...], objective: Objective) -> float:
    return next(one.value for one in attained if one.name is objective)
