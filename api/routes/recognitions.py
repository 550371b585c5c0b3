"""Recognitions (*passerelles de droit*): those that ship and those that are kept here, which a curriculum designer may edit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response

from api import examples
from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.days import OnDay
from api.deps import IfMatch, Pagination, Permit, allowed, sealed, tag
from api.errors import showing
from api.etag import etag_of
from api.schemas import Listing, RecognitionRow
from api.services.catalogue import rights_about
from api.services.effects import refuse_errors
from api.services.kept import Shelf, kept_row, page_of, shown
from api.services.rights_page import rights_page
from api.store.tables.rights import StoredRecognition
from referentials.neighbourhood import right_named
from referentials.reference import IDENTIFIER
from referentials.rights import Effect, Recognition

router = resource("/recognitions", "Passerelles de droit")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Writing = Annotated[Permit, allowed(Action.RIGHTS_WRITE)]
Identifier = Annotated[str, Path(max_length=200, pattern=rf"^{IDENTIFIER}$", examples=["remn-vers-mn"])]


def _row(item: Recognition, row: StoredRecognition | None) -> RecognitionRow:
    if row is None:
        return RecognitionRow(item=item)
    return RecognitionRow(etag=etag_of(row.revision), own=row.organisation_id is not None, item=item)


@router.get("", response_model=Listing[RecognitionRow], summary="Les passerelles de droit, par identifiant")
def list_recognitions(
    permit: Reading,
    page: Pagination,
    on: OnDay,
    about: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Seulement celles qui y mènent ou en partent.")
    ] = None,
    effect: Annotated[Effect | None, Query(description="Seulement cet effet.")] = None,
    in_force: Annotated[bool | None, Query(description="Vrai : en vigueur ce jour-là ; faux : les autres.")] = None,
) -> Any:
    """Every recognition, filtered; where thousands were imported, a page may be short and still be followed by another."""

    def wanted(item: Recognition) -> bool:
        return effect in (None, item.effect) and in_force in (None, item.in_force.contains(on))

    library = permit.library
    if about is None:
        items, following = rights_page(library, wanted, page.after, page.limit)
    else:
        items, following = page_of(list(filter(wanted, _about(library, about))), page.after, page.limit)
    with permit.reading() as room:
        shelf = Shelf(room.recognitions)
        return Listing(items=tuple(_row(item, shelf.row(item.id)) for item in items), next=sealed(following))


def _about(library: Any, ref: str) -> list[Recognition]:
    library.find(ref)
    found = {item.id: item for full in library.expand(ref) for part in rights_about(library, full) for item in part}
    return [found[name] for name in sorted(found)]


@router.get("/{identifier}", response_model=RecognitionRow, summary="Une passerelle de droit")
def read_recognition(permit: Reading, identifier: Identifier, response: Response) -> Any:
    """One recognition; it has an ETag when it is kept in the database, and so may be edited."""
    with permit.reading() as room:
        found = right_named(permit.library, identifier)
        item, row = kept_row(() if found is None else (found,), room.recognitions, identifier)
    if row is not None:
        tag(response, row)
    return _row(item, row)


@router.post(
    "", status_code=201, response_model=RecognitionRow, responses=CONFLICT, summary="Ajouter une passerelle de droit"
)
def add_recognition(
    permit: Writing, item: Annotated[Recognition, examples.shown(examples.RECOGNITION)], response: Response
) -> Any:
    """Add a recognition, or put one in place of the shipped one of the same identifier."""
    refuse_errors(item, permit.library)
    with permit.writing() as room:
        row = room.recognitions.write(item, item.title or "")
    tag(response, row)
    response.headers["Location"] = f"{router.prefix}/{item.id}"
    return _row(item, row)


@router.put(
    "/{identifier}", response_model=RecognitionRow, summary="Remplacer une passerelle de droit qui est dans la base"
)
def replace_recognition(
    permit: Writing, identifier: Identifier, revision: IfMatch, item: Recognition, response: Response
) -> Any:
    """Write a recognition again."""
    refuse_errors(item, permit.library)
    with permit.writing() as room, showing(shown):
        row = Shelf(room.recognitions).replace(identifier, revision, item, item.title or "")
    tag(response, row)
    return _row(item, row)


@router.delete("/{identifier}", status_code=204, summary="Retirer une passerelle de droit de la base")
def delete_recognition(permit: Writing, identifier: Identifier, revision: IfMatch) -> None:
    """Take a recognition out of the database."""
    with permit.writing() as room, showing(shown):
        Shelf(room.recognitions).remove(identifier, revision)
