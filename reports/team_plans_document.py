"""The plans of a team in one document (*plan de développement des compétences*): people, blocks, steps, hours and costs by period and by body.

It holds names: it goes only to whoever may see them. Costs are before any funding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pydantic import Field

from pathways.profile import PeriodUnit
from referentials.provenance import Value
from reports import cells
from reports.charts.load import Period, load
from reports.document import Document
from reports.language import say, say_n, spoken
from reports.paper import Block, Cell, Column, ColumnKind, Facts, Figure, Paper, Section, Table, Text
from reports.reason_wording import code_of
from reports.step_wording import STEPS
from reports.team_plans import Grain, Sum, TeamPlan, by_body, by_period, by_person, next_first_day, whole
from reports.typesetting import set_in_type
from reports.wording import date_in_letters, plain_date

_COUNTS = (ColumnKind.HOURS, ColumnKind.EUROS, ColumnKind.COUNT)


class TeamPlans(Value):
    """The plans of a team."""

    on: date = Field(description="Le jour du document.")
    budget: float | None = Field(description="Le budget, en euros ; vide : aucun n'a été dit.")
    plans: tuple[TeamPlan, ...] = Field(description="Le dernier plan de chaque personne.")


def team_plans_document(
    plans: Sequence[TeamPlan], on: date, grain: Grain = Grain.MONTH, budget: float | None = None
) -> Document:
    """The plans of a team, in the language that is spoken."""
    paper = Paper(
        kind=say("Plans d'une équipe"),
        title=say("Heures et coûts des plans de l'équipe"),
        subtitle=say("Le {day}", day=date_in_letters(on)),
        language=spoken(),
        day=on,
        reference=on.isoformat(),
        illustrative=any(step.illustrative for plan in plans for step in plan.steps),
        opening=tuple(opening(plans, budget)),
        sections=(
            Section(id="periodes", title=say("Période par période"), blocks=tuple(periods(plans, grain, budget))),
            Section(id="organismes", title=say("Par organisme de formation"), blocks=(bodies(plans),)),
            Section(id="personnes", title=say("Personne par personne"), blocks=(people(plans),)),
            Section(id="etapes", title=say("Étape par étape"), blocks=(_steps(plans),)),
            Section(id="blocs", title=say("Bloc par bloc, avant le plan"), blocks=(_blocks(plans),)),
        ),
    )
    data = TeamPlans(on=on, budget=budget, plans=tuple(plans))
    return set_in_type(Document(paper=paper, data=data, main=say("Personnes")))


def opening(plans: Sequence[TeamPlan], budget: float | None) -> Iterator[Block]:
    """The sums, against the budget if there is one."""
    found = whole(plans)
    yield Text(text=say_n("{count} personne a un plan.", "{count} personnes ont un plan.", len(plans)), strong=True)
    facts = [cells.fact(say("Heures"), in_hours(found)), cells.fact(say("Coût, avant financement"), in_euros(found))]
    if budget is not None:
        left = budget - found.cost
        name = say("Reste du budget") if left >= 0 else say("Au-delà du budget")
        facts += [cells.fact(say("Budget"), cells.in_euros(budget)), cells.fact(name, cells.in_euros(abs(left)))]
    yield Facts(facts=tuple(facts), large=True)
    if found.unknown_cost:
        yield Text(
            text=say_n(
                "Le prix d'une étape n'est pas connu : le coût est un minimum.",
                "Le prix de {count} étapes n'est pas connu : le coût est un minimum.",
                found.unknown_cost,
            )
        )


def in_hours(one: Sum) -> Cell:
    """The hours of a sum; at least, where some are not known."""
    return cells.in_hours(one.hours, at_least=bool(one.unknown_hours))


def in_euros(one: Sum) -> Cell:
    """The euros of a sum; at least, where some are not known."""
    return cells.in_euros(one.cost, at_least=bool(one.unknown_cost))


def periods(plans: Sequence[TeamPlan], grain: Grain, budget: float | None = None) -> Iterator[Block]:
    """Hours and costs of each period, with what has been spent since the first, and the hours as a drawing."""
    found = by_period(plans, grain)
    spent, rows = 0.0, []
    for day, one in found:
        spent += one.cost
        left = [] if budget is None else [cells.in_euros(budget - spent)]
        rows.append((cells.text(period_name(day, grain)), *_sums(one), cells.in_euros(spent), *left))
    extra = [] if budget is None else [cells.column(say("Reste du budget"), ColumnKind.EUROS)]
    columns = (cells.column(say("Période"), weight=2), *_columns(), cells.column(say("Coût cumulé"), ColumnKind.EUROS))
    total = (cells.text(say("Total")), *_sums(whole(plans)), cells.text(""), *([cells.text("")] if extra else []))
    caption = say("Heures et coût de chaque période")
    if rows:
        yield from _drawn(found, grain)
    yield Table(name=say("Périodes"), caption=caption, columns=(*columns, *extra), rows=tuple(rows), total=total)


def _drawn(found: Sequence[tuple[date | None, Sum]], grain: Grain) -> Iterator[Figure]:
    day, unit = timedelta(days=1), PeriodUnit.MONTH if grain is Grain.MONTH else PeriodUnit.QUARTER
    dated = [Period(start, next_first_day(start, grain) - day, one.hours) for start, one in found if start is not None]
    if any(one.hours for one in dated):
        yield load(dated, unit, name="charge-equipe")


def period_name(day: date | None, grain: Grain) -> str:
    """A period in words."""
    if day is None:
        return say("Sans date")
    last = next_first_day(day, grain) - timedelta(days=1)
    return say("du {start} au {end}", start=plain_date(day), end=plain_date(last))


def bodies(plans: Sequence[TeamPlan]) -> Table:
    """Hours and costs of each training body."""
    return Table(
        name=say("Organismes"),
        caption=say("Heures et coût de chaque organisme"),
        columns=(cells.column(say("Organisme"), weight=3), *_columns()),
        rows=tuple((cells.text(name or say("Aucun : évaluations")), *_sums(one)) for name, one in by_body(plans)),
    )


def people(plans: Sequence[TeamPlan]) -> Table:
    """Hours and costs of each person."""
    return Table(
        name=say("Personnes"),
        caption=say("Le dernier plan de chaque personne"),
        columns=(
            cells.column(say("Personne"), weight=2),
            cells.column(say("Vers"), weight=2),
            cells.column(say("État")),
            cells.column(say("Heures"), ColumnKind.HOURS),
            cells.column(say("Coût"), ColumnKind.EUROS),
            cells.column(say("Début"), ColumnKind.DAY),
            cells.column(say("Fin"), ColumnKind.DAY),
        ),
        rows=tuple(_person(plan, one) for plan, one in by_person(plans)),
    )


def _person(plan: TeamPlan, one: Sum) -> tuple[Cell, ...]:
    words = (cells.text(plan.name), cells.text(plan.target), cells.text(plan.state))
    if plan.answered not in ("optimal", "feasible", "held"):
        none = cells.text(say("aucun parcours"))
        return (*words, none, none, cells.text(""), cells.text(""))
    starts, ends = [one.start for one in plan.steps if one.start], [one.end for one in plan.steps if one.end]
    days = (cells.day(min(starts, default=None)), cells.day(max(ends, default=None)))
    return (*words, in_hours(one), in_euros(one), *days)


def _steps(plans: Sequence[TeamPlan]) -> Table:
    rows = (
        (
            cells.text(plan.name),
            cells.text(STEPS[step.kind]),
            cells.text(say("{title} — illustratif", title=title) if step.illustrative else title),
            cells.text(step.body or ""),
            cells.in_hours(step.hours),
            cells.in_euros(step.cost),
            cells.day(step.start),
            cells.day(step.end),
        )
        for plan in plans
        for step in plan.steps
        for title in (step.title or step.ref,)
    )
    return Table(
        name=say("Étapes"),
        caption=say("Chaque étape de chaque plan"),
        columns=(
            cells.column(say("Personne"), weight=2),
            cells.column(say("Nature")),
            cells.column(say("Étape"), weight=3),
            cells.column(say("Organisme"), weight=2),
            cells.column(say("Heures"), ColumnKind.HOURS),
            cells.column(say("Coût"), ColumnKind.EUROS),
            cells.column(say("Début"), ColumnKind.DAY),
            cells.column(say("Fin"), ColumnKind.DAY),
        ),
        rows=tuple(rows),
    )


def _blocks(plans: Sequence[TeamPlan]) -> Table:
    rows = (
        (
            cells.text(plan.name),
            cells.text(code_of(block.ref)),
            cells.text(block.title or say("intitulé non connu")),
            cells.in_state(block.state),
        )
        for plan in plans
        for block in plan.blocks
    )
    titles = ((say("Personne"), 2), (say("Bloc"), 1), (say("Intitulé"), 4), (say("État"), 1))
    return Table(
        name=say("Blocs"),
        caption=say("Où en était chaque personne quand son plan a été calculé"),
        columns=tuple(cells.column(title, weight=weight) for title, weight in titles),
        rows=tuple(rows),
    )


def _columns() -> Iterator[Column]:
    titles = (say("Heures"), say("Coût"), say("Personnes"))
    return (cells.column(title, kind) for title, kind in zip(titles, _COUNTS, strict=True))


def _sums(one: Sum) -> tuple[Cell, ...]:
    return in_hours(one), in_euros(one), cells.count(len(one.people))
