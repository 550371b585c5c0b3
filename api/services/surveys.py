"""Questions about every target, or about many people, at once (*tours d'horizon*): who is near what, which bridges there are on a day.

Each is one value, so that it can be answered here or in another process: they take the processor for as long as a plan does.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from api.services.group_session_surveys import OpenedSessions
from api.services.group_surveys import SharedBudget
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.question import Question
from referentials.library import Library
from referentials.provenance import Value

if TYPE_CHECKING:
    from api.services.nearest import GroupOrientation
    from pathways.matrix import Matrix
    from pathways.national_map import NationalMap
    from pathways.orientation import Orientation
    from reports.audience_document import Publics
    from reports.cohort_rows import Row


class Ranking(Value):
    """A person against every target, the nearest first."""

    kind: ClassVar[str] = "ranking"

    profile: Profile
    on: date
    everything: bool = False
    limit: int = 15
    policy: Policy = PRUDENT

    def answer(self, library: Library) -> Orientation:
        """The answer in a library."""
        from api.services.positions import oriented

        return oriented(
            self.profile,
            library,
            self.on,
            everything=self.everything,
            limit=self.limit,
            policy=self.policy,
        )

    @staticmethod
    def read(answer: bytes) -> Orientation:
        """An answer that comes from another process."""
        from pathways.orientation import Orientation

        return Orientation.model_validate_json(answer)


class GroupRanking(Value):
    """Many people against every target, each with their nearest ones."""

    kind: ClassVar[str] = "group-ranking"

    people: tuple[Profile, ...]
    on: date
    nearest: int = 5
    policy: Policy = PRUDENT

    def answer(self, library: Library) -> GroupOrientation:
        """The answer in a library."""
        from api.services.positions import all_oriented

        return all_oriented(self.people, library, self.on, nearest=self.nearest, policy=self.policy)

    @staticmethod
    def read(answer: bytes) -> GroupOrientation:
        """An answer that comes from another process."""
        from api.services.nearest import GroupOrientation

        return GroupOrientation.model_validate_json(answer)


class Map(Value):
    """All bridges of a day, or those from and to some versions."""

    kind: ClassVar[str] = "map"

    on: date
    starts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    blocks: bool = False
    everything: bool = False

    def answer(self, library: Library) -> Matrix:
        """The answer in a library."""
        from api.services.positions import mapped

        return mapped(
            library,
            self.on,
            starts=self.starts,
            targets=self.targets,
            blocks=self.blocks,
            everything=self.everything,
        )

    @staticmethod
    def read(answer: bytes) -> Matrix:
        """An answer that comes from another process."""
        from pathways.matrix import Matrix

        return Matrix.model_validate_json(answer)


class Nation(Value):
    """The national map of a day, with the chains of rights that nobody wrote."""

    kind: ClassVar[str] = "nation"

    on: date
    everything: bool = False

    def answer(self, library: Library) -> NationalMap:
        """The answer in a library."""
        from api.services.knowledge import rights_near
        from pathways.national_map import whole_map

        return whole_map(rights_near(library, ()), self.on, everything=self.everything)

    @staticmethod
    def read(answer: bytes) -> NationalMap:
        """An answer that comes from another process."""
        from pathways.national_map import NationalMap

        return NationalMap.model_validate_json(answer)


class Reached(Value):
    """Who an offer leads to a target, and what one more module would open."""

    kind: ClassVar[str] = "reached"

    offer: str
    target: str
    on: date

    def answer(self, library: Library) -> Publics:
        """The answer in a library."""
        from api.services.positions import reached

        return reached(self.offer, self.target, library, self.on)

    @staticmethod
    def read(answer: bytes) -> Publics:
        """An answer that comes from another process."""
        from reports.audience_document import Publics

        return Publics.model_validate_json(answer)


class Shared(Value):
    """The figures of a plan, computed once for all who have the same problem."""

    kind: ClassVar[str] = "shared"

    question: Question

    def answer(self, library: Library) -> Row:
        """The answer in a library."""
        from api.services.cohort_rows import row_for

        return row_for(self.question, library)

    @staticmethod
    def read(answer: bytes) -> Row:
        """An answer that comes from another process."""
        from reports.cohort_rows import Row

        return Row.model_validate_json(answer)


Survey = Ranking | GroupRanking | Map | Nation | Reached | Shared | SharedBudget | OpenedSessions
SURVEYS: dict[str, Any] = {
    one.kind: one for one in (Ranking, GroupRanking, Map, Nation, Reached, Shared, SharedBudget, OpenedSessions)
}
"""Each by its kind."""
