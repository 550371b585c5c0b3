"""Profiles (*profils*): what a person holds and can give, without identity; one per person, written whole."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response

from api import examples
from api.answers import REFUSED
from api.auth.permissions import Action
from api.contract import resource
from api.deps import IfMatch, Permit, allowed
from api.errors import showing
from api.etag import etag_of
from api.schemas_people import ProfileAnswer
from api.services.people import check_profile
from api.store.tables.profiles import StoredProfile
from pathways.profile import Profile

router = resource("", "Profils")
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]
Writing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]


def _answer(row: StoredProfile | None, response: Response) -> ProfileAnswer:
    etag = response.headers["ETag"] = etag_of(0 if row is None else row.revision)
    if row is None:
        return ProfileAnswer(etag=etag, profile=Profile())
    return ProfileAnswer(etag=etag, updated_at=row.updated_at, profile=Profile.model_validate(row.document))


@router.post("/profiles/check", response_model=Profile, responses=REFUSED, summary="Vérifier un profil sans le garder")
def check(permit: Anybody, profile: Annotated[Profile, examples.shown(examples.PROFILE)]) -> Any:
    """The same profile, once it is sure that the library has all that it names; nothing is kept."""
    check_profile(profile, permit.library)
    return profile


@router.get("/people/{person_id}/profile", response_model=ProfileAnswer, summary="Le profil d'une personne")
def read_profile(permit: Reading, person_id: str, response: Response) -> Any:
    """The profile of a person; empty, with the ETag "0", as long as nobody wrote one."""
    with permit.reading() as room:
        return _answer(room.profiles.find(room.people.get(person_id).id), response)


@router.put("/people/{person_id}/profile", response_model=ProfileAnswer, summary="Écrire le profil d'une personne")
def write_profile(permit: Writing, person_id: str, revision: IfMatch, profile: Profile, response: Response) -> Any:
    """Write a profile, whole, on the one that was read."""
    check_profile(profile, permit.library)
    with permit.writing() as room, showing(lambda row: row.document):
        return _answer(room.profiles.put(person_id, profile, revision), response)
