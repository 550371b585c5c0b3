"""People by workbook (*reprise d'un classeur*): the template, the workbook that is sent, what it would do, then all of it at once or nothing.

What was read waits under its own address, so that a reload or a step back loses nothing; the names go when the list is brought in or left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, ClassVar

from fastapi import Path, Query, Request, UploadFile
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action, scope_of
from api.days import today
from api.deps import UPLOADING, Permit, allowed
from api.jobs.plans import ask_for_plans
from api.services.asking import Demand
from api.services.evidence import safe_file_name
from api.services.people_list import ListedPerson, PeopleFile, read_file
from api.services.people_opening import Choice, Choices, bring_in, plain_list
from api.services.people_twins import Twin, marks_of_room, twins
from api.services.team import chosen
from api.store.conflict import WrongState
from api.store.rooms import Room
from api.store.tables.people_lists import PeopleList
from api.web.following import team, team_room
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.sent import Form, Sent
from api.web.views.said import Said
from referentials.findings import FileProblem, Finding
from referentials.formats.exchange import Upload
from referentials.provenance import Value
from reports.language import say

router = pages()
Creating = Annotated[Permit, allowed(Action.PEOPLE_CREATE)]
ListName = Annotated[str, Path(max_length=32)]
_HERE = "/equipes/importer"
_ONE = "/equipes/importer/{list_id}"
_MOST_TWINS, _MOST_FINDINGS = 100, 500


class FindingRow(Value):
    """What is wrong, or worth knowing."""

    sheet: str = Field(description="La feuille ; vide : le classeur.")
    row: int = Field(description="La ligne ; 0 : aucune.")
    cell: str = Field(description="La cellule.")
    message: Said = Field(description="Ce qui ne va pas.")
    remedy: Said = Field(description="Quoi faire.")
    out: bool = Field(description="Vrai quand cela laisse la personne dehors.")


class TwinRow(Value):
    """Somebody of the list who may be there already."""

    row: int = Field(description="Sa ligne.")
    name: str = Field(description="Son nom dans le classeur.")
    person: str = Field(description="Le dossier de la personne suivie ; vide : c'est une ligne du classeur.")
    other: str = Field(description="Le nom de la personne suivie.")
    other_row: int = Field(description="L'autre ligne du classeur ; 0 : c'est une personne suivie.")
    why: str = Field(description="« email », « name » ou « code ».")


class SendPage(TeamPage):
    """The template, and the form to send a workbook."""

    template: ClassVar[str] = "pages/equipes/importer.html"

    file_name: str = Field(description="Le nom du fichier refusé ; vide : aucun.")
    findings: tuple[FindingRow, ...] = Field(description="Pourquoi il a été refusé.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class ListPage(TeamPage):
    """What a workbook would do, or did."""

    template: ClassVar[str] = "pages/equipes/liste.html"

    id: str = Field(description="L'identifiant de la liste.")
    file_name: str = Field(description="Le nom du classeur.")
    over: bool = Field(description="Vrai quand la liste a été reprise.")
    counts: dict[str, int] = Field(description="Combien de quoi.")
    twins: tuple[TwinRow, ...] = Field(description="Les doublons, les premiers seulement.")
    more_twins: int = Field(description="Combien d'autres doublons suivent le choix fait pour tous.")
    targets: int = Field(description="Combien de personnes disent ce qu'elles visent.")
    findings: tuple[FindingRow, ...] = Field(description="Ce qui ne va pas, ligne par ligne.")
    later: str = Field(description="L'adresse de la suite de ce qui ne va pas ; vide : aucune.")


@router.get(_HERE)
def ask(request: Request, permit: Creating) -> Response:
    """The template, and the form."""
    return _asked(request, permit)


@router.post(_HERE, dependencies=[UPLOADING])
def receive(request: Request, permit: Creating, fichier: UploadFile | None = None) -> Response:
    """Read a workbook; what it says waits under an address of its own."""
    scope = team(permit)
    if fichier is None or not fichier.filename:
        return _asked(request, permit, errors={"fichier": say("Choisissez d'abord un classeur.")})
    name = safe_file_name(fichier.filename)
    try:
        found = read_file(Upload(name, fichier.file, fichier.size or 0), permit.library, today(permit))
    except FileProblem as problem:
        sentence = say("Rien de ce fichier ne peut être repris.")
        return _asked(request, permit, name, problem.findings, {"fichier": sentence})
    findings = [one.model_dump(mode="json") for one in found.findings]
    document = {"people": plain_list(found.people), "findings": findings}
    with permit.unit(writes=True) as unit:
        kept = unit.of(scope).people_lists.add(name, document, {"people": len(found.people)}).id
    return RedirectResponse(f"{_HERE}/{kept}", 303)


def _asked(
    request: Request,
    permit: Permit,
    file_name: str = "",
    findings: Sequence[Finding] = (),
    errors: Mapping[str, str] | None = None,
) -> Response:
    team(permit)
    page = SendPage(file_name=file_name, findings=_rows(findings[:_MOST_FINDINGS]), errors=dict(errors or {}))
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.get(_ONE)
def read(
    request: Request, permit: Creating, list_id: ListName, suite: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> Response:
    """What the list would do, or what it did."""
    with team_room(permit) as room:
        page = _page(room, room.people_lists.get(list_id), suite)
    return show(request, permit.services, permit.actor, page)


@router.post(_ONE)
def bring(permit: Creating, list_id: ListName, form: Sent) -> Response:
    """Bring the list in, all at once; a second time changes nothing."""
    scope, here = team(permit), f"{_HERE}/{list_id}"
    try:
        with permit.unit(writes=True) as unit:
            room = unit.of(scope)
            found = _people(room.people_lists.get(list_id))
            brought = bring_in(unit.of(permit.scope), room, found, _choices(form))
            room.people_lists.finish(list_id, dict(brought.counts) | {"people": len(found)})
            aims = {person: target for person, target in brought.opened.items() if target}
            if form.has("plans") and aims and scope_of(permit.actor, Action.PLANS_WRITE).organisation:
                demand = Demand(target=next(iter(aims.values())))
                here = f"/equipes/travaux/{ask_for_plans(unit, permit.actor, aims, demand, today(permit), aims).id}"
    except WrongState:
        return RedirectResponse(here, 303)
    return go(here, permit.services, "liste-reprise")


@router.post(f"{_ONE}/laisser")
def leave(permit: Creating, list_id: ListName) -> Response:
    """Leave the list; nothing of it stays."""
    with team_room(permit, writes=True) as room:
        room.people_lists.delete(list_id)
    return go(_HERE, permit.services, "liste-laissee")


def _choices(form: Form) -> Choices:
    every = form.text("tous")
    rows = ((name[2:], form.text(name)) for name in form.names("d-"))
    return Choices(
        Choice(every) if every in set(Choice) else Choice.LEAVE,
        {int(row): Choice(text) for row, text in rows if row.isascii() and row.isdigit() and text in set(Choice)},
    )


# -- to the page ----------------------------------------------------------------------------------------------------------


def _people(kept: PeopleList) -> tuple[ListedPerson, ...]:
    """The people of a list; nobody any more once it was brought in."""
    return tuple(ListedPerson.model_validate(one) for one in (kept.document or {}).get("people", ()))


def _page(room: Room, kept: PeopleList, after: int) -> ListPage:
    people = _people(kept)
    alike = twins(people, marks_of_room(room)) if people else {}
    found = PeopleFile(people, tuple(Finding.model_validate(one) for one in (kept.document or {}).get("findings", ())))
    out = {(one.where.path.partition("!")[0], one.where.line) for one in found.errors}
    counts = {"people": len(people), "new": len(people) - len(alike), "twins": len(alike), "wrong": len(out)}
    rows = found.findings[after : after + _MOST_FINDINGS]
    more = after + _MOST_FINDINGS < len(found.findings)
    return ListPage(
        id=kept.id,
        file_name=kept.file_name,
        over=kept.finished_at is not None,
        counts=counts | dict(kept.counts) if kept.finished_at else counts,
        twins=_twins(room, people, alike),
        more_twins=max(0, len(alike) - _MOST_TWINS),
        targets=sum(1 for one in people if one.target),
        findings=_rows(rows),
        later=f"{_HERE}/{kept.id}?suite={after + _MOST_FINDINGS}" if more else "",
    )


def _twins(room: Room, people: Iterable[ListedPerson], alike: Mapping[int, Twin]) -> tuple[TwinRow, ...]:
    shown = [(one, alike[one.row]) for one in people if one.row in alike][:_MOST_TWINS]
    names = {one.person.id: name_in_words(one) for one in chosen(room, (twin.person or "" for _one, twin in shown))}
    return tuple(
        TwinRow(
            row=one.row,
            name=one.name,
            person=twin.person or "",
            other=names.get(twin.person or "", ""),
            other_row=twin.row,
            why=twin.why.value,
        )
        for one, twin in shown
    )


def _rows(findings: Iterable[Finding]) -> tuple[FindingRow, ...]:
    return tuple(_row(one) for one in findings)


def _row(one: Finding) -> FindingRow:
    """A finding, its place told apart from what it says."""
    sheet, _mark, cell = one.where.path.partition("!")
    place, _colon, rest = one.message.partition(" : ")
    said = rest if place.startswith("Feuille « ") and rest else one.message
    return FindingRow(
        sheet=sheet,
        row=one.where.line or 0,
        cell=cell,
        message=said[:1].upper() + said[1:],
        remedy=one.remedy,
        out=one.severity == "error",
    )
