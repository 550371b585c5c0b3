"""Small libraries made in memory, and made-up ones drawn from a seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from referentials.library import Library
from referentials.loader import REFERENTIAL
from referentials.model import Referential
from referentials.offer import Offer
from referentials.rights import Correspondence, Recognition, Rule

TEXT = {"source": {"title": "Texte d'essai"}, "confidence": "official"}

PARTS_LAPSE = Rule.model_validate(
    TEXT
    | {
        "id": "ccp",
        "kind": "combination",
        "applies_to": ["titre-professionnel"],
        "text": "Les CCP cessent avec le titre.",
    }
    | {"combination": {"keeps_blocks": False}, "in_force": {}}
)
"""The rule by which the parts of a closed titre stop counting."""


def library(
    *referentials: dict[str, Any],
    recognitions: tuple[dict[str, Any], ...] = (),
    offers: tuple[dict[str, Any], ...] = (),
    correspondences: tuple[dict[str, Any], ...] = (),
) -> Library:
    """A library of these items and nothing else."""
    versions = [Referential.model_validate(one) for one in referentials]
    made = Library((Path(one.id) / f"{one.version}.yaml", REFERENTIAL) for one in versions)
    for version in versions:
        made.put(version)
    rights = (Recognition.model_validate(TEXT | {"in_force": {}} | one) for one in recognitions)
    made.recognitions = tuple(sorted(rights, key=lambda one: one.id))
    made.offers = tuple(sorted((offer(one) for one in offers), key=lambda one: one.id))
    made.correspondences = tuple(Correspondence.model_validate(one) for one in correspondences)
    return made


def offer(data: dict[str, Any]) -> Offer:
    """An offer, with what every offer must say."""
    return Offer.model_validate({"title": data["id"], "body": {"name": data["id"]}, "confidence": "official"} | data)


def title(name: str, version: str = "1", **more: Any) -> dict[str, Any]:
    """A titre of two blocks, A with competencies A1 and A2, B with B1."""
    blocks = [
        {"code": "A", "competencies": [{"code": "A1"}, {"code": "A2"}]},
        {"code": "B", "competencies": [{"code": "B1"}]},
    ]
    plain = {"title": name, "kind": "titre-professionnel", "confidence": "official", "award": {"all_of": ["A", "B"]}}
    return {"id": name, "version": version, "blocks": blocks} | plain | more


def framework(name: str, levels: int = 3) -> dict[str, Any]:
    """A framework of one domain and two competencies, with a scale."""
    return {
        "id": name,
        "version": "1",
        "title": name,
        "kind": "cadre-de-competences",
        "confidence": "official",
        "scale": {"levels": [{"rank": rank} for rank in range(1, levels + 1)]},
        "blocks": [{"code": "1", "competencies": [{"code": "1.1"}, {"code": "1.2"}]}],
    }


# -- drawn from a seed ------------------------------------------------------------------------------------------------


def drawn(seed: int) -> tuple[Library, dict[str, Any]]:
    """A library of every shape (holes, frameworks, closed titles, entries, rights in cycles), and a profile."""
    draw = random.Random(seed)
    referentials = [_referential(draw, number) for number in range(draw.randint(1, 6))]
    made = library(*referentials)
    items = [ref for version in made for ref in _refs(version)]
    recognitions = tuple(_recognition(draw, number, items) for number in range(draw.randint(0, 8)))
    with_rights = library(*referentials, recognitions=recognitions, correspondences=_alike(draw, made))
    with_rights.rules = draw.choice(((), (PARTS_LAPSE,)))
    return with_rights, _profile(draw, made)


def _referential(draw: random.Random, number: int) -> dict[str, Any]:
    blocks: list[dict[str, Any]] | None = [
        {
            "code": f"B{b}",
            "competencies": draw.choice((None, [{"code": f"C{c}"} for c in range(draw.randint(0, 3))])),
            "complete": draw.random() < 0.8,
            "optional": draw.random() < 0.1,
        }
        for b in range(draw.randint(0, 4))
    ]
    kind = draw.choice(("titre-professionnel", "diplome-jeps", "cadre-de-competences"))
    if draw.random() < 0.1:
        blocks = None
    award = {"all_of": [block["code"] for block in blocks]} if blocks and draw.random() < 0.7 else None
    return {
        "id": f"t{number}",
        "version": "1",
        "title": f"Titre {number}",
        "kind": kind,
        "confidence": "official",
        "blocks": blocks,
        "award": award,
        "scale": {"levels": [{"rank": 1}, {"rank": 2}]} if kind == "cadre-de-competences" else None,
        "valid": {"from": "2010-01-01", "to": draw.choice((None, None, "2015-01-01"))},
        "entry": draw.choice((None, {"requirement": _asked(draw)}, {"known": False}, {})),
    }


def _asked(draw: random.Random) -> Any:
    return draw.choice(
        (
            {"experience": {"months": 6, "field": "animation"}},
            {"condition": "permis", "text": "Avoir le permis."},
            {"any_of": ["t0", {"experience": {"months": 12}}]},
        )
    )


def _refs(version: Referential) -> list[str]:
    blocks = [f"{version.key}/{block.code}" for block in version.known_blocks]
    return [version.key, *blocks, *(name for name, _one in version.competencies())]


def _recognition(draw: random.Random, number: int, items: list[str]) -> dict[str, Any]:
    some = draw.sample(items, min(len(items), draw.randint(1, 3)))
    given: Any = some[0] if len(some) == 1 else draw.choice(({"all_of": some}, {"any_of": some}))
    if draw.random() < 0.2:
        given = {"all_of": [given, draw.choice(({"condition": "dossier", "text": "Sur dossier."}, _asked(draw)))]}
    effect = draw.choice(("award", "award", "award", "reduce", "exempt", "expected", "none", "prepare"))
    return {
        "id": f"r{number}",
        "given": given,
        "grants": draw.sample(items, min(len(items), draw.randint(1, 2))),
        "effect": effect,
        "waives": draw.choice(("entry", "assessment")) if effect == "exempt" else None,
        "discretionary": draw.random() < 0.2,
        "in_force": {"from": draw.choice(("2010-01-01", "2010-01-01", "2030-01-01")), "to": None},
    }


def _alike(draw: random.Random, made: Library) -> tuple[dict[str, Any], ...]:
    names = [name for version in made for name, _one in version.competencies()]
    if len(names) < 2:
        return ()
    one, other = draw.sample(names, 2)
    return ({"id": "l1", "from": one, "to": other, "relation": "exact", "author": "essai", "state": "validated"},)


def _profile(draw: random.Random, made: Library) -> dict[str, Any]:
    evidence = ("certified", "assessed", "attested", "declared")
    wholes = [version.key for version in made]
    blocks = [f"{version.key}/{block.code}" for version in made for block in version.known_blocks]
    competencies = [
        ({"ref": name, "level": draw.choice((None, 1, 2))} if version.scale else {"ref": name})
        for version in made
        for name, _one in version.competencies()
    ]

    def some(items: list[Any], share: float) -> list[Any]:
        return [item for item in items if draw.random() < share]

    return {
        "holds": {
            "qualifications": [{"ref": ref, "evidence": draw.choice(evidence)} for ref in some(wholes, 0.15)],
            "blocks": [{"ref": ref, "evidence": draw.choice(evidence)} for ref in some(blocks, 0.2)],
            "competencies": [one | {"evidence": draw.choice(evidence)} for one in some(competencies, 0.3)],
        },
        "experience": draw.choice(([], [{"months": 8, "field": "animation"}], [{"months": 24}])),
        "confirms": draw.choice(([], ["permis"], ["dossier"])),
    }
