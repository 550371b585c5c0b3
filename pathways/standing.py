"""Closures → the state of every fact at once (*situation*), as :meth:`pathways.gap.Positioning.state` tells it one by one."""

from __future__ import annotations

from pathways.gap import State
from pathways.recognition import Closure


def standing(sure: Closure, hopeful: Closure) -> dict[str, State]:
    """The state of each fact that is true or could be; every other fact is missing.

    Parameters
    ----------
    sure, hopeful : Closure
        What follows from what is surely held, and what would if everything to confirm were confirmed.
    """
    found = dict.fromkeys(hopeful.proofs, State.TO_CONFIRM)
    found.update(dict.fromkeys(sure.proofs, State.BY_PROOF))
    found.update(dict.fromkeys(sure.by_right, State.BY_RIGHT))
    for fact, proof in sure.proofs.items():
        if proof.why == "likeness" and not sure.by_right.isdisjoint(proof.premises):
            found[fact] = State.BY_RIGHT
    return found
