"""The texts about a target that give nothing yet (*textes à connaître*): reductions, rights half open, texts not read, « Néant »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways import facts
from pathways.clauses import Clause, clause
from pathways.positioning import ACQUIRED, Positioning
from pathways.requirements import is_begun, residual, support
from referentials.provenance import Value
from referentials.reference import parse_ref
from referentials.requirement import Requirement
from referentials.rights import Effect, Recognition


class NearRight(Value):
    """A right of which a part of what it asks for is there: its text, and what is missing."""

    clause: Clause
    missing: Requirement


def reductions(positioning: Positioning, names: Iterable[str]) -> tuple[str, ...]:
    """The reductions that are about the target."""
    by_id = positioning.rights.by_id
    return tuple(one for one in names if _concerned(positioning, by_id[one]))


def only_hoped(positioning: Positioning) -> tuple[str, ...]:
    return tuple(one for one in positioning.hopeful.reductions if one not in positioning.sure.reductions)


def _concerned(positioning: Positioning, recognition: Recognition) -> tuple[str, ...]:
    """The parts of the target's version that a recognition is about."""
    key = positioning.target.version.key
    every = (full for text in recognition.grants for full in positioning.rights.library.expand(text))
    return tuple(full for full in every if str(parse_ref(full).whole) == key)


def _texts(positioning: Positioning) -> Iterator[tuple[Recognition, tuple[str, ...]]]:
    """The recognitions in force about what is aimed at, by identifier, each with the parts that it is about."""
    aimed = positioning.target.ref
    granting = positioning.rights.granting.get(positioning.target.version.id, ())
    for recognition in sorted(granting, key=lambda one: one.id):
        about = tuple(full for full in _concerned(positioning, recognition) if _touches(full, aimed))
        if about and recognition.in_force.contains(positioning.sure.on):
            yield recognition, about


def _touches(full: str, aimed: str) -> bool:
    return f"{full}/".startswith(f"{aimed}/") or f"{aimed}/".startswith(f"{full}/")


def without_right(positioning: Positioning, effect: Effect) -> tuple[Clause, ...]:
    """The texts of an effect that gives no right, where the person has what they speak of."""
    found = (recognition for recognition, _about in _texts(positioning) if recognition.effect is effect)
    return tuple(clause(one) for one in found if _speaks_of(positioning, one))


def _speaks_of(positioning: Positioning, recognition: Recognition) -> bool:
    premises = support(positioning.rights.library, recognition.given, positioning.hopeful.depth)
    return premises is not None and any(fact[0] != "?" for fact in premises)


def near_rights(positioning: Positioning) -> Iterator[NearRight]:
    """The rights to something not acquired of which a part is there, and that even a confirmation would not open."""
    library, hopeful = positioning.rights.library, positioning.hopeful

    def has(fact: str) -> bool:
        return facts.is_item(fact) and fact in positioning.sure

    for recognition, about in _texts(positioning):
        given = recognition.given
        useful = recognition.effect.is_right and any(positioning.state(full) not in ACQUIRED for full in about)
        if useful and support(library, given, hopeful.depth) is None and is_begun(library, given, has):
            left = residual(library, given, lambda fact: fact in positioning.sure)
            if left is not None:
                yield NearRight(clause=clause(recognition), missing=left)
