"""A file that somebody brings (*fichier apporté*): its claims are shown, each to accept or not; nothing else of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from fastapi import Request, UploadFile
from pydantic import Field, ValidationError
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.deps import UPLOADING, Permit, allowed
from api.services.brought import Brought, Claim, accepted, brought
from api.services.evidence import safe_file_name
from api.web.journey import Answers, Journey
from api.web.page import pages, show
from api.web.sent import Sent
from api.web.stages import HELD, JourneyPage, go_on, stages
from api.web.views.holdings import job_in_words, mention_in_words, title_of
from api.web.views.said import Said
from pathways.holdings import ProfileProblem, held
from pathways.profile import Holdings, Profile
from referentials.findings import FileProblem, Finding
from referentials.formats.exchange import Upload
from referentials.library import Library
from referentials.provenance import Value
from reports.impasse_wording import load
from reports.language import say
from reports.library_wording import at_level
from reports.reason_wording import EVIDENCE
from reports.wording import listed, plain_date

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis/fichier"
_FINDINGS = 12
_ANY_DAY = date.max


class ShownClaim(Value):
    """A claim, to accept or not."""

    value: str = Field(description="Ce que le formulaire renvoie.")
    title: Said = Field(description="Ce que c'est.")
    told: Said = Field(description="Ce que le fichier en dit.")
    usable: bool = Field(description="Faux quand la bibliothèque ne le connaît pas.")


class ClaimsPage(JourneyPage):
    """What a file says."""

    template: ClassVar[str] = "pages/parcours/claims.html"

    name: str = Field(description="Le nom du fichier.")
    standard: str = Field(description="Le genre de fichier ; vide : le nôtre.")
    claims: tuple[ShownClaim, ...] = Field(description="Ce qui peut être repris.")
    unusable: tuple[ShownClaim, ...] = Field(description="Ce que la bibliothèque ne connaît pas.")
    findings: tuple[Said, ...] = Field(description="Ce qui n'a pas pu être lu.")
    refused: tuple[Said, ...] = Field(description="Pourquoi le fichier n'a pas pu servir ; vide : il a servi.")


@router.get(_HERE)
def back(permit: Anybody) -> Response:
    """Nothing is kept between the two: a file is chosen again."""
    return RedirectResponse("/parcours/acquis#mon-fichier", 303)


@router.post(_HERE, dependencies=[UPLOADING])
def receive(request: Request, permit: Anybody, answers: Answers, fichier: UploadFile | None = None) -> Response:
    """Read a file, and show what it says."""
    if fichier is None or not fichier.filename:
        return _refusal(request, permit, answers, "", [say("Choisissez d'abord un fichier.")])
    name = safe_file_name(fichier.filename)
    try:
        found = brought(Upload(name, fichier.file, fichier.size or 0))
    except FileProblem as problem:
        return _refusal(request, permit, answers, name, list(_sentences(problem.findings)))
    return show(request, permit.services, permit.actor, _page(permit, answers, name, found))


@router.post(f"{_HERE}/accepter")
def accept(permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Keep the claims that are accepted."""
    claims = [claim for text in form.whole_texts("repris") if (claim := _claim(text)) is not None]
    usable = [claim for claim in claims if _is_usable(claim, permit.library)]
    changed = answers.model_copy(update={"profile": accepted(answers.profile, usable)})
    return go_on("/parcours/acquis", permit, changed, "fichier-repris" if usable else "")


def _claim(text: str) -> Claim | None:
    try:
        return Claim.model_validate_json(text)
    except ValidationError:
        return None


def _is_usable(claim: Claim, library: Library) -> bool:
    """Whether the library knows what a claim names."""
    if claim.sort not in Holdings.model_fields:
        return claim.thing is not None
    try:
        held(accepted(Profile(), [claim]), library, _ANY_DAY)
    except (ProfileProblem, ValidationError, FileProblem):
        return False
    return True


# -- to the page ----------------------------------------------------------------------------------------------------------


def _page(permit: Permit, answers: Journey, name: str, found: Brought) -> ClaimsPage:
    claims = [_shown(one, permit.library) for one in found.claims]
    return ClaimsPage(
        stages=stages(answers, HELD, permit.library),
        name=name,
        standard=found.standard,
        claims=tuple(one for one in claims if one.usable),
        unusable=tuple(one for one in claims if not one.usable),
        findings=tuple(_sentences(found.findings)),
        refused=(),
    )


def _refusal(request: Request, permit: Permit, answers: Journey, name: str, sentences: list[str]) -> Response:
    page = ClaimsPage(
        stages=stages(answers, HELD, permit.library),
        name=name,
        standard="",
        claims=(),
        unusable=(),
        findings=(),
        refused=tuple(sentences),
    )
    return show(request, permit.services, permit.actor, page, status=422)


def _sentences(findings: tuple[Finding, ...] | list[Finding]) -> Iterator[str]:
    yield from (f"{one.message} {one.remedy}" for one in findings[:_FINDINGS])


def _shown(claim: Claim, library: Library) -> ShownClaim:
    title, told = _words(claim, library)
    return ShownClaim(
        value=claim.model_dump_json(exclude_none=True, by_alias=True),
        title=title,
        told=told,
        usable=_is_usable(claim, library),
    )


def _words(claim: Claim, library: Library) -> tuple[str, str]:
    if claim.item is not None:
        day = say("obtenu le {day}", day=plain_date(claim.item.on)) if claim.item.on else ""
        return title_of(claim.item.ref, library), listed([day, EVIDENCE[claim.item.evidence]])
    if claim.competency is not None:
        one = claim.competency
        return at_level(title_of(one.ref, library), one.level), EVIDENCE[one.evidence]
    if claim.job is not None:
        return claim.job.title or claim.job.rome or say("Métier non dit"), job_in_words(claim.job)
    if claim.give is not None:
        return say("Ce que vous pouvez donner"), load(claim.give)
    if claim.mention is not None:
        return claim.mention.title, mention_in_words(claim.mention)
    if claim.condition is not None:
        return say("Une condition confirmée"), claim.condition
    return claim.module or "", say("module suivi")
