"""Referentials (*référentiels*): every version that the actor may read, from the shipped library and from the database."""

from __future__ import annotations

from datetime import date
from heapq import merge
from itertools import islice
from typing import Annotated, Any

from fastapi import Path, Query

from api.auth.permissions import Action
from api.contract import resource
from api.days import OnDay
from api.deps import Pagination, Permit, allowed, sealed
from api.schemas import (
    ChangeRow,
    DifferenceAnswer,
    HoleRow,
    Listing,
    Publication,
    RightsCompared,
    Valid,
    VersionAnswer,
    VersionRow,
)
from api.services.catalogue import Row
from api.services.comparison import Comparison, compare
from api.services.versions import Wanted, imported, listed, place_of, rights_in_and_out, version_named
from api.store.tables.published import PublishedVersion
from referentials.holes import holes
from referentials.library import Library
from referentials.model import Kind

router = resource("/referentials", "Référentiels")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Reference = Annotated[str, Path(max_length=200, description="La référence d'une version.", examples=["tp-mn@2025"])]


@router.get("", response_model=Listing[VersionRow], summary="Les versions des référentiels, filtrées")
def list_versions(
    permit: Reading,
    page: Pagination,
    on: OnDay,
    text: Annotated[str, Query(max_length=200, description="Des mots de l'intitulé, du sigle ou du code.")] = "",
    kind: Annotated[Kind | None, Query(description="La nature.")] = None,
    level: Annotated[int | None, Query(ge=1, le=8, description="Le niveau, de 1 à 8.")] = None,
    in_force: Annotated[bool | None, Query(description="Vrai : en vigueur ce jour-là ; faux : les autres.")] = None,
    identifier: Annotated[
        str | None, Query(max_length=100, description="Toutes les versions d'un référentiel.")
    ] = None,
) -> Any:
    """Every version, by identifier, the oldest first."""
    library, after = permit.library, page.after
    wanted = Wanted(text, kind, level, in_force, identifier)
    here = (row for row in listed(library, wanted, on) if after is None or place_of(row) > after)
    with permit.reading() as room:
        there = imported(library, room.imported, wanted, on, after)
        rows = list(islice(merge(here, there, key=place_of), page.limit + 1))
    shown = rows[: page.limit]
    return Listing(
        items=tuple(row_of(row, library, on) for row in shown),
        next=sealed(place_of(shown[-1])) if len(rows) > page.limit else None,
    )


def row_of(row: Row, library: Library, on: date) -> VersionRow:
    """A version as a list shows it."""
    plain = row.plain()
    valid = Valid.model_validate(plain.pop("valid"))
    return VersionRow(**plain, valid=valid, in_force=library.is_in_force(row.item, on))


@router.get("/{ref}", response_model=VersionAnswer, summary="Une version, avec ses trous et ses passerelles")
def read_version(permit: Reading, ref: Reference, on: OnDay) -> Any:
    """One version with its holes and the rights about it."""
    library = permit.library
    item = version_named(library, ref)
    rights_in, rights_out = rights_in_and_out(library, item.key)
    with permit.reading() as room:
        publications = [publication_of(row) for row in room.published.history(item.id, item.version)]
    return VersionAnswer(
        ref=item.key,
        on=on,
        in_force=library.is_in_force(item, on),
        ends=library.end_of(item),
        item=item,
        holes=tuple(HoleRow(where=hole.where, what=hole.what) for hole in holes(item)),
        rights_in=rights_in,
        rights_out=rights_out,
        publications=tuple(publications),
    )


def publication_of(row: PublishedVersion) -> Publication:
    """A publication as a reader sees it."""
    names = ("number", "on", "reason", "origin", "digest", "seal")
    return Publication(**{name: getattr(row, name) for name in names})


@router.get("/{ref}/difference", response_model=DifferenceAnswer, summary="Ce qui change d'une version à une autre")
def compare_versions(
    permit: Reading,
    ref: Reference,
    to: Annotated[
        str, Query(min_length=1, max_length=200, description="La version d'arrivée.", examples=["tp-mn@2025"])
    ],
) -> Any:
    """What changes from one version to another, rights included."""
    library = permit.library
    before, after = version_named(library, ref), version_named(library, to)
    return difference_of(compare(library, before.key, after.key))


def difference_of(found: Comparison) -> DifferenceAnswer:
    """A comparison as a program reads it."""
    pairs = zip(found.changes, found.sentences, strict=True)
    return DifferenceAnswer(
        before=found.before,
        after=found.after,
        changes=tuple(
            ChangeRow(kind=one.kind, where=one.where, before=one.before, after=one.after, sentence=sentence)
            for one, sentence in pairs
        ),
        rights=RightsCompared(
            before_only=tuple(item.id for item in found.first_only),
            after_only=tuple(item.id for item in found.second_only),
            both=tuple(item.id for item in found.both),
        ),
    )
