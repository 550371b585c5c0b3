"""What changed for a team (*plans à recalculer*): the plans that lean on what was replaced, computed again beside, compared, chosen."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed, opened, sealed
from api.jobs.plans import ask_for_proposals
from api.services.person_wording import STATES, word
from api.services.plan_choice import Beside, beside, keep_old, reasons, take_new
from api.services.team import Member, chosen
from api.store.conflict import Conflict, WrongState
from api.store.rooms import Room
from api.store.tables.plans import StoredPlan
from api.web.following import team, team_room
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.sent import Form, Sent
from api.web.stages import name_of_target
from api.web.views.plan_beside import Line, lines
from api.web.views.said import Said
from referentials.library import Library
from referentials.provenance import Value
from reports.language import say
from reports.wording import plain_date

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
Writing = Annotated[Permit, allowed(Action.PLANS_WRITE)]
PlanName = Annotated[str, Path(max_length=32)]
_HERE = "/equipes/a-recalculer"
_ONE = "/equipes/a-recalculer/{plan_id}"
_MOST = 50


class OutdatedRow(Value):
    """A plan that leans on what has changed."""

    id: str = Field(description="L'identifiant du plan.")
    person: str = Field(description="Le dossier.")
    name: str = Field(description="Le nom de la personne.")
    target: Said = Field(description="Ce qui est visé.")
    state: Said = Field(description="L'état du plan, en mots.")
    day: str = Field(description="Le jour où il a été gardé ou recalculé.")
    reasons: tuple[tuple[Said, Said], ...] = Field(
        description="Ce qui a changé, et ce qui l'a remplacé ; vide : une offre a changé."
    )


class OutdatedPage(TeamPage):
    """The plans that are to be computed again, and the new answers that wait."""

    template: ClassVar[str] = "pages/equipes/a_recalculer.html"

    plans: tuple[OutdatedRow, ...] = Field(description="Les plans à recalculer.")
    waiting: tuple[OutdatedRow, ...] = Field(description="Les nouveaux calculs à comparer.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")


class BesidePage(TeamPage):
    """The plan that stands beside a new answer."""

    template: ClassVar[str] = "pages/equipes/comparer.html"

    id: str = Field(description="Le nouveau plan.")
    person: str = Field(description="Le dossier.")
    name: str = Field(description="Le nom de la personne.")
    target: Said = Field(description="Ce qui est visé.")
    state: Said = Field(description="L'état de l'ancien plan, en mots.")
    same: bool = Field(description="Vrai quand rien ne change.")
    lines: tuple[Line, ...] = Field(description="Ce qui diffère, ligne par ligne.")
    revisions: tuple[int, int] = Field(description="Les révisions que l'on a sous les yeux.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read(request: Request, permit: Reading, suite: Annotated[str | None, Query(max_length=400)] = None) -> Response:
    """The plans that lean on what has changed."""
    library = permit.library
    with team_room(permit) as room:
        found = room.plans.outdated(opened(suite) if suite else None, _MOST)
        waiting = room.plans.proposals(None, _MOST)
        names = _names(room, (*found.rows, *waiting.rows))
        page = OutdatedPage(
            plans=tuple(_row(room, one, names, library) for one in found.rows),
            waiting=tuple(_row(room, one, names, library) for one in waiting.rows),
            later=f"{_HERE}?suite={sealed(found.next)}" if found.next else "",
        )
    return show(request, permit.services, permit.actor, page)


@router.post(_HERE)
def compute(permit: Writing, form: Sent) -> Response:
    """Compute one plan again, or all, in one job; the new answers wait beside."""
    team(permit)
    one = form.text("plan")
    with permit.unit(writes=True) as unit:
        job = ask_for_proposals(unit, permit.actor, [one] if one else None, today(permit)).id
    return go(f"/equipes/travaux/{job}", permit.services)


@router.get(_ONE)
def compare(request: Request, permit: Reading, plan_id: PlanName) -> Response:
    """The plan that stands beside the new answer."""
    return _compared(request, permit, plan_id, {})


@router.post(_ONE)
def choose(request: Request, permit: Writing, plan_id: PlanName, form: Sent) -> Response:
    """Take the new plan, or keep the old one."""
    choice = form.text("choix")
    if choice not in ("nouveau", "ancien"):
        return _compared(request, permit, plan_id, {"choix": say("Choisissez l'un des deux plans.")})
    try:
        with team_room(permit, writes=True) as room:
            (take_new if choice == "nouveau" else keep_old)(room, plan_id, _revisions(form))
    except (Conflict, WrongState):
        sentence = say("L'un des deux plans a changé entre-temps : relisez, puis recommencez.")
        return _compared(request, permit, plan_id, {"choix": sentence})
    return go(_HERE, permit.services, "nouveau-pris" if choice == "nouveau" else "ancien-garde")


def _revisions(form: Form) -> tuple[int, int]:
    """The revisions that the form was made on; such as nothing has when it says none."""
    texts = (form.text("ancien"), form.text("nouveau"))
    old, new = (int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1 for text in texts)
    return old, new


def _compared(request: Request, permit: Permit, plan_id: str, errors: dict[str, str]) -> Response:
    library = permit.library
    with team_room(permit) as room:
        found: Beside = beside(room, plan_id)
        names = _names(room, (found.new,))
    page = BesidePage(
        id=plan_id,
        person=found.new.person_id,
        name=names[found.new.person_id],
        target=name_of_target(found.new.target, library),
        state=word(STATES, found.old.state),
        same=found.changes.same,
        lines=lines(found),
        revisions=(found.old.revision, found.new.revision),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


# -- to the page ----------------------------------------------------------------------------------------------------------


def _names(room: Room, plans: tuple[StoredPlan, ...]) -> dict[str, str]:
    people: tuple[Member, ...] = chosen(room, {one.person_id for one in plans})
    return {one.person.id: name_in_words(one) for one in people}


def _row(room: Room, plan: StoredPlan, names: dict[str, str], library: Library) -> OutdatedRow:
    return OutdatedRow(
        id=plan.id,
        person=plan.person_id,
        name=names[plan.person_id],
        target=name_of_target(plan.target, library),
        state=word(STATES, plan.state),
        day=plain_date(plan.updated_at.date()),
        reasons=tuple(reasons(room, plan)),
    )
