"""What remains of a target, in words (*écart*): the sentence that opens it, what is waived or may be, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.gap import ACQUIRED, BlockGap, EntryGap, Gap, State
from pathways.texts import NearRight
from pathways.waivers import Waiver
from referentials.requirement import AllOf, AnyOf, AtLeast, Requirement, leaves, parts
from reports.language import Words, say, say_n, to_say
from reports.library_wording import label, one_requirement
from reports.reason_wording import SYMBOLS, code_of, right, rights
from reports.wording import enumeration, labelled, listed

ENTRY: Mapping[State | None, str] = Words(
    {
        None: to_say("exigences non connues"),
        State.BY_PROOF: to_say("✓ exigences remplies"),
        State.BY_RIGHT: to_say("§ dispense de droit"),
        State.TO_CONFIRM: to_say("? exigences à confirmer"),
        State.PARTIAL: to_say("○ exigences non remplies"),
        State.MISSING: to_say("○ exigences non remplies"),
    }
)
"""Where a person stands at the door, with a sign."""

_MOST_NAMED = 6
"""How many things asked for are named one by one."""


def remaining(gap: Gap) -> str:
    """What is left of a target, in one sentence.

    Blocks by right are named with their text, because a right is the best news that there is.
    """
    if gap.acquired:
        return say("Vous avez déjà ce que vous visez : il ne reste rien à faire.")
    if gap.target.count("/") == 2:
        return say("Il vous reste cette compétence à acquérir.")
    return " ".join(told for told in (_of_blocks(gap), _besides(gap)) if told)


def _of_blocks(gap: Gap) -> str:
    if not gap.blocks:
        return "" if gap.besides else say("Les blocs de cette cible ne sont pas connus.")
    if not gap.remaining.blocks:
        if any(block.state not in ACQUIRED for block in gap.blocks):
            return say("Les blocs demandés vous sont acquis ; reste à obtenir le diplôme.")
        return say("Tous les blocs vous sont acquis ; reste à obtenir le diplôme.")
    by_right = [block for block in gap.blocks if block.state is State.BY_RIGHT]
    return f"{listed([_left(gap), _acquired(by_right) if by_right else ''])}."


def _besides(gap: Gap) -> str:
    """What the target still asks for besides its own blocks, counted where it is long; empty when nothing is."""
    if gap.besides is None:
        return ""
    count = sum(1 for _leaf in leaves(gap.besides))
    if count > _MOST_NAMED:
        return say("La cible demande encore {count} éléments qui ne sont pas ses propres blocs.", count=count)
    return say("La cible demande encore : {what}.", what=asked(gap.besides))


def _left(gap: Gap) -> str:
    left, among, every = gap.remaining.blocks, gap.remaining.among, len(gap.blocks)
    if among is not None:
        return say_n(
            "Il vous reste {left} bloc à obtenir, au choix parmi {among}",
            "Il vous reste {left} blocs à obtenir, au choix parmi {among}",
            left,
            left=left,
            among=among,
        )
    return say_n(
        "Il vous reste {left} bloc sur {every}", "Il vous reste {left} blocs sur {every}", left, left=left, every=every
    )


def _acquired(blocks: Sequence[BlockGap]) -> str:
    codes = [code_of(block.ref) for block in blocks]
    reasons = (reason for block in blocks for reason in rights(block.because))
    texts = list(dict.fromkeys(reason.source.title for reason in reasons if reason.source))
    told = say_n(
        "le bloc {blocks} vous est acquis de droit",
        "{blocks} vous sont acquis de droit",
        len(codes),
        blocks=enumeration(codes),
    )
    return say("{what} par le texte suivant : {text}", what=told, text=texts[0]) if len(texts) == 1 else told


# -- what is missing ------------------------------------------------------------------------------------------------------


def asked(value: Requirement) -> str:
    """A requirement in one line.

    Examples
    --------
    >>> from referentials.requirement import Held
    >>> asked(AllOf(all_of=(Held("bafd"), AnyOf(any_of=(Held("deme"), Held("deust"))))))
    'bafd et (deme ou deust)'
    """
    inside = [f"({asked(part)})" if len(parts(part)) > 1 else asked(part) for part in parts(value)]
    match value:
        case AllOf() if inside:
            return enumeration(inside)
        case AnyOf():
            return enumeration(inside, "ou")
        case AtLeast():
            return say("au moins {number} parmi {items}", number=value.at_least, items=enumeration(inside))
    return one_requirement(value)


def entry(value: EntryGap) -> Iterator[str]:
    """Where a person stands at the door: the state, then what is missing or to confirm, then what is waived."""
    yield ENTRY[value.state]
    if value.missing is not None and value.state is State.TO_CONFIRM:
        yield say("reste à confirmer : {what}", what=asked(value.missing))
    elif value.missing is not None:
        yield say("il manque : {what}", what=asked(value.missing))
    yield from (waiver(one) for one in value.waivers if one.part or one.state is not value.state)


def before(block: BlockGap) -> str:
    """What is still asked before a block can be assessed; empty when nothing is."""
    return "" if block.before is None else say("avant l'évaluation, il faut encore : {what}", what=asked(block.before))


# -- what a text waives or nearly opens -----------------------------------------------------------------------------------


def waiver(value: Waiver) -> str:
    """What a text waives, with the text."""
    about = label(value.what) + (f" ({value.part})" if value.part else "")
    if value.state is State.TO_CONFIRM:
        about = say("{waiver}, à confirmer", waiver=about)
    texts = [right(reason) for reason in rights(value.because)]
    return " — ".join([f"{SYMBOLS[value.state]} {about}", *texts])


def near_right(value: NearRight) -> str:
    """A right of which a part is there, what it still asks for, and what its reader noted."""
    name = value.clause.title or value.clause.source.title
    told = labelled(name, say("il manque {what}", what=asked(value.missing)))
    return f"{told}. {value.clause.note}" if value.clause.note else told
