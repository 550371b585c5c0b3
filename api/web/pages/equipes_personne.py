"""One person whom an adviser follows (*dossier suivi*): what they hold, what they agreed to, their plans and how each went."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.choosing import Choice, choice_of, choices, parts_of
from api.services.team import Followed, FollowedPlan, Member, followed, write_holdings
from api.store.conflict import Absent, Conflict, WrongState
from api.store.tables.people import Consent, Person
from api.store.tables.plans import PlanState
from api.store.unit_of_work import UnitOfWork
from api.web.following import team, team_room
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.pages.parcours_diplome import held_in_form, part_in_words, version_meant, with_diploma
from api.web.sent import Form, Sent
from api.web.stages import name_of_target
from api.web.views.holdings import Held, held_in
from api.web.views.said import Said
from pathways.pathway import Status
from pathways.profile import Holdings
from referentials.library import Library
from referentials.model import Referential
from referentials.provenance import Value
from reports.language import say
from reports.wording import plain_date

router = pages()
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]
Writing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]
Moving = Annotated[Permit, allowed(Action.PLANS_WRITE)]
PersonName = Annotated[str, Path(max_length=32)]
Words = Annotated[str, Query(max_length=300)]
_ONE = "/equipes/personnes/{person_id}"
_MOST = 12
_ORDER = tuple(PlanState)


class ConsentRow(Value):
    """One agreement."""

    purpose: str = Field(description="À quelle fin.")
    text: str = Field(description="Le texte que la personne a lu.")
    given: str = Field(description="Quand l'accord a été donné.")
    withdrawn: str = Field(description="Quand il a été retiré ; vide : il vaut.")


class ChangeRow(Value):
    """One change of the state of a plan."""

    state: str = Field(description="L'état, par son nom.")
    day: str = Field(description="Quand.")
    by: str = Field(description="Par qui ; vide : un compte d'ailleurs, ou qui n'existe plus.")
    why: str = Field(description="Pourquoi ; vide : cela n'a pas été dit.")


class FollowedPlanRow(Value):
    """A plan that was kept."""

    id: str = Field(description="Son identifiant.")
    title: Said = Field(description="Ce qu'il vise.")
    state: str = Field(description="Son état, par son nom.")
    next: tuple[str, ...] = Field(description="Les états qui peuvent suivre.")
    revision: int = Field(description="La révision que l'on a sous les yeux.")
    day: str = Field(description="Le jour où il a été gardé.")
    answered: str = Field(description="La réponse : « held », « feasible », « infeasible »…")
    hours: float = Field(description="Heures connues, en tout.")
    illustrative: bool = Field(description="Vrai quand un de ses modules est inventé.")
    changed: tuple[str, ...] = Field(description="Les versions publiées depuis.")
    history: tuple[ChangeRow, ...] = Field(description="Comment il en est arrivé là, le plus ancien d'abord.")


class PersonPage(TeamPage):
    """One person."""

    template: ClassVar[str] = "pages/equipes/person.html"

    id: str = Field(description="L'identifiant du dossier.")
    name: str = Field(description="Le nom.")
    consents: tuple[ConsentRow, ...] = Field(description="Ce à quoi la personne a consenti.")
    held: tuple[Held, ...] = Field(description="Ses diplômes et ses blocs.")
    revision: int = Field(description="La révision de ce qu'elle a.")
    situation: dict[str, str] = Field(description="Son service, son territoire et son métier, champ par champ.")
    file_revision: int = Field(description="La révision de son dossier.")
    competencies: int = Field(description="Combien de compétences sont dites.")
    jobs: int = Field(description="Combien d'expériences sont dites.")
    query: str = Field(description="Ce qui est cherché pour l'ajouter.")
    found: tuple[Choice, ...] = Field(description="Ce qui y répond.")
    own: bool = Field(description="Vrai quand la personne tient aussi ce dossier, avec son compte.")
    plans: tuple[FollowedPlanRow, ...] = Field(description="Ses plans, le dernier d'abord.")
    why: str = Field(description="La raison tapée d'un changement refusé.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class HeldPage(TeamPage):
    """A diploma, and what of it somebody has."""

    template: ClassVar[str] = "pages/equipes/held.html"

    id: str = Field(description="L'identifiant du dossier.")
    name: str = Field(description="Le nom de la personne.")
    revision: int = Field(description="La révision de ce qu'elle a.")
    ref: str = Field(description="La version choisie.")
    choice: Choice = Field(description="La certification, avec ses versions.")
    parts: tuple[tuple[str, str, str], ...] = Field(description="Les blocs : référence, mots, aide.")
    what: str = Field(description="« tout » ou « blocs » ; vide : pas encore dit.")
    ticked: tuple[str, ...] = Field(description="Les blocs cochés.")
    day: str = Field(description="Le jour de l'obtention, tel que tapé.")
    proof: str = Field(description="« oui » ou « non » : la pièce a-t-elle été vue ?")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_ONE)
def read(request: Request, permit: Reading, person_id: PersonName, q: Words = "") -> Response:
    """What is kept about somebody."""
    return show_person(request, permit, person_id, words=q)


# -- what somebody holds --------------------------------------------------------------------------------------------------


@router.get(f"{_ONE}/acquis")
def ask_what_is_held(
    request: Request, permit: Reading, person_id: PersonName, ref: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Ask what of a diploma somebody has."""
    version = version_meant(permit, ref)
    return _held(request, permit, person_id, version, {"ref": ref, "quoi": "blocs" if "/" in ref else ""})


@router.post(f"{_ONE}/acquis")
def add_held(request: Request, permit: Writing, person_id: PersonName, form: Sent) -> Response:
    """Write down what of a diploma somebody has, in place of what was written before."""
    version = version_meant(permit, form.text("ref"))
    held, day = held_in_form(version, form), form.day("jour")
    if day and day > today(permit):
        form.errors["jour"] = say("Ce jour n'est pas encore venu : dites quand elle l'a obtenu, ou laissez vide.")
    if form.errors:
        typed = form.typed("ref", "quoi", "jour", "preuve")
        return _held(request, permit, person_id, version, typed, form.texts("blocs"), form.errors)
    try:
        with team_room(permit, writes=True) as room:
            holds = with_diploma(followed(room, person_id).profile.holds, version, held)
            write_holdings(room, person_id, holds, revision_in(form))
    except Conflict:
        typed = form.typed("ref", "quoi", "jour", "preuve")
        return _held(request, permit, person_id, version, typed, form.texts("blocs"), {"jour": _changed()})
    return go(f"/equipes/personnes/{person_id}", permit.services, "acquis-note")


@router.post(f"{_ONE}/acquis/retirer")
def remove_held(request: Request, permit: Writing, person_id: PersonName, form: Sent) -> Response:
    """Take something back."""
    kind, _colon, rank = form.text("quoi").partition(":")
    try:
        with team_room(permit, writes=True) as room:
            holds = followed(room, person_id).profile.holds
            if kind in ("qualifications", "blocks"):
                left = tuple(one for index, one in enumerate(getattr(holds, kind)) if str(index) != rank)
                changed = Holdings.model_validate(holds.model_dump() | {kind: left})
                write_holdings(room, person_id, changed, revision_in(form))
    except Conflict:
        return show_person(request, permit, person_id, errors={"q": _changed()})
    return go(f"/equipes/personnes/{person_id}", permit.services, "acquis-retire")


def _changed() -> str:
    return say("Ce dossier a changé entre-temps : relisez ce qu'il dit, puis recommencez.")


def revision_in(form: Form) -> int:
    """The revision that a form was made on; one that nothing has when it says none."""
    text = form.text("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _held(
    request: Request,
    permit: Permit,
    person_id: str,
    version: Referential,
    typed: dict[str, str],
    ticked: tuple[str, ...] = (),
    errors: dict[str, str] | None = None,
) -> Response:
    with team_room(permit) as room:
        found = followed(room, person_id)
    parts = tuple((part.ref, part_in_words(part), "") for part in parts_of(version))
    page = HeldPage(
        id=person_id,
        name=name_in_words(Member(found.person, found.name, None)),
        revision=found.revision,
        ref=version.key,
        choice=choice_of(permit.library, version.id, today(permit)),
        parts=parts,
        what=typed["quoi"],
        ticked=ticked or ((typed["ref"],) if "/" in typed["ref"] else ()),
        day=typed.get("jour", ""),
        proof=typed.get("preuve") or "oui",
        errors=errors or {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


# -- the plans ------------------------------------------------------------------------------------------------------------


@router.post(f"{_ONE}/plans/{{plan_id}}")
def move(
    request: Request,
    permit: Moving,
    person_id: PersonName,
    plan_id: Annotated[str, Path(max_length=32)],
    form: Sent,
) -> Response:
    """Bring a plan to its next state; who, when and why are written down."""
    wanted, why = form.text("etat"), form.text("pourquoi")
    if wanted not in set(PlanState):
        return _refused(request, permit, person_id, plan_id, why, say("Choisissez l'état suivant."))
    try:
        with team_room(permit, writes=True) as room:
            if room.plans.get(plan_id).person_id != person_id:
                raise Absent("plan", plan_id)
            room.plans.move(plan_id, PlanState(wanted), why, revision_in(form))
    except (Conflict, WrongState):
        sentence = say("Ce plan a changé entre-temps : relisez où il en est, puis recommencez.")
        return _refused(request, permit, person_id, plan_id, why, sentence)
    return go(f"/equipes/personnes/{person_id}", permit.services, "plan-deplace")


def _refused(request: Request, permit: Permit, person_id: str, plan_id: str, why: str, sentence: str) -> Response:
    return show_person(request, permit, person_id, why=why, errors={f"etat-{plan_id}": sentence})


# -- to the page ----------------------------------------------------------------------------------------------------------


def show_person(
    request: Request,
    permit: Permit,
    person_id: str,
    *,
    words: str = "",
    why: str = "",
    situation: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    """The page of a person: what was searched for, what was typed and refused."""
    scope, library = team(permit), permit.library
    with permit.unit() as unit:
        room = unit.of(scope)
        found = followed(room, person_id)
        page = PersonPage(
            id=person_id,
            name=name_in_words(Member(found.person, found.name, None)),
            consents=tuple(_consent(one) for one in found.consents if one.organisation_id == scope.organisation),
            own=found.person.account_id is not None,
            situation=situation or _situation(found.person),
            file_revision=found.person.revision,
            query=words.strip(),
            found=choices(room.search, library, words, today(permit), _MOST) if words.strip() else (),
            plans=tuple(_plan(one, unit, permit, library) for one in found.plans),
            why=why,
            errors=errors or {},
            **_holdings(found, permit),
        )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _situation(person: Person) -> dict[str, str]:
    return {"service": person.service or "", "territoire": person.area or "", "metier": person.trade or ""}


def _holdings(found: Followed, permit: Permit) -> dict[str, Any]:
    return {
        "held": held_in(found.profile, permit.library),
        "revision": found.revision,
        "competencies": len(found.profile.holds.competencies),
        "jobs": len(found.profile.experience),
    }


def _consent(one: Consent) -> ConsentRow:
    return ConsentRow(
        purpose=one.purpose,
        text=one.text_version,
        given=plain_date(one.created_at.date()),
        withdrawn=plain_date(one.withdrawn_at.date()) if one.withdrawn_at else "",
    )


def _plan(one: FollowedPlan, unit: UnitOfWork, permit: Permit, library: Library) -> FollowedPlanRow:
    row, answer = one.row, one.pathway
    history = (
        ChangeRow(state=change.state, day=plain_date(change.at.date()), by=_by(change.by, unit, permit), why=change.why)
        for change in row.history
    )
    return FollowedPlanRow(
        id=row.id,
        title=answer.title or name_of_target(row.target, library),
        state=row.state,
        next=tuple(state.value for state in _ORDER if state in PlanState(row.state).next),
        revision=row.revision,
        day=plain_date(row.created_at.date()),
        answered=Status(row.status).value,
        hours=answer.totals.hours,
        illustrative=any(step.illustrative for step in answer.steps),
        changed=row.superseded,
        history=tuple(history),
    )


def _by(account: str, unit: UnitOfWork, permit: Permit) -> str:
    """The name of a colleague; of nobody else."""
    found = unit.directory.accounts.find(account)
    return found.name if found is not None and found.organisation_id == permit.actor.organisation else ""
