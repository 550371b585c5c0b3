"""What a team lacks (*écarts de l'équipe*): people across the blocks of one target, or across several targets; what is missing most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import FormatName, file_answer
from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, Speaking, allowed
from api.services.documents import written
from api.services.team_gaps import aimed_at, placed
from api.web.following import team_room
from api.web.page import pages, show
from api.web.pages.equipes import PER_PAGE, TeamPage
from api.web.stages import name_of_target
from api.web.team_filters import Asked, Filters
from api.web.views.choosing import choices, chosen
from api.web.views.said import Said
from api.web.views.team_gaps import Column, GapRow, columns, missing, row
from pathways.target import Target
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.provenance import Value
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]
_HERE = "/equipes/ecarts"
_MOST_TARGETS = 6
Targets = Annotated[list[str] | None, Query(max_length=_MOST_TARGETS + 1)]
PageNumber = Annotated[int, Query(ge=1, le=1_000)]


class AimRow(Value):
    """A target."""

    ref: str = Field(description="Sa référence.")
    name: Said = Field(description="Son nom.")
    alone: str = Field(description="L'adresse des écarts face à elle seule.")
    without: str = Field(description="L'adresse des écarts sans elle.")


class GapsPage(TeamPage):
    """The gaps of a team."""

    template: ClassVar[str] = "pages/equipes/ecarts.html"

    aims: tuple[AimRow, ...] = Field(description="Les cibles.")
    asked: dict[str, str] = Field(description="Les filtres, par le nom de leur champ.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    usual: tuple[tuple[str, Said], ...] = Field(description="Ce que visent les plans de l'équipe : adresse, nom.")
    wanted: str = Field(description="La cible tapée.")
    whole: bool = Field(description="Vrai quand chaque colonne est une cible entière.")
    columns: tuple[Column, ...] = Field(description="Les colonnes.")
    rows: tuple[GapRow, ...] = Field(description="Les personnes de cette page.")
    people: int = Field(description="Combien de personnes en tout.")
    missing: tuple[tuple[Said, int], ...] = Field(description="Les compétences qui manquent : intitulé, à combien.")
    earlier: str = Field(description="L'adresse de la page d'avant ; vide : aucune.")
    later: str = Field(description="L'adresse de la page d'après ; vide : aucune.")
    workbook: str = Field(description="L'adresse du classeur ; vide : il faut une seule cible.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read(
    request: Request,
    permit: Reading,
    asked: Asked,
    cible: Targets = None,
    page: PageNumber = 1,
) -> Response:
    """The gaps of everybody whom the filters leave, against the targets that are named."""
    errors: dict[str, str] = {}
    library, texts = permit.library, [text.strip() for text in cible or () if text.strip()]
    targets = _targets(permit, texts, errors)
    with team_room(permit) as room:
        found = placed(room, asked.wanted(), targets, library, today(permit)) if targets else ()
        usual = room.people.targets()
    first = (page - 1) * PER_PAGE
    refs = [target.ref for target in targets]
    shown = GapsPage(
        aims=tuple(_aim(permit, one, refs, asked) for one in targets),
        asked=asked.texts(),
        choices=choices(library),
        usual=tuple((_address([ref], asked), name_of_target(ref, library)) for ref in usual if ref not in refs),
        wanted=texts[-1] if errors else "",
        whole=len(targets) > 1,
        columns=columns(targets, found),
        rows=tuple(row(one, whole=len(targets) > 1) for one in found[first : first + PER_PAGE]),
        people=len(found),
        missing=missing(targets[0], found) if len(targets) == 1 else (),
        earlier=_address(refs, asked, page - 1) if page > 1 else "",
        later=_address(refs, asked, page + 1) if first + PER_PAGE < len(found) else "",
        workbook=_address(refs, asked, here=f"{_HERE}/documents/xlsx") if len(targets) == 1 else "",
        errors=errors,
    )
    return show(request, permit.services, permit.actor, shown, status=422 if errors else 200)


@router.get(f"{_HERE}/documents/{{format_name}}")
def take(
    permit: Reading,
    asked: Asked,
    language: Speaking,
    format_name: FormatName,
    cible: Annotated[str, Query(max_length=400)],
) -> Response:
    """The gaps against one target as a document: everybody whom the filters leave."""
    from reports.team_gap_document import team_gap_document

    library, day = permit.library, today(permit)
    target = aimed_at(library, [cible], day)[0]
    with team_room(permit) as room:
        found = placed(room, asked.wanted(), [target], library, day)
    people = [(one.name or say("Dossier sans nom"), one.standings[0]) for one in found]
    return file_answer(written(team_gap_document(target, day, people), format_name, language))


def _targets(permit: Permit, texts: Sequence[str], errors: dict[str, str]) -> tuple[Target, ...]:
    """The targets that were named; the last that nothing answers is told."""
    library, day, refs = permit.library, today(permit), []
    for text in texts[:_MOST_TARGETS]:
        named = chosen(library, text, day)
        ref = named.version.key if named is not None and named.version is not None and "/" not in text else text
        try:
            refs.append(aimed_at(library, [ref], day)[0].ref)
        except (UnknownReference, NotInForce, FileProblem, ValueError):
            errors["cible"] = say("Rien ne répond à « {words} » : choisissez dans la liste.", words=text[:80])
    return aimed_at(library, refs, day)


def _aim(permit: Permit, target: Target, refs: Sequence[str], asked: Filters) -> AimRow:
    return AimRow(
        ref=target.ref,
        name=name_of_target(target.ref, permit.library),
        alone=_address([target.ref], asked),
        without=_address([ref for ref in refs if ref != target.ref], asked),
    )


def _address(refs: Sequence[str], asked: Filters, page: int = 1, here: str = _HERE) -> str:
    kept = [(name, text) for name, text in asked.texts().items() if text]
    fields = [*(("cible", ref) for ref in refs), *kept, *([("page", str(page))] if page > 1 else [])]
    return f"{here}?{urlencode(fields)}" if fields else here
