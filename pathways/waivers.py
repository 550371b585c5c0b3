"""What texts waive (*dispenses*) of an assessment, a training or a door, for certain or if what is to confirm were confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathways.positioning import Positioning, State
from pathways.reasons import Reason
from referentials.provenance import Value
from referentials.rights import Waived


class Waiver(Value):
    """A part of something that a text waives; ``part`` when the text waives only a part of it."""

    what: Waived
    part: str | None = None
    state: State
    because: tuple[Reason, ...] = ()


def waivers(positioning: Positioning, about: str | None = None) -> Mapping[str, Sequence[Waiver]]:
    """Every waiver by the reference that it is about.

    Parameters
    ----------
    about : str or None
        That reference alone.
    """
    found: dict[str, list[Waiver]] = {}
    granting = positioning.rights.granting.get(about.partition("@")[0], ()) if about else None
    if granting is not None and all(one.waives is None for one in granting):
        return found
    for fact in sorted(fact for fact in positioning.hopeful.proofs if fact[0] == "!"):
        ref = fact.partition(":")[2].partition(" (")[0]
        if about in (None, ref):
            found.setdefault(ref, []).append(_waiver(positioning, fact))
    return found


def _waiver(positioning: Positioning, fact: str) -> Waiver:
    what, _colon, rest = fact[1:].partition(":")
    part = rest.partition(" (")[2].removesuffix(")")
    state = State.BY_RIGHT if fact in positioning.sure else State.TO_CONFIRM
    return Waiver(what=Waived(what), part=part or None, state=state, because=positioning.because(fact))
