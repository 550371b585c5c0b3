"""People made up to try a change (*personnes d'essai*): who holds nothing, who holds just what a right asks for, who holds one block.

::

    ways(requirement) = the smallest things to hold that meet it, in the order of the text: one of « any of », every one of « all of »

Nobody is real: each is named by what they hold, so that an effect is understood at a glance. Experiences and conditions are left out: who lacks
them is tried as well as who has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, product
from typing import Any, NamedTuple

from api.services.catalogue import rights_about
from pathways.profile import Profile
from referentials.library import Library
from referentials.model import Referential
from referentials.reference import Ref
from referentials.requirement import AllOf, AnyOf, AtLeast, CompetencyAt, Held, Requirement
from referentials.rights import Recognition
from referentials.versions import parse_or_none

MOST = 8
_BLOCKS = 2
_GROUPS = ("qualifications", "blocks", "competencies")


class Sample(NamedTuple):
    """Somebody made up, by the references of what they hold; none for who holds nothing."""

    holds: tuple[str, ...]
    profile: Profile


def holder(refs: Iterable[str]) -> Sample:
    """Somebody who holds some things, and nothing else.

    Examples
    --------
    >>> holder(["deme@2007"]).profile.holds.qualifications[0].ref
    'deme@2007'
    """
    holds: dict[str, list[dict[str, Any]]] = {}
    kept = tuple(refs)
    for ref in kept:
        proof = {"evidence": "assessed"} if ref.count("/") == 2 else {}
        holds.setdefault(_GROUPS[ref.count("/")], []).append({"ref": ref, **proof})
    return Sample(kept, Profile.model_validate({"id": "essai", "holds": holds, "illustrative": True}))


NOBODY = holder(())
"""Who holds nothing."""


def people_around(library: Library, version: Referential, most: int = MOST) -> tuple[Sample, ...]:
    """Who holds nothing; who holds what the rights towards a version ask for; who holds one of its blocks."""
    asked = chain.from_iterable(ways(library, one.given) for one in rights_about(library, version.key).entering)
    blocks = ((f"{version.key}/{block.code}",) for block in version.known_blocks[:_BLOCKS])
    found = dict.fromkeys((*_some(asked, most - 1 - _BLOCKS), *blocks))
    return (NOBODY, *map(holder, found))


def people_of_right(library: Library, right: Recognition, most: int = MOST) -> tuple[Sample, ...]:
    """Who holds nothing, and who holds just what a right asks for, in each way."""
    return (NOBODY, *map(holder, _some(ways(library, right.given), most - 1)))


def _some(found: Iterable[tuple[str, ...]], most: int) -> tuple[tuple[str, ...], ...]:
    return tuple(islice((one for one in dict.fromkeys(islice(found, 5 * most)) if one), most))


def ways(library: Library, value: Requirement) -> Iterator[tuple[str, ...]]:
    """The ways to meet a requirement with things held, each version in full; the shortest of a choice first."""
    if isinstance(value, Held | CompetencyAt):
        text = value.root if isinstance(value, Held) else value.competency
        if isinstance(parse_or_none(text), Ref):
            yield from ((full,) for full in reversed(library.expand(text)))
    elif isinstance(value, AnyOf):
        yield from chain.from_iterable(ways(library, part) for part in value.any_of)
    elif isinstance(value, AllOf | AtLeast):
        needed = value.all_of if isinstance(value, AllOf) else value.of[: value.at_least]
        some = [tuple(islice(ways(library, part), MOST)) or ((),) for part in needed]
        yield from (tuple(dict.fromkeys(chain.from_iterable(one))) for one in islice(product(*some), MOST))
