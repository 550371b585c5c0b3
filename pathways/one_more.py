"""What one more module would open (*un module de plus*): for each hole of an offer, who and what it would lead to, counted by solving again.

The offer is given a made-up module for each hole, and these weigh so much that a best plan takes as few as possible: when it takes one,
that one is enough. It is then refused, and the question asked again, until one is no longer enough: so no single module is forgotten.
How long such a module would take is not known, and nothing is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from pathways.audience import NOBODY, REACHED, Audience
from pathways.clauses import holder
from pathways.coverage import coverage
from pathways.pathway import Pathway, StepKind
from pathways.planner import plan
from pathways.policy import PRUDENT, Policy
from pathways.profile import CanGive, Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from referentials.library import Library
from referentials.offer import Body, Module, ModuleHours, Offer
from referentials.provenance import Confidence, Value
from referentials.reference import parse_ref
from referentials.requirement import CompetencyAt

_ADDED = "un-module-de-plus"
_HEAVY = 100_000.0
"""Hours of a made-up module: more than everything else together."""
_MOST_QUESTIONS = 300


class Opening(Value):
    """What a module on one hole would open, all else being as it is."""

    hole: str = Field(description="La compétence, ou le bloc, qu'aucun module n'apporte.")
    publics: tuple[str, ...] = Field(
        (), description="Les publics qu'il mènerait à la cible ; vide dans la liste : sans diplôme."
    )
    blocks: tuple[str, ...] = Field((), description="Les blocs qu'il rendrait accessibles à qui n'a rien.")


class Needed(Value):
    """How many modules more somebody needs; empty: even a module on each hole would not be enough."""

    ref: str = Field(description="Le public, ou le bloc pour qui n'a rien.")
    count: int | None


class OneMore(Value):
    """The holes of an offer in front of a target, those that open most first."""

    target: str
    offer: str
    on: date
    holes: tuple[str, ...]
    openings: tuple[Opening, ...]
    publics: tuple[Needed, ...] = Field(description="Les publics qui n'y arrivent pas aujourd'hui.")
    blocks: tuple[Needed, ...] = Field(description="Les blocs que qui n'a rien n'atteint pas aujourd'hui.")
    complete: bool = Field(description="Faux quand toutes les questions n'ont pas pu être posées.")


def one_more(known: Audience, rights: Rights, *, seconds: float | None = None, policy: Policy = PRUDENT) -> OneMore:
    """What one more module would open of a target, hole by hole.

    Parameters
    ----------
    known : Audience
        The publics of one offer, as they stand today.
    seconds : float, optional
        For each question.
    """
    version, (offer,) = rights.library.target(known.target, known.on), known.offers
    holes = _holes(known, rights.library, offer)
    asking = _Asking(_extended(rights.library, offer, holes), known, offer, holes, seconds, policy)
    opened: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"publics": [], "blocks": []})
    left = sorted(one.start for one in known.publics if not one.is_led)
    publics = tuple(asking.told(left, version.key, opened, "publics"))
    parts = [f"{version.key}/{block.code}" for block in version.known_blocks]
    blocks = tuple(asking.told(parts, "", opened, "blocks"))
    openings = [
        Opening(hole=hole, publics=tuple(found["publics"]), blocks=tuple(found["blocks"]))
        for hole, found in opened.items()
    ]
    return OneMore(
        target=known.target,
        offer=offer,
        on=known.on,
        holes=holes,
        openings=tuple(sorted(openings, key=lambda one: (-len(one.publics), -len(one.blocks), one.hole))),
        publics=publics,
        blocks=blocks,
        complete=asking.left > 0,
    )


def _holes(known: Audience, library: Library, offer: str) -> tuple[str, ...]:
    """What no module brings, or none that can still be followed; then the blocks of which several competencies are missing."""
    lacks = (name for public in known.publics for name in public.lacks)
    named = (name.partition(":")[2] for name in lacks if name.startswith(("hole:", "no_module:")))
    found = (*coverage(library, (offer,), known.target, known.on).holes, *(ref for ref in named if "/" in ref))
    every = tuple(dict.fromkeys(found))
    blocks = [ref.rpartition("/")[0] for ref in every if ref.count("/") > 1]
    return tuple(dict.fromkeys((*every, *(block for block in blocks if blocks.count(block) > 1))))


def _extended(library: Library, offer: str, holes: tuple[str, ...]) -> Rights:
    """The library with that offer alone, its modules without weight, and a heavy one for each hole."""
    own = next(one for one in library.offers if one.id == offer)
    light = tuple(one.model_copy(update={"hours": ModuleHours(), "price": 0}) for one in own.modules)
    added = Offer(
        id=_ADDED,
        title=_ADDED,
        body=Body(name=_ADDED),
        modules=tuple(_module(rank, hole) for rank, hole in enumerate(holes)),
        confidence=Confidence.TO_CONFIRM,
    )
    lighter = own.model_copy(update={"modules": light})
    texts = (library.recognitions, library.correspondences, library.rules)
    return Rights(Library.of(*library, *texts[0], *texts[1], *texts[2], lighter, added))


def _module(rank: int, hole: str) -> Module:
    of_a_block = parse_ref(hole).competency is None
    return Module(
        id=f"m{rank}",
        title=hole,
        hours=ModuleHours(unspecified=_HEAVY),
        price=0,
        prepares=(hole,) if of_a_block else (),
        develops=() if of_a_block else (CompetencyAt(competency=hole),),
    )


class _Asking:
    """Questions asked again and again, a bounded number of times."""

    def __init__(
        self,
        rights: Rights,
        known: Audience,
        offer: str,
        holes: tuple[str, ...],
        seconds: float | None,
        policy: Policy,
    ) -> None:
        self.rights, self.on, self.offer, self.holes = rights, known.on, offer, holes
        self.seconds, self.policy, self.left = seconds, policy, _MOST_QUESTIONS

    def told(
        self, refs: Sequence[str], target: str, opened: dict[str, dict[str, list[str]]], where: str
    ) -> Iterator[Needed]:
        """How many modules each public needs (of a block: whoever holds nothing), and the holes of which one is enough."""
        for ref in refs:
            start, aimed = (ref, target) if target else (NOBODY, ref)
            count, alone = self._asked(start, aimed)
            for hole in alone:
                opened[hole][where].append(ref)
            if count != 0:
                yield Needed(ref=ref, count=count)

    def _asked(self, start: str, target: str) -> tuple[int | None, list[str]]:
        """The fewest holes to fill, and each hole that is enough by itself."""
        count: int | None = None
        alone: list[str] = []
        refused: tuple[str, ...] = ()
        while self.left > 0:
            self.left -= 1
            taken = self._taken(start, target, refused)
            if not refused:
                count = None if taken is None else len(taken)
            if taken is None or len(taken) != 1:
                break
            alone.append(self.holes[int(taken[0].rpartition(":m")[2])])
            refused = (*refused, taken[0])
        return count, alone

    def _taken(self, start: str, target: str, refused: tuple[str, ...]) -> tuple[str, ...] | None:
        """The made-up modules of a best plan; None when there is no plan."""
        person = holder(start, self.rights.library, self.on) if start else Profile(id="sans-diplome")
        able = person.model_copy(update={"can_give": CanGive(refused=refused)})
        offers = (self.offer, _ADDED)
        asked = Question(
            able, target, self.on, offers=offers, policy=self.policy, explain=False, time_limit=self.seconds
        )
        found: Pathway = plan(asked, self.rights, Limits(self.seconds))
        if found.status not in REACHED:
            return None
        modules = (step.ref for step in found.steps if step.kind is StepKind.MODULE)
        return tuple(ref for ref in modules if ref.startswith(f"{_ADDED}:"))
