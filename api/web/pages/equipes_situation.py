"""Where a person works, as an adviser writes it down (*situation*): the service, the area, the trade."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services.situation import Situation, situated
from api.store.conflict import Conflict
from api.web.following import team_room
from api.web.messages import go
from api.web.page import pages
from api.web.pages.equipes_personne import PersonName, revision_in, show_person
from api.web.sent import Form, Sent
from reports.language import say
from reports.wording import number

router = pages()
Writing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]

FIELDS = {"service": "service", "area": "territoire", "trade": "metier"}
"""The labels of a situation, each with the field of the form."""


@router.post("/equipes/personnes/{person_id}/situation")
def situate(request: Request, permit: Writing, person_id: PersonName, form: Sent) -> Response:
    """Write down where somebody works, in place of what was written before."""
    said = _said(form)
    if form.errors:
        return show_person(request, permit, person_id, situation=form.typed(*FIELDS.values()), errors=form.errors)
    try:
        with team_room(permit, writes=True) as room:
            room.people.edit(person_id, revision_in(form))
            room.people.situate(person_id, **said)
    except Conflict:
        errors = {"service": say("Ce dossier a changé entre-temps : relisez ce qu'il dit, puis recommencez.")}
        return show_person(request, permit, person_id, situation=form.typed(*FIELDS.values()), errors=errors)
    return go(f"/equipes/personnes/{person_id}", permit.services, "situation-notee")


def _said(form: Form) -> dict[str, str | None]:
    """What was typed; a label that is too long has an error at its field."""
    said = situated({label: form.text(name) for label, name in FIELDS.items()})
    for label, name in FIELDS.items():
        most = next(one.max_length for one in Situation.model_fields[label].metadata if hasattr(one, "max_length"))
        if len(said[label] or "") > most:
            form.errors[name] = say("{most} caractères au plus.", most=number(most))
    return said
