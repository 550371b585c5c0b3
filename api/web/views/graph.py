"""The competency graph of a version as a page draws it (*graphe des compétences*): its parts, and who gives or trains for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from api.services.training import Training
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.rights import Recognition
from reports.charts.competency_map import Before, Branch, Leaf, competency_map
from reports.language import say
from reports.paper import Figure

MOST = 80
"""Beyond so many parts, a drawing tells less than the list."""


def competency_figure(
    version: Referential,
    library: Library,
    entering: Iterable[Recognition],
    trainings: Iterable[Training],
    on: date,
) -> Figure | None:
    """The drawing of a version; none when it has no competency that was read, or too many."""
    count = len(version.known_blocks) + sum(1 for _one in version.competencies())
    if count == len(version.known_blocks) or count > MOST:
        return None
    texts = Counter(ref for right in entering for ref in _given(version, right, library, on))
    modules = Counter(ref for one in trainings if not one.illustrative for ref in (*one.blocks, *one.competencies))
    branches = [_branch(version, block, texts, modules) for block in version.known_blocks]
    return competency_map(version.name, branches, tuple(_before(version, library)))


def _given(version: Referential, right: Recognition, library: Library, on: date) -> set[str]:
    """The blocks that a right gives on a day; all of them when it gives the whole."""
    if not (right.effect.is_right and right.in_force.contains(on)):
        return set()
    found = {full for ref in right.grants if ref.startswith(version.id) for full in library.expand(ref)}
    every = {f"{version.key}/{block.code}" for block in version.known_blocks}
    return every if version.key in found else {"/".join(full.split("/")[:2]) for full in found} & every


def _branch(version: Referential, block: Block, texts: Counter[str], modules: Counter[str]) -> Branch:
    ref = f"{version.key}/{block.code}"
    leaves = tuple(
        Leaf(f"{ref}/{one.code}", one.code, one.title or say("intitulé non lu"), modules[f"{ref}/{one.code}"])
        for one in block.known_competencies
    )
    return Branch(ref, block.code, block.title or say("intitulé non lu"), texts[ref], modules[ref], leaves)


def _before(version: Referential, library: Library) -> Iterator[Before]:
    for ref, one in version.competencies():
        for strict, wanted in ((True, one.requires.strict), (False, one.requires.advised)):
            for text in wanted:
                yield from (Before(full, ref, strict) for full in library.expand(text)[-1:])
