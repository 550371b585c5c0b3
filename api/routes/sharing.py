"""Sharing (*partage du dossier*): a person lets an organisation in and out; an organisation hands over the file that it opened."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Response

from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import refusals, resource
from api.deps import IfMatch, Permit, allowed
from api.errors import showing
from api.routes.people import person_answer
from api.schemas import Listing
from api.schemas_people import FollowerRow, HandoverAnswer, PersonAnswer, Sharing, Taking
from api.services import sharing

router = resource("", "Partage")
Own = Annotated[Permit, allowed(Action.PEOPLE_SHARE)]
Writing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]


@router.get("/organisations", response_model=Listing[FollowerRow], summary="Les organismes qui suivent des personnes")
def list_followers(permit: Own) -> Any:
    """Those whom a person may let into their file, by name."""
    with permit.unit() as unit:
        return Listing(items=tuple(FollowerRow(id=one.id, name=one.name) for one in sharing.followers(unit)))


@router.put("/people/{person_id}/sharing", response_model=PersonAnswer, summary="Partager son dossier")
def share(permit: Own, person_id: str, revision: IfMatch, wanted: Sharing, response: Response) -> Any:
    """Let an organisation into one's own file, and agree to be followed by it; the one that was there before is let out."""
    with permit.unit(writes=True) as unit, showing(lambda row: {"id": row.id}):
        room = unit.of(permit.scope)
        person = sharing.share(unit, room, person_id, revision, wanted.organisation, wanted.text_version)
        return person_answer(room, person, response)


@router.delete("/people/{person_id}/sharing", response_model=PersonAnswer, summary="Ne plus partager son dossier")
def stop_sharing(permit: Own, person_id: str, revision: IfMatch, response: Response) -> Any:
    """Let the organisation out; what it was told stays in the file, which it no longer sees."""
    with permit.writing() as room, showing(lambda row: {"id": row.id}):
        return person_answer(room, sharing.stop_sharing(room, person_id, revision), response)


@router.post(
    "/people/{person_id}/handover",
    status_code=201,
    response_model=HandoverAnswer,
    responses=CONFLICT,
    summary="Proposer à une personne de garder son dossier",
)
def hand_over(permit: Writing, person_id: str) -> Any:
    """A secret for the person: with it, their account keeps the file too, and decides who sees it."""
    lifetime = timedelta(days=permit.services.settings.handover_days)
    with permit.writing() as room:
        offered = sharing.hand_over(room, person_id, lifetime)
    return HandoverAnswer(secret=offered.secret, expires_at=offered.expires_at)


@router.post(
    "/account/files",
    status_code=201,
    response_model=PersonAnswer,
    responses=refusals(404),
    summary="Reprendre le dossier qu'un organisme m'a proposé",
)
def take_over(permit: Own, wanted: Taking, response: Response) -> Any:
    """The file is one's own from now on; the organisation stays in as long as one agrees."""
    with permit.unit(writes=True) as unit:
        account = unit.directory.accounts.get(permit.actor.account or "")
        person = sharing.take_over(unit, account, wanted.secret)
        response.headers["Location"] = f"{router.prefix}/people/{person.id}"
        return person_answer(unit.of(permit.scope), person, response)
