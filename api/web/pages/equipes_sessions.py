"""Shared sessions (*sessions communes*): which to open for a team, who sits in each, and what it costs against single seats.

What was asked lives in the address, a few fields for each session that could be opened. The search has a few seconds at a time: where that
was not enough, the page says so, comes again by itself, and goes on from what is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from fastapi import Query, Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from api.answers import Answering
from api.auth.permissions import Action
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.services.group_people import aiming, group_people
from api.services.group_session_surveys import MOST_PEOPLE, OpenedSessions
from api.services.group_sessions import GroupSessions, unusable
from api.services.team import Member, chosen
from api.web.entries import Unreadable, day, number
from api.web.following import team_room
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.stages import name_of_target
from api.web.team_filters import Asked, Filters
from api.web.views.choosing import choices
from api.web.views.choosing import chosen as referential_chosen
from api.web.views.said import Said
from pathways.group.sessions_answer import Place, SessionDecision, SessionLine
from pathways.group.sessions_file import SharedSession
from referentials.library import Library
from referentials.provenance import Value
from reports import sessions_wording as words
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
_HERE = "/equipes/sessions-communes"
_MOST, _SECONDS, _TURNS = 12, 6.0, 8
_FIELDS = ("module", "debut", "fin", "semaine", "jours", "lieu", "prix", "least", "most")
Typed = Annotated[str, Query(max_length=400)]
Word = Annotated[str, Query(max_length=20)]


class Possible(Value):
    """A session as it was typed."""

    rank: int = Field(description="Son numéro dans la page.")
    module: str = Field("", description="Le module tapé : offre:module.")
    debut: str = Field("", description="Premier jour, tel que tapé.")
    fin: str = Field("", description="Dernier jour, tel que tapé.")
    semaine: str = Field("", description="Heures par semaine, telles que tapées.")
    jours: str = Field("", description="Jours de la semaine, séparés par des virgules.")
    lieu: str = Field("", description="Ville ou lieu.")
    prix: str = Field("", description="Prix pour le groupe, tel que tapé.")
    least: str = Field("", description="Personnes au moins, tel que tapé.")
    most: str = Field("", description="Places, tel que tapé.")


class Weighed(Value):
    """A session, whether it opens, and why."""

    told: Said = Field(description="La session en une ligne.")
    opened: bool = Field(description="Vrai quand elle ouvre.")
    why: tuple[Said, ...] = Field(description="Pourquoi, et qui ne peut pas y venir.")


class SeatRow(Value):
    """Somebody, and where they sit."""

    id: str = Field(description="L'identifiant de son dossier.")
    name: str = Field(description="Son nom, ou le jour où son dossier a été ouvert.")
    target: Said = Field(description="Ce que la personne vise.")
    told: Said = Field(description="Ce qui est décidé, en mots.")
    why: Said = Field(description="Ce qui manque, quand rien n'est possible.")


class SessionsPage(TeamPage):
    """Which sessions to open."""

    template: ClassVar[str] = "pages/equipes/sessions.html"

    asked: dict[str, str] = Field(description="Les filtres, par le nom de leur champ.")
    target: str = Field(description="La certification tapée ; vide : celle du dernier plan de chacun.")
    made_up: bool = Field(description="Vrai pour choisir aussi parmi les modules inventés.")
    sessions: tuple[Possible, ...] = Field(description="Les sessions tapées, et une vide.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    modules: tuple[tuple[str, str], ...] = Field(description="Les modules des offres, et leur intitulé.")
    count: int = Field(description="Combien de personnes répondent aux filtres.")
    most: int = Field(MOST_PEOPLE, description="Pour combien on décide à la fois, au plus.")
    decided: bool = Field(description="Vrai quand il y a une décision.")
    pending: bool = Field(description="Vrai quand la page revient d'elle-même avec la suite.")
    proof: Said = Field(description="Si c'est prouvé.")
    reached: tuple[Said, ...] = Field(description="Ce que la décision atteint.")
    warning: Said = Field(description="Ce qu'il faut savoir.")
    weighed: tuple[Weighed, ...] = Field(description="Chaque session.")
    rows: tuple[SeatRow, ...] = Field(description="Les personnes.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE, dependencies=[COMPUTING])
def read(
    request: Request,
    permit: Reading,
    solver: Answering,
    asked: Asked,
    cible: Typed = "",
    inventes: Word = "",
    tour: Annotated[int, Query(ge=0, le=100)] = 0,
) -> Response:
    """A form, and the decision once sessions are filled in."""
    typed = tuple(_typed(request.query_params))
    errors: dict[str, str] = {}
    named = referential_chosen(permit.library, cible, today(permit)) if cible.strip() else None
    if cible.strip() and named is None:
        errors["cible"] = say("Rien ne répond à « {words} » : choisissez dans la liste.", words=cible[:80])
    sessions = _sessions(permit, typed, errors)
    with team_room(permit) as room:
        count = room.people.count(asked.wanted())
        if sessions and count > MOST_PEOPLE:
            errors["cible"] = say("Au plus {most} personnes à la fois : filtrez-les.", most=MOST_PEOPLE)
        people = room.people.all_wanted(asked.wanted(), MOST_PEOPLE)
        members = {one.person.id: one for one in chosen(room, people)}
        group = group_people(room, members) if sessions and not errors else ()
    found = None
    if group:
        found = solver.survey(
            OpenedSessions(
                people=tuple(one if named else aiming(one, members[one.id]) for one in group),
                sessions=sessions,
                target="" if named is None else named.ref,
                on=today(permit),
                illustrative=bool(inventes),
                seconds=_SECONDS,
            ),
            permit.library,
            permit.actor.organisation,
        )
    page = _page(permit, asked, (cible.strip(), bool(inventes), typed), count, members, found, errors, tour)
    headers = {"Refresh": f"1; url={request.url.include_query_params(tour=tour + 1)}"} if page.pending else {}
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200, headers=headers)


# -- what was typed -------------------------------------------------------------------------------------------------------


def _typed(params: Mapping[str, str]) -> Iterator[Possible]:
    """The sessions of the address, numbered anew, those without any field left out."""
    rank = 0
    for place in range(1, _MOST + 1):
        values = {name: params.get(f"{name}-{place}", "").strip()[:200] for name in _FIELDS}
        if any(values.values()):
            rank += 1
            yield Possible(rank=rank, **values)


def _sessions(permit: Permit, typed: Sequence[Possible], errors: dict[str, str]) -> tuple[SharedSession, ...]:
    """What can be read of the sessions; what can't is told at its field."""
    found = [_session(one, permit.library, errors) for one in typed]
    return () if errors else tuple(one for one in found if one is not None)


def _session(one: Possible, library: Library, errors: dict[str, str]) -> SharedSession | None:
    """A session, or None where something of it is to be corrected."""
    own: dict[str, str] = {}
    start, end, price = (_read(read, name, one, own) for name, read in (("debut", day), ("fin", day), ("prix", number)))
    weekly, least, most = (_read(number, name, one, own) for name in ("semaine", "least", "most"))
    for name, value in (("debut", start), ("fin", end), ("prix", price), ("most", most)):
        if value is None:
            own.setdefault(name, say("Remplissez ce champ."))
    if one.module not in library.modules:
        own["module"] = say("Aucune offre n'a ce module : choisissez dans la liste.")
    if not own:
        values = {
            "id": f"session-{one.rank}",
            "module": one.module,
            "start": start,
            "end": end,
            "weekly_hours": weekly,
            "days": tuple(part.strip().lower() for part in one.jours.split(",") if part.strip()),
            "place": one.lieu or None,
            "price": price,
            "seats": {"min": least or 1, "max": most},
        }
        try:
            made = SharedSession.model_validate(values)
        except ValidationError:
            own["fin" if end < start else "most"] = say("Cela ne va pas avec le champ d'avant.")
        else:
            if not tuple(unusable([made], library)):
                return made
            own["module"] = say("Ce module a déjà une session de ce nom.")
    errors.update({f"{name}-{one.rank}": text for name, text in own.items()})
    return None


def _read(read: Any, name: str, one: Possible, errors: dict[str, str]) -> Any:
    try:
        return read(getattr(one, name))
    except Unreadable as problem:
        errors[name] = str(problem)
        return None


# -- what is shown --------------------------------------------------------------------------------------------------------


def _page(
    permit: Permit,
    asked: Filters,
    typed: tuple[str, bool, tuple[Possible, ...]],
    count: int,
    members: Mapping[str, Member],
    found: GroupSessions | None,
    errors: dict[str, str],
    turn: int,
) -> SessionsPage:
    decision = found.decision if found else None
    target, made_up, sessions = typed
    blank = (Possible(rank=len(sessions) + 1),) if len(sessions) < _MOST else ()
    return SessionsPage(
        asked=asked.texts(),
        target=target,
        made_up=made_up,
        sessions=(*sessions, *blank),
        choices=choices(permit.library),
        modules=tuple((ref, one.title) for ref, one in sorted(permit.library.modules.items())),
        count=count,
        decided=decision is not None,
        pending=decision is not None and turn < _TURNS and not (decision.proved and decision.explained),
        proof=words.proof(decision) if decision else "",
        reached=tuple(words.reached(decision)) if decision else (),
        warning=words.warning(decision) if decision else "",
        weighed=tuple(_weighed(decision, members)) if decision else (),
        rows=tuple(_rows(permit, decision, members)) if decision else (),
        errors=errors,
    )


def _weighed(decision: SessionDecision, members: Mapping[str, Member]) -> Iterator[Weighed]:
    for line in sorted(decision.sessions, key=lambda one: (not one.opened, one.start, one.id)):
        named = _named(line, members)
        yield Weighed(told=words.session(named), opened=line.opened, why=tuple(words.reasons(named)))


def _named(line: SessionLine, members: Mapping[str, Member]) -> SessionLine:
    """The same line, where people have their names and the session its number."""
    hindered = (one.model_copy(update={"people": _names(one.people, members)}) for one in line.hindered)
    number_ = say("Session {rank}", rank=line.id.rpartition("-")[2])
    return line.model_copy(update={"id": number_, "people": _names(line.people, members), "hindered": tuple(hindered)})


def _names(people: Sequence[str], members: Mapping[str, Member]) -> tuple[str, ...]:
    return tuple(name_in_words(members[one]) for one in people if one in members)


def _rows(permit: Permit, decision: SessionDecision, members: Mapping[str, Member]) -> Iterator[SeatRow]:
    order = list(Place)
    for line in sorted(decision.lines, key=lambda one: order.index(one.place)):
        if (member := members.get(line.person)) is not None:
            seats = tuple(say("Session {rank}", rank=one.rpartition("-")[2]) for one in line.sessions)
            yield SeatRow(
                id=line.person,
                name=name_in_words(member),
                target=name_of_target(line.target, permit.library) if line.target else "",
                told=words.person(line.model_copy(update={"sessions": seats})),
                why=words.missing(line),
            )
