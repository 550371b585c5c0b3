"""Two plans → what differs between them (*comparaison de plans*): totals, modules, blocks, versions.

Each number is that of the second plan less that of the first; it is empty when one of the two plans has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from pathways.pathway import Pathway, Status, StepKind
from referentials.provenance import Value


class NamesDifference(Value):
    """Names that are in the first only, in the second only, in both."""

    first_only: tuple[str, ...] = ()
    second_only: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


class BlockChange(Value):
    """A block whose state is not the same; empty where one plan does not have it."""

    ref: str
    before: str | None = None
    after: str | None = None


class PlanDifference(Value):
    """What differs from the first plan to the second."""

    same: bool = Field(description="Vrai quand les deux parcours ont les mêmes étapes et les mêmes totaux.")
    targets: tuple[str, str] = Field(description="Ce que vise chacun.")
    statuses: tuple[Status, Status] = Field(description="L'issue de chacun.")
    hours: float | None = Field(description="Heures de plus dans le second.")
    cost: float | None = Field(description="Euros de plus dans le second.")
    weeks: int | None = Field(description="Semaines de plus dans le second.")
    modules: NamesDifference = Field(description="Modules suivis.")
    assessments: NamesDifference = Field(description="Évaluations passées.")
    rights: NamesDifference = Field(description="Droits exercés.")
    blocks: tuple[BlockChange, ...] = Field(description="Blocs dont l'état change.")
    versions: NamesDifference = Field(description="Référentiels, passerelles et offres sur lesquels chacun repose.")


def difference(first: Pathway, second: Pathway) -> PlanDifference:
    """What differs from one pathway to another."""
    return PlanDifference(
        same=first.steps == second.steps and first.totals == second.totals and first.status is second.status,
        targets=(first.target, second.target),
        statuses=(first.status, second.status),
        hours=_more(first, second, "hours"),
        cost=_more(first, second, "cost"),
        weeks=_weeks(first, second),
        modules=_names(first, second, StepKind.MODULE),
        assessments=_names(first, second, StepKind.ASSESSMENT),
        rights=_names(first, second, StepKind.RIGHT),
        blocks=tuple(_blocks(first, second)),
        versions=_compared(first.versions, second.versions),
    )


_WITH_A_PLAN = (Status.HELD, Status.OPTIMAL, Status.FEASIBLE)


def _more(first: Pathway, second: Pathway, name: str) -> float | None:
    if first.status not in _WITH_A_PLAN or second.status not in _WITH_A_PLAN:
        return None
    found: float = round(getattr(second.totals, name) - getattr(first.totals, name), 2)
    return found


def _weeks(first: Pathway, second: Pathway) -> int | None:
    before, after = first.totals.weeks, second.totals.weeks
    return None if before is None or after is None else after - before


def _names(first: Pathway, second: Pathway, kind: StepKind) -> NamesDifference:
    return _compared(*((step.ref for step in one.steps if step.kind is kind) for one in (first, second)))


def _compared(first: Iterable[str], second: Iterable[str]) -> NamesDifference:
    before, after = set(first), set(second)
    return NamesDifference(
        first_only=tuple(sorted(before - after)),
        second_only=tuple(sorted(after - before)),
        both=tuple(sorted(before & after)),
    )


def _blocks(first: Pathway, second: Pathway) -> Iterator[BlockChange]:
    before, after = ({block.ref: block.state.value for block in one.gap.blocks} for one in (first, second))
    for ref in sorted({*before, *after}):
        if before.get(ref) != after.get(ref):
            yield BlockChange(ref=ref, before=before.get(ref), after=after.get(ref))
