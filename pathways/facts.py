"""Facts (*faits*): what is true of a person at a moment, written as one text each, so that they sort, print and compare.

=======================  ==========================================  ==========================
fact                     means                                       written
=======================  ==========================================  ==========================
qualification awarded    the whole certification is held             ``deme@2007``
block obtained           the block is certified                      ``deme@2007/DC1``
competency reached       reached, or reached at a level              ``…/CCP1/C1``, ``…/1/1.1#4``
module done              followed to its end                         ``offer:module``
condition confirmed      the person's file says so                   ``?deux-secteurs``
experience shown         an experience asked for is there            ``+6:…``
part waived              assessment, training or entry waived        ``!entry:bpjeps-as@2005``
=======================  ==========================================  ==========================

Facts are monotone: once true, true for good.
"""

from __future__ import annotations

from collections.abc import Iterator

from referentials.library import Library
from referentials.model import Referential
from referentials.reference import Ref, parse_ref
from referentials.requirement import Experience, ExperienceAsked
from referentials.rights import Waived


def at_level(reference: str, level: int | None) -> str:
    """The fact that a competency is reached, at a level when one is given."""
    return reference if level is None else f"{reference}#{level}"


def condition(identifier: str) -> str:
    """The fact that a condition is confirmed."""
    return f"?{identifier}"


def experience(asked: ExperienceAsked) -> str:
    """The fact that an experience is there."""
    return f"+{asked.months:g}:{','.join(asked.rome)}:{asked.field or ''}"


def waived(what: Waived, reference: str) -> str:
    """The fact that a part of something is waived."""
    return f"!{what.value}:{reference}"


def reference_of(fact: str) -> str:
    """The reference that a qualification, block or competency fact is about, without its level."""
    return fact.partition("#")[0]


def is_item(fact: str) -> bool:
    """Whether a fact is a qualification, a block or a competency."""
    return fact[0] not in "?!+=~°≡" and ":" not in fact


def lower_levels(library: Library, fact: str) -> Iterator[str]:
    """What reaching a level says of the lower ones, and of the competency itself."""
    reference, mark, level = fact.partition("#")
    if mark:
        yield reference
        for rank in ranks(library, parse_ref(reference)):
            if rank < int(level):
                yield at_level(reference, rank)


def ranks(library: Library, ref: Ref) -> tuple[int, ...]:
    """The ranks of the scale of a competency's referential; none when it has no scale."""
    version = library.get(ref.referential, ref.version or "")
    return tuple(level.rank for level in version.scale.levels) if version.scale else ()


def blocks_of(version: Referential) -> tuple[str, ...]:
    """The references of the blocks that a whole certification contains (the optional ones apart)."""
    return tuple(f"{version.key}/{block.code}" for block in version.known_blocks if not block.optional)


def every_block_of(version: Referential) -> tuple[str, ...]:
    """The references of all the blocks of a certification, optional ones included."""
    return tuple(f"{version.key}/{block.code}" for block in version.known_blocks)


def is_optional(library: Library, fact: str) -> bool:
    """Whether a fact is a block that its certification does not ask for: holding the whole does not tell whether one has it."""
    ref = parse_ref(reference_of(fact)) if is_item(fact) else None
    if ref is None or ref.block is None or ref.competency is not None:
        return False
    block = library.get(ref.referential, ref.version or "").block(ref.block)
    return block is not None and block.optional


def asked(leaf: Experience) -> str:
    """The fact that an experience leaf asks for."""
    return experience(leaf.experience)
