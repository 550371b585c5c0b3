"""States and reasons in words (*états et preuves*): where a person stands, and why, down to the text and its article.

A right never reads like a proof, nor a hypothesis like knowledge: each state has its words and its sign, never a colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathways.gap import State
from pathways.profile import EvidenceKind
from pathways.reasons import Caution, Reason
from reports.language import Words, say, to_say
from reports.library_wording import at_level, granted, source
from reports.wording import enumeration, labelled, listed

STATES: Mapping[State, str] = Words(
    {
        State.BY_RIGHT: to_say("Acquis de droit"),
        State.BY_PROOF: to_say("Acquis par preuve"),
        State.TO_CONFIRM: to_say("À confirmer"),
        State.PARTIAL: to_say("Acquis en partie"),
        State.MISSING: to_say("À acquérir"),
    }
)
"""What each state is called."""

SYMBOLS: Mapping[State, str] = {
    State.BY_RIGHT: "§",
    State.BY_PROOF: "✓",
    State.TO_CONFIRM: "?",
    State.PARTIAL: "◐",
    State.MISSING: "○",
}
"""One sign per state, always beside its words."""

EVIDENCE: Mapping[EvidenceKind, str] = Words(
    {
        EvidenceKind.CERTIFIED: to_say("certifié"),
        EvidenceKind.ASSESSED: to_say("évalué au positionnement"),
        EvidenceKind.ATTESTED: to_say("attesté, à confirmer"),
        EvidenceKind.DECLARED: to_say("déclaré, à confirmer"),
    }
)

CAUTIONS: Mapping[Caution, str] = Words(
    {
        Caution.TO_CONFIRM: to_say("ce texte reste à confirmer : il n'a pas été lu"),
        Caution.CHAINED: to_say("ce droit s'appuie sur un autre droit ; le texte ne dit pas si l'un ouvre l'autre"),
        Caution.DISCRETIONARY: to_say("accordé au cas par cas, par l'organisme ou le jury : ce n'est pas automatique"),
        Caution.DOCUMENT_NEEDED: to_say("une pièce est à fournir"),
        Caution.START_NOT_READ: to_say("la date de début de ce texte n'est pas connue"),
        Caution.OPTIONAL_PART: to_say("cette partie du diplôme est facultative : votre titre dit si vous l'avez eue"),
    }
)


def state(value: State | None) -> str:
    """A state as its sign and its words.

    Examples
    --------
    >>> state(State.BY_RIGHT), state(None)
    ('§ Acquis de droit', 'non connu')
    """
    return say("non connu") if value is None else f"{SYMBOLS[value]} {STATES[value]}"


def rights(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The rights among reasons, each once."""
    return tuple({reason.by: reason for reason in reasons if reason.how == "right"}.values())


def right(reason: Reason) -> str:
    """A right with its text, article and dates of reading, and what a careful reader should know."""
    told = source(reason.source) if reason.source else say("passerelle {name}", name=reason.by)
    return listed([told, *(caution(one, reason.document) for one in reason.cautions)])


def caution(value: Caution, document: str | None = None) -> str:
    """What a careful reader should know of a right."""
    told = CAUTIONS[value]
    return labelled(told, document) if value is Caution.DOCUMENT_NEEDED and document else told


def proof(reason: Reason) -> str:
    """One step of a proof, from what is held to what follows.

    Examples
    --------
    >>> proof(Reason(fact="bafd@toutes", how="held", by="certified"))
    'bafd@toutes : détenu, certifié'
    """
    return labelled(reason.fact, _how(reason))


def _how(reason: Reason) -> str:
    from_what = " " + say("à partir de {items}", items=granted(reason.premises)) if reason.premises else ""
    match reason.how:
        case "held":
            return ", ".join([say("détenu"), *([EVIDENCE[EvidenceKind(reason.by)]] if reason.by else [])])
        case "right":
            return f"{say('de droit')}{from_what} — {right(reason)}"
        case "contained":
            return say("contenu dans {items}", items=granted(reason.premises))
        case "level":
            return say("un niveau plus haut est atteint")
        case "award":
            return say("obtenu") + from_what
        case "likeness":
            return say("proximité exacte et validée") + from_what
    return f"{reason.how}{from_what}"


def code_of(ref: str) -> str:
    """The short name of a part inside its referential; the whole reference for a referential.

    Examples
    --------
    >>> code_of("tp-mn@2025/CCP1/C1.1"), code_of("tp-mn@2025"), code_of("pix@2023/1.1#4")
    ('CCP1/C1.1', 'tp-mn@2025', '1.1, niveau 4')
    """
    ref, mark, level = ref.partition("#")
    return at_level(ref.partition("/")[2] or ref, level if mark else None)


__all__ = [
    "CAUTIONS",
    "EVIDENCE",
    "STATES",
    "SYMBOLS",
    "caution",
    "code_of",
    "enumeration",
    "proof",
    "right",
    "rights",
    "state",
]
