"""Small worlds drawn from a seed: certifications, a framework with a scale, rights in circles, one offer, one person.

A world is consistent (every reference leads somewhere) and says everything a question needs. Hypothesis draws the seed and
the size; everything else follows, so that a failure is one line to repeat.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from pathways.objectives import Objective
from pathways.pathway import Pathway
from pathways.planner import plan
from pathways.policy import PRUDENT, Policy
from pathways.profile import CanGive, Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.offer import Module, Offer
from referentials.rights import Combination, Correspondence, Recognition, Rule

ON = date(2025, 6, 2)
"""A Monday."""

SOURCE = {"title": "Arrêté pour l'essai"}
EVIDENCE = ("certified", "certified", "assessed", "attested", "declared")
AIMS = (
    (Objective.HOURS,),
    (Objective.COST,),
    (Objective.MODULES,),
    (Objective.HOURS, Objective.COST),
    (Objective.COST, Objective.MODULES),
    (Objective.MODULES, Objective.COST),
)


@dataclass(frozen=True)
class World:
    """A question, and the library that it is asked to."""

    items: tuple[Any, ...]
    profile: Profile
    target: str = "a@1"
    on: date = ON
    minimise: tuple[Objective, ...] = (Objective.HOURS,)
    policy: Policy = PRUDENT

    @property
    def library(self) -> Library:
        return Library.of(*self.items)

    @property
    def offer(self) -> Offer:
        return next(item for item in self.items if isinstance(item, Offer))

    @property
    def recognitions(self) -> tuple[Recognition, ...]:
        return tuple(item for item in self.items if isinstance(item, Recognition))

    def question(self, **changes: Any) -> Question:
        asked = Question(self.profile, self.target, self.on, self.minimise, policy=self.policy, explain=False)
        return replace(asked, **changes)

    def answer(self, **changes: Any) -> Pathway:
        return plan(self.question(**changes), Rights(self.library))

    def giving(self, **changes: Any) -> World:
        give = CanGive.model_validate(self.profile.can_give.model_dump() | changes)
        return replace(self, profile=self.profile.model_copy(update={"can_give": give}))

    def holding(self, **lists: Sequence[Any]) -> World:
        """The same person, who holds more."""
        holds = self.profile.holds.model_dump()
        data = self.profile.model_dump() | {"holds": {key: (*holds[key], *lists.get(key, ())) for key in holds}}
        return replace(self, profile=Profile.model_validate(data))

    def offering(self, modules: Sequence[Module]) -> World:
        """The same world with other modules."""
        offer = self.offer.model_copy(update={"modules": tuple(modules)})
        return replace(self, items=tuple(offer if isinstance(item, Offer) else item for item in self.items))


def worlds(modules: int = 7, **fixed: Any) -> st.SearchStrategy[World]:
    """Worlds of at most so many modules."""
    return st.builds(lambda size, seed: drawn(seed, size, **fixed), st.integers(0, modules), st.integers(0, 10**9))


def drawn(seed: int, modules: int, **fixed: Any) -> World:
    """The world of a seed."""
    return _Drawing(random.Random(f"{seed}/{modules}"), modules).world(**fixed)


class _Drawing:
    def __init__(self, draw: random.Random, modules: int) -> None:
        self.draw, self.size = draw, modules
        self.module_names = tuple(f"m{index}" for index in range(modules))
        self.referentials: list[Referential] = []
        self.taught: list[str] = []

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def some(self, items: Sequence[Any], most: int, least: int = 0) -> tuple[Any, ...]:
        return tuple(self.draw.sample(items, min(len(items), self.draw.randint(least, most))))

    def world(self, **fixed: Any) -> World:
        self.shapes = {"a@1": self.draw.randint(1, 3)}
        if self.chance(0.8):
            self.shapes["b@1"] = self.draw.randint(1, 2)
        if "b@1" in self.shapes and self.chance(0.25):
            self.shapes["b@2"] = self.shapes["b@1"]
        self.framework = self.chance(0.5)
        self.blocks = [f"{key}/B{i + 1}" for key, count in self.shapes.items() for i in range(count)]
        self.competencies = [f"{ref}/C{i + 1}" for ref in self.blocks for i in range(self.draw.randint(1, 2))]
        self.levelled = ["f@1/1/1.1", "f@1/1/1.2"] if self.framework else []
        self.referentials = [self.certification(key) for key in self.shapes] + self.frameworks()
        rights = self.rights()
        items = [*self.referentials, *rights, *self.likenesses(), *self.rules(), self.offer()]
        made = World(
            items=tuple(items),
            profile=self.profile(),
            target=self.target(),
            minimise=self.draw.choice(AIMS),
            policy=self.policy(),
        )
        return replace(made, **fixed)

    def policy(self) -> Policy:
        acquired = {"certified", "assessed", *(["attested"] if self.chance(0.25) else [])}
        return Policy(acquired=acquired, chain_rights=not self.chance(0.2), count_likeness=self.chance(0.2))

    # -- what certifications require ------------------------------------------------------------------------------

    def certification(self, key: str) -> Referential:
        identifier, version = key.split("@")
        blocks = [self.block(ref) for ref in self.blocks if ref.startswith(key + "/")]
        first = blocks[0]
        if len(blocks) > 1 and self.chance(0.1):
            blocks[-1]["optional"] = True
        codes = [block["code"] for block in blocks if not block.get("optional")]
        award: Any = {"all_of": codes}
        if len(codes) > 1 and self.chance(0.2):
            award = {"at_least": self.draw.randint(1, len(codes)), "of": codes}
        elif self.chance(0.1):
            award = {"all_of": [*codes, self.requirement(1, own=key)]}
        data: dict[str, Any] = {
            "id": identifier,
            "version": version,
            "title": f"Titre {key}",
            "kind": Kind.TITRE_PROFESSIONNEL if identifier == "b" else Kind.CERTIFICATION_RNCP,
            "confidence": "secondary",
            "award": award,
            "blocks": blocks,
        }
        assert first
        if self.chance(0.15):
            data["final_assessment"] = {"hours": self.draw.choice((None, 1, 2)), "cost": self.draw.choice((None, 50))}
        if self.chance(0.25):
            data["entry"] = {"requirement": self.requirement(1, own=key), "known": self.chance(0.8)}
        if key == "b@1":
            data |= self.lapsing()
        return Referential.model_validate(data)

    def lapsing(self) -> dict[str, Any]:
        end = ON + timedelta(days=self.draw.choice((-800, -200, -30, 90, 3000)))
        found: dict[str, Any] = {"valid": {"from": "2015-01-01", "to": end}} if self.chance(0.5) else {}
        replaced = self.draw.choice(["b@2", "a@1"]) if "b@2" in self.shapes else "a@1"
        return found | ({"replaced_by": [replaced]} if self.chance(0.5) else {})

    def block(self, ref: str) -> dict[str, Any]:
        codes = [text.rpartition("/")[2] for text in self.competencies if text.startswith(ref + "/")]
        data: dict[str, Any] = {
            "code": ref.rpartition("/")[2],
            "competencies": [{"code": code, "requires": {"strict": self.learnt_before(ref, code)}} for code in codes],
            "assessment": {"hours": self.draw.choice((None, 0, 0, 1, 2)), "cost": self.draw.choice((None, 0, 30, 60))},
        }
        if self.chance(0.12):
            data |= {"competencies": None} if self.chance(0.5) else {"complete": False}
        if data["competencies"] is None:
            self.competencies = [text for text in self.competencies if not text.startswith(ref + "/")]
        self.taught += [f"{ref}/{code}" for code in codes if data["competencies"]]
        if self.chance(0.12):
            data["requires"] = self.requirement(1, own=ref)
        return data

    def learnt_before(self, ref: str, code: str) -> list[str]:
        """A strict prerequisite now and then: of an earlier block, or the first competency of the same one."""
        first = [] if code == "C1" else [f"{ref}/C1"]
        return (
            [self.any_version(self.draw.choice(first + self.taught))]
            if self.chance(0.15) and first + self.taught
            else []
        )

    def frameworks(self) -> list[Referential]:
        if not self.framework:
            return []
        block = {"code": "1", "competencies": [{"code": "1.1"}, {"code": "1.2"}]}
        data = {
            "id": "f",
            "version": "1",
            "title": "Cadre",
            "kind": Kind.CADRE_DE_COMPETENCES,
            "confidence": "secondary",
        }
        scale = {"levels": [{"rank": rank} for rank in (1, 2, 3)]}
        return [Referential.model_validate(data | {"blocks": [block], "scale": scale})]

    # -- requirements ---------------------------------------------------------------------------------------------

    def leaf(self, own: str) -> Any:
        """Something asked, that is no part of what asks for it."""
        foreign = [ref for ref in self.blocks if not ref.startswith(own)]
        kinds = ["block"] * 4 + ["whole", "competency", "competency", "module", "condition", "experience", "level"]
        kind = self.draw.choice(kinds)
        if kind == "level" and self.levelled:
            return {"competency": self.draw.choice(self.levelled), "level": self.draw.randint(1, 3)}
        if kind == "module" and self.module_names and not own.startswith(("a@", "b@")):
            return f"o:{self.draw.choice(self.module_names)}"
        if kind == "condition":
            return {"condition": self.draw.choice(("file-one", "file-two")), "text": "Une condition."}
        if kind == "experience":
            return {"experience": {"months": self.draw.choice((6, 24)), "rome": ["K1206"]}}
        if kind == "competency" and (found := [ref for ref in self.competencies if not ref.startswith(own)]):
            return self.draw.choice(found)
        if kind == "whole" and (wholes := [key for key in self.shapes if key != own.partition("/")[0]]):
            return self.any_version(self.draw.choice(wholes))
        if not foreign:
            return {"condition": "file-one", "text": "Une condition."}
        return self.any_version(self.draw.choice(foreign))

    def any_version(self, ref: str) -> str:
        whole, slash, rest = ref.partition("/")
        return whole.partition("@")[0] + slash + rest if self.chance(0.15) else ref

    def requirement(self, depth: int, own: str = "-") -> Any:
        if depth == 0 or self.chance(0.5):
            return self.leaf(own)
        parts = [self.requirement(depth - 1, own) for _ in range(self.draw.randint(2, 3))]
        node = self.draw.choice(("all_of", "any_of", "at_least"))
        return {"at_least": 2, "of": parts} if node == "at_least" else {node: parts}

    # -- rights ---------------------------------------------------------------------------------------------------

    def rights(self) -> list[Recognition]:
        found = [self.right(index) for index in range(self.draw.choice((0, 1, 2, 3, 4, 5)))]
        if found and self.chance(0.3):  # a circle: what the first one grants gives back what it asks for
            first = found[0]
            asked = self.draw.choice(self.blocks)
            circle = {"given": {"all_of": list(first.grants)}, "grants": [asked], "effect": "award"}
            found.append(self.recognition("circle", circle))
        return found

    def right(self, index: int) -> Recognition:
        kind = self.draw.choice(("award",) * 6 + ("exempt",) * 3 + ("reduce",) * 2 + ("prepare", "none"))
        wholes = list(self.shapes)
        grants = self.some(self.blocks, 2, 1) if self.chance(0.8) else (self.draw.choice(wholes),)
        data: dict[str, Any] = {"given": self.requirement(1), "grants": grants, "effect": kind}
        if kind == "exempt":
            data["waives"] = waived = self.draw.choice(("assessment", "training", "entry"))
            data |= {"grants": (self.draw.choice(wholes),)} if waived == "entry" else {}
            data |= {"part": "une épreuve"} if self.chance(0.1) else {}
        if kind == "reduce":
            by: dict[str, Any] = {"hours": 7} if self.chance(0.5) else {"fraction": 0.5}
            data["by"] = by | ({"at_most": True} if self.chance(0.2) else {})
        if self.chance(0.1):
            data["discretionary"] = True
        return self.recognition(f"r{index}", data)

    def recognition(self, identifier: str, data: dict[str, Any]) -> Recognition:
        day = timedelta(days=1)
        windows = [{}] * 5 + [{"from": ON}, {"to": ON}, {"to": ON - day}, {"from": ON + day}, {"seen": ON + 9 * day}]
        in_force = self.draw.choice(windows)
        return Recognition.model_validate(
            {"id": identifier, "in_force": in_force, "source": SOURCE, "confidence": "secondary"} | data
        )

    def likenesses(self) -> list[Correspondence]:
        if len(self.competencies) < 2:
            return []
        found = []
        for index in range(self.draw.choice((0, 0, 1, 2))):
            one, other = self.draw.sample(self.competencies, 2)
            data = {"id": f"l{index}", "from": one, "to": other, "author": "Une équipe"}
            data["relation"] = self.draw.choice(("exact", "exact", "exact", "close"))
            data["state"] = self.draw.choice(("validated", "validated", "suggested"))
            found.append(Correspondence.model_validate(data))
        return found

    def rules(self) -> list[Rule]:
        found = []
        if self.chance(0.5):
            found.append(self.rule("keeps", Combination(keeps_blocks=False)))
        if self.chance(0.3):
            found.append(self.rule("grace", Combination(grace_months=12)))
        if self.chance(0.15):
            found.append(self.rule("interview", Combination(final_assessment=True), self.draw.choice(("a", "b"))))
        if self.chance(0.3):
            found.append(self.rule("cap", Combination(reduction_cap=0.25), "a", "b"))
        return found

    def rule(self, identifier: str, combination: Combination, *applies_to: str) -> Rule:
        about = applies_to or ("titre-professionnel",)
        data = {"id": identifier, "kind": "combination", "text": "Une règle.", "applies_to": about}
        rest = {"in_force": {}, "source": SOURCE, "confidence": "secondary", "combination": combination}
        return Rule.model_validate(data | rest)

    # -- offer and person -----------------------------------------------------------------------------------------

    def offer(self) -> Offer:
        modules = [self.module(index) for index in range(self.size)]
        return Offer.model_validate(
            {
                "id": "o",
                "title": "Offre",
                "body": {"name": "Un organisme"},
                "confidence": "secondary",
                "modules": modules,
            }
        )

    def module(self, index: int) -> dict[str, Any]:
        wanted = [ref for ref in self.competencies if ref.startswith("a@")] or self.competencies
        develops: list[Any] = list(self.some(wanted if self.chance(0.7) else self.competencies or wanted, 2))
        if self.levelled and self.chance(0.3):
            develops.append({"competency": self.draw.choice(self.levelled), "level": self.draw.randint(1, 3)})
        data: dict[str, Any] = {
            "id": self.module_names[index],
            "title": f"Module {index}",
            "hours": None
            if self.chance(0.04)
            else {self.draw.choice(("onsite", "remote")): self.draw.choice((7, 14, 21, 35))},
            "price": None if self.chance(0.04) else self.draw.choice((0, 100, 250, 400)),
            "develops": develops,
            "prepares": self.some(self.blocks, 2, 1) if self.chance(0.35) or not develops else (),
        }
        if self.chance(0.35):
            data["requires"] = self.requires(index)
        if self.chance(0.2):
            data["includes_assessment"] = data["prepares"] or self.some(self.blocks, 1, 1)
        return data

    def requires(self, index: int) -> Any:
        if index and self.chance(0.5):
            before = [f"o:m{one}" for one in self.some(range(index), 2, 1)]
            return {"any_of": before} if self.chance(0.3) else {"all_of": before}
        return self.requirement(1)

    def profile(self) -> Profile:
        wholes = [key for key in self.shapes if key != "a@1"]
        known = [*self.competencies, *self.levelled]
        holds = {
            "blocks": [self.held(ref) for ref in self.some(self.blocks, 2)],
            "qualifications": [self.held(ref) for ref in wholes if self.chance(0.15)],
            "competencies": [self.reached(ref) for ref in self.some(known, 3)],
            "modules": [f"o:{name}" for name in self.some(self.module_names, 1)] if self.chance(0.2) else [],
        }
        jobs = [{"months": self.draw.choice((3, 12, 36)), "rome": "K1206"}] if self.chance(0.5) else []
        confirms = self.some(("file-one", "file-two"), 2) if self.chance(0.4) else ()
        give = self.can_give()
        return Profile.model_validate({"holds": holds, "experience": jobs, "confirms": confirms, "can_give": give})

    def held(self, ref: str) -> dict[str, Any]:
        on = self.draw.choice((None, None, None, ON - timedelta(days=400), ON + timedelta(days=40)))
        return {"ref": ref, "evidence": self.draw.choice(EVIDENCE), "on": on}

    def reached(self, ref: str) -> dict[str, Any]:
        level = self.draw.randint(1, 3) if ref in self.levelled else None
        return {"ref": ref, "level": level, "evidence": self.draw.choice(EVIDENCE)}

    def can_give(self) -> dict[str, Any]:
        give: dict[str, Any] = {}
        if self.chance(0.2):
            give["budget"] = self.draw.choice((0, 130, 400, 900))
        if self.chance(0.2):
            give["hours"] = self.draw.choice((0, 14, 30, 60))
        if self.chance(0.25):
            give["vae"] = {"hours": self.draw.choice((5, 24)), "cost": self.draw.choice((0, 80))}
        if self.chance(0.1):
            give["modalities"] = ("remote",)
        modules = [f"o:{name}" for name in self.module_names]
        if modules and self.chance(0.1):
            give["refused"] = self.some(modules, 2)
        if modules and self.chance(0.1):
            give["imposed"] = self.some(modules, 1)
        return give

    def target(self) -> str:
        others = [*(["f@1", "f@1/1/1.1"] if self.framework else []), *(["b@1"] if "b@1" in self.shapes else [])]
        choices = ["a@1"] * 6 + ["a", "a@1/B1", *others]
        return str(self.draw.choice(choices))
