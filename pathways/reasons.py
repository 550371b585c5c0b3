"""Why (*pourquoi*): reasons recorded while computing, as typed values; words are put on them afterwards.

A reason names one step of a proof: what became true, how, from what, by which text, and with which cautions.
"""

from __future__ import annotations

from enum import StrEnum

from pathways.facts import is_optional
from pathways.holdings import Held
from pathways.recognition import Closure, Rights
from referentials.provenance import Confidence, Source, Value
from referentials.rights import Recognition, Wording


class Caution(StrEnum):
    """What a careful reader should know of a step."""

    TO_CONFIRM = "to_confirm"
    CHAINED = "chained"
    DISCRETIONARY = "discretionary"
    DOCUMENT_NEEDED = "document_needed"
    START_NOT_READ = "start_not_read"
    OPTIONAL_PART = "optional_part"


class Reason(Value):
    """One step of a proof.

    ``how`` is one of ``held``, ``contained``, ``level``, ``right``, ``award``, ``likeness``, ``rule``; ``by`` the recognition,
    the correspondence or the rule, or the kind of evidence for what is held, whose premises are then the modules followed.
    """

    fact: str
    how: str
    by: str = ""
    premises: tuple[str, ...] = ()
    source: Source | None = None
    wording: Wording | None = None
    confidence: Confidence | None = None
    document: str | None = None
    cautions: tuple[Caution, ...] = ()
    note: str | None = None


def because(fact: str, closure: Closure, held: Held, rights: Rights) -> tuple[Reason, ...]:
    """The whole proof of a fact, from what is held up to it; nothing when it is not true."""
    if fact not in closure:
        return ()
    return tuple(_reason(one, closure, held, rights) for one, _proof in closure.chain(fact))


def _reason(fact: str, closure: Closure, held: Held, rights: Rights) -> Reason:
    proof = closure.proofs[fact]
    if proof.why == "held":
        kind = held.evidence.get(fact)
        return Reason(fact=fact, how="held", by=kind.value if kind else "", premises=held.followed.get(fact, ()))
    if proof.why != "right":
        optional = proof.why == "contained" and is_optional(rights.library, fact)
        told = (Caution.OPTIONAL_PART,) if optional else ()
        return Reason(fact=fact, how=proof.why, by=proof.by, premises=proof.premises, cautions=told)
    recognition = rights.by_id[proof.by]
    return Reason(
        fact=fact,
        how="right",
        by=proof.by,
        premises=proof.premises,
        source=recognition.source,
        wording=recognition.wording,
        confidence=recognition.confidence,
        document=recognition.proof,
        cautions=cautions(recognition, chained=proof.chained),
        note=recognition.note,
    )


def cautions(recognition: Recognition, *, chained: bool = False) -> tuple[Caution, ...]:
    """What a careful reader should know of a recognition."""
    found = {
        Caution.TO_CONFIRM: recognition.confidence is Confidence.TO_CONFIRM,
        Caution.CHAINED: chained,
        Caution.DISCRETIONARY: recognition.discretionary,
        Caution.DOCUMENT_NEEDED: recognition.proof is not None,
        Caution.START_NOT_READ: recognition.in_force.start is None,
    }
    return tuple(caution for caution, applies in found.items() if applies)
