"""A budget that does not pay for everybody: people × modules, each criterion, decided exactly

Each person holds some blocks of a generated title of five and knows some competencies; modules overlap in what they develop, and half of
the people give hours a week. The budget is half of what everybody's title takes. Times are of this process; *plans* is the exact price of
every number of blocks for everybody, *decision* the choice between people with its fronts, every plan verified and recounted.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date
from time import process_time

from pathways.group.budget import Criterion, Member, decide
from pathways.group.budget_check import recount
from pathways.group.budget_ways import Reaches
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

ON = date(2026, 11, 23)
BLOCKS, COMPETENCIES, MODULES = 5, 6, 40
SIZES = (60, 120, 250)
HEADINGS = ("people", "modules", "distinct", "plans s", "criterion", "complete", "blocks", "decision s", "proved")
SERVICES = ("accueil", "atelier", "bureau", "cuisine", None)


def library(modules: int = MODULES) -> Library:
    """A title, and an offer that leads to all of it."""
    draw = random.Random(4)
    refs = [f"t@1/B{block}/C{code}" for block in range(BLOCKS) for code in range(COMPETENCIES)]
    return Library.of(_title(), _offer(draw, refs, modules))


def _title() -> Referential:
    blocks = [
        {"code": f"B{number}", "competencies": [{"code": f"C{code}"} for code in range(COMPETENCIES)]}
        | {"assessment": {"hours": 2, "cost": 60}}
        for number in range(BLOCKS)
    ]
    values = {"id": "t", "version": "1", "title": "Titre inventé", "kind": "titre-professionnel", "blocks": blocks}
    award = {"all_of": [one["code"] for one in blocks]}
    return Referential.model_validate(values | {"confidence": "to_confirm", "award": award, "entry": {"known": True}})


def _offer(draw: random.Random, refs: list[str], modules: int) -> Offer:
    develops = [[ref] for ref in refs]
    for some in develops:
        some += draw.sample(refs, draw.randint(0, 3))
    develops += [draw.sample(refs, draw.randint(2, 5)) for _ in range(modules - len(refs))]
    made = [
        {
            "id": f"m{number}",
            "title": f"Module {number}",
            "hours": {"remote": draw.randint(4, 30)},
            "price": draw.randint(50, 900),
            "develops": sorted(set(some)),
        }
        for number, some in enumerate(develops)
    ]
    values = {"id": "o", "title": "Offre inventée", "body": {"name": "Organisme inventé"}, "modules": made}
    return Offer.model_validate(values | {"confidence": "to_confirm", "illustrative": True})


def people(count: int) -> Iterator[tuple[Profile, str | None]]:
    """People who hold some blocks and know some competencies, each of a service or of none."""
    draw = random.Random(5)
    refs = [f"t@1/B{block}/C{code}" for block in range(BLOCKS) for code in range(COMPETENCIES)]
    for number in range(count):
        held = [{"ref": f"t@1/B{block}"} for block in range(BLOCKS) if draw.random() < 0.25]
        known = [{"ref": ref, "evidence": "assessed"} for ref in refs if draw.random() < 0.3]
        give = draw.choice(({}, {"weekly_hours": draw.choice((5, 7, 10))}))
        values = {"id": f"p{number:03}", "holds": {"blocks": held, "competencies": known}, "can_give": give}
        yield Profile.model_validate(values), draw.choice(SERVICES)


def measured(count: int) -> Iterator[tuple[str, ...]]:
    """A row for each criterion."""
    reaches = Reaches(Rights(library()), Question(Profile(), "t@1", ON, explain=False))
    began = process_time()
    limits = Limits(10)
    members = [Member(one.id, service, "t@1", reaches.of(one, limits)) for one, service in people(count)]
    plans = process_time() - began
    limit = sum(one.reach.title.spent or 0 for one in members if one.reach and one.reach.title) // 2
    for criterion in Criterion:
        began = process_time()
        found = decide(members, limit, criterion, front=True)
        assert recount(found, members) == []
        spent = process_time() - began
        figures = (str(found.reached.titles), str(found.reached.blocks), f"{spent:.1f}")
        shown = (str(count), str(MODULES), str(len(reaches.found)), f"{plans:.1f}", criterion.value, *figures)
        yield (*shown, "yes" if found.proved else f"no: {found.bound}")


def main(*sizes: int) -> None:
    """Measure and print."""
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}")
    for count in sizes or SIZES:
        for row in measured(count):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
