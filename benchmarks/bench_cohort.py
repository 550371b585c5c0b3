"""Many people towards one target, people with one problem sharing one answer, against a loop of single plans in the same run.

python -m benchmarks.bench_cohort                    everything, ten minutes or more
python -m benchmarks.bench_cohort shipped 2000 50    one case: so many people, so many of them compared with their plan alone

shipped     the shipped library, an offer of 50 modules made up for tp-fpa, people who hold up to two qualifications and two blocks and give
            4 or 7 hours a week or do not say
generated   a generated certification of 5 blocks and 50 competencies, an offer of 500 modules, people who hold one to four blocks
gaps        the people of the first case, where they stand alone, without any plan

Holdings are drawn from a seed, the common ones more often. Times are processor times of one process; those of plans begin with the values of
profiles as they come out of a file, those of positions with the profiles. The loop of single plans, or of single positions, is timed on some of the people; each of these must have the same answer as in the cohort.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from api.services.cohort import asked_for_all
from api.services.cohort_people import Asking
from pathways import cohort
from pathways.cohort_plans import Cohort
from pathways.gap import position
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

ON = date(2026, 11, 21)
BLOCKS, COMPETENCIES, MODULES = 5, 10, 500
FEW_MODULES = 50
CASES = {"shipped": (100_000, 1_000), "generated": (10_000, 1_000), "gaps": (1_000_000, 1_000)}
"""How many people, and how many of them are compared with their answer alone."""

HEADINGS = ("case", "people", "modules", "distinct", "proved", "people/s", "alone/s", "times faster", "memory")


class Case(NamedTuple):
    """A library, a target, and the people who ask for it, the same each time."""

    library: Library
    target: str
    people: Callable[[], Iterator[Profile]]
    offers: tuple[str, ...] | None = None

    @property
    def question(self) -> Question:
        """What is asked for each."""
        return Question(Profile(), self.target, ON, offers=self.offers, explain=False)

    @property
    def modules(self) -> int:
        """How many there are to choose from."""
        names = self.library.modules
        return sum(self.offers is None or name.partition(":")[0] in self.offers for name in names)


def shipped(count: int) -> Case:
    """People in front of a shipped certification, with a few modules."""
    library = Library.read()
    target = library.get("tp-fpa", "2023")
    refs = [ref for ref, _competency in target.competencies()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "o.json"
        path.write_text(_offer(random.Random(4), refs, FEW_MODULES).model_dump_json(by_alias=True), "utf-8")
        library = Library.read(path)
    draw = random.Random(1)
    held = sorted(version.key for version in library if version.known_blocks and not version.scale)
    blocks = [f"{key}/{block.code}" for key in held for block in library.get(*key.split("@")).known_blocks]
    draw.shuffle(held)
    draw.shuffle(blocks)

    def one(number: int, draw: random.Random) -> dict[str, Any]:
        return {
            "id": f"p{number}",
            "holds": {
                "qualifications": [{"ref": ref} for ref in _common(draw, held, 2)],
                "blocks": [{"ref": ref} for ref in _common(draw, blocks, 2)],
            },
            "can_give": {"weekly_hours": hours} if (hours := draw.choice((None, 4, 7))) else {},
        }

    return Case(library, target.key, lambda: _people(one, count), ("o",))


def generated(count: int) -> Case:
    """People in front of a generated certification, with many modules."""
    refs = [f"t@1/B{block}/C{code}" for block in range(BLOCKS) for code in range(COMPETENCIES)]
    library = Library.of(_target(), _offer(random.Random(2), refs, MODULES))
    blocks = [f"t@1/B{block}" for block in range(BLOCKS)]

    def one(number: int, draw: random.Random) -> dict[str, Any]:
        holds = [{"ref": ref} for ref in draw.sample(blocks, draw.randint(1, 4))]
        known = [{"ref": ref, "evidence": "assessed"} for ref in _common(draw, refs, 2)]
        return {"id": f"p{number}", "holds": {"blocks": holds, "competencies": known}}

    return Case(library, "t@1", lambda: _people(one, count))


def _people(one: Callable[[int, random.Random], dict[str, Any]], count: int) -> Iterator[Profile]:
    draw = random.Random(5)
    return (Profile.model_validate(one(number, draw)) for number in range(count))


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


def _offer(draw: random.Random, refs: list[str], count: int) -> Offer:
    modules = [
        {
            "id": f"m{number}",
            "title": f"Module {number}",
            "hours": {"onsite": draw.randint(4, 40)},
            "price": draw.randint(50, 900),
            "develops": draw.sample(refs, draw.randint(1, 4)),
        }
        | ({"requires": f"o:m{draw.randrange(number)}"} if number > 50 and draw.random() < 0.2 else {})
        for number in range(count)
    ]
    return Offer.model_validate(
        {"id": "o", "title": "Offre inventée", "body": {"name": "Organisme inventé"}, "modules": modules}
        | {"confidence": "to_confirm", "illustrative": True}
    )


class Measure(NamedTuple):
    """What a case took: seconds together, seconds for one alone, different problems, share of the answers that are proved."""

    together: float
    alone: float
    distinct: int
    proved: float | None


def planned(case: Case, count: int, sample: int) -> Measure:
    """Plans for everybody, and some of them again, alone.

    Raises
    ------
    AssertionError
        Somebody has another answer alone.
    """
    rights, question = Rights(case.library), case.question
    plan(replace(question, profile=next(case.people())), rights)
    began = process_time()
    found = asked_for_all(map(Asking, case.people()), question, case.library, (case.target,))
    together = process_time() - began
    ranks = set(random.Random(3).sample(range(count), sample))
    shared = {rank: one.answer for rank, (_entry, one) in enumerate(found.entries()) if one and rank in ranks}
    alone = 0.0
    for rank, profile in enumerate(case.people()):
        if rank in ranks:
            began = process_time()
            single = plan(replace(question, profile=profile), rights)
            alone += process_time() - began
            one = shared[rank]
            assert (one.status, one.totals, one.objective) == (single.status, single.totals, single.objective)
            assert [step.ref for step in one.steps] == [step.ref for step in single.steps]
    return Measure(together, alone / sample, found.summary.problems, found.summary.proved / count)


def placed(case: Case, count: int, sample: int) -> Measure:
    """Where everybody stands, and some of them again, alone.

    Raises
    ------
    AssertionError
        Somebody stands elsewhere alone.
    """
    rights, question = Rights(case.library), case.question
    team = Cohort(rights, question)
    team.standing(next(case.people()))
    known: dict[Any, cohort.Standing] = {}
    ranks = set(random.Random(3).sample(range(count), sample))
    shared: dict[int, tuple[Profile, cohort.Standing]] = {}
    together = 0.0
    for first, profiles in _batches(case.people()):
        began = process_time()
        for profile in profiles:
            place = team.place(profile)
            if place not in known:
                known[place] = team.standing(profile)
        together += process_time() - began
        shared |= {
            rank: (profile, known[team.place(profile)]) for rank, profile in enumerate(profiles, first) if rank in ranks
        }
    began = process_time()
    for profile, standing in shared.values():
        assert standing == cohort.standing(position(profile, case.target, rights, ON, question.policy))
    return Measure(together, (process_time() - began) / sample, len(known), None)


def _batches(people: Iterator[Profile]) -> Iterator[tuple[int, list[Profile]]]:
    """People, so many at once, with the rank of the first."""
    first = 0
    while batch := list(islice(people, 10_000)):
        yield first, batch
        first += len(batch)


def row(name: str, count: int, sample: int) -> str:
    """A row of the table."""
    case = generated(count) if name == "generated" else shipped(count)
    found = (placed if name == "gaps" else planned)(case, count, sample)
    per_second = count / found.together
    cells = (
        name,
        f"{count:,}",
        "" if name == "gaps" else str(case.modules),
        f"{found.distinct:,}",
        "" if found.proved is None else f"{found.proved:.1%}",
        f"{per_second:,.0f}",
        f"{1 / found.alone:,.1f}",
        f"{per_second * found.alone:,.0f}",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure each case in a process of its own, and print."""
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}", flush=True)
    for name, (count, sample) in CASES.items():
        subprocess.run([sys.executable, "-m", __spec__.name, name, str(count), str(sample)], check=True)  # type: ignore[name-defined]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(row(sys.argv[1], *map(int, islice(sys.argv, 2, 4))), flush=True)
    else:
        main()
