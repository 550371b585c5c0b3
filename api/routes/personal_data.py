"""A person's whole file as a document (*communication du dossier*): to be read, printed or taken elsewhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import Response

from api.answers import FormatName, as_file, file_answer
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import Permit, Speaking, allowed
from api.services.documents import written
from api.services.person_document import person_document
from api.store.whole_file import whole_file

router = resource("/people", "Personnes")
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]


@router.get(
    "/{person_id}/export/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="Tout ce qui est gardé d'une personne, en document",
)
def export_document(permit: Reading, person_id: str, format_name: FormatName, language: Speaking) -> Response:
    """Everything that is kept about a person, in any format of documents, in the language that is asked for."""
    with permit.unit() as unit:
        kept = whole_file(unit, unit.of(permit.scope), person_id)
    document = person_document(kept, today(permit), permit.library, language)
    return file_answer(written(document, format_name, language))
