"""A person on a day, in front of any target (*situation*): closures computed once, and the state of every fact at once.

What follows from a profile hardly depends on the target: only a title that is closed is computed as though it still ran when
it is the one aimed at. Its closures are then its own, if the person has something of it; every other target shares one pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pathways.gap import State
from pathways.holdings import Held
from pathways.policy import PRUDENT, Policy
from pathways.recognition import Closure, Rights
from pathways.validity import is_open
from referentials.model import Referential


class Closures(NamedTuple):
    """What surely follows from what is held, and what would if everything to confirm were confirmed."""

    sure: Closure
    hopeful: Closure

    def states(self) -> dict[str, State]:
        """The state of each fact that is true or could be, as :meth:`pathways.gap.Positioning.state` tells it.

        Notes
        -----
        By right is what rests on a right somewhere: found from the shallowest on, for premises are shallower.
        """
        found = dict.fromkeys(self.hopeful.proofs, State.TO_CONFIRM)
        found.update(dict.fromkeys(self.sure.proofs, State.BY_PROOF))
        found.update(dict.fromkeys(_resting_on_rights(self.sure), State.BY_RIGHT))
        return found


def _resting_on_rights(closure: Closure) -> set[str]:
    found: set[str] = set()
    if not any(proof.why == "right" for proof in closure.proofs.values()):
        return found
    for fact, proof in sorted(closure.proofs.items(), key=lambda pair: pair[1].depth):
        if proof.why == "right" or not found.isdisjoint(proof.premises):
            found.add(fact)
    return found


class Standing:
    """A person on a day.

    Parameters
    ----------
    known : Held
        What the person holds, with the experiences that every target of interest asks for.
    conditions : iterable of str
        The conditions that these targets ask for at the door, as facts.
    """

    def __init__(
        self, known: Held, rights: Rights, on: date, policy: Policy = PRUDENT, conditions: Iterable[str] = ()
    ) -> None:
        self.known, self.rights, self.on, self.policy = known, rights, on, policy
        self._hopeful = known.hopeful.union(rights.conditions, conditions)

    def _close(self, aimed: str | None) -> Closures:
        sure = self.rights.close(self.known.sure, self.on, self.policy, aimed=aimed)
        return Closures(sure, self.rights.close(self._hopeful, self.on, self.policy, hopeful=True, aimed=aimed))

    @cached_property
    def everywhere(self) -> Closures:
        """The closures that every open target shares."""
        return self._close(None)

    @cached_property
    def _wholes(self) -> frozenset[str]:
        return frozenset(fact.partition("/")[0].partition("#")[0] for fact in self.everywhere.hopeful.proofs)

    def is_shared(self, version: Referential) -> bool:
        """Whether a target is in front of the shared closures."""
        return version.key not in self._wholes or is_open(self.rights.library, version, self.on)

    def towards(self, version: Referential) -> Closures:
        """The closures for one target."""
        return self.everywhere if self.is_shared(version) else self._close(version.key)
