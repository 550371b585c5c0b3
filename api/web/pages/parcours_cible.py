"""Step 2, where I want to go (*cible*): searched by words, chosen whole or for one block alone, with what is already there."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.choosing import Choice, Part, choices, parts_of
from api.services.positions import measured
from api.web.journey import Answers, Journey
from api.web.page import pages, show
from api.web.sent import Sent
from api.web.stages import TARGET, JourneyPage, go_on, name_of_target, stages
from api.web.views.said import Said
from pathways.gap import Gap
from pathways.holdings import ProfileProblem
from pathways.target import aim
from referentials.absence import NotInForce, OnlyNamed, UnknownReference
from referentials.findings import FileProblem
from referentials.provenance import Value
from reports.language import say
from reports.library_wording import label, window
from reports.reason_wording import STATES

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_MOST = 12


class AimedPart(Value):
    """A block of what is aimed at, and where one stands on it."""

    ref: str = Field(description="Sa référence.")
    code: str = Field(description="Son code.")
    title: Said = Field(description="Son intitulé ; vide : non connu.")
    state: str = Field(description="L'état, par son nom ; vide : non calculé.")
    told: Said = Field(description="L'état, en mots.")


class Aimed(Value):
    """What is aimed at."""

    ref: str = Field(description="Sa référence.")
    whole: str = Field(description="La référence de la certification entière.")
    name: Said = Field(description="Son nom.")
    title: Said = Field(description="L'intitulé de la certification.")
    kind: Said = Field(description="Sa nature, en mots.")
    level: int | None = Field(description="Son niveau ; vide : non connu.")
    dates: Said = Field(description="Quand elle vaut, en mots.")
    open: bool = Field(description="Faux quand elle ne s'obtient plus.")
    parts: tuple[AimedPart, ...] = Field(description="Ses blocs.")
    asks: bool = Field(description="Vrai quand des compétences peuvent être évaluées soi-même.")


class TargetPage(JourneyPage):
    """Where somebody wants to go."""

    template: ClassVar[str] = "pages/parcours/target.html"

    aimed: Aimed | None = Field(description="Ce qui est visé ; vide : pas encore choisi.")
    lost: str = Field(description="La cible d'avant, que la bibliothèque n'a plus ; vide : aucune.")
    query: str = Field(description="Ce qui est cherché.")
    searched: bool = Field(description="Vrai quand quelque chose est cherché.")
    found: tuple[Choice, ...] = Field(description="Ce qui y répond.")
    more: bool = Field(description="Vrai quand d'autres y répondent encore.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/parcours/cible")
def read(
    request: Request, permit: Anybody, answers: Answers, q: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """What is aimed at, and a search."""
    return _shown(request, permit, answers, q, {})


@router.post("/parcours/cible")
def choose(request: Request, permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Aim at something."""
    wanted = form.text("cible")
    try:
        target = aim(permit.library, wanted, today(permit))
    except OnlyNamed:
        errors = {
            "q": say(
                "Cette fiche est nommée par une passerelle, mais personne ne l'a lue : elle ne peut pas être visée."
            )
        }
        return _shown(request, permit, answers, form.text("q"), errors)
    except (UnknownReference, NotInForce, FileProblem, ValueError):
        errors = {"q": say("Choisissez une certification dans la liste : celle-ci n'est pas connue ici.")}
        return _shown(request, permit, answers, form.text("q"), errors)
    return go_on("/parcours/cible", permit, answers.model_copy(update={"target": target.ref}), "cible-choisie")


def _shown(request: Request, permit: Permit, answers: Journey, words: str, errors: dict[str, str]) -> Response:
    found: tuple[Choice, ...] = ()
    if words.strip():
        with permit.reading() as room:
            found = choices(room.search, permit.library, words, today(permit), _MOST + 1)
    aimed = _aimed(permit, answers)
    page = TargetPage(
        stages=stages(answers, TARGET, permit.library),
        aimed=aimed,
        lost=answers.target or "" if aimed is None else "",
        query=words,
        searched=bool(words.strip()),
        found=found[:_MOST],
        more=len(found) > _MOST,
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _aimed(permit: Permit, answers: Journey) -> Aimed | None:
    if answers.target is None:
        return None
    on, library = today(permit), permit.library
    try:
        target = aim(library, answers.target, on)
    except (UnknownReference, NotInForce, FileProblem, ValueError):
        return None
    version = target.version
    place = _gap(permit, answers)
    return Aimed(
        ref=target.ref,
        whole=version.key,
        name=name_of_target(target.ref, library),
        title=version.title,
        kind=label(version.kind),
        level=version.level,
        dates=window(version.valid),
        open="not_in_force" not in target.notices,
        parts=tuple(_part(part, place) for part in parts_of(version)),
        asks=any(block.known_competencies for block in target.blocks),
    )


def _gap(permit: Permit, answers: Journey) -> Gap | None:
    try:
        whole = (answers.target or "").partition("/")[0]
        return measured(answers.profile, whole, permit.library, today(permit))
    except ProfileProblem:
        return None


def _part(part: Part, place: Gap | None) -> AimedPart:
    block = next((one for one in place.blocks if one.ref == part.ref), None) if place else None
    state, told = (block.state.value, STATES[block.state]) if block else ("", "")
    return AimedPart(ref=part.ref, code=part.code, title=part.title, state=state, told=told)
