"""« Mes équipes » (*suivi des équipes*): the people of an organisation who agreed, page by page, with the state of the last plan of each.

Whoever has not signed in reads what this is for; an account of another role is refused.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import FOLLOW_UP, Action
from api.deps import Permit, allowed, opened, sealed
from api.services.people import Agreed, open_file
from api.services.team import Member, members_wanted
from api.web.following import team, team_room
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.sent import Sent
from api.web.stages import name_of_target
from api.web.team_filters import Asked
from api.web.views.said import Said
from referentials.library import Library
from referentials.provenance import Value
from reports.language import say, say_n
from reports.wording import plain_date

router = pages()
Anybody = Annotated[Permit, allowed(Action.SIGN_IN)]
Creating = Annotated[Permit, allowed(Action.PEOPLE_CREATE)]
PER_PAGE = 50
_LONGEST_NAME, _LONGEST_TEXT = 200, 60


class TeamPage(Page):
    """A page of an adviser."""

    here: ClassVar[str] = "equipes"


class DoorPage(TeamPage):
    """What this part is for, to somebody who has not signed in."""

    template: ClassVar[str] = "pages/equipes/door.html"


class MemberRow(Value):
    """Somebody who is followed."""

    id: str = Field(description="L'identifiant de son dossier.")
    name: str = Field(description="Son nom, ou le jour où son dossier a été ouvert.")
    target: Said = Field(description="Ce que vise son dernier plan ; vide : aucun plan.")
    state: str = Field(description="L'état de ce plan, par son nom ; vide : aucun plan.")
    day: str = Field(description="Le jour où il a été gardé.")
    changed: bool = Field(description="Vrai quand un texte a été publié depuis.")


class PeoplePage(TeamPage):
    """The people of the organisation."""

    template: ClassVar[str] = "pages/equipes/people.html"

    people: tuple[MemberRow, ...] = Field(description="Les personnes de cette page.")
    asked: dict[str, str] = Field(description="Les filtres, par le nom de leur champ.")
    filtered: bool = Field(description="Vrai quand un filtre est rempli.")
    address: str = Field(description="L'adresse de la première page, avec les filtres.")
    gaps: str = Field(description="L'adresse des écarts de ces personnes.")
    budget: str = Field(description="L'adresse de leurs heures et de leur budget.")
    count: int = Field(description="Combien de personnes répondent aux filtres.")
    targets: tuple[tuple[str, Said, int], ...] = Field(
        description="Ce que visent les derniers plans : référence, nom, combien."
    )
    first: bool = Field(description="Vrai pour la première page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")


class NewPersonPage(TeamPage):
    """A form to add somebody."""

    template: ClassVar[str] = "pages/equipes/new_person.html"

    typed: dict[str, str] = Field(description="Ce qui a été tapé, champ par champ.")
    agreed: bool = Field(description="Vrai quand l'accord est coché.")
    today: str = Field(description="Le jour auquel l'accord sera noté.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/equipes")
def read(
    request: Request,
    permit: Anybody,
    asked: Asked,
    suite: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """The people whom one follows, or those whom the filters leave; the door for whoever has not signed in."""
    if not permit.actor.is_known:
        return show(request, permit.services, permit.actor, DoorPage())
    wanted, library = asked.wanted(), permit.library
    with team_room(permit) as room:
        found, following = members_wanted(room, wanted, opened(suite) if suite else None, PER_PAGE)
        targets, count = room.people.targets(), room.people.count(wanted)
    page = PeoplePage(
        people=tuple(row_of(one, library) for one in found),
        asked=asked.texts(),
        filtered=any(asked.texts().values()),
        address=asked.address(),
        gaps=asked.address("/equipes/ecarts"),
        budget=asked.address("/equipes/budget"),
        count=count,
        targets=tuple((ref, name_of_target(ref, library), people) for ref, people in targets.items()),
        first=not suite,
        later=asked.address(suite=sealed(following) or "") if following else "",
    )
    return show(request, permit.services, permit.actor, page)


def row_of(one: Member, library: Library) -> MemberRow:
    """A line about somebody."""
    return MemberRow(
        id=one.person.id,
        name=name_in_words(one),
        target=name_of_target(one.plan.target, library) if one.plan else "",
        state=one.plan.state if one.plan else "",
        day=plain_date(one.plan.created_at.date()) if one.plan else "",
        changed=bool(one.plan and one.plan.superseded),
    )


def name_in_words(one: Member) -> str:
    """What somebody goes by; whoever was not named, by the day the file was opened."""
    return one.name or say("Dossier sans nom, ouvert le {day}", day=plain_date(one.person.created_at.date()))


# -- somebody more --------------------------------------------------------------------------------------------------------


@router.get("/equipes/personnes")
def ask_for_person(request: Request, permit: Creating) -> Response:
    """Ask who is added."""
    return _asked(request, permit, {"prenom": "", "nom": "", "texte": ""}, {}, agreed=False)


@router.post("/equipes/personnes")
def add_person(request: Request, permit: Creating, form: Sent) -> Response:
    """Open a file for somebody who agreed to be followed; the agreement is dated of the day it is written down."""
    team(permit)
    typed = form.typed("prenom", "nom", "texte")
    for name, most in (("prenom", _LONGEST_NAME), ("nom", _LONGEST_NAME), ("texte", _LONGEST_TEXT)):
        if len(typed[name]) > most:
            form.errors[name] = say_n(
                "C'est trop long : {count} caractère au plus.", "C'est trop long : {count} caractères au plus.", most
            )
    if not typed["prenom"] and not typed["nom"]:
        form.errors["prenom"] = say("Écrivez au moins un prénom ou un nom : vous retrouverez la personne par là.")
    if not form.has("accord"):
        form.errors["accord"] = say("Sans son accord, le dossier d'une personne ne peut pas être ouvert.")
    if not typed["texte"]:
        form.errors["texte"] = say("Dites quel texte la personne a lu, par exemple « note du 3 mars 2026 ».")
    if form.errors:
        return _asked(request, permit, typed, form.errors, agreed=form.has("accord"))
    identity = {"given_name": typed["prenom"] or None, "family_name": typed["nom"] or None}
    with permit.writing() as room:
        person = open_file(room, identity, [Agreed(FOLLOW_UP, typed["texte"])], None)
        address = f"/equipes/personnes/{person.id}"
    return go(address, permit.services, "personne-ajoutee")


def _asked(
    request: Request, permit: Permit, typed: dict[str, str], errors: dict[str, str], *, agreed: bool
) -> Response:
    team(permit)
    day = plain_date(permit.services.now().date())
    page = NewPersonPage(typed=typed, agreed=agreed, today=day, errors=errors)
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)
