"""The positioning of a plan, in words (*positionnement*): where the person stands on each block, each competency, the door.

Each part says what proves it, and by which route what is missing comes: a right with its text, an assessment, validation by
experience, training.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways import facts
from pathways.gap import ACQUIRED, BlockGap, CompetencyGap, Gap, State
from pathways.pathway import Pathway, Step, StepKind
from pathways.profile import EvidenceKind
from pathways.reasons import Reason
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.provenance import Source
from reports.language import say
from reports.library_wording import source
from reports.names import requirement
from reports.pathway_wording import step_title
from reports.plan_document import BlockRow, CompetencyRow, EntryPart
from reports.plan_steps import planned
from reports.reason_wording import EVIDENCE, STATES, right, rights
from reports.wording import enumeration


def blocks(pathway: Pathway, version: Referential, library: Library) -> tuple[BlockRow, ...]:
    """The blocks of the target, each with its competencies."""
    steps = _steps(pathway)
    known = {block.code: block for block in version.known_blocks}
    return tuple(_block(block, known[block.ref.split("/")[1]], steps, library) for block in pathway.gap.blocks)


Numbered = tuple[int, Step]
"""A step with its rank in the plan, from 1."""


def _steps(pathway: Pathway) -> Mapping[str, Sequence[Numbered]]:
    """The steps that bring each part, by reference; levels put aside."""
    found: dict[str, list[Numbered]] = {}
    for number, step in enumerate(planned(pathway), start=1):
        for ref in dict.fromkeys(fact.partition("#")[0] for fact in step.grants):
            found.setdefault(ref, []).append((number, step))
    return found


def _named(number: int, step: Step) -> str:
    """A step by its rank and its title."""
    return f"{number}. {step.title or step_title(step)}"


def _block(block: BlockGap, item: Block, steps: Mapping[str, Sequence[Numbered]], library: Library) -> BlockRow:
    return BlockRow(
        ref=block.ref,
        code=block.ref.partition("/")[2],
        title=block.title or "",
        state=block.state,
        because=tuple(proofs(block.because, library)),
        route=_route(block, steps),
        reached=block.state in ACQUIRED or block.ref in steps,
        known=block.known,
        optional=item.optional,
        competencies=tuple(_competency(one, block, steps, library) for one in block.competencies),
    )


def _competency(
    one: CompetencyGap, block: BlockGap, steps: Mapping[str, Sequence[Numbered]], library: Library
) -> CompetencyRow:
    state = block.state if block.state in ACQUIRED else one.state
    coming = () if state in ACQUIRED else steps.get(one.ref, ())
    return CompetencyRow(
        ref=one.ref,
        code=one.ref.rpartition("/")[2],
        title=one.title or "",
        asked=one.level,
        held=one.held,
        state=state,
        evidence=_evidence(one.because),
        because=tuple(proofs(one.because, library)),
        comes_by=tuple(_named(*step) for step in coming),
    )


def _evidence(reasons: Sequence[Reason]) -> EvidenceKind | None:
    """What vouches for what is held, unless a right comes after it."""
    if any(reason.how == "right" for reason in reasons):
        return None
    kinds = [EvidenceKind(reason.by) for reason in reasons if reason.how == "held" and reason.by]
    return kinds[-1] if kinds else None


def proofs(reasons: Sequence[Reason], library: Library) -> Iterator[str]:
    """A proof in sentences: what is held, then each text that applies; what is only contained in the rest is left out."""
    for reason in reasons:
        if reason.how == "held":
            yield _held(reason, library)
        elif reason.how == "right":
            yield say("de droit : {text}", text=right(reason))
        elif reason.how == "likeness":
            yield say("proximité exacte et validée par une personne : {what}", what=enumeration(reason.premises))


def _held(reason: Reason, library: Library) -> str:
    if reason.fact.startswith("?"):
        return say("condition confirmée : {what}", what=reason.fact[1:])
    what = _called(reason.fact, library)
    if not reason.by:
        return say("détenu : {what}", what=what)
    return say("détenu : {what}, {evidence}", what=what, evidence=EVIDENCE[EvidenceKind(reason.by)])


def _called(fact: str, library: Library) -> str:
    """What is held, by its title and its reference; experience and the like as they are."""
    if not facts.is_item(fact):
        return fact
    ref = facts.reference_of(fact)
    title = getattr(library.find(ref), "title", None)
    return f"{title} ({ref})" if title else ref


def _route(block: BlockGap, steps: Mapping[str, Sequence[Numbered]]) -> str:
    """How a block is, or comes to be, acquired, in a few words."""
    if block.state is State.BY_RIGHT:
        texts = [_cited(reason.source) for reason in rights(block.because) if reason.source]
        return say("de droit : {texts}", texts=" ; ".join(texts)) if texts else STATES[block.state]
    if block.state in ACQUIRED:
        return STATES[block.state]
    own = {step.kind for _number, step in steps.get(block.ref, ())}
    every = own.union(step.kind for one in block.competencies for _number, step in steps.get(one.ref, ()))
    told = [
        say("formation") if StepKind.MODULE in every else "",
        say("évaluation du bloc") if StepKind.ASSESSMENT in own else "",
        say("validation des acquis de l'expérience") if StepKind.VAE in own else "",
        say("de droit, après les étapes du plan") if StepKind.RIGHT in own else "",
    ]
    found = [one for one in told if one]
    if found:
        return ", ".join(found)
    return say("à confirmer") if block.state is State.TO_CONFIRM else say("aucune voie connue dans ce plan")


def _cited(text: Source) -> str:
    """A text by its name, its number and its article, without where and when it was read."""
    return source(text.model_copy(update={"url": None, "checked_on": None}))


def entry(gap: Gap, version: Referential, library: Library) -> EntryPart:
    """What is asked at the door, and where the person stands."""
    asked = version.entry.requirement if version.entry else None
    named = requirement(asked, library, within=version.key) if asked else ()
    lines = ["\u2003" * depth + text for depth, text in named]
    told = [gap.entry.description] if gap.entry.description else []
    proved = [say("de droit : {text}", text=right(reason)) for reason in gap.entry.because if reason.how == "right"]
    return EntryPart(state=gap.entry.state, lines=(*lines, *told, *proved), tests=gap.entry.tests)
