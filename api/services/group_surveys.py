"""Deciding for a group, as one value (*décision demandée*), so that it can be answered here or in another process.

The search ends by itself when its time is over: the decision is then made among those whose plans are known, and the bound counts the
others. What was worked out is kept for whoever asks the same again, or with another budget: asked once more, it goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from pydantic import Field

from pathways.group.budget_answer import Criterion
from pathways.objectives import Objective
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from referentials.library import Library
from referentials.provenance import Value

if TYPE_CHECKING:
    from api.services.cohort_people import Asking
    from api.services.group_budget import GroupBudget
    from pathways.group.budget_ways import Reaches
    from pathways.question import Question
    from pathways.recognition import Rights

MOST_PEOPLE = 250
"""How many people one request decides for."""

_A_DECISION = 15.0
"""Seconds for a decision at most, when the service allows as much."""

_A_PLAN, _BEGUN, _DONE = 0.1, 0.5, 0.8
"""Shares of the time: for one plan at most; after which nobody new is begun; after which nothing goes on but the choice. Between the
last two whoever was begun is finished, so that each request goes on by one person at least."""


def seconds_of_a_decision(plan_seconds: float) -> float:
    """The time for a decision, within what the service allows for one plan."""
    return min(_A_DECISION, 0.75 * plan_seconds)


class GroupPerson(Value):
    """Somebody of a group."""

    id: str = Field("profil", min_length=1, max_length=80, description="Identifiant, sans nom de personne.")
    service: str | None = Field(None, max_length=120, description="Service de l'employeur ; vide : sans service.")
    target: str | None = Field(None, max_length=200, description="Sa propre cible, quand la demande n'en donne pas.")
    profile: Profile = Field(Profile(), description="La personne, sans identité.")


class Ground(NamedTuple):
    """What a decision stands on: the people as they ask, what they hold, what is asked for each, the rights that can bear on it."""

    asking: tuple[Asking, ...]
    held: tuple[str, ...]
    question: Question
    rights: Rights


class Group(Value):
    """People for whom something is decided together, each towards the one target, or towards their own."""

    people: tuple[GroupPerson, ...]
    target: str
    on: date
    illustrative: bool = False
    offers: tuple[str, ...] | None = None
    policy: Policy = PRUDENT

    def ground(self, library: Library, seconds: float | None = None) -> Ground:
        """What a decision stands on in a library, with so many seconds for one plan."""
        from api.services.cohort_people import Asking
        from api.services.knowledge import held_by, rights_near
        from pathways.question import Question

        asking = [Asking(one.profile.model_copy(update={"id": one.id}), one.target, one.service) for one in self.people]
        held = tuple(sorted({ref for one in asking for ref in held_by(one.profile)}))
        ends = {self.target or one.target or "" for one in self.people} - {""}
        question = Question(
            Profile(),
            self.target,
            self.on,
            offers=self.offers,
            real_only=not self.illustrative,
            policy=self.policy,
            explain=False,
            time_limit=seconds,
        )
        return Ground(tuple(asking), held, question, rights_near(library, sorted(ends), held))


class SharedBudget(Group):
    """A budget, or hours, for a group that it may not pay for."""

    kind: ClassVar[str] = "shared-budget"

    limit: int
    criterion: Criterion = Criterion.TITLES
    resource: Objective = Objective.COST
    front: bool = False
    seconds: float = _A_DECISION

    def answer(self, library: Library) -> GroupBudget:
        """The answer in a library."""
        from api.services.group_budget import Sharing, shared_out

        began = monotonic()
        asking, held, question, rights = self.ground(library, self.seconds * _A_PLAN)
        sharing = Sharing(self.limit, self.criterion, self.resource, self.front)
        known = _known(library, held, self.model_copy(update={"people": (), **_SHARED}))

        def after(share: float) -> Callable[[], bool]:
            return lambda: monotonic() >= began + self.seconds * share

        begin, go_on = after(_BEGUN), after(_DONE)
        return shared_out(asking, question, rights, sharing, known=known, should_stop=begin, at_last=go_on)

    @staticmethod
    def read(answer: bytes) -> GroupBudget:
        """An answer that comes from another process."""
        from api.services.group_budget import GroupBudget

        return GroupBudget.model_validate_json(answer)


_SHARED = {"limit": 0, "criterion": Criterion.TITLES, "front": False}
"""What changes no plan."""


@lru_cache(maxsize=4)
def _known(library: Library, held: tuple[str, ...], asked: SharedBudget) -> dict[str, Reaches | str]:
    """What was worked out for a question, whatever is shared out and whoever is in the group."""
    return {}
