"""People by workbook (*reprise d'un classeur*): all that can be taken comes in at once, or nothing; what can't is told cell by cell."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Form, UploadFile

from api.auth.permissions import Action, Forbidden, scope_of
from api.contract import resource
from api.days import today
from api.deps import UPLOADING, Permit, allowed
from api.schemas_people_lists import PeopleBrought, TwinRow
from api.services.evidence import safe_file_name
from api.services.people_list import read_file
from api.services.people_opening import Choice, Choices, bring_in
from api.services.people_twins import Twin, marks_of_room, twins
from referentials.formats.exchange import Upload

router = resource("/people/imports", "Personnes")
Creating = Annotated[Permit, allowed(Action.PEOPLE_CREATE)]


@router.post("", response_model=PeopleBrought, summary="Ajouter des personnes par classeur", dependencies=[UPLOADING])
def bring(
    permit: Creating,
    file: Annotated[UploadFile, File(description="Un classeur de personnes : voyez /formats, modèle « personnes ».")],
    dry: Annotated[bool, Form(description="Dire ce qui changerait, sans rien changer.")] = False,
    duplicates: Annotated[Choice, Form(description="Que faire de qui est peut-être déjà là.")] = Choice.LEAVE,
) -> Any:
    """Open a file for each person who agreed; whoever is there already is left out, brought up to date, or added all the same."""
    if permit.scope.organisation is None:
        raise Forbidden(Action.PEOPLE_CREATE)
    team = scope_of(permit.actor, Action.PEOPLE_READ)
    upload = Upload(safe_file_name(file.filename or ""), file.file, file.size or 0)
    found = read_file(upload, permit.library, today(permit))
    with permit.unit(writes=not dry) as unit:
        room = unit.of(team)
        alike = twins(found.people, marks_of_room(room))
        brought = None if dry else bring_in(unit.of(permit.scope), room, found.people, Choices(duplicates))
    counts = brought.counts if brought else {}
    return PeopleBrought(
        dry=dry,
        people=len(found.people),
        duplicates=tuple(_twin(row, one) for row, one in alike.items()),
        opened=tuple(brought.opened) if brought else (),
        updated=counts.get("updated", 0),
        unchanged=counts.get("unchanged", 0),
        left=counts.get("left", 0),
        findings=found.findings,
    )


def _twin(row: int, one: Twin) -> TwinRow:
    return TwinRow(row=row, person=one.person, earlier_row=one.row or None, why=one.why)
