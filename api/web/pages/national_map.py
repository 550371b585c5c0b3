"""The national map (*carte nationale*): what each whole title gives of the others, largest first, and the chains that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import Answering, file_answer
from api.auth.permissions import Action
from api.deps import Permit, Speaking, allowed
from api.services.maps import kept_survey
from api.services.national_map import between, by_facts, by_size, file_of
from api.services.surveys import Nation
from api.web.days import asked_day
from api.web.page import Page, pages, show
from api.web.views.names import called
from api.web.views.national_lines import ChainLine, PassageLine, chain_lines, passage_lines
from api.web.views.said import Anchor, Said
from pathways.national_map import NationalMap
from referentials.library import Library
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Asked = Annotated[str, Query(max_length=200)]
FileKind = Literal["csv", "parquet", "graphml"]
CHAINS = "enchainements"
_A_PAGE = 40


class NationalMapPage(Page):
    """What each whole title gives of the others."""

    template: ClassVar[str] = "pages/passerelles/nationale.html"
    here: ClassVar[str] = "passerelles"

    view: str = Field(description="Ce qui est montré : passerelles ou enchainements.")
    views: tuple[tuple[str, str, Said], ...] = Field(description="Les deux vues : nom, adresse, mots.")
    start: str = Field(description="Le départ choisi ; vide : tous.")
    target: str = Field(description="L'arrivée choisie ; vide : toutes.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    starts: tuple[tuple[str, Said], ...] = Field(description="Les départs possibles, avec leurs noms.")
    targets: tuple[tuple[str, Said], ...] = Field(description="Les arrivées possibles.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas pu être lu.")
    count: int = Field(description="Combien de lignes répondent.")
    held: int = Field(description="Combien de titres détenus ont été considérés.")
    passages: tuple[PassageLine, ...] = Field(description="Cette page des passerelles.")
    chains: tuple[ChainLine, ...] = Field(description="Cette page des enchaînements.")
    earlier: str = Field(description="La page précédente ; vide : aucune.")
    later: str = Field(description="La page suivante ; vide : aucune.")
    files: tuple[Anchor, ...] = Field(description="Toute la carte, à emporter.")


@router.get("/passerelles/nationale")
def national_map(
    request: Request,
    permit: Reading,
    solver: Answering,
    de: Asked = "",
    vers: Asked = "",
    le: Asked = "",
    vue: Asked = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """A page of the map, or of its chains."""
    library = permit.library
    on, errors = asked_day(le, permit)
    whole: NationalMap = kept_survey(Nation(on=on), library, solver, permit.actor.organisation)
    starts, targets = ((one,) if one else None for one in (de, vers))
    passages = sorted(between(whole.passages, starts, targets), key=by_size) if vue != CHAINS else []
    chains = sorted(between(whole.chains, starts, targets), key=by_facts) if vue == CHAINS else []
    asked = {"de": de, "vers": vers, "le": le, "vue": vue if vue == CHAINS else ""}
    part, count = slice((page - 1) * _A_PAGE, page * _A_PAGE), len(passages) + len(chains)
    view = NationalMapPage(
        view=vue if vue == CHAINS else "passerelles",
        views=(
            ("passerelles", _address(asked | {"vue": ""}), say("Passerelles")),
            (CHAINS, _address(asked | {"vue": CHAINS}), say("Enchaînements que personne n'a écrits")),
        ),
        start=de,
        target=vers,
        day=le,
        starts=_choices((one.start for one in whole.passages), library, de, say("tous les départs")),
        targets=_choices((one.target for one in whole.passages), library, vers, say("toutes les arrivées")),
        errors=errors,
        count=count,
        held=whole.starts,
        passages=passage_lines(passages[part], library, le),
        chains=chain_lines(chains[part], library, le),
        earlier=_address(asked | {"page": str(page - 1)}) if page > 1 else "",
        later=_address(asked | {"page": str(page + 1)}) if count > page * _A_PAGE else "",
        files=tuple(
            Anchor(href=_address({"le": le, "vue": asked["vue"]}, f"/documents/{name}"), label=words)
            for name, words in (("csv", "CSV"), ("parquet", "Parquet"), ("graphml", "GraphML"))
        ),
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


def _address(asked: dict[str, str], more: str = "") -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/passerelles/nationale{more}" + (f"?{query}" if query else "")


def _choices(refs: Iterable[str], library: Library, chosen: str, every: str) -> tuple[tuple[str, str], ...]:
    """What a filter may be set to, by name; what is chosen is there even where nothing answers."""
    names = set(refs) | ({chosen} if chosen else set())
    return (
        ("", every),
        *sorted(((one, called(library, one)) for one in names), key=lambda one: (one[1].casefold(), one[0])),
    )


@router.get("/passerelles/nationale/documents/{file_kind}")
def take_the_map(
    permit: Reading, solver: Answering, file_kind: FileKind, language: Speaking, le: Asked = "", vue: Asked = ""
) -> Response:
    """The whole map of a day, or all its chains, as a file."""
    library = permit.library
    on, _errors = asked_day(le, permit)
    found: NationalMap = kept_survey(Nation(on=on), library, solver, permit.actor.organisation)
    return file_answer(file_of(found, library, file_kind, chains=vue == CHAINS, language=language))
