"""The referentials (*référentiels*): the list with its filters, one referential, one version; from there to a journey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, ClassVar
from urllib.parse import urlencode

from fastapi import Form, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import file_answer
from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.problem import Problem
from api.services.catalogue import Row, folded, rights_about
from api.services.documents import File
from api.services.training import Training, training_for
from api.services.versions import Wanted, listed, version_named
from api.web.days import asked_day
from api.web.journey import Answers, TooMuch, keep
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.views.graph import competency_figure
from api.web.views.names import address
from api.web.views.rights import RightView, right_views
from api.web.views.said import Said
from api.web.views.versions import VersionName, VersionView, blocks_said, summary, version_names, version_view
from pathways.profile import HeldItem
from referentials.findings import FileProblem
from referentials.formats import standards
from referentials.formats.exchange import Standard
from referentials.library import Library, NotInForce, UnknownReference
from referentials.loader import REFERENTIAL
from referentials.model import Kind, Referential
from referentials.provenance import Value
from reports.language import say, say_n
from reports.library_wording import LABELS
from reports.paper import Figure
from reports.wording import euros, hours

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Name = Annotated[str, Path(max_length=200)]
Asked = Annotated[str, Query(max_length=200)]
_A_PAGE = 25
_HERE = "referentiels"


# -- the list -------------------------------------------------------------------------------------------------------------


class ReferentialRow(Value):
    """One referential in the list, as its version in force tells, else the last one."""

    href: str = Field(description="Son adresse.")
    title: Said = Field(description="Intitulé.")
    short: Said = Field(description="Sigle ; vide : aucun.")
    summary: Said = Field(description="Nature, niveau, autorité.")
    codes: str = Field(description="Codes RNCP ou RS de cette version.")
    blocks: Said = Field(description="Ce que l'on sait de ses blocs.")
    in_force: bool = Field(description="Vrai quand une version est en vigueur ce jour-là.")
    versions: tuple[VersionName, ...] = Field(description="Ses versions, la plus récente d'abord.")


class ReferentialsPage(Page):
    """The list of referentials."""

    template: ClassVar[str] = "pages/referentiels/liste.html"
    here: ClassVar[str] = _HERE

    text: str = Field(description="Les mots cherchés.")
    kind: str = Field(description="La nature choisie ; vide : toutes.")
    level: str = Field(description="Le niveau choisi ; vide : tous.")
    only: bool = Field(description="Vrai : seulement ce qui est en vigueur.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    kinds: tuple[tuple[str, Said], ...] = Field(description="Les natures, avec leurs mots.")
    levels: tuple[tuple[str, Said], ...] = Field(description="Les niveaux, avec leurs mots.")
    errors: dict[str, str] = Field(description="Ce qui n'a pas pu être lu.")
    rows: tuple[ReferentialRow, ...] = Field(description="Cette page de la liste.")
    count: int = Field(description="Combien de référentiels en tout.")
    everywhere: str = Field(description="L'adresse de la même recherche dans tout ce qui est connu.")
    earlier: str = Field(description="La page précédente ; vide : aucune.")
    later: str = Field(description="La page suivante ; vide : aucune.")


@router.get("/referentiels")
def list_referentials(
    request: Request,
    permit: Reading,
    q: Asked = "",
    nature: Asked = "",
    niveau: Asked = "",
    vigueur: Asked = "",
    le: Asked = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The referentials, by title."""
    library = permit.library
    on, errors = asked_day(le, permit)
    kind = next((one for one in Kind if one.value == nature), None)
    level = int(niveau) if niveau in _LEVELS else None
    wanted = Wanted(q, kind, level, True if vigueur else None)
    found = _by_referential(listed(library, wanted, on))
    shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
    asked = {"q": q, "nature": nature, "niveau": niveau, "vigueur": vigueur, "le": le}
    view = ReferentialsPage(
        text=q,
        kind=kind.value if kind else "",
        level=str(level or ""),
        only=bool(vigueur),
        day=le,
        kinds=(("", say("toutes")), *sorted(((key.value, LABELS[Kind][key]) for key in Kind), key=lambda one: one[1])),
        levels=(("", say("tous")), *((one, say("niveau {level}", level=one)) for one in _LEVELS)),
        errors=errors,
        rows=tuple(_row(library, some, on) for some in shown),
        count=len(found),
        everywhere=f"/recherche?{urlencode({'q': q})}" if q else "",
        earlier=_page(asked, page - 1) if page > 1 else "",
        later=_page(asked, page + 1) if len(found) > page * _A_PAGE else "",
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


_LEVELS = ("3", "4", "5", "6", "7", "8")


def _page(asked: dict[str, str], number: int) -> str:
    values = {name: value for name, value in asked.items() if value} | {"page": str(number)}
    return f"/referentiels?{urlencode(values)}"


def _by_referential(rows: Iterable[Row]) -> list[list[Referential]]:
    """The versions that answer, referential by referential, by title."""
    found: dict[str, list[Referential]] = {}
    for row in rows:
        found.setdefault(row.item.id, []).append(row.item)
    return sorted(found.values(), key=lambda some: (folded(some[-1].title), some[-1].id))


def _row(library: Library, versions: list[Referential], on: date) -> ReferentialRow:
    current = next((one for one in reversed(versions) if library.is_in_force(one, on)), None)
    best = current or versions[-1]
    codes = (*best.codes.rncp, *best.codes.rs)
    return ReferentialRow(
        href=address(best.key),
        title=best.title,
        short=best.short_title if best.short_title and best.short_title != best.title else "",
        summary=summary(best),
        codes=", ".join(one.code for one in codes),
        blocks=blocks_said(best),
        in_force=current is not None,
        versions=version_names(library, best.id, on, best.key),
    )


# -- one version ----------------------------------------------------------------------------------------------------------


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
    here: ClassVar[str] = _HERE

    item: VersionView = Field(description="La version.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    errors: dict[str, str] = Field(description="Ce qui n'a pas pu être lu.")
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
    for one in _writing():
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
    written = chosen.write(library, (version.key,))
    return file_answer(File(written.name, chosen.media_type, written.content))
