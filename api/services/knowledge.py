"""What is worked out once for a library and serves many questions (*savoirs*): its rights, and its targets by number."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.neighbourhood import around
from referentials.versions import parse_or_none

if TYPE_CHECKING:
    from pathways.target_index import TargetIndex

_KEPT = 8


def held_by(profile: Profile) -> tuple[str, ...]:
    """The references of what a person holds."""
    holds = profile.holds
    items, competencies = (*holds.qualifications, *holds.blocks), holds.competencies
    return (*(one.ref for one in items), *(one.ref for one in competencies), *holds.modules)


def near(library: Library, ends: Iterable[str], starts: Iterable[str] = ()) -> Library:
    """The library with the rights that can bear on a question, where it has a directory of thousands; what nobody can read names nothing."""
    known = ([text for text in texts if parse_or_none(text) is not None] for texts in (ends, starts))
    return around(library, *known)


def rights_near(library: Library, ends: Iterable[str], starts: Iterable[str] = ()) -> Rights:
    """The rights that can bear on a question: those of the whole library, worked out once, unless it has a directory."""
    found = near(library, ends, starts)
    return rights_of(library) if found is library else Rights(found)


def rights_for(library: Library, question: Question) -> Rights:
    """The rights that can bear on a plan."""
    profile = question.profile
    return rights_near(library, (question.target, *profile.can_give.imposed), held_by(profile))


@lru_cache(maxsize=_KEPT)
def rights_of(library: Library) -> Rights:
    """The rights of a library; a library that has changed is another one."""
    return Rights(library)


@lru_cache(maxsize=_KEPT)
def targets_of(library: Library) -> TargetIndex:
    """The targets of a library by number."""
    from pathways.target_index import TargetIndex

    return TargetIndex(library)
