"""What is said of a draft: comments, reviews, links with the version it starts from; only where the draft itself may be changed."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, select

from api.store.conflict import Absent
from api.store.repositories.repository import Repository
from api.store.tables.draft_comments import DraftComment
from api.store.tables.draft_links import DraftLink
from api.store.tables.draft_reviews import DraftReview, Opinion
from api.store.tables.drafts import Draft

Said = TypeVar("Said", DraftComment, DraftReview, DraftLink)


class OfDrafts(Repository[Said], Generic[Said]):
    """Lines about the drafts of a scope, in the order in which they were said."""

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.changes(self.table)

    def of_draft(self, draft_id: str) -> tuple[Said, ...]:
        """Every line about a draft, the oldest first."""
        query = self._select().where(self.table.draft_id == draft_id)
        return tuple(self.session.scalars(query.order_by(self.table.id)))

    def _say(self, draft_id: str, **values: Any) -> Said:
        mine = select(Draft.id).where(Draft.id == draft_id, self.scope.changes(Draft))
        if self.session.scalars(mine).one_or_none() is None:
            raise Absent("draft", draft_id)
        return self._add(organisation_id=self.scope.publisher(), draft_id=draft_id, by=self.unit.actor, **values)


class DraftComments(OfDrafts[DraftComment]):
    """Comments."""

    table = DraftComment
    kind = "draft-comment"

    def add(self, draft_id: str, at: str, text: str) -> DraftComment:
        """Say something of an item of a draft; of the whole when ``at`` is empty.

        Raises
        ------
        Absent
            There is no such draft that may be changed here.
        """
        return self._say(draft_id, at=at, text=text)

    def resolve(self, identifier: str, *, resolved: bool = True) -> DraftComment:
        """Say that a comment is settled, or that it is not.

        Raises
        ------
        Absent
            There is no such comment here.
        """
        row = self.edit(identifier)
        row.resolved_at = self.unit.now if resolved else None
        row.resolved_by = self.unit.actor if resolved else None
        self.session.flush()
        return row


class DraftReviews(OfDrafts[DraftReview]):
    """Reviews."""

    table = DraftReview
    kind = "draft-review"

    def add(self, draft_id: str, reviewed: int, opinion: Opinion, words: str = "") -> DraftReview:
        """Keep what was said of a revision.

        Raises
        ------
        Absent
            There is no such draft that may be changed here.
        """
        return self._say(draft_id, reviewed=reviewed, opinion=opinion.value, words=words)


class DraftLinks(OfDrafts[DraftLink]):
    """Links."""

    table = DraftLink
    kind = "draft-link"

    def add(self, draft_id: str, start: str, end: str, relation: str) -> DraftLink:
        """Keep what was decided about a pair; refused when ``relation`` is empty.

        Raises
        ------
        Absent
            There is no such draft that may be changed here.
        """
        return self._say(draft_id, start=start, end=end, relation=relation)
