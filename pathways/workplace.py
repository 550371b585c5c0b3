"""Periods in a workplace that a text asks for (*périodes en entreprise*), of whoever comes from training.

A title may set so many hours for the whole and so many for each block. Who is assessed on every block owes those of the whole, who
is assessed on some owes the sum of theirs; a block by right or by experience asks for none. These hours are told beside the
totals, which count training: what the modules of the plan hold of them is told too, and nothing says how many a job counts for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathways.pathway import Step, StepKind, Workplace
from referentials.library import Library
from referentials.model import Hours, Referential
from referentials.provenance import Source
from referentials.reference import parse_ref


def workplaces(steps: Sequence[Step], library: Library) -> tuple[Workplace, ...]:
    """What each certification met by a plan asks for in a workplace."""
    assessed: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        if step.kind is StepKind.ASSESSMENT:
            ref = parse_ref(step.ref)
            assessed.setdefault((ref.referential, ref.version or ""), []).append(ref.block or "")
    versions = ((library.get(*key), codes) for key, codes in assessed.items())
    return tuple(one for version, codes in versions for one in _asked(version, codes, _planned(steps)))


def _asked(version: Referential, codes: Sequence[str], planned: float) -> Iterator[Workplace]:
    every = {block.code for block in version.known_blocks if not block.optional}
    own = [block.hours for block in version.known_blocks if block.code in codes]
    asked = [version.hours] if every <= set(codes) and version.hours.workplace_min is not None else own
    known = [one.workplace_min for one in asked if one.workplace_min is not None]
    if known:
        yield Workplace(
            ref=version.key,
            blocks=tuple(f"{version.key}/{code}" for code in codes),
            hours=sum(known),
            planned=planned,
            sources=tuple(_sources(version, asked)),
            confidence=asked[0].confidence or version.confidence,
            note=asked[0].note,
        )


def _planned(steps: Iterable[Step]) -> float:
    """The hours of a plan that are spent in a workplace."""
    return sum(
        step.hours_by_modality.workplace + step.hours_by_modality.placement for step in steps if step.hours_by_modality
    )


def _sources(version: Referential, asked: Sequence[Hours]) -> Iterator[Source]:
    names = {name for one in asked for name in one.sources}
    yield from (source for source in version.sources if source.id in names)
