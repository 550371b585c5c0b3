"""The trace of a positioning (*trace du positionnement*: Qualiopi, indicator 8), from a plan that was kept, or from one handed over by its link.

What whoever did the positioning writes here goes into the document and is kept nowhere else.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import FormatName, file_answer
from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, Speaking, allowed
from api.routes.links import DISCREET, Secret
from api.services import links
from api.services.asking import PlanRequest, kept_request
from api.services.documents import written
from api.services.people import name_of
from api.services.plans import pathway_of, positioning_paper
from api.web.page import Page, pages, show
from api.web.sent import Form, Sent
from api.web.views.said import Said
from pathways.pathway import Pathway
from referentials.provenance import Value
from reports.document import Document
from reports.language import Language, say, spoken
from reports.paper import Paper
from reports.particulars import Particulars, Party, PositioningTrace, TrainingBody

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
Linking = Annotated[Permit, allowed(Action.LINKS_USE)]
PlanName = Annotated[str, Path(max_length=32)]
FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("html", "HTML"))
_OF_A_PLAN = "/equipes/positionnement/{plan_id}"
_OF_A_LINK = "/parcours/lien/{secret}/positionnement"
_FIELDS = ("personne", "organisme", "declaration", "jour", "par", "methode", "procedure", "effets")


class PositioningPage(Page):
    """The form of a trace, and the trace as it stands."""

    template: ClassVar[str] = "pages/positionnement.html"

    address: str = Field(description="L'adresse de la page.")
    back: str = Field(description="D'où l'on vient.")
    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    formats: tuple[tuple[str, str], ...] = Field(description="Les formats : nom, mots.")
    paper: Paper = Field(description="La trace, en parties.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class Kept(Value):
    """A plan that was kept: its question, its answer, its name, and the person's where it is known."""

    address: str
    back: str
    reference: str
    revision: int
    person: str
    request: PlanRequest
    pathway: Pathway

    def trace(self, permit: Permit, added: Particulars, language: Language) -> Document:
        """The document."""
        return positioning_paper(
            self.pathway,
            self.request,
            permit.library,
            reference=self.reference,
            revision=self.revision,
            particulars=added,
            language=language,
        )


@router.get(_OF_A_PLAN)
def read_trace(request: Request, permit: Reading, plan_id: PlanName) -> Response:
    """The trace of the positioning of somebody who is followed."""
    kept = _of_a_plan(permit, plan_id)
    return _shown(request, permit, kept, _begun(permit, kept))


@router.post(_OF_A_PLAN)
def write_trace(request: Request, permit: Reading, plan_id: PlanName, form: Sent) -> Response:
    """The same with what was written."""
    return _answered(request, permit, _of_a_plan(permit, plan_id), form)


@router.post(f"{_OF_A_PLAN}/documents/{{format_name}}")
def take_trace(
    request: Request, permit: Reading, language: Speaking, plan_id: PlanName, format_name: FormatName, form: Sent
) -> Response:
    """The same as a file."""
    return _answered(request, permit, _of_a_plan(permit, plan_id), form, format_name, language)


@router.get(_OF_A_LINK)
def read_linked_trace(request: Request, permit: Linking, secret: Secret) -> Response:
    """The trace of the positioning of somebody who handed over the link of a plan."""
    kept = _of_a_link(permit, secret)
    return _shown(request, permit, kept, _begun(permit, kept))


@router.post(_OF_A_LINK)
def write_linked_trace(request: Request, permit: Linking, secret: Secret, form: Sent) -> Response:
    """The same with what was written."""
    return _answered(request, permit, _of_a_link(permit, secret), form)


@router.post(f"{_OF_A_LINK}/documents/{{format_name}}")
def take_linked_trace(
    request: Request, permit: Linking, language: Speaking, secret: Secret, format_name: FormatName, form: Sent
) -> Response:
    """The same as a file."""
    return _answered(request, permit, _of_a_link(permit, secret), form, format_name, language)


# -- the plan ---------------------------------------------------------------------------------------------------------------


def _of_a_plan(permit: Permit, plan_id: str) -> Kept:
    with permit.reading() as room:
        plan = room.plans.get(plan_id)
        return Kept(
            address=f"/equipes/positionnement/{plan_id}",
            back=f"/equipes/personnes/{plan.person_id}" if permit.actor.organisation else "/parcours/emporter",
            reference=plan_id,
            revision=plan.revision,
            person=name_of(room.people.identity(plan.person_id)) or "",
            request=kept_request(plan.question),
            pathway=pathway_of(plan),
        )


def _of_a_link(permit: Permit, secret: str) -> Kept:
    link = links.open_link(permit.services.store, secret)
    return Kept(
        address=f"/parcours/lien/{secret}/positionnement",
        back=f"/parcours/lien/{secret}",
        reference=say("plan remis par un lien"),
        revision=link.revision,
        person="",
        request=links.linked_request(link),
        pathway=links.linked_pathway(link),
    )


# -- the form ---------------------------------------------------------------------------------------------------------------


def _begun(permit: Permit, kept: Kept) -> dict[str, str]:
    """What is known before anybody writes: the person, the organisation of whoever asks, the day it is."""
    organisation = permit.actor.organisation
    with permit.unit() as unit:
        name = unit.directory.organisations.get(organisation).name if organisation else ""
    return dict.fromkeys(_FIELDS, "") | {
        "personne": kept.person,
        "organisme": name,
        "jour": today(permit).isoformat(),
    }


def _answered(
    request: Request,
    permit: Permit,
    kept: Kept,
    form: Form,
    format_name: str = "",
    language: Language = Language.FRENCH,
) -> Response:
    typed = form.typed(*_FIELDS)
    added = _particulars(form, typed)
    if form.errors or not format_name:
        return _shown(request, permit, kept, typed, added, form.errors)
    answer = file_answer(written(kept.trace(permit, added, language), format_name, language))
    answer.headers.update(DISCREET)
    return answer


def _particulars(form: Form, typed: dict[str, str]) -> Particulars:
    trace = PositioningTrace(
        on=form.day("jour"),
        by=typed["par"],
        method=typed["methode"],
        procedure=typed["procedure"],
        effects=typed["effets"],
    )
    body = TrainingBody(name=typed["organisme"], declaration=typed["declaration"])
    return Particulars(person=Party(name=typed["personne"]), body=body, positioning=trace)


def _shown(
    request: Request,
    permit: Permit,
    kept: Kept,
    typed: dict[str, str],
    added: Particulars | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    if added is None:
        added = _particulars(Form(typed), typed)  # type: ignore[arg-type]
    page = PositioningPage(
        address=kept.address,
        back=kept.back,
        typed=typed,
        formats=FORMATS,
        paper=kept.trace(permit, added, Language(spoken())).paper,
        errors=errors or {},
    )
    status = 422 if errors else 200
    return show(request, permit.services, permit.actor, page, status=status, headers=DISCREET)
