"""The CASE service (*référentiels au format CASE*): what others subscribe to, at the addresses that 1EdTech fixed; read only, for anybody.

References
----------
1EdTech, *Competencies and Academic Standards Exchange (CASE) Service*, version 1.1, REST binding.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request

from api.auth.permissions import Action
from api.contract import StrictRoute
from api.deps import Permit, allowed
from api.store.conflict import Absent
from referentials.formats import case
from referentials.library import Library

BASE = "/ims/case/v1p1"
router = APIRouter(prefix=BASE, tags=["CASE 1.1"], route_class=StrictRoute)
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Identifier = Annotated[str, Path(max_length=36, description="Un identifiant CASE (UUID).")]
Limit = Annotated[int, Query(ge=1, le=200, description="Nombre de documents, au plus.")]
Offset = Annotated[int, Query(ge=0, le=100_000, description="Nombre de documents à passer.")]


@router.get("/CFDocuments", summary="Les référentiels, en documents CASE")
def list_documents(permit: Reading, request: Request, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Every version, those that were imported among them, without its content."""
    library, base = permit.library, _base(permit, request)
    chosen = library.keys[offset : offset + limit]
    return {"CFDocuments": [case.document(library, key, base) for key in chosen]}


@router.get("/CFDocuments/{identifier}", summary="Un référentiel, en document CASE")
def read_document(permit: Reading, request: Request, identifier: Identifier) -> dict[str, Any]:
    """One version, without its content."""
    library = permit.library
    return case.document(library, _key(library, identifier), _base(permit, request))


@router.get("/CFPackages/{identifier}", summary="Un référentiel entier, en paquet CASE")
def read_package(permit: Reading, request: Request, identifier: Identifier) -> dict[str, Any]:
    """One version with its blocks, its competencies and how they hang together."""
    library = permit.library
    return case.package(library, _key(library, identifier), _base(permit, request))


@router.get("/CFItems/{identifier}", summary="Un bloc ou une compétence, en élément CASE")
def read_item(permit: Reading, request: Request, identifier: Identifier) -> dict[str, Any]:
    """One block or one competency."""
    return _object(permit, request, identifier, "CFItems")


@router.get("/CFAssociations/{identifier}", summary="Un lien entre deux éléments, en association CASE")
def read_association(permit: Reading, request: Request, identifier: Identifier) -> dict[str, Any]:
    """One link between two items."""
    return _object(permit, request, identifier, "CFAssociations")


def _object(permit: Permit, request: Request, identifier: str, collection: str) -> dict[str, Any]:
    found = case.object_of(permit.library, identifier, _base(permit, request))
    if found is None or found[0] != collection:
        raise Absent(collection, identifier)
    return found[1]


def _key(library: Library, identifier: str) -> str:
    """The version of a document's identifier."""
    found = case.key_of(library, identifier)
    if found is None:
        raise Absent("CFDocument", identifier)
    return found


def _base(permit: Permit, request: Request) -> str:
    """The address of this service, as others see it."""
    return (permit.services.settings.public_url or str(request.base_url)).rstrip("/") + BASE
