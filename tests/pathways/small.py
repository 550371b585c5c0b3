"""Small certifications, rights, offers and people, in one line each, for tests that are read."""

from __future__ import annotations

from datetime import date
from typing import Any

from pathways.gap import Positioning, position
from pathways.objectives import Objective
from pathways.pathway import Pathway
from pathways.planner import plan
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Closure, Rights
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.offer import Offer
from referentials.rights import Correspondence, Recognition, Rule

MONDAY = date(2025, 6, 2)
SOURCE = {"title": "Arrêté pour l'essai"}


def certification(key: str, *blocks: Any, **fields: Any) -> Referential:
    """A certification: ``certification("a@1", "B1 C1 C2", "B2")``, whose award asks for every block; ``B2`` has holes."""
    identifier, _at, version = key.partition("@")
    made = [_block(one) for one in blocks]
    data = {"id": identifier, "version": version, "title": key, "confidence": "secondary", "blocks": made}
    award = {"all_of": [one["code"] for one in made if not one.get("optional")]} if made else None
    return Referential.model_validate(data | {"kind": Kind.CERTIFICATION_RNCP, "award": award} | fields)


def _block(text: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(text, dict):
        return text
    code, *competencies = text.split()
    known = [{"code": one} for one in competencies] or None
    return {"code": code, "competencies": known, "assessment": {"hours": 0, "cost": 0}}


def block(text: str, hours: float | None = 0, cost: float | None = 0, **fields: Any) -> dict[str, Any]:
    """A block with its assessment."""
    return _block(text) | {"assessment": {"hours": hours, "cost": cost}} | fields


def framework(key: str, *competencies: str, ranks: tuple[int, ...] = (1, 2, 3)) -> Referential:
    """A framework of one block ``1``, with a scale."""
    scale = {"levels": [{"rank": rank} for rank in ranks]}
    return certification(key, " ".join(("1", *competencies)), kind=Kind.CADRE_DE_COMPETENCES, award=None, scale=scale)


def right(identifier: str, given: Any, *grants: str, effect: str = "award", **fields: Any) -> Recognition:
    """A recognition, in force without dates unless told otherwise."""
    data = {"id": identifier, "given": given, "grants": grants, "effect": effect, "in_force": {}, "source": SOURCE}
    return Recognition.model_validate(data | {"confidence": "secondary"} | fields)


def likeness(one: str, other: str, **fields: Any) -> Correspondence:
    """A validated exact correspondence."""
    data = {
        "id": "likeness",
        "from": one,
        "to": other,
        "relation": "exact",
        "state": "validated",
        "author": "Une équipe",
    }
    return Correspondence.model_validate(data | fields)


def rule(identifier: str, *applies_to: str, **combination: Any) -> Rule:
    """A rule of combination."""
    data = {"id": identifier, "kind": "combination", "applies_to": applies_to, "text": "Une règle.", "in_force": {}}
    return Rule.model_validate(data | {"combination": combination, "source": SOURCE, "confidence": "secondary"})


def module(identifier: str, *develops: Any, hours: float | None = 7, price: float | None = 100, **fields: Any) -> Any:
    """A module followed remotely, as the data of an offer."""
    data = {"id": identifier, "title": identifier, "price": price, "develops": develops}
    return data | {"hours": None if hours is None else {"remote": hours}} | fields


def offer(*modules: Any, identifier: str = "o", **fields: Any) -> Offer:
    """An offer."""
    data = {"id": identifier, "title": "Offre", "body": {"name": "Organisme"}, "confidence": "secondary"}
    return Offer.model_validate(data | {"modules": modules} | fields)


def person(*blocks: Any, **fields: Any) -> Profile:
    """A person who holds these blocks; the other fields are those of a profile, or of what is held."""
    holds: dict[str, Any] = {"blocks": [{"ref": one} if isinstance(one, str) else one for one in blocks]}
    for name in ("qualifications", "competencies", "modules"):
        items = fields.pop(name, ())
        as_items = name != "modules"
        proven = {"evidence": "assessed"} if name == "competencies" else {}
        holds[name] = [{"ref": one} | proven if as_items and isinstance(one, str) else one for one in items]
    return Profile.model_validate({"holds": holds} | fields)


def question(profile: Profile | None = None, target: str = "a@1", on: date = MONDAY, **asked: Any) -> Question:
    """A question; without explanations unless asked."""
    minimise = tuple(Objective(one) for one in asked.pop("minimise", ("hours",)))
    return Question(profile or Profile(), target, on, minimise, **({"explain": False} | asked))


def answer(*items: Any, **asked: Any) -> Pathway:
    """The pathway for a person."""
    return plan(question(**asked), Rights(Library.of(*items)))


def placed(
    *items: Any, profile: Profile | None = None, target: str = "a@1", on: date = MONDAY, policy: Policy = PRUDENT
) -> Positioning:
    """The positioning of a person."""
    return position(profile or Profile(), target, Rights(Library.of(*items)), on, policy)


def closure(*items: Any, held: Any, on: date = MONDAY, policy: Policy = PRUDENT) -> Closure:
    """What follows from facts."""
    return Rights(Library.of(*items)).close(held, on, policy)


def steps(pathway: Pathway) -> list[str]:
    """Each step, in a word."""
    return [f"{step.kind.value} {step.ref}" for step in pathway.steps]
