"""Published versions: sealed one after the other, read one by one.

The chain is that of :mod:`referentials.ledger`: a line changed or removed shows. Whether a version may be published is checked
before (:mod:`referentials.checks`); here it is only written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, select

from api.store.conflict import Absent, WrongState
from api.store.marks import changed
from api.store.repositories.repository import Page, Repository
from api.store.search import SHARED, entries_of, forget, index_entries
from api.store.superseded import Touched, mark_plans, touched_plans
from api.store.tables.published import PublishedVersion
from referentials import ledger
from referentials.model import Referential, State
from referentials.writer import plain

Key = tuple[str, str]
_TITLE = 1000


class Published(Repository[PublishedVersion]):
    """The versions that a scope may read: its organisation's own and the shared ones. They never change."""

    table = PublishedVersion
    kind = "version"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.reads(PublishedVersion)

    def _changeable(self) -> ColumnElement[bool]:
        return false()

    def keys(self) -> dict[Key, str]:
        """The row in use for every version; nothing else is read."""
        columns = (PublishedVersion.identifier, PublishedVersion.version, PublishedVersion.id)
        query = select(*columns).where(self._readable(), PublishedVersion.current)
        shared_first = query.order_by(PublishedVersion.organisation_id.is_not(None))
        return {(identifier, version): row for identifier, version, row in self.session.execute(shared_first)}

    def document(self, row_id: str) -> Mapping[str, Any]:
        """The plain values of one row.

        Raises
        ------
        Absent
            There is none here.
        """
        query = select(PublishedVersion.document).where(PublishedVersion.id == row_id, self._readable())
        found = self.session.scalars(query).one_or_none()
        if found is None:
            raise Absent(self.kind, row_id)
        return dict(found)

    def current(self, identifier: str, version: str) -> PublishedVersion | None:
        """The row in use for one version: the organisation's own, else the shared one."""
        query = self._select().where(
            PublishedVersion.identifier == identifier, PublishedVersion.version == version, PublishedVersion.current
        )
        rows = sorted(self.session.scalars(query), key=lambda row: row.organisation_id is None)
        return rows[0] if rows else None

    def history(self, identifier: str, version: str) -> tuple[PublishedVersion, ...]:
        """Every publication of one version, the oldest first."""
        query = self._select().where(PublishedVersion.identifier == identifier, PublishedVersion.version == version)
        return tuple(self.session.scalars(query.order_by(PublishedVersion.number, PublishedVersion.id)))

    def page_current(self, after: str | None = None, limit: int = 50) -> Page[PublishedVersion]:
        """The versions in use, in the order in which they were published."""
        return self._page(self._select().where(PublishedVersion.current), after, limit)

    def touched(self, *versions: str) -> tuple[Touched, ...]:
        """The plans that lean on some versions, among those of the readers of what this scope publishes: counts, and nobody's name.

        Where the scope publishes nothing, there are none.
        """
        if self.scope.organisation is None and not self.scope.shared:
            return ()
        return touched_plans(self.session, versions, self.scope.publisher())

    # -- to publish ------------------------------------------------------------------------------------------------

    def publish(self, item: Referential, *, on: date, reason: str, origin: str = "") -> PublishedVersion:
        """Seal one version.

        Raises
        ------
        WrongState
            It is already published, without any change since.
        """
        rows = self.publish_all([item], on=on, reason=reason, origin=origin)
        if not rows:
            raise WrongState(item.key)
        return rows[0]

    def publish_all(
        self, items: Iterable[Referential], *, on: date, reason: str, origin: str = ""
    ) -> tuple[PublishedVersion, ...]:
        """Seal many versions at once, leaving out those that have not changed since their last publication.

        Notes
        -----
        Some 10 ms each, during which other writers wait: give an import of thousands a few hundred at a time.
        """
        mark = changed(self.session, self.scope.publisher())
        rows = []
        for item in items:
            published = item.model_copy(update={"state": State.PUBLISHED})
            last = self._last(item)
            if last is not None and last.digest == ledger.digest(published):
                continue
            line = _line(published, last, mark.seal, on=on, reason=reason)
            mark.seal, mark.published = line.seal, mark.published + 1
            rows.append(self._seal(published, line, last, origin, mark.published))
        self.session.flush()
        return tuple(rows)

    def _last(self, item: Referential) -> PublishedVersion | None:
        query = select(PublishedVersion).where(
            self.scope.changes(PublishedVersion),
            PublishedVersion.identifier == item.id,
            PublishedVersion.version == item.version,
            PublishedVersion.current,
        )
        return self.session.scalars(query).one_or_none()

    def _seal(
        self, item: Referential, line: ledger.Line, last: PublishedVersion | None, origin: str, position: int
    ) -> PublishedVersion:
        owner = self.scope.publisher()
        if last is not None:
            last.current = False
        row = PublishedVersion(
            id=self.unit.new_identifier(),
            created_at=self.unit.now,
            organisation_id=owner,
            identifier=item.id,
            version=item.version,
            title=item.title[:_TITLE],
            number=line.revision,
            position=position,
            current=True,
            on=line.on,
            reason=line.reason,
            origin=origin,
            digest=line.digest,
            previous=line.previous,
            seal=line.seal,
            document=plain(item),
        )
        self.session.add(row)
        part = owner or SHARED
        forget(self.session, part, item.key)
        index_entries(self.session, entries_of(item), part=part, source=item.key, organisation_id=owner)
        mark_plans(self.session, item, owner)
        self.unit.record("version.publish", "version", item.key, self.scope.organisation)
        return row


def _line(item: Referential, last: PublishedVersion | None, previous: str, *, on: date, reason: str) -> ledger.Line:
    return ledger.Line(
        ref=item.key,
        revision=1 if last is None else last.number + 1,
        digest=ledger.digest(item),
        on=on,
        reason=" ".join(reason.split()),
        previous=previous,
    ).sealed()
