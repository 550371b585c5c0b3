"""Many people towards one target, people with one problem sharing one answer, against a loop of single plans in the same run.

python -m benchmarks.bench_cohort                 everything
python -m benchmarks.bench_cohort 2000 500        so many people on the shipped library, so many on the generated offer

The first part asks the shipped library, made-up modules included, for people who hold up to two qualifications and two blocks of its own
and give 4 or 7 hours a week or do not say. The second asks a generated certification of 5 blocks and 50 competencies, with an offer of 500
modules, for people who hold one to four blocks. Holdings are drawn from a seed, the common ones more often. Times are processor times. The
loop of single plans is timed on some of the people, and each of these must have the same answer as in the cohort.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from time import process_time
from typing import Any, NamedTuple

from pathways.cohort_plans import Cohort
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

ON = date(2026, 11, 21)
PEOPLE, FEWER, SAMPLE = 100_000, 10_000, 1_000
BLOCKS, COMPETENCIES, MODULES = 5, 10, 500
HEADINGS = ("people", "modules", "distinct", "proved", "people/s", "single plans/s", "times faster", "memory")


class Case(NamedTuple):
    """A library, a target, and the people who ask for it."""

    library: Library
    target: str
    people: list[Profile]


def shipped(count: int) -> Case:
    """People in front of a shipped certification."""
    library, draw = Library.read(), random.Random(1)
    held = sorted(version.key for version in library if version.known_blocks and not version.scale)
    blocks = [f"{key}/{block.code}" for key in held for block in library.get(*key.split("@")).known_blocks]
    draw.shuffle(held)
    draw.shuffle(blocks)

    def one(number: int) -> Profile:
        return Profile.model_validate(
            {
                "id": f"p{number}",
                "holds": {
                    "qualifications": [{"ref": ref} for ref in _common(draw, held, 2)],
                    "blocks": [{"ref": ref} for ref in _common(draw, blocks, 2)],
                },
                "can_give": {"weekly_hours": hours} if (hours := draw.choice((None, 4, 7))) else {},
            }
        )

    return Case(library, "tp-fpa@2023", [one(number) for number in range(count)])


def generated(count: int) -> Case:
    """People in front of a generated certification, with many modules."""
    draw = random.Random(2)
    refs = [f"t@1/B{block}/C{code}" for block in range(BLOCKS) for code in range(COMPETENCIES)]
    library = Library.of(_target(), _offer(draw, refs))
    blocks = [f"t@1/B{block}" for block in range(BLOCKS)]

    def one(number: int) -> Profile:
        holds = [{"ref": ref} for ref in draw.sample(blocks, draw.randint(1, 4))]
        known = [{"ref": ref, "evidence": "assessed"} for ref in _common(draw, refs, 2)]
        return Profile.model_validate({"id": f"p{number}", "holds": {"blocks": holds, "competencies": known}})

    return Case(library, "t@1", [one(number) for number in range(count)])


def _common(draw: random.Random, items: list[str], most: int) -> list[str]:
    """A few items, the first ones of the list much more often."""
    ranks = {min(int(draw.expovariate(0.8)), len(items) - 1) for _ in range(draw.randint(0, most))}
    return [items[rank] for rank in sorted(ranks)]


def _target() -> Referential:
    blocks = [
        {"code": f"B{b}", "title": f"Bloc {b}", "competencies": [{"code": f"C{c}"} for c in range(COMPETENCIES)]}
        | {"assessment": {"hours": 1, "cost": 0}}
        for b in range(BLOCKS)
    ]
    award = {"all_of": [block["code"] for block in blocks]}
    values: dict[str, Any] = {"id": "t", "version": "1", "title": "Titre inventé", "kind": "titre-professionnel"}
    return Referential(**values, confidence="to_confirm", award=award, blocks=blocks, entry={"known": True})


def _offer(draw: random.Random, refs: list[str]) -> Offer:
    modules = [
        {
            "id": f"m{number}",
            "title": f"Module {number}",
            "hours": {"onsite": draw.randint(4, 40)},
            "price": draw.randint(50, 900),
            "develops": draw.sample(refs, draw.randint(1, 4)),
        }
        | ({"requires": f"o:m{draw.randrange(number)}"} if number > 50 and draw.random() < 0.2 else {})
        for number in range(MODULES)
    ]
    return Offer.model_validate(
        {"id": "o", "title": "Offre inventée", "body": {"name": "Organisme inventé"}, "modules": modules}
        | {"confidence": "to_confirm", "illustrative": True}
    )


def measured(case: Case, sample: int) -> tuple[str, ...]:
    """A row of the table.

    Raises
    ------
    AssertionError
        Somebody has another answer alone.
    """
    rights = Rights(case.library)
    question = Question(Profile(), case.target, ON, explain=False)
    plan(replace(question, profile=case.people[0]), rights)
    cohort = Cohort(rights, question)
    began = process_time()
    answers = [cohort.line(profile).answer for profile in case.people]
    together = process_time() - began
    asked = random.Random(3).sample(range(len(case.people)), min(sample, len(case.people)))
    began = process_time()
    alone = [plan(replace(question, profile=case.people[rank]), rights) for rank in asked]
    single = (process_time() - began) / len(asked)
    for rank, found in zip(asked, alone, strict=True):
        shared = answers[rank]
        assert shared is not None
        assert (shared.status, shared.totals, shared.objective) == (found.status, found.totals, found.objective)
    proved = sum(answer is not None and all(one.proved for one in answer.objective) for answer in answers)
    return tuple(_told(case, cohort, proved, len(case.people) / together, 1 / single))


def _told(case: Case, cohort: Cohort, proved: int, together: float, alone: float) -> Iterator[str]:
    yield f"{len(case.people):,}"
    yield str(len(case.library.modules))
    yield f"{len(cohort.answers):,}"
    yield f"{proved / len(case.people):.1%}"
    yield f"{together:,.0f}"
    yield f"{alone:.1f}"
    yield f"{together / alone:,.0f}"
    yield f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def main(people: int = PEOPLE, fewer: int = FEWER) -> None:
    """Measure and print."""
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}")
    for case in (shipped(people), generated(fewer)):
        print(f"| {' | '.join(measured(case, SAMPLE if people == PEOPLE else 50))} |", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
