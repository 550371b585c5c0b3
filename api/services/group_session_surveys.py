"""Shared sessions asked about as one value (*sessions communes*), so that it can be answered here or in another process.

The search ends by itself when its time is over, with the best decision known and its gap. What was worked out is kept for whoever asks the same
again, or with other prices: asked once more, it goes on from there.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from api.services.group_surveys import Group
from pathways.group.sessions_file import SeatRange, SharedSession
from referentials.library import Library

if TYPE_CHECKING:
    from api.services.group_sessions import GroupSessions
    from pathways.group.sessions_demand import Demand

MOST_PEOPLE, MOST_SESSIONS = 100, 40
"""How many people one request decides for, and how many sessions."""


class OpenedSessions(Group):
    """Which sessions to open for a group, and who sits in each."""

    kind: ClassVar[str] = "opened-sessions"

    sessions: tuple[SharedSession, ...]
    as_many: bool = False
    explain: bool = True
    seconds: float = 14.0

    def answer(self, library: Library) -> GroupSessions:
        """The answer in a library."""
        from api.services.group_sessions import Wish, opened_for

        asking, held, question, rights = self.ground(library)
        wish = Wish(self.seconds, self.as_many, self.explain)
        bare = tuple(one.model_copy(update={"price": 0, "seats": SeatRange(max=1)}) for one in self.sessions)
        known = _known(library, held, self.model_copy(update={"people": (), "sessions": bare, **_SHARED}))
        return opened_for(asking, self.sessions, question, rights, wish, known=known)

    @staticmethod
    def read(answer: bytes) -> GroupSessions:
        """An answer that comes from another process."""
        from api.services.group_sessions import GroupSessions

        return GroupSessions.model_validate_json(answer)


_SHARED = {"as_many": False, "explain": False, "seconds": 0.0}
"""What changes no plan; prices and seats don't either."""


@lru_cache(maxsize=4)
def _known(library: Library, held: tuple[str, ...], asked: OpenedSessions) -> dict[Hashable, Demand]:
    """What was worked out for a question, whoever is in the group."""
    return {}
