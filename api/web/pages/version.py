"""One version of a referential (*fiche d'un référentiel*): all that is known of it, and from there to a journey or to a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from fastapi import Form, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import file_answer
from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.problem import Problem
from api.services.catalogue import rights_about
from api.services.documents import File
from api.services.knowledge import near
from api.services.training import Training, training_for
from api.services.versions import version_named
from api.web.days import asked_day
from api.web.journey import Answers, TooMuch, keep
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.views.graph import competency_figure
from api.web.views.names import address
from api.web.views.rights import RightView, right_views
from api.web.views.said import Said
from api.web.views.version_sheet import VersionView, version_view
from api.web.views.versions import VersionName, version_names
from pathways.profile import HeldItem
from referentials.findings import FileProblem
from referentials.formats import standards
from referentials.formats.exchange import Standard
from referentials.library import Library, NotInForce, UnknownReference
from referentials.loader import REFERENTIAL
from referentials.model import Referential, State
from referentials.provenance import Value
from reports.language import say, say_n
from reports.paper import Figure
from reports.wording import euros, hours

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Name = Annotated[str, Path(max_length=200)]
Asked = Annotated[str, Query(max_length=200)]


class TrainingRow(Value):
    """A module that trains for the version."""

    title: Said = Field(description="Son intitulé.")
    body: Said = Field(description="L'organisme.")
    illustrative: bool = Field(description="Vrai pour un module inventé pour la démonstration.")
    hours: Said = Field(description="Ses heures, ou qu'elles ne sont pas connues.")
    price: Said = Field(description="Son prix, ou qu'il n'est pas connu.")
    brings: tuple[Said, ...] = Field(description="Ce qu'il apporte ici.")


class FileLink(Value):
    """A file to take away."""

    href: str = Field(description="Son adresse.")
    label: Said = Field(description="Son format.")


class ReferentialPage(Page):
    """One version of a referential, whole."""

    template: ClassVar[str] = "pages/referentiels/fiche.html"
    here: ClassVar[str] = "referentiels"

    item: VersionView = Field(description="La version.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas pu être lu.")
    versions: tuple[VersionName, ...] = Field(description="Toutes les versions du référentiel.")
    current: str = Field(description="L'adresse de la version en vigueur, si ce n'est pas celle-ci ; vide sinon.")
    entering: tuple[RightView, ...] = Field(description="Ce qui y mène.")
    leaving: tuple[RightView, ...] = Field(description="Où elle mène.")
    trainings: tuple[TrainingRow, ...] = Field(description="Les modules qui y forment.")
    made_up: tuple[TrainingRow, ...] = Field(description="Ceux qui sont inventés pour la démonstration.")
    graph: Figure | None = Field(description="Le graphe des compétences ; vide : aucune compétence lue.")
    targeted: bool = Field(description="Vrai quand la personne la vise déjà.")
    held: frozenset[str] = Field(description="Ce que la personne a déjà dit détenir.")
    files: tuple[FileLink, ...] = Field(description="Les fichiers à télécharger.")


@router.get("/referentiels/{ref}")
def read_referential(request: Request, permit: Reading, answers: Answers, ref: Name, le: Asked = "") -> Response:
    """One version; without a version in the address, the one in force that day, else the last."""
    library = permit.library
    on, errors = asked_day(le, permit)
    version = _version(library, ref, on)
    about = rights_about(library, version.key)
    held = answers.profile.holds
    trainings = training_for(library, version, on)
    view = ReferentialPage(
        item=version_view(version, library, on),
        day=le,
        errors=errors,
        versions=version_names(library, version.id, on, version.key),
        current=_current(library, version, on),
        entering=right_views(about.entering, library, on),
        leaving=right_views(about.leaving, library, on),
        trainings=tuple(_training(one) for one in trainings if not one.illustrative),
        made_up=tuple(_training(one) for one in trainings if one.illustrative),
        graph=competency_figure(version, library, about.entering, trainings, on),
        targeted=answers.target in (version.key, version.id),
        held=frozenset(one.ref for one in (*held.qualifications, *held.blocks)),
        files=tuple(_files(version)),
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


def _version(library: Library, ref: str, on: date) -> Referential:
    if "@" in ref:
        return version_named(library, ref)
    try:
        return library.in_force(ref, on)
    except NotInForce:
        return library.versions(ref)[-1]


def _current(library: Library, version: Referential, on: date) -> str:
    try:
        current = library.in_force(version.id, on)
    except (NotInForce, UnknownReference, FileProblem):
        return ""
    return "" if current.key == version.key else address(current.key)


def _training(one: Training) -> TrainingRow:
    module = one.module
    return TrainingRow(
        title=module.title,
        body=one.offer.body.name or one.offer.title,
        illustrative=one.illustrative,
        hours=hours(module.hours.total) if module.hours else say("non connues"),
        price=euros(module.price) if module.price is not None else say("non connu"),
        brings=tuple(_brings(one)),
    )


def _brings(one: Training) -> Iterator[str]:
    blocks = [ref.rpartition("/")[2] for ref in one.blocks]
    if blocks:
        yield say_n("le bloc {blocks} en entier", "les blocs {blocks} en entier", len(blocks), blocks=", ".join(blocks))
    if one.competencies:
        codes = ", ".join(ref.partition("/")[2].replace("/", " › ") for ref in one.competencies)
        yield say_n("la compétence {codes}", "les compétences {codes}", len(one.competencies), codes=codes)
    if one.assessments:
        yield say("l'évaluation comprise")


# -- from there to a journey ----------------------------------------------------------------------------------------------


@router.post("/referentiels/{ref}/viser")
def aim(permit: Reading, answers: Answers, ref: Name, bloc: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Make a version, or one of its blocks, what the person aims at."""
    target = _item(permit.library, ref, bloc)
    permit.library.target(target.partition("/")[0], today(permit))  # what nobody read can't be aimed at
    answer = go("/parcours/cible", permit.services, "cible-choisie")
    return _kept(answer, permit, answers.model_copy(update={"target": target}))


@router.post("/referentiels/{ref}/detenir")
def hold(permit: Reading, answers: Answers, ref: Name, bloc: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Add a version, or one of its blocks, to what the person holds."""
    item = _item(permit.library, ref, bloc)
    holds = answers.profile.holds
    name = "blocks" if "/" in item else "qualifications"
    some: tuple[HeldItem, ...] = getattr(holds, name)
    if all(one.ref != item for one in some):
        changed: dict[str, Any] = {name: (*some, HeldItem(ref=item))}
        answers = answers.with_profile(holds=holds.model_copy(update=changed))
    return _kept(go("/parcours/acquis", permit.services, "acquis-ajoute"), permit, answers)


def _item(library: Library, ref: str, block: str) -> str:
    version = version_named(library, ref)
    if block and version.block(block) is None:
        raise Problem("not-found")
    return f"{version.key}/{block}" if block else version.key


def _kept(answer: Response, permit: Permit, answers: Any) -> Response:
    try:
        keep(answer, permit.services, answers)
    except TooMuch:
        raise Problem("too-large") from None
    return answer


# -- files ----------------------------------------------------------------------------------------------------------------


def _files(version: Referential) -> Iterator[FileLink]:
    for one in _writing() if version.state is not State.NAMED else ():
        yield FileLink(href=f"/referentiels/{version.key}/fichiers/{one.id}", label=one.title)


def _writing() -> Iterator[Standard]:
    """The outside standards that a referential can be written in."""
    return (one for one in standards().values() if one.write is not None and REFERENTIAL.name in one.writes)


@router.get("/referentiels/{ref}/fichiers/{form}")
def take(permit: Reading, ref: Name, form: Annotated[str, Path(max_length=40)]) -> Response:
    """A version as a file."""
    library = permit.library
    version = version_named(library, ref)
    chosen = next((one for one in _writing() if one.id == form), None)
    if chosen is None or chosen.write is None:
        raise Problem("not-found")
    written = chosen.write(near(library, [version.key], [version.key]), (version.key,))
    return file_answer(File(written.name, chosen.media_type, written.content))
