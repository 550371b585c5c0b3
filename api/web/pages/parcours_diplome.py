"""One diploma that somebody has (*diplôme détenu*): which version, all of it or some blocks, since when, and whether a paper shows it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.choosing import Choice, Part, choice_of, is_framework, parts_of
from api.web.journey import Answers, Journey
from api.web.page import pages, show
from api.web.sent import Form, Sent
from api.web.stages import HELD, JourneyPage, go_on, stages
from api.web.views.said import Said
from pathways.profile import EvidenceKind, HeldItem, Holdings
from referentials.absence import UnknownReference
from referentials.model import Referential
from reports.language import say

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis/diplome"
_WHOLE, _PARTS = "tout", "blocs"


class DiplomaPage(JourneyPage):
    """A diploma, and what of it somebody has."""

    template: ClassVar[str] = "pages/parcours/diploma.html"

    ref: str = Field(description="La version choisie.")
    choice: Choice = Field(description="La certification, avec ses versions.")
    parts: tuple[tuple[str, str, str], ...] = Field(description="Les blocs de cette version : référence, mots, aide.")
    what: str = Field(description="« tout » ou « blocs » ; vide : pas encore dit.")
    ticked: tuple[str, ...] = Field(description="Les blocs cochés.")
    day: str = Field(description="Le jour de l'obtention, tel que tapé.")
    proof: str = Field(description="« oui » ou « non » : une pièce le montre-t-elle ?")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read(
    request: Request, permit: Anybody, answers: Answers, ref: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Ask what of it somebody has."""
    version = version_meant(permit, ref)
    if is_framework(version):
        return RedirectResponse(f"/parcours/acquis/competences?de={version.key}", 303)
    named = ref if "/" in ref else ""
    before = {one.ref: one for one in (*answers.profile.holds.qualifications, *answers.profile.holds.blocks)}
    known = before.get(version.key) or next(
        (one for name, one in before.items() if name.startswith(f"{version.key}/")), None
    )
    ticked = tuple(name for name in before if name.startswith(f"{version.key}/")) + ((named,) if named else ())
    return _shown(
        request,
        permit,
        answers,
        version,
        what=_WHOLE if version.key in before else _PARTS if ticked else "" if parts_known(version) else _WHOLE,
        ticked=ticked,
        day=known.on.isoformat() if known and known.on else "",
        proof="non" if known and known.evidence is not EvidenceKind.CERTIFIED else "oui",
    )


@router.post(_HERE)
def add(request: Request, permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Write down what somebody has of it, in place of what was written before."""
    version = version_meant(permit, form.text("ref"))
    held = held_in_form(version, form)
    if form.day("jour") and form.day("jour") > today(permit):  # type: ignore[operator]
        form.errors["jour"] = say("Ce jour n'est pas encore venu : dites quand vous l'avez obtenu, ou laissez vide.")
    if form.errors:
        return _shown(
            request,
            permit,
            answers,
            version,
            what=form.text("quoi"),
            ticked=form.texts("blocs"),
            day=form.text("jour"),
            proof=form.text("preuve"),
            errors=form.errors,
        )
    holds = with_diploma(answers.profile.holds, version, held)
    return go_on("/parcours/acquis", permit, answers.with_profile(holds=holds.model_dump()), "acquis-ajoute")


def parts_known(version: Referential) -> bool:
    """Whether any block of a version was read."""
    return bool(version.known_blocks)


def held_in_form(version: Referential, form: Form) -> tuple[HeldItem, ...]:
    """What of a version the form says to be held; its errors are in the form."""
    evidence = EvidenceKind.DECLARED if form.text("preuve") == "non" else EvidenceKind.CERTIFIED
    day, what = form.day("jour"), form.text("quoi")
    known = {part.ref for part in parts_of(version)}
    refs = [version.key] if what == _WHOLE else [one for one in form.texts("blocs") if one in known]
    if what not in (_WHOLE, _PARTS):
        form.errors["quoi"] = say("Dites si vous l'avez en entier, ou seulement des blocs.")
    elif not refs:
        form.errors["blocs"] = say("Cochez les blocs que vous avez.")
    return tuple(HeldItem(ref=ref, on=day, evidence=evidence) for ref in refs)


def with_diploma(holds: Holdings, version: Referential, held: tuple[HeldItem, ...]) -> Holdings:
    """What is held, with this of one version and nothing else of it."""
    others = [one for one in holds.qualifications if one.ref != version.key]
    blocks = [one for one in holds.blocks if one.ref.partition("/")[0] != version.key]
    whole = [one for one in held if "/" not in one.ref]
    parts = [one for one in held if "/" in one.ref]
    return holds.model_copy(update={"qualifications": (*others, *whole), "blocks": (*blocks, *parts)})


def part_in_words(part: Part) -> str:
    """A block: its code and its title."""
    return f"{part.code} — {part.title or say('intitulé non connu')}"


def version_meant(permit: Permit, ref: str) -> Referential:
    """The version that a reference is, or is part of; the one to propose first where none is named."""
    library, whole = permit.library, ref.partition("/")[0]
    key = whole if "@" in whole else choice_of(library, whole, today(permit)).ref
    found = library.find(key)
    if not isinstance(found, Referential):
        raise UnknownReference(ref, library.near(ref))
    return found


def _shown(
    request: Request,
    permit: Permit,
    answers: Journey,
    version: Referential,
    *,
    what: str,
    ticked: tuple[str, ...],
    day: str,
    proof: str,
    errors: dict[str, str] | None = None,
) -> Response:
    page = DiplomaPage(
        stages=stages(answers, HELD, permit.library),
        ref=version.key,
        choice=choice_of(permit.library, version.id, today(permit)),
        parts=tuple((part.ref, part_in_words(part), "") for part in parts_of(version)),
        what=what,
        ticked=ticked,
        day=day,
        proof=proof,
        errors=errors or {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)
