"""All bridges (*passerelles*): the list, the matrix and the map of a day, narrowed by where one starts and where one goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import Answering, FormatName, file_answer
from api.auth.permissions import Action
from api.deps import Permit, Speaking, allowed
from api.services.documents import written
from api.services.maps import map_about, narrowed
from api.web.days import asked_day
from api.web.page import Page, pages, show
from api.web.views.crossings import CrossingGroup, MatrixRow, drawn, grouped, named, rows
from api.web.views.said import Anchor, Said
from referentials.library import Library
from reports.exporters import formats
from reports.language import say
from reports.paper import Figure

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Asked = Annotated[str, Query(max_length=200)]
View = Literal["liste", "matrice", "carte"]
FORMATS = {"pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX", "csv": "CSV", "html": "HTML", "json": "JSON"}
"""The formats that are offered, as people call them."""


class BridgesPage(Page):
    """All bridges of a day."""

    template: ClassVar[str] = "pages/passerelles/toutes.html"
    here: ClassVar[str] = "passerelles"

    view: str = Field(description="Ce qui est montré : liste, matrice ou carte.")
    views: tuple[tuple[str, str, Said], ...] = Field(description="Les trois vues : nom, adresse, mots.")
    start: str = Field(description="Le départ choisi ; vide : tous.")
    target: str = Field(description="L'arrivée choisie ; vide : toutes.")
    by_right: bool = Field(description="Vrai : seulement ce qui donne quelque chose à coup sûr.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    starts: tuple[tuple[str, Said], ...] = Field(description="Les départs possibles, avec leurs noms.")
    targets: tuple[tuple[str, Said], ...] = Field(description="Les arrivées possibles.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas pu être lu.")
    count: int = Field(description="Combien de passerelles répondent.")
    groups: tuple[CrossingGroup, ...] = Field(description="La liste, arrivée par arrivée.")
    heads: tuple[Anchor, ...] = Field(description="Les colonnes de la matrice.")
    lines: tuple[MatrixRow, ...] = Field(description="Ses lignes.")
    figure: Figure | None = Field(description="La carte dessinée.")
    large: bool = Field(description="Vrai quand la carte ou la matrice est agrandie.")
    zoom: str = Field(description="L'adresse qui agrandit, ou qui réduit.")
    files: tuple[Anchor, ...] = Field(description="Les documents à emporter.")


@router.get("/passerelles")
def all_bridges(
    request: Request,
    permit: Reading,
    solver: Answering,
    de: Asked = "",
    vers: Asked = "",
    droit: Asked = "",
    le: Asked = "",
    vue: Asked = "liste",
    taille: Asked = "",
) -> Response:
    """The pairs of which a text speaks, in one of three views."""
    library = permit.library
    on, errors = asked_day(le, permit)
    whole = map_about(de, vers, on, library, solver, permit.actor.organisation)
    some = narrowed(whole, start=de, target=vers, by_right=bool(droit))
    view: View = vue if vue in ("matrice", "carte") else "liste"  # type: ignore[assignment]
    asked = {"de": de, "vers": vers, "droit": droit, "le": le, "vue": view, "taille": taille}
    heads, lines = rows(some, library, le) if view == "matrice" else ((), ())
    page = BridgesPage(
        view=view,
        views=tuple((name, _address(asked, vue=name, taille=""), words) for name, words in _views()),
        start=de,
        target=vers,
        by_right=bool(droit),
        day=le,
        starts=_choices((cell.start for cell in whole.cells), library, de, say("tous les départs")),
        targets=_choices((cell.target for cell in whole.cells), library, vers, say("toutes les arrivées")),
        errors=errors,
        count=len(some),
        groups=grouped(some, library, le) if view == "liste" else (),
        heads=heads,
        lines=lines,
        figure=drawn(some, library) if view == "carte" and some else None,
        large=taille == "grande",
        zoom=_address(asked, taille="" if taille == "grande" else "grande"),
        files=tuple(
            Anchor(href=_file(name, asked), label=words) for name, words in FORMATS.items() if name in formats()
        ),
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _views() -> tuple[tuple[str, str], ...]:
    return ("liste", say("Liste")), ("matrice", say("Matrice")), ("carte", say("Carte"))


def _address(asked: dict[str, str], **changed: str) -> str:
    values = {name: value for name, value in (asked | changed).items() if value and (name, value) != ("vue", "liste")}
    return f"/passerelles?{urlencode(values)}" if values else "/passerelles"


def _file(name: str, asked: dict[str, str]) -> str:
    values = {key: asked[key] for key in ("de", "vers", "le") if asked[key]}
    return f"/passerelles/documents/{name}" + (f"?{urlencode(values)}" if values else "")


def _choices(refs: Iterable[str], library: Library, chosen: str, every: str) -> tuple[tuple[str, str], ...]:
    """What a filter may be set to, by name; what is chosen is there even where nothing answers."""
    names = {ref.partition("/")[0] for ref in refs} | ({chosen} if chosen else set())
    return (
        ("", every),
        *sorted(((one, named(library, one)) for one in names), key=lambda one: (one[1].casefold(), one[0])),
    )


@router.get("/passerelles/documents/{format_name}")
def take_all(
    permit: Reading,
    solver: Answering,
    format_name: FormatName,
    language: Speaking,
    de: Asked = "",
    vers: Asked = "",
    le: Asked = "",
) -> Response:
    """The bridges of a day as a document."""
    from reports.matrix_document import matrix_document

    library = permit.library
    on, _errors = asked_day(le, permit)
    whole = map_about(de, vers, on, library, solver, permit.actor.organisation)
    some = whole.model_copy(update={"cells": narrowed(whole, start=de, target=vers)})
    return file_answer(written(matrix_document(some, library), format_name, language))
