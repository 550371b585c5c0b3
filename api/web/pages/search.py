"""Search (*recherche*): what some words may mean, sort by sort, and a few suggestions while they are typed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.finding import KINDS, Answers, found
from api.store.repositories.search import Hit
from api.web.page import Page, pages, show
from api.web.views.names import address, version_name
from api.web.views.said import Said
from api.web.views.versions import standing, summary
from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference
from referentials.model import Referential
from referentials.provenance import Value
from reports.language import Words, say, to_say

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Asked = Annotated[str, Query(max_length=300)]
_OF_ONE, _OF_EACH, _SUGGESTED = 30, 8, 4

SORTS = Words(
    {
        "referential": to_say("Certifications et cadres"),
        "block": to_say("Blocs"),
        "competency": to_say("Compétences"),
        "module": to_say("Modules de formation"),
    }
)
"""What each sort is called."""


class FoundRow(Value):
    """One thing found."""

    href: str = Field(description="Où elle se lit ; vide : nulle part.")
    title: Said = Field(description="Son intitulé.")
    about: Said = Field(description="De quoi elle fait partie, ou ce qu'elle est.")


class FoundGroup(Value):
    """What was found of one sort."""

    kind: str = Field(description="La sorte.")
    title: Said = Field(description="Son nom.")
    rows: tuple[FoundRow, ...] = Field(description="Ce qui a été trouvé, au plus une page.")
    more: str = Field(description="Où voir la suite ; vide : c'est tout.")


class SearchPage(Page):
    """What answers some words."""

    template: ClassVar[str] = "pages/recherche.html"

    text: str = Field(description="Les mots cherchés ; vide : rien n'est demandé.")
    groups: tuple[FoundGroup, ...] = Field(description="Ce qui répond, sorte par sorte.")
    alone: bool = Field(description="Vrai quand une seule sorte est montrée.")
    back: str = Field(description="L'adresse de toutes les sortes.")


class SuggestionsPage(Page):
    """A few answers while somebody types."""

    template: ClassVar[str] = "pages/recherche_suggestions.html"

    text: str = Field(description="Les mots cherchés.")
    rows: tuple[FoundRow, ...] = Field(description="Les premières réponses.")
    everything: str = Field(description="L'adresse de toutes les réponses.")


@router.get("/recherche")
def search(
    request: Request,
    permit: Reading,
    q: Asked = "",
    sorte: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=300)] = 1,
) -> Response:
    """Everything that answers, a few of each sort, or one sort page by page."""
    kinds = (sorte,) if sorte in KINDS else KINDS
    alone = len(kinds) == 1
    many, skip = (_OF_ONE, (page - 1) * _OF_ONE) if alone else (_OF_EACH, 0)
    groups = _groups(permit, q, kinds, many, skip, page) if q.strip() else ()
    view = SearchPage(text=q, groups=groups, alone=alone, back=_address(q))
    return show(request, permit.services, permit.actor, view)


@router.get("/recherche/suggestions")
def suggest(request: Request, permit: Reading, q: Asked = "") -> Response:
    """A few answers, as a part of a page."""
    groups = _groups(permit, q, KINDS[:2], _SUGGESTED, 0, 1) if len(q.strip()) > 1 else ()
    rows: dict[str, FoundRow] = {}
    for row in (row for group in groups for row in group.rows):
        rows.setdefault(_referential(row.href), row)
    view = SuggestionsPage(text=q.strip(), rows=tuple(rows.values()), everything=_address(q))
    return show(request, permit.services, permit.actor, view)


def _referential(href: str) -> str:
    """What a suggestion is one of: the versions of a certification are suggested once, by the best of them."""
    whole, _sign, inside = href.partition("#")
    return href if inside else whole.partition("@")[0]


def _address(text: str, **more: str) -> str:
    return f"/recherche?{urlencode({'q': text, **more})}"


def _groups(
    permit: Permit, text: str, kinds: tuple[str, ...], many: int, skip: int, page: int
) -> tuple[FoundGroup, ...]:
    library, on = permit.library, today(permit)
    with permit.reading() as room:
        every = [found(library, room, text, kind, skip=skip, limit=many) for kind in kinds]
    return tuple(_group(one, library, on, text, page if skip or many == _OF_ONE else 0) for one in every if one.hits)


def _group(one: Answers, library: Library, on: date, text: str, page: int) -> FoundGroup:
    return FoundGroup(
        kind=one.kind,
        title=SORTS[one.kind],
        rows=tuple(_row(hit, library, on) for hit in sorted(one.hits, key=lambda hit: _is_over(hit, library, on))),
        more=_address(text, sorte=one.kind, page=str(page + 1)) if one.more else "",
    )


def _is_over(hit: Hit, library: Library, on: date) -> bool:
    """Whether it is a version that is not in force: shown after those that are."""
    version = _version(library, hit.ref) if hit.kind == "referential" else None
    return version is not None and not library.is_in_force(version, on)


def _row(hit: Hit, library: Library, on: date) -> FoundRow:
    if hit.kind == "module":
        return _module(hit, library)
    version = _version(library, hit.ref)
    if version is None:
        return FoundRow(href="", title=hit.title, about="")
    if hit.kind == "referential":
        about = f"{_whole(version)} · {summary(version)} · {standing(library, version, on)}"
    else:
        codes = hit.ref.partition("/")[2].replace("/", " › ")
        about = f"{codes} — {version_name(version)}"
    return FoundRow(href=address(hit.ref), title=hit.title, about=about)


def _whole(version: Referential) -> str:
    return version_name(version) if version.short_title else version.version


def _version(library: Library, ref: str) -> Referential | None:
    try:
        found_one = library.find(ref.partition("/")[0])
    except (UnknownReference, FileProblem):
        return None
    return found_one if isinstance(found_one, Referential) else None


def _module(hit: Hit, library: Library) -> FoundRow:
    """A module leads to the first certification that it trains for."""
    module = library.modules.get(hit.ref)
    refs = [*module.prepares, *(one.competency for one in module.develops)] if module else []
    offer = next((one for one in library.offers if one.id == hit.ref.partition(":")[0]), None)
    made_up = offer is not None and module is not None and offer.is_illustrative(module)
    about = " · ".join(filter(None, (offer.body.name if offer else "", say("illustratif") if made_up else "")))
    href = f"{address(refs[0].partition('/')[0])}#formations" if refs else ""
    return FoundRow(href=href, title=hit.title, about=about)
