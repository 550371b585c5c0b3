"""States and reasons in French words (*états et preuves*): where a person stands, and why, down to the text and its article.

A right never reads like a proof, nor a hypothesis like knowledge: each state has its words and its sign, never a colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathways.gap import State
from pathways.profile import EvidenceKind
from pathways.reasons import Caution, Reason
from reports.library_wording import granted, source

STATES: Mapping[State, str] = {
    State.BY_RIGHT: "Acquis de droit",
    State.BY_PROOF: "Acquis par preuve",
    State.TO_CONFIRM: "À confirmer",
    State.PARTIAL: "Acquis en partie",
    State.MISSING: "À acquérir",
}
"""What each state is called."""

SYMBOLS: Mapping[State, str] = {
    State.BY_RIGHT: "§",
    State.BY_PROOF: "✓",
    State.TO_CONFIRM: "?",
    State.PARTIAL: "◐",
    State.MISSING: "○",
}
"""One sign per state, always beside its words."""

EVIDENCE: Mapping[EvidenceKind, str] = {
    EvidenceKind.CERTIFIED: "certifié",
    EvidenceKind.ASSESSED: "évalué au positionnement",
    EvidenceKind.ATTESTED: "attesté, à confirmer",
    EvidenceKind.DECLARED: "déclaré, à confirmer",
}

CAUTIONS: Mapping[Caution, str] = {
    Caution.TO_CONFIRM: "ce texte reste à confirmer : il n'a pas été lu",
    Caution.CHAINED: "ce droit s'appuie sur un autre droit ; le texte ne dit pas si l'un ouvre l'autre",
    Caution.DISCRETIONARY: "accordé au cas par cas, par l'organisme ou le jury : ce n'est pas automatique",
    Caution.DOCUMENT_NEEDED: "une pièce est à fournir",
    Caution.START_NOT_READ: "la date de début de ce texte n'est pas connue",
}


def state(value: State | None) -> str:
    """A state as its sign and its words.

    Examples
    --------
    >>> state(State.BY_RIGHT), state(None)
    ('§ Acquis de droit', 'non connu')
    """
    return "non connu" if value is None else f"{SYMBOLS[value]} {STATES[value]}"


def rights(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The rights among reasons, each once."""
    return tuple({reason.by: reason for reason in reasons if reason.how == "right"}.values())


def right(reason: Reason) -> str:
    """A right with its text, article and dates of reading, and what a careful reader should know."""
    told = source(reason.source) if reason.source else f"passerelle {reason.by}"
    return " ; ".join([told, *(caution(one, reason.document) for one in reason.cautions)])


def caution(value: Caution, document: str | None = None) -> str:
    """What a careful reader should know of a right."""
    return f"{CAUTIONS[value]} : {document}" if value is Caution.DOCUMENT_NEEDED and document else CAUTIONS[value]


def proof(reason: Reason) -> str:
    """One step of a proof, from what is held to what follows.

    Examples
    --------
    >>> proof(Reason(fact="bafd@toutes", how="held", by="certified"))
    'bafd@toutes : détenu, certifié'
    """
    from_what = f" à partir de {granted(reason.premises)}" if reason.premises else ""
    match reason.how:
        case "held":
            kind = f", {EVIDENCE[EvidenceKind(reason.by)]}" if reason.by else ""
            return f"{reason.fact} : détenu{kind}"
        case "right":
            return f"{reason.fact} : de droit{from_what} — {right(reason)}"
        case "contained":
            return f"{reason.fact} : contenu dans {granted(reason.premises)}"
        case "level":
            return f"{reason.fact} : un niveau plus haut est atteint"
        case "award":
            return f"{reason.fact} : obtenu{from_what}"
        case "likeness":
            return f"{reason.fact} : proximité exacte et validée{from_what}"
    return f"{reason.fact} : {reason.how}{from_what}"


def code_of(ref: str) -> str:
    """The short name of a part inside its referential; the whole reference for a referential.

    Examples
    --------
    >>> code_of("tp-mn@2025/CCP1/C1.1"), code_of("tp-mn@2025"), code_of("pix@2023/1.1#4")
    ('CCP1/C1.1', 'tp-mn@2025', '1.1, niveau 4')
    """
    ref, mark, level = ref.partition("#")
    return (ref.partition("/")[2] or ref) + (f", niveau {level}" if mark else "")


def enumeration(words: Sequence[str], last: str = "et") -> str:
    """Words as people enumerate them.

    Examples
    --------
    >>> enumeration(["UC1", "UC2", "UC3"])
    'UC1, UC2 et UC3'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
