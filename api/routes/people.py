"""People (*dossiers*): opened, named, asked for their consent; their evidence; all that is kept about them; and their end."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Form, Path, Query, Response, UploadFile

from api import examples
from api.answers import CONFLICT
from api.auth.permissions import FOLLOW_UP, Action
from api.contract import resource
from api.deps import UPLOADING, IfMatch, Pagination, Permit, allowed, sealed, tag
from api.errors import showing
from api.etag import etag_of
from api.routes.search import skipped
from api.schemas import Listing
from api.schemas_people import Agreement, ConsentRow, EvidenceRow, Names, NewPerson, PersonAnswer, PersonRow
from api.services.evidence import ACCEPTED, looked_at
from api.services.people import Agreed, check_profile, name_of, open_file
from api.services.planning import NotPlannable
from api.services.situation import Situation, situated
from api.store.conflict import Absent
from api.store.rooms import Room
from api.store.tables.evidence import EvidenceFile
from api.store.tables.people import Person
from api.store.whole_file import whole_file

router = resource("/people", "Personnes")
Creating = Annotated[Permit, allowed(Action.PEOPLE_CREATE)]
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]
Writing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]
Deleting = Annotated[Permit, allowed(Action.PEOPLE_DELETE)]
Purpose = Annotated[str, Path(max_length=60, description="À quelle fin.", examples=[FOLLOW_UP])]


def _row(room: Room, person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "etag": etag_of(person.revision),
        "own": person.account_id is not None and person.account_id == room.scope.account,
        "organisation": person.organisation_id,
        "name": name_of(room.people.identity(person.id)),
        "created_at": person.created_at,
        "active_at": person.active_at,
    }


def person_answer(room: Room, person: Person, response: Response) -> PersonAnswer:
    """A file as it is told."""
    tag(response, person)
    identity = room.people.identity(person.id)
    return PersonAnswer(
        **_row(room, person),
        identity=Names(**{name: getattr(identity, name, None) for name in Names.model_fields}),
        situation=Situation(**{name: getattr(person, name) for name in Situation.model_fields}),
        consents=tuple(
            ConsentRow(
                purpose=row.purpose,
                text_version=row.text_version,
                organisation=row.organisation_id,
                given_at=row.created_at,
                withdrawn_at=row.withdrawn_at,
            )
            for row in room.people.consents(person.id)
        ),
        has_profile=room.profiles.find(person.id) is not None,
    )


@router.get("", response_model=Listing[PersonRow], summary="Les dossiers que l'on suit")
def list_people(
    permit: Reading,
    page: Pagination,
    name: Annotated[str, Query(max_length=200, description="Des mots du nom ; sans eux, tous les dossiers.")] = "",
) -> Any:
    """The files that the actor may see, in the order in which they were opened, or those that a name finds."""
    with permit.reading() as room:
        if not name.strip():
            rows, following = room.people.page(page.after, page.limit)
        else:
            rows, following = _found(room, name, skipped(page), page.limit)
        return Listing(items=tuple(PersonRow(**_row(room, row)) for row in rows), next=sealed(following))


def _found(room: Room, name: str, skip: int, limit: int) -> tuple[tuple[Person, ...], str | None]:
    hits = room.search.find(name, ["person"], skip=skip, limit=limit)
    people = tuple(room.people.get(hit.ref) for hit in hits)
    return people, f"+{skip + limit}" if len(hits) == limit else None


@router.post("", status_code=201, response_model=PersonAnswer, responses=CONFLICT, summary="Ouvrir un dossier")
def open_person(
    permit: Creating, wanted: Annotated[NewPerson, examples.shown(examples.PERSON)], response: Response
) -> Any:
    """Open a file; an adviser's says that the person has agreed to be followed."""
    agreed = [Agreed(one.purpose, one.text_version) for one in wanted.consents]
    if permit.scope.organisation is not None and all(one.purpose != FOLLOW_UP for one in agreed):
        raise NotPlannable(f"Sans l'accord de la personne (fin « {FOLLOW_UP} »), son dossier ne peut pas être ouvert.")
    if wanted.profile is not None:
        check_profile(wanted.profile, permit.library)
    with permit.writing() as room:
        person = open_file(
            room, wanted.identity.model_dump(), agreed, wanted.profile, situated(wanted.situation.model_dump())
        )
        response.headers["Location"] = f"{router.prefix}/{person.id}"
        return person_answer(room, person, response)


@router.get("/{person_id}", response_model=PersonAnswer, summary="Un dossier")
def read_person(permit: Reading, person_id: str, response: Response) -> Any:
    """Who the person is, and what they agreed to."""
    with permit.reading() as room:
        return person_answer(room, room.people.get(person_id), response)


@router.put("/{person_id}/identity", response_model=PersonAnswer, summary="Dire qui est la personne")
def name_person(permit: Writing, person_id: str, revision: IfMatch, names: Names, response: Response) -> Any:
    """Say who a person is, in place of what was said before."""
    with permit.writing() as room, showing(lambda row: {"id": row.id}):
        person = room.people.edit(person_id, revision)
        room.people.identify(person_id, **names.model_dump())
        return person_answer(room, person, response)


@router.put("/{person_id}/situation", response_model=PersonAnswer, summary="Dire où la personne travaille")
def situate_person(permit: Writing, person_id: str, revision: IfMatch, situation: Situation, response: Response) -> Any:
    """Say the service, the area and the trade of a person, in place of what was said before."""
    with permit.writing() as room, showing(lambda row: {"id": row.id}):
        person = room.people.edit(person_id, revision)
        room.people.situate(person_id, **situated(situation.model_dump()))
        return person_answer(room, person, response)


@router.delete("/{person_id}", status_code=204, summary="Supprimer un dossier, vraiment et partout")
def delete_person(permit: Deleting, person_id: str, revision: IfMatch) -> None:
    """Delete a person: profile, plans, evidence, jobs and search entries go with them; an organisation lets go of a shared file."""
    with permit.writing() as room, showing(lambda row: {"id": row.id}):
        room.people.delete(person_id, revision)


@router.get("/{person_id}/export", summary="Tout ce qui est gardé d'une personne")
def export_person(permit: Reading, person_id: str) -> dict[str, Any]:
    """Everything that is kept about a person, evidence included, to take elsewhere."""
    with permit.unit() as unit:
        return whole_file(unit, unit.of(permit.scope), person_id)


# -- what the person agrees to --------------------------------------------------------------------------------------------


@router.post("/{person_id}/consents", status_code=201, response_model=PersonAnswer, summary="Noter un accord")
def agree(permit: Writing, person_id: str, agreement: Agreement, response: Response) -> Any:
    """Keep an agreement; a newer one to the same purpose takes the place of the one before."""
    with permit.writing() as room:
        person = room.people.edit(person_id)
        room.people.agree(person_id, agreement.purpose, agreement.text_version)
        return person_answer(room, person, response)


@router.delete("/{person_id}/consents/{purpose}", status_code=204, summary="Noter le retrait d'un accord")
def withdraw(permit: Writing, person_id: str, purpose: Purpose) -> None:
    """End an agreement; an adviser then no longer sees the file of who no longer agrees to be followed."""
    with permit.writing() as room:
        room.people.withdraw(person_id, purpose)


# -- evidence -------------------------------------------------------------------------------------------------------------


def _piece(row: EvidenceFile) -> EvidenceRow:
    names = ("id", "name", "media_type", "about", "size", "digest", "created_at")
    return EvidenceRow(**{name: getattr(row, name) for name in names})


@router.get("/{person_id}/evidence", response_model=Listing[EvidenceRow], summary="Les justificatifs d'une personne")
def list_evidence(permit: Reading, person_id: str, page: Pagination) -> Any:
    """The files that prove what a person holds, without their content."""
    with permit.reading() as room:
        rows, following = room.evidence.of_person(room.people.get(person_id).id, page.after, page.limit)
        return Listing(items=tuple(_piece(row) for row in rows), next=sealed(following))


@router.post(
    "/{person_id}/evidence",
    status_code=201,
    response_model=EvidenceRow,
    summary="Joindre un justificatif",
    dependencies=[UPLOADING],
)
def add_evidence(
    permit: Writing,
    person_id: str,
    file: Annotated[UploadFile, File(description=f"Le fichier : {', '.join(ACCEPTED)}.")],
    about: Annotated[str | None, Form(max_length=400, description="La référence qu'il prouve.")] = None,
) -> Any:
    """Keep a PDF or a picture, once it is sure that it is one."""
    piece = looked_at(file.filename or "", file.file, permit.services.settings.evidence_bytes)
    with permit.writing() as room:
        return _piece(room.evidence.add(person_id, piece.name, piece.content, media_type=piece.media_type, about=about))


@router.get("/{person_id}/evidence/{evidence_id}", response_class=Response, summary="Le contenu d'un justificatif")
def read_evidence(permit: Reading, person_id: str, evidence_id: str) -> Response:
    """The file itself, to keep and not to show inside a page."""
    with permit.reading() as room:
        row = _of(room, person_id, evidence_id)
        return Response(row.content, media_type=row.media_type, headers={"Content-Disposition": "attachment"})


@router.delete("/{person_id}/evidence/{evidence_id}", status_code=204, summary="Retirer un justificatif")
def delete_evidence(permit: Writing, person_id: str, evidence_id: str) -> None:
    """Delete a file of evidence, which never changes."""
    with permit.writing() as room:
        room.evidence.delete(_of(room, person_id, evidence_id).id)


def _of(room: Room, person_id: str, evidence_id: str) -> EvidenceFile:
    row = room.evidence.get(evidence_id)
    if row.person_id != person_id:
        raise Absent("evidence", evidence_id)
    return row
