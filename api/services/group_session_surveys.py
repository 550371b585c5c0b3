"""Shared sessions asked about as one value (*sessions communes*), so that it can be answered here or in another process.

The search ends by itself when its time is over, with the best decision known and its gap.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from api.services.group_surveys import GroupPerson
from pathways.group.sessions_file import SharedSession
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from referentials.library import Library
from referentials.provenance import Value

if TYPE_CHECKING:
    from api.services.group_sessions import GroupSessions

MOST_PEOPLE, MOST_SESSIONS = 100, 40
"""How many people one request decides for, and how many sessions."""


class OpenedSessions(Value):
    """Which sessions to open for a group, and who sits in each."""

    kind: ClassVar[str] = "opened-sessions"

    people: tuple[GroupPerson, ...]
    sessions: tuple[SharedSession, ...]
    target: str
    on: date
    as_many: bool = False
    explain: bool = True
    illustrative: bool = False
    offers: tuple[str, ...] | None = None
    policy: Policy = PRUDENT
    seconds: float = 14.0

    def answer(self, library: Library) -> GroupSessions:
        """The answer in a library."""
        from api.services.cohort_people import Asking
        from api.services.group_sessions import Wish, opened_for
        from api.services.knowledge import held_by, rights_near
        from pathways.question import Question

        asking = [Asking(one.profile.model_copy(update={"id": one.id}), one.target, one.service) for one in self.people]
        ends = {self.target or one.target or "" for one in self.people} - {""}
        question = Question(
            Profile(),
            self.target,
            self.on,
            offers=self.offers,
            real_only=not self.illustrative,
            policy=self.policy,
            explain=False,
        )
        rights = rights_near(library, sorted(ends), sorted({ref for one in asking for ref in held_by(one.profile)}))
        return opened_for(asking, self.sessions, question, rights, Wish(self.seconds, self.as_many, self.explain))

    @staticmethod
    def read(answer: bytes) -> GroupSessions:
        """An answer that comes from another process."""
        from api.services.group_sessions import GroupSessions

        return GroupSessions.model_validate_json(answer)
