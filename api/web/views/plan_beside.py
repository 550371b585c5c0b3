"""Two plans side by side, as a page shows them (*comparaison côte à côte*): one line for each thing, with what each says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from api.services.plan_choice import Beside
from api.services.plan_difference import NamesDifference
from api.web.views.said import Said
from pathways.gap import State
from pathways.pathway import Pathway, Status
from referentials.provenance import Value
from reports.language import Words, say, say_n, to_say
from reports.reason_wording import STATES, code_of
from reports.wording import euros, hours, plain_date

ANSWERS = Words(
    {
        Status.HELD: to_say("déjà obtenu"),
        Status.OPTIMAL: to_say("meilleur parcours possible"),
        Status.FEASIBLE: to_say("un parcours, peut-être pas le meilleur"),
        Status.INFEASIBLE: to_say("aucun parcours n'y mène"),
        Status.UNKNOWN: to_say("le temps a manqué pour répondre"),
    }
)
_WITH_A_PLAN = (Status.HELD, Status.OPTIMAL, Status.FEASIBLE)


class Line(Value):
    """One thing that two plans say."""

    name: Said = Field(description="De quoi il s'agit.")
    before: tuple[Said, ...] = Field(description="Ce qu'en dit l'ancien plan.")
    after: tuple[Said, ...] = Field(description="Ce qu'en dit le nouveau.")
    differs: bool = Field(description="Vrai quand ce n'est pas la même chose.")


def lines(found: Beside) -> tuple[Line, ...]:
    """Everything that the two plans say, one line each."""
    return tuple(_lines(found))


def _lines(found: Beside) -> Iterator[Line]:
    before, after, changes = found.before, found.after, found.changes
    yield _line(say("Réponse"), [ANSWERS[before.status]], [ANSWERS[after.status]])
    yield _line(say("Heures"), *([_hours(one)] for one in (before, after)))
    yield _line(say("Coût, avant financement"), *([_cost(one)] for one in (before, after)))
    yield _line(say("Semaines"), *([_weeks(one)] for one in (before, after)))
    yield _line(say("Fin"), *([_end(one)] for one in (before, after)))
    titles = {step.ref: step.title or step.ref for one in (before, after) for step in one.steps}
    for name, kind in (
        (say("Modules"), changes.modules),
        (say("Évaluations"), changes.assessments),
        (say("Droits"), changes.rights),
    ):
        yield _names(name, kind, titles)
    for block in changes.blocks:
        states = [[STATES[State(one)]] if one else [say("pas dans ce plan")] for one in (block.before, block.after)]
        yield _line(say("Bloc {code}", code=code_of(block.ref)), *states)
    yield _names(say("Textes et offres"), changes.versions, {})


def _line(name: str, before: Sequence[str], after: Sequence[str]) -> Line:
    return Line(name=name, before=tuple(before), after=tuple(after), differs=list(before) != list(after))


def _names(name: str, found: NamesDifference, titles: dict[str, str]) -> Line:
    said = [
        [titles.get(ref, ref) for ref in sorted({*found.both, *only})] for only in (found.first_only, found.second_only)
    ]
    return _line(name, *said)


def _hours(one: Pathway) -> str:
    return hours(one.totals.hours) if one.status in _WITH_A_PLAN else say("non connu")


def _cost(one: Pathway) -> str:
    return euros(one.totals.cost) if one.status in _WITH_A_PLAN else say("non connu")


def _weeks(one: Pathway) -> str:
    found = one.totals.weeks
    return say("non connu") if found is None else say_n("{count} semaine", "{count} semaines", found)


def _end(one: Pathway) -> str:
    last = max((step.end for step in one.steps if step.end), default=None)
    return say("non connu") if last is None else plain_date(last)
