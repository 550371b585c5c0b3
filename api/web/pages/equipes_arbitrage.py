"""A budget that does not suffice (*arbitrage*): who of a team completes, who waits and why, and what each budget would pay for.

What was asked lives in the address. The search has the time of an answer; where that was not enough, the page says so, comes again by
itself, and goes on from what is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import Answering
from api.auth.permissions import Action
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.services.group_budget import GroupBudget
from api.services.group_people import aiming, group_people
from api.services.group_surveys import MOST_PEOPLE, GroupPerson, SharedBudget, seconds_of_a_decision
from api.services.solver import Solver
from api.services.team import Member, chosen
from api.web.entries import Unreadable, number
from api.web.following import team_room
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.stages import name_of_target
from api.web.team_filters import Asked, Filters
from api.web.views.choosing import choices
from api.web.views.choosing import chosen as referential_chosen
from api.web.views.said import Said
from pathways.group.budget_answer import Allotment, Compromise, Criterion, Decision, Outcome
from pathways.objectives import Objective, cents, minutes
from referentials.provenance import Value
from reports import budget_wording as words
from reports.charts.staircase import Measure, Stair, staircase
from reports.language import say
from reports.paper import ColumnKind, Figure

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
_HERE = "/equipes/arbitrage"
_BY = {one.value: one for one in Criterion}
_MOST = 10**9
_AGAIN = {"Refresh": "1"}
Typed = Annotated[str, Query(max_length=400)]
Word = Annotated[str, Query(max_length=20)]


class Sharing(Value):
    """What was typed."""

    budget: str = Field("", description="Ce qu'il y a à partager, tel que tapé.")
    unite: str = Field("", description="« heures », sinon des euros.")
    cible: str = Field("", description="La cible tapée ; vide : celle du dernier plan de chacun.")
    critere: str = Field("titles", description="Ce qui passe d'abord.")
    inventes: bool = Field(False, description="Vrai pour choisir aussi parmi les modules inventés.")


class ShareRow(Value):
    """Somebody, what they are given, and why."""

    id: str = Field(description="L'identifiant de son dossier.")
    name: str = Field(description="Son nom, ou le jour où son dossier a été ouvert.")
    service: Said = Field(description="Son service.")
    target: Said = Field(description="Ce que la personne vise.")
    outcome: str = Field(description="Ce qui est décidé, par son nom.")
    told: Said = Field(description="Ce qui est décidé, en mots.")
    why: tuple[Said, ...] = Field(description="Pourquoi, et ce qu'il faudrait de plus.")


class ArbitragePage(TeamPage):
    """Who passes first."""

    template: ClassVar[str] = "pages/equipes/arbitrage.html"

    asked: dict[str, str] = Field(description="Les filtres, par le nom de leur champ.")
    typed: Sharing = Field(description="Ce qui a été tapé.")
    criteria: tuple[tuple[str, Said], ...] = Field(description="Ce qui peut passer d'abord.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    count: int = Field(description="Combien de personnes répondent aux filtres.")
    most: int = Field(MOST_PEOPLE, description="Pour combien on décide à la fois, au plus.")
    decided: bool = Field(description="Vrai quand il y a une décision.")
    pending: int = Field(description="Personnes dont le parcours reste à calculer.")
    proof: Said = Field(description="Si c'est prouvé.")
    reached: tuple[Said, ...] = Field(description="Ce que la décision atteint.")
    more: tuple[Said, ...] = Field(description="Ce que plus apporterait.")
    notes: tuple[Said, ...] = Field(description="Ce qu'il faut savoir.")
    services: tuple[Said, ...] = Field(description="La part de chaque service.")
    rows: tuple[ShareRow, ...] = Field(description="Les personnes, celles qui reçoivent d'abord.")
    figures: tuple[Figure, ...] = Field(description="Ce que chaque budget paie.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE, dependencies=[COMPUTING])
def read(
    request: Request,
    permit: Reading,
    solver: Answering,
    asked: Asked,
    budget: Word = "",
    unite: Word = "",
    cible: Typed = "",
    critere: Word = "titles",
    inventes: Word = "",
) -> Response:
    """A form, and the decision once it is filled in."""
    typed = Sharing(
        budget=budget.strip(),
        unite="heures" if unite == "heures" else "",
        cible=cible.strip(),
        critere=critere if critere in _BY else "titles",
        inventes=bool(inventes),
    )
    errors: dict[str, str] = {}
    limit, target = _limit(typed, errors), _target(permit, typed, errors)
    with team_room(permit) as room:
        count = room.people.count(asked.wanted())
        if typed.budget and count > MOST_PEOPLE:
            errors["budget"] = say("Au plus {most} personnes à la fois : filtrez-les.", most=MOST_PEOPLE)
        people = room.people.all_wanted(asked.wanted(), MOST_PEOPLE)
        members = {one.person.id: one for one in chosen(room, people)}
        group = () if limit is None or errors else group_people(room, members)
    aims = [one if target else aiming(one, members[one.id]) for one in group]
    found = None if limit is None or not group else _decided(permit, solver, typed, target, limit, aims)
    page = _page(permit, asked, typed, count, members, found, errors)
    headers = _AGAIN if page.pending else {}
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200, headers=headers)


def _limit(typed: Sharing, errors: dict[str, str]) -> int | None:
    """Cents or minutes; None for nothing."""
    try:
        value = number(typed.budget)
    except Unreadable as problem:
        errors["budget"] = str(problem)
        return None
    if value is None:
        return None
    if not 0 <= value <= _MOST:
        errors["budget"] = say("Écrivez un nombre positif.")
        return None
    return minutes(value) if typed.unite else cents(value)


def _target(permit: Permit, typed: Sharing, errors: dict[str, str]) -> str:
    """The reference of the target that was typed; nothing for none."""
    named = referential_chosen(permit.library, typed.cible, today(permit)) if typed.cible else None
    if typed.cible and named is None:
        errors["cible"] = say("Rien ne répond à « {words} » : choisissez dans la liste.", words=typed.cible[:80])
    return "" if named is None else named.ref


def _decided(
    permit: Permit, solver: Solver, typed: Sharing, target: str, limit: int, people: list[GroupPerson]
) -> GroupBudget:
    wanted = SharedBudget(
        people=tuple(people),
        target=target,
        on=today(permit),
        limit=limit,
        criterion=_BY[typed.critere],
        resource=Objective.HOURS if typed.unite else Objective.COST,
        front=True,
        illustrative=typed.inventes,
        seconds=seconds_of_a_decision(permit.services.settings.plan_seconds),
    )
    found: GroupBudget = solver.survey(wanted, permit.library, permit.actor.organisation)
    return found


# -- what is shown --------------------------------------------------------------------------------------------------------


def _page(
    permit: Permit,
    asked: Filters,
    typed: Sharing,
    count: int,
    members: Mapping[str, Member],
    found: GroupBudget | None,
    errors: dict[str, str],
) -> ArbitragePage:
    decision = found.decision if found else None
    return ArbitragePage(
        asked=asked.texts(),
        typed=typed,
        criteria=tuple((one.value, words.CRITERIA[one]) for one in Criterion),
        choices=choices(permit.library),
        count=count,
        decided=decision is not None,
        pending=decision.outcomes.get(Outcome.NOT_COMPUTED, 0) if decision else 0,
        proof=words.proof(decision) if decision else "",
        reached=tuple(words.reached(decision)) if decision else (),
        more=tuple(words.more(decision)) if decision else (),
        notes=tuple(filter(None, [words.unread(decision)])) if decision else (),
        services=tuple(map(words.share, decision.services)) if decision else (),
        rows=tuple(_rows(permit, decision, members)) if decision else (),
        figures=tuple(_figures(decision)) if decision else (),
        errors=errors,
    )


def _rows(permit: Permit, decision: Decision, members: Mapping[str, Member]) -> Iterator[ShareRow]:
    order = list(words.OUTCOMES)
    for line in sorted(decision.lines, key=lambda one: order.index(one.outcome)):
        member = members.get(line.person)
        if member is None:
            continue
        yield ShareRow(
            id=line.person,
            name=name_in_words(member),
            service=words.service(line.service),
            target=name_of_target(line.target, permit.library) if line.target else "",
            outcome=line.outcome.value,
            told=words.outcome(line, decision.resource),
            why=tuple(words.reasons(_named(line, members), decision)),
        )


def _named(line: Allotment, members: Mapping[str, Member]) -> Allotment:
    """The same line, where people have their names."""
    if line.instead_of is None:
        return line
    names = tuple(name_in_words(members[one]) for one in line.instead_of if one in members)
    return line.model_copy(update={"instead_of": names})


def _figures(decision: Decision) -> Iterator[Figure]:
    hours = decision.resource is Objective.HOURS
    spent, kind = (say("Heures"), ColumnKind.HOURS) if hours else (say("Budget"), ColumnKind.EUROS)
    reached = decision.reached
    for name, counted, front, count in (
        ("personnes", say("Personnes au bout de leur cible"), decision.front_titles, reached.titles),
        ("blocs", say("Blocs obtenus"), decision.front_blocks, reached.blocks),
    ):
        if len(front) > 1:
            measure = Measure(counted, spent, lambda value: words.amount(value, decision.resource), kind)
            here = Stair(count, reached.spent)
            yield staircase([_stair(one) for one in front], decision.limit, measure, here=here, name=name)


def _stair(one: Compromise) -> Stair:
    return Stair(one.count, one.needed)
