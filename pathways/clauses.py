"""Which recognitions holding something brings up (*textes d'une passerelle*), each with its role.

``clauses`` play; ``possible`` would if what is to confirm were; ``expected`` are texts known but not read, ``absences``
written « Néant », ``preparations`` give no right. What anyone could have, holding nothing, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pathways.policy import PRUDENT, Policy
from pathways.profile import HeldItem, Holdings, Profile
from pathways.recognition import Closure, Rights
from pathways.requirements import support
from referentials.library import Library
from referentials.provenance import Confidence, Source, Value
from referentials.rights import Effect, Recognition, Reduction, Waived, Wording

Role = Literal["clauses", "possible", "expected", "absences", "preparations"]

_WITHOUT_RIGHT: dict[Effect, Role] = {
    Effect.EXPECTED: "expected",
    Effect.NONE: "absences",
    Effect.PREPARE: "preparations",
}


class Clause(Value):
    """A recognition of a passerelle, with its text."""

    id: str
    title: str | None = None
    effect: Effect
    waives: Waived | None = None
    part: str | None = None
    by: Reduction | None = None
    grants: tuple[str, ...]
    wording: Wording | None = None
    document: str | None = None
    discretionary: bool = False
    source: Source
    confidence: Confidence
    note: str | None = None


def clause(recognition: Recognition) -> Clause:
    """What a passerelle tells of a recognition."""
    same = Clause.model_fields.keys() - {"document"}
    return Clause(document=recognition.proof, **{name: getattr(recognition, name) for name in same})


def holder(start: str, library: Library, on: date) -> Profile:
    """Someone who holds exactly one qualification or block; of several versions, the one in force that day."""
    item = (HeldItem(ref=start, on=on),)
    return Profile(id="titulaire", holds=Holdings(blocks=item) if "/" in start else Holdings(qualifications=item))


def nothing_held(rights: Rights, on: date, policy: Policy = PRUDENT) -> Closure:
    """What anyone could have, holding nothing, if all that the texts leave to the person's file were confirmed."""
    return rights.close(rights.conditions, on, policy, hopeful=True)


def spoken(
    rights: Rights, sure: Closure, hopeful: Closure, nothing: Closure
) -> Iterator[tuple[Role, Recognition, tuple[str, ...]]]:
    """Each recognition that what is held brings up, with its role and the references it is about, by role and identifier."""
    playing, anyway = _used(sure), _used(nothing)
    for name in sorted(playing):
        yield "clauses", rights.by_id[name], _proved(rights, name, sure)
    for name in sorted(_used(hopeful) - playing - anyway):
        yield "possible", rights.by_id[name], _proved(rights, name, hopeful)
    for recognition in rights.library.recognitions:
        role = _WITHOUT_RIGHT.get(recognition.effect)
        if role and recognition.in_force.contains(sure.on):
            met = support(rights.library, recognition.given, hopeful.depth) is not None
            if met and support(rights.library, recognition.given, nothing.depth) is None:
                yield role, recognition, _granted(rights.library, recognition)


def _used(closure: Closure) -> set[str]:
    proved = {proof.by for proof in closure.proofs.values() if proof.why == "right"}
    return proved.union(closure.reductions)


def _proved(rights: Rights, name: str, closure: Closure) -> tuple[str, ...]:
    """What a recognition brings in a closure: of what it awards, only what it is the proof of."""
    recognition = rights.by_id[name]
    granted = _granted(rights.library, recognition)
    if recognition.effect is not Effect.AWARD:
        return granted
    return tuple(full for full in granted if full in closure and closure.proofs[full].by == name)


def _granted(library: Library, recognition: Recognition) -> tuple[str, ...]:
    return tuple(full for text in recognition.grants for full in library.expand(text))
