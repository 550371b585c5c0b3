"""When a certification can be obtained, and when parts of it still count (*validité*).

A title may be obtained while it is in force, until its last day of issue, or, when it closed without a successor, during
the months of grace that the rules of its family leave. Parts of a family that does not keep its blocks (the CCP of a titre
professionnel) stop counting with the title, but for the correspondences of the text that revises it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from referentials.library import Library
from referentials.model import Assessment, Referential
from referentials.rights import Combination, Rule


@dataclass(frozen=True, slots=True)
class State:
    """A version on a day: whether it can be obtained, whether its parts stopped counting, whether all of them are not enough."""

    is_open: bool
    has_lapsed: bool
    needs_final_assessment: bool


def state(library: Library, version: Referential, on: date) -> State:
    """All three at once, to be remembered by whoever asks again and again."""
    return State(
        is_open(library, version, on), has_lapsed(library, version, on), needs_final_assessment(library, version, on)
    )


def combination(library: Library, version: Referential, on: date) -> Combination:
    """How parts make the whole for a version, on a day: the rules of its family in force that day, together."""
    merged: dict[str, object] = {}
    for _rule, said in _combinations(library, version, on):
        merged |= said.model_dump(exclude_none=True)
    return Combination.model_validate(merged)


def _combinations(library: Library, version: Referential, on: date) -> Iterator[tuple[Rule, Combination]]:
    names = (version.kind, version.id, version.key)
    for rule in library.rules:
        applies = not rule.applies_to or any(target in names for target in rule.applies_to)
        if rule.combination is not None and applies and rule.in_force.contains(on):
            yield rule, rule.combination


def last_day(library: Library, version: Referential, on: date) -> date | None:
    """The last day on which a version can be obtained; ``None`` when no end is known."""
    end = library.end_of(version)
    if end is None:
        return None
    if version.valid.award_until is not None:
        return max(end, version.valid.award_until)
    grace = combination(library, version, on).grace_months
    return _months_after(end, grace) if grace and not version.replaced_by else end


def is_open(library: Library, version: Referential, on: date) -> bool:
    """Whether a version can be obtained on a day; one that its directory calls inactive is not, where no last day is known."""
    start, end = version.valid.start or version.valid.seen, last_day(library, version, on)
    if end is None and version.valid.active is False:
        return False
    return (start is None or start <= on) and (end is None or on <= end)


def has_lapsed(library: Library, version: Referential, on: date) -> bool:
    """Whether the parts of a version no longer count by themselves on a day."""
    end = last_day(library, version, on)
    return end is not None and on > end and combination(library, version, on).keeps_blocks is False


def needs_final_assessment(library: Library, version: Referential, on: date) -> bool:
    """Whether all the parts are not enough: an assessment of the whole comes on top."""
    return version.final_assessment is not None or bool(combination(library, version, on).final_assessment)


def final_assessment(library: Library, version: Referential, on: date) -> Assessment | None:
    """What is assessed on top of the parts (*entretien final*); nothing known of it but that it takes place, if need be."""
    return (version.final_assessment or Assessment()) if needs_final_assessment(library, version, on) else None


def final_assessment_rule(library: Library, version: Referential, on: date) -> Rule | None:
    """The rule of its family that asks for an assessment on top of the parts; the last one said, when several do."""
    asking = [rule for rule, said in _combinations(library, version, on) if said.final_assessment]
    return asking[-1] if asking else None


def successors(library: Library, version: Referential) -> frozenset[str]:
    """The identifiers and keys of the versions that replace one, step after step, and of its own later versions."""
    found: set[str] = set()
    waiting = [version.key]
    while waiting:
        current = library.find(waiting.pop())
        assert isinstance(current, Referential)
        following = [key for text in current.replaced_by for key in library.expand(text)]
        waiting += [key for key in following if key not in found]
        found.update(following)
    return frozenset(found)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
