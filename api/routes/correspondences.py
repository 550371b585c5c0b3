"""Correspondences (*proximités*): those that ship and those that are kept here, which a curriculum designer may edit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response

from api import examples
from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.deps import IfMatch, Pagination, Permit, allowed, sealed, tag
from api.errors import showing
from api.etag import etag_of
from api.schemas import CorrespondenceRow, Listing
from api.services.catalogue import likenesses_about
from api.services.effects import refuse_errors
from api.services.kept import Shelf, kept_row, page_of, shown
from api.store.tables.rights import StoredCorrespondence
from referentials.library import Library
from referentials.reference import IDENTIFIER
from referentials.rights import Correspondence, CorrespondenceState

router = resource("/correspondences", "Proximités")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Writing = Annotated[Permit, allowed(Action.RIGHTS_WRITE)]
Identifier = Annotated[str, Path(max_length=200, pattern=rf"^{IDENTIFIER}$", examples=["pix-1.1--digcomp-1.1"])]


def _row(item: Correspondence, row: StoredCorrespondence | None) -> CorrespondenceRow:
    if row is None:
        return CorrespondenceRow(item=item)
    return CorrespondenceRow(etag=etag_of(row.revision), own=row.organisation_id is not None, item=item)


@router.get("", response_model=Listing[CorrespondenceRow], summary="Les proximités, par identifiant")
def list_correspondences(
    permit: Reading,
    page: Pagination,
    about: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Seulement celles d'une compétence.")
    ] = None,
    state: Annotated[CorrespondenceState | None, Query(description="Proposées, ou validées.")] = None,
) -> Any:
    """Every likeness between two competencies."""
    library = permit.library
    found = library.correspondences if about is None else _about(library, about)
    items, following = page_of([item for item in found if state in (None, item.state)], page.after, page.limit)
    with permit.reading() as room:
        shelf = Shelf(room.correspondences)
        return Listing(items=tuple(_row(item, shelf.row(item.id)) for item in items), next=sealed(following))


def _about(library: Library, ref: str) -> list[Correspondence]:
    library.find(ref)
    found = {item.id: item for full in library.expand(ref) for item in likenesses_about(library, full)}
    return [found[name] for name in sorted(found)]


@router.get("/{identifier}", response_model=CorrespondenceRow, summary="Une proximité")
def read_correspondence(permit: Reading, identifier: Identifier, response: Response) -> Any:
    """One correspondence; it has an ETag when it is kept in the database, and so may be edited."""
    with permit.reading() as room:
        item, row = kept_row(permit.library.correspondences, room.correspondences, identifier)
    if row is not None:
        tag(response, row)
    return _row(item, row)


@router.post("", status_code=201, response_model=CorrespondenceRow, responses=CONFLICT, summary="Ajouter une proximité")
def add_correspondence(
    permit: Writing, item: Annotated[Correspondence, examples.shown(examples.CORRESPONDENCE)], response: Response
) -> Any:
    """Add a correspondence, or put one in place of the shipped one of the same identifier."""
    refuse_errors(item, permit.library)
    with permit.writing() as room:
        row = room.correspondences.write(item)
    tag(response, row)
    response.headers["Location"] = f"{router.prefix}/{item.id}"
    return _row(item, row)


@router.put("/{identifier}", response_model=CorrespondenceRow, summary="Remplacer une proximité qui est dans la base")
def replace_correspondence(
    permit: Writing, identifier: Identifier, revision: IfMatch, item: Correspondence, response: Response
) -> Any:
    """Write a correspondence again."""
    refuse_errors(item, permit.library)
    with permit.writing() as room, showing(shown):
        row = Shelf(room.correspondences).replace(identifier, revision, item, "")
    tag(response, row)
    return _row(item, row)


@router.delete("/{identifier}", status_code=204, summary="Retirer une proximité de la base")
def delete_correspondence(permit: Writing, identifier: Identifier, revision: IfMatch) -> None:
    """Take a correspondence out of the database."""
    with permit.writing() as room, showing(shown):
        Shelf(room.correspondences).remove(identifier, revision)
