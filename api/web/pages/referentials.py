"""The referentials (*référentiels*): the list, with its filters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Annotated, Any, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed, opened, sealed
from api.services.catalogue import Row, folded
from api.services.versions import Wanted, imported, listed, place_of
from api.web.days import asked_day
from api.web.page import Page, pages, show
from api.web.views.names import address
from api.web.views.said import Said
from api.web.views.versions import VersionName, blocks_said, summary, version_names
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.provenance import Value
from reports.language import say
from reports.library_wording import LABELS

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Asked = Annotated[str, Query(max_length=200)]
_A_PAGE = 25


# -- the list -------------------------------------------------------------------------------------------------------------


class ReferentialRow(Value):
    """One referential in the list, as its version in force tells, else the last one."""

    href: str = Field(description="Son adresse.")
    title: Said = Field(description="Intitulé.")
    short: Said = Field(description="Sigle ; vide : aucun.")
    summary: Said = Field(description="Nature, niveau, autorité.")
    codes: str = Field(description="Codes RNCP ou RS de cette version.")
    blocks: Said = Field(description="Ce que l'on sait de ses blocs.")
    in_force: bool = Field(description="Vrai quand une version est en vigueur ce jour-là.")
    versions: tuple[VersionName, ...] = Field(description="Ses versions, la plus récente d'abord.")


class ReferentialsPage(Page):
    """The list of referentials."""

    template: ClassVar[str] = "pages/referentiels/liste.html"
    here: ClassVar[str] = "referentiels"

    text: str = Field(description="Les mots cherchés.")
    kind: str = Field(description="La nature choisie ; vide : toutes.")
    level: str = Field(description="Le niveau choisi ; vide : tous.")
    only: bool = Field(description="Vrai : seulement ce qui est en vigueur.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    kinds: tuple[tuple[str, Said], ...] = Field(description="Les natures, avec leurs mots.")
    levels: tuple[tuple[str, Said], ...] = Field(description="Les niveaux, avec leurs mots.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas pu être lu.")
    rows: tuple[ReferentialRow, ...] = Field(description="Cette page de la liste.")
    count: int | None = Field(description="Combien de référentiels en tout ; vide : répertoire, non compté.")
    directory: str = Field(description="L'adresse du répertoire importé ; vide : aucun, ou l'on y est.")
    everywhere: str = Field(description="L'adresse de la même recherche dans tout ce qui est connu.")
    earlier: str = Field(description="La page précédente ; vide : aucune.")
    later: str = Field(description="La page suivante ; vide : aucune.")


@router.get("/referentiels")
def list_referentials(
    request: Request,
    permit: Reading,
    q: Asked = "",
    nature: Asked = "",
    niveau: Asked = "",
    vigueur: Asked = "",
    le: Asked = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    apres: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """The referentials, by title; then, where there is one, the directory of thousands, after a place of its own."""
    library = permit.library
    on, errors = asked_day(le, permit)
    kind = next((one for one in Kind if one.value == nature), None)
    level = int(niveau) if niveau in _LEVELS else None
    wanted = Wanted(q, kind, level, True if vigueur else None)
    asked = {"q": q, "nature": nature, "niveau": niveau, "vigueur": vigueur, "le": le}
    part = _own(library, wanted, on, page, asked) if apres is None else _directory(permit, wanted, on, apres, asked)
    if library.is_wide and not part["rows"] and apres is None:  # the directory answers at once where nothing else does
        part, apres = _directory(permit, wanted, on, "", asked), ""
    view = ReferentialsPage(
        text=q,
        kind=kind.value if kind else "",
        level=str(level or ""),
        only=bool(vigueur),
        day=le,
        kinds=(("", say("toutes")), *sorted(((key.value, LABELS[Kind][key]) for key in Kind), key=lambda one: one[1])),
        levels=(("", say("tous")), *((one, say("niveau {level}", level=one)) for one in _LEVELS)),
        errors=errors,
        everywhere=f"/recherche?{urlencode({'q': q})}" if q else "",
        directory="" if apres is not None or not library.is_wide else _address(asked, apres=""),
        **part,
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


def _own(library: Library, wanted: Wanted, on: date, page: int, asked: dict[str, str]) -> dict[str, Any]:
    """A page of the library itself."""
    found = _by_referential(listed(library, wanted, on))
    shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
    return {
        "rows": tuple(_row(library, some, on) for some in shown),
        "count": len(found),
        "earlier": _address(asked, page=str(page - 1)) if page > 1 else "",
        "later": _address(asked, page=str(page + 1)) if len(found) > page * _A_PAGE else "",
    }


def _directory(permit: Permit, wanted: Wanted, on: date, after: str, asked: dict[str, str]) -> dict[str, Any]:
    """A page of the directory, by number; how many there are in all is not counted."""
    library = permit.library
    with permit.reading() as room:
        found = imported(library, room.imported, wanted, on, opened(after) if after else None)
        rows = list(islice(found, _A_PAGE + 1))
    shown = rows[:_A_PAGE]
    return {
        "rows": tuple(_row(library, [row.item], on) for row in shown),
        "count": None,
        "earlier": "",
        "later": _address(asked, apres=sealed(place_of(shown[-1])) or "") if len(rows) > _A_PAGE else "",
    }


def _address(asked: dict[str, str], **more: str) -> str:
    return f"/referentiels?{urlencode({name: value for name, value in asked.items() if value} | more)}"


_LEVELS = ("3", "4", "5", "6", "7", "8")


def _by_referential(rows: Iterable[Row]) -> list[list[Referential]]:
    """The versions that answer, referential by referential, by title."""
    found: dict[str, list[Referential]] = {}
    for row in rows:
        found.setdefault(row.item.id, []).append(row.item)
    return sorted(found.values(), key=lambda some: (folded(some[-1].title), some[-1].id))


def _row(library: Library, versions: list[Referential], on: date) -> ReferentialRow:
    current = next((one for one in reversed(versions) if library.is_in_force(one, on)), None)
    best = current or versions[-1]
    codes = (*best.codes.rncp, *best.codes.rs)
    return ReferentialRow(
        href=address(best.key),
        title=best.title,
        short=best.short_title if best.short_title and best.short_title != best.title else "",
        summary=summary(best),
        codes=", ".join(one.code for one in codes),
        blocks=blocks_said(best),
        in_force=current is not None,
        versions=version_names(library, best.id, on, best.key),
    )
