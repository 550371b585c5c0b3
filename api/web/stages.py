"""The stages of « Mon parcours » (*étapes*): where one is, what was answered at each, and where the answers lead next.

::

    1 ce que j'ai → 2 où je veux aller → 3 ce que je peux donner → 4 mon plan → 5 emporter

Every stage can be reached at any time; the bar says in a few words what each has been told so far.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from starlette.responses import Response

from api.deps import Permit
from api.problem import Problem
from api.web.journey import Journey, TooMuch, keep
from api.web.messages import go
from api.web.page import Page
from pathways.profile import CanGive, Holdings
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Block, Competency, Referential
from referentials.provenance import Value
from reports.impasse_wording import load
from reports.language import say, say_n

HELD, TARGET, GIVEN, PLAN, AWAY = "acquis", "cible", "possibilites", "plan", "emporter"

_ALL = (HELD, TARGET, GIVEN, PLAN, AWAY)


class Stage(Value):
    """One stage, as the bar shows it."""

    number: int = Field(description="Son rang.")
    key: str = Field(description="Son nom dans les adresses.")
    href: str = Field(description="Sa page.")
    told: str = Field(description="Ce qui y a été répondu, en quelques mots ; vide : rien.")
    current: bool = Field(description="Vrai pour l'étape de la page.")


class JourneyPage(Page):
    """A page of « Mon parcours »."""

    here: ClassVar[str] = "parcours"

    stages: tuple[Stage, ...] = Field(description="Les étapes, pour la barre du haut.")


def stages(journey: Journey, here: str, library: Library) -> tuple[Stage, ...]:
    """The stages, as somebody stands who looks at one of them."""
    told = {HELD: _held(journey)}
    told[TARGET] = name_of_target(journey.target, library) if journey.target else ""
    told[GIVEN] = given_in_words(journey.profile.can_give)
    return tuple(
        Stage(number=rank, key=key, href=f"/parcours/{key}", told=told.get(key, ""), current=key == here)
        for rank, key in enumerate(_ALL, 1)
    )


def _held(journey: Journey) -> str:
    profile = journey.profile
    invented = say("personne inventée") if profile.illustrative else ""
    return ", ".join(filter(None, (invented, held_in_words(profile.holds, len(profile.experience)))))


def held_in_words(holds: Holdings, jobs: int) -> str:
    """How much somebody has said to have."""
    parts = (
        say_n("{count} diplôme", "{count} diplômes", len(holds.qualifications)) if holds.qualifications else "",
        say_n("{count} bloc", "{count} blocs", len(holds.blocks)) if holds.blocks else "",
        say_n("{count} compétence", "{count} compétences", len(holds.competencies)) if holds.competencies else "",
        say_n("{count} expérience", "{count} expériences", jobs) if jobs else "",
    )
    return ", ".join(filter(None, parts))


def given_in_words(give: CanGive) -> str:
    """How much somebody can give, in a few words."""
    return load(give) or ("" if give == CanGive() else say("répondu"))


def name_of_target(ref: str, library: Library) -> str:
    """What a target is called; its reference when the library has it no more."""
    try:
        item = library.find(ref)
        whole = library.find(ref.partition("/")[0])
    except (UnknownReference, FileProblem, ValueError):
        return ref
    name = whole.name if isinstance(whole, Referential) else ref
    return f"{name}, {item.code}" if isinstance(item, Block | Competency) else name


def next_stage(journey: Journey) -> str:
    """The page of the first stage that is not answered."""
    profile = journey.profile
    if journey.target is None:
        return f"/parcours/{TARGET if profile.holds != Holdings() or profile.experience else HELD}"
    return f"/parcours/{GIVEN if profile.can_give == CanGive() else PLAN}"


def go_on(to: str, permit: Permit, journey: Journey, message: str = "") -> Response:
    """Keep the answers, and go to another page.

    Raises
    ------
    Problem
        They are more than a browser can keep.
    """
    answer = go(to, permit.services, message)
    try:
        keep(answer, permit.services, journey)
    except TooMuch:
        detail = say("Ce navigateur ne peut pas en garder autant : retirez des compétences ou des expériences.")
        raise Problem("too-large", detail) from None
    return answer
