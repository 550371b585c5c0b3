"""« Vers quoi suis-je le plus proche ? » (*orientation*): certifications ranked by what is already there, filtered, chosen in one click."""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import Answering
from api.auth.permissions import Action
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.services.prospects import Prospects, Wanted, prospects, rights_towards
from api.web.journey import Answers, Journey
from api.web.page import pages, show
from api.web.stages import TARGET, JourneyPage, stages
from api.web.views.said import Said
from pathways.holdings import ProfileProblem
from pathways.orientation import Prospect
from pathways.profile import Holdings
from referentials.model import Kind
from referentials.provenance import Value
from reports.bridge_wording import prospect, share
from reports.language import say
from reports.library_wording import label
from reports.reason_wording import right

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/orientation"
_SHOWN = 10


class ByRight(Value):
    """The blocks that a text gives."""

    blocks: tuple[tuple[str, str], ...] = Field(description="Chaque bloc : son code, son intitulé (vide : non connu).")
    text: Said = Field(description="Le texte.")


class Near(Value):
    """A certification, and how far it is."""

    ref: str = Field(description="Sa référence.")
    title: Said = Field(description="Son intitulé.")
    kind: Said = Field(description="Sa nature, en mots.")
    level: int | None = Field(description="Son niveau ; vide : non connu.")
    share: float = Field(description="La part acquise, de 0 à 1.")
    possible: float = Field(description="La part acquise si tout ce qui est à confirmer l'était.")
    told: Said = Field(description="La part acquise, en mots.")
    hoped: Said = Field(description="Cette autre part, en mots ; vide : la même.")
    remains: Said = Field(description="Ce qui reste, en mots.")
    by_right: int = Field(description="Combien de blocs sont acquis de droit.")
    rights: tuple[ByRight, ...] = Field(description="Ces blocs, texte par texte.")
    ranked: bool = Field(description="Faux quand personne n'a lu ses compétences : sa place n'est pas connue.")


class OrientationPage(JourneyPage):
    """The nearest certifications."""

    template: ClassVar[str] = "pages/parcours/orientation.html"

    holds: bool = Field(description="Vrai quand la personne a dit avoir quelque chose.")
    problems: tuple[str, ...] = Field(description="Ce qui, dans ce qu'elle a dit, ne peut pas servir.")
    near: tuple[Near, ...] = Field(description="Les certifications de cette page.")
    count: int = Field(description="Combien répondent aux filtres.")
    considered: int = Field(description="Combien ont été regardées.")
    kinds: tuple[tuple[str, str], ...] = Field(description="Les natures : valeur, mots.")
    levels: tuple[tuple[str, str], ...] = Field(description="Les niveaux : valeur, mots.")
    kind: Said = Field(description="La nature choisie ; vide : toutes.")
    level: str = Field(description="Le niveau choisi ; vide : tous.")
    trained: bool = Field(description="Vrai : seulement celles que prépare un module connu.")
    begun: bool = Field(description="Vrai : seulement celles dont quelque chose est acquis ou à confirmer.")
    earlier: str = Field(description="La page précédente ; vide : aucune.")
    later: str = Field(description="La page suivante ; vide : aucune.")
    start: int = Field(description="Le rang de la première.")


@router.get(_HERE, dependencies=[COMPUTING])
def read(
    request: Request,
    permit: Anybody,
    solver: Answering,
    answers: Answers,
    nature: Annotated[str, Query(max_length=60)] = "",
    niveau: Annotated[str, Query(max_length=2)] = "",
    modules: Annotated[str, Query(max_length=5)] = "",
    entame: Annotated[str, Query(max_length=5)] = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """The certifications that answer the filters, the nearest first."""
    wanted = Wanted(
        Kind(nature) if nature in set(Kind) else None,
        int(niveau) if niveau.isascii() and niveau.isdecimal() else None,
        bool(modules),
        bool(entame),
    )
    try:
        found = prospects(
            answers.profile,
            permit.library,
            today(permit),
            wanted,
            solver,
            permit.actor.organisation,
            illustrative=answers.illustrative,
        )
        problems: tuple[str, ...] = ()
    except ProfileProblem as problem:
        found, problems = Prospects((), 0, (), ()), problem.messages
    shown = _page(permit, answers, found, wanted, page, problems)
    return show(request, permit.services, permit.actor, shown, status=422 if problems else 200)


def _page(
    permit: Permit, answers: Journey, found: Prospects, wanted: Wanted, page: int, problems: tuple[str, ...]
) -> OrientationPage:
    start = (page - 1) * _SHOWN
    rows = found.found[start : start + _SHOWN]
    return OrientationPage(
        stages=stages(answers, TARGET, permit.library),
        holds=answers.profile.holds != Holdings(),
        problems=problems,
        near=tuple(_near(permit, answers, one) for one in rows),
        count=len(found.found),
        considered=found.considered,
        kinds=tuple((kind.value, label(kind).capitalize()) for kind in found.kinds),
        levels=tuple((str(one), say("niveau {level}", level=one)) for one in found.levels),
        kind=wanted.kind.value if wanted.kind else "",
        level="" if wanted.level is None else str(wanted.level),
        trained=wanted.trained,
        begun=wanted.begun,
        earlier=_address(wanted, page - 1) if page > 1 else "",
        later=_address(wanted, page + 1) if start + _SHOWN < len(found.found) else "",
        start=start + 1,
    )


def _address(wanted: Wanted, page: int) -> str:
    query = {
        "nature": wanted.kind.value if wanted.kind else "",
        "niveau": "" if wanted.level is None else str(wanted.level),
        "modules": "oui" if wanted.trained else "",
        "entame": "oui" if wanted.begun else "",
        "page": str(page) if page > 1 else "",
    }
    text = urlencode({name: value for name, value in query.items() if value})
    return f"{_HERE}?{text}" if text else _HERE


def _near(permit: Permit, answers: Journey, one: Prospect) -> Near:
    return Near(
        ref=one.target,
        title=one.title,
        kind=label(one.kind),
        level=one.level,
        share=one.share,
        possible=one.possible_share,
        told=share(one.share),
        hoped=share(one.possible_share) if one.possible_share > one.share else "",
        remains=prospect(one),
        by_right=one.blocks.by_right,
        rights=_rights(permit, answers, one),
        ranked=one.ranked,
    )


def _rights(permit: Permit, answers: Journey, one: Prospect) -> tuple[ByRight, ...]:
    if not one.blocks.by_right:
        return ()
    given: dict[str, list[tuple[str, str]]] = {}
    for each in rights_towards(answers.profile, one.target, permit.library, today(permit)):
        given.setdefault(right(each.reason) if each.reason else "", []).append((each.block, each.title))
    return tuple(ByRight(blocks=tuple(blocks), text=text) for text, blocks in given.items())
