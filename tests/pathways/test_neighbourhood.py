"""A plan that reads the rights around its question alone is the plan of the whole library."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pathways.gap import gap, position
from pathways.planner import plan
from pathways.profile import PROFILE, Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.loader import load_file
from referentials.neighbourhood import around
from referentials.rights import Recognition
from referentials.writer import plain
from tests.referentials.test_neighbourhood import Directory

ON = date(2026, 11, 22)
EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
PLANNED = ("tp-fpa@2023", "bpjeps-tic@2002", "tp-mn@2025", "desjeps@2006")


@pytest.fixture(scope="module")
def whole() -> Library:
    """The library that ships."""
    return Library.read()


@pytest.fixture(scope="module")
def source(whole: Library) -> Directory:
    """Its rights, in a directory."""
    return Directory(rights=map(plain, whole.recognitions))


@pytest.fixture(scope="module")
def wide(source: Directory) -> Library:
    """The same library, whose rights are asked of that directory."""
    library = Library.read()
    library._lists["recognitions"] = []
    library.use(source)
    return library


def people(whole: Library) -> Iterator[tuple[Profile, tuple[str, ...]]]:
    """Those of the examples and nobody in particular, with some targets; whoever holds what opens the most rights, with all."""
    for number, person in enumerate((*(load_file(path, PROFILE).items[0] for path in EXAMPLES), Profile())):
        yield person, whole.keys[number::5]
    asked = Counter(text for item in whole.recognitions for text in _held(item) if text in whole.keys)
    holds = [{"ref": ref} for ref, _count in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))[:5]]
    yield Profile.model_validate({"holds": {"qualifications": holds}}), whole.keys


def _held(item: Recognition) -> list[str]:
    from referentials.requirement import references

    return list(references(item.given))


def near(wide: Library, target: str, person: Profile) -> Library:
    holds = person.holds
    items = (*(one.ref for one in (*holds.qualifications, *holds.blocks)), *(one.ref for one in holds.competencies))
    return around(wide, [target, *person.can_give.imposed], [*items, *holds.modules])


def test_every_gap_is_that_of_the_whole_library(whole: Library, wide: Library, source: Directory) -> None:
    rights, read = Rights(whole), []
    for person, targets in people(whole):
        for target in targets:
            source.given = 0
            found = near(wide, target, person)
            read.append(len(found.recognitions))
            assert gap(position(person, target, Rights(found), ON)) == gap(position(person, target, rights, ON)), target
    assert sum(read) / len(read) < 0.8 * len(whole.recognitions)


def test_a_plan_is_that_of_the_whole_library(whole: Library, wide: Library) -> None:
    rights, person = Rights(whole), load_file(EXAMPLES[0], PROFILE).items[0]
    for target in PLANNED:
        if target in whole.keys:
            asked = Question(person, target, ON, explain=False)
            assert plan(asked, Rights(near(wide, target, person))) == plan(asked, rights), target
