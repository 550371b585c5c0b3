"""The audit trail's chain (*chaîne du journal*): each line is sealed with the one before, so that a changed byte shows.

    digest(n) = SHA-256 of the JSON text of [n, moment, actor, organisation, action, object, digest(n - 1)]

The chain does not show that its last lines were removed *and* its head put back: the head is told by ``passerelles db check`` and
stands in every backup, where it can be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from api.store.columns import json_text
from api.store.tables.audit import AuditHead, AuditLine

_HEAD = 1


class Act(NamedTuple):
    """What somebody did: when, who, for which organisation, what, to what (``kind:identifier``)."""

    at: datetime
    actor: str
    organisation: str
    action: str
    object: str


class Verdict(NamedTuple):
    """Whether the trail is whole: how many lines were read, the first wrong one if any, and the digest of the last."""

    lines: int
    broken_at: int | None
    head: str


def sealed(number: int, act: Act, previous: str) -> str:
    """The digest of a line."""
    at = act.at.isoformat(timespec="microseconds")
    text = json_text([number, at, act.actor, act.organisation, act.action, act.object, previous])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def append(session: Session, acts: Sequence[Act]) -> None:
    """Add lines at the end; transactions that append wait for one another from here to their end."""
    if not acts:
        return
    last = select(AuditHead).where(AuditHead.id == _HEAD).with_for_update()
    head = session.scalars(last.execution_options(populate_existing=True)).one()
    for act in acts:
        digest = sealed(head.number + 1, act, head.digest)
        session.add(AuditLine(number=head.number + 1, previous=head.digest, digest=digest, **act._asdict()))
        head.number, head.digest = head.number + 1, digest
    session.flush()


def verify(session: Session | Connection) -> Verdict:
    """Read the whole trail again, line by line."""
    count, digest = 0, ""
    lines = select(AuditLine.__table__).order_by(AuditLine.number).execution_options(yield_per=1000)
    for line in session.execute(lines):
        count += 1
        act = Act(line.at, line.actor, line.organisation, line.action, line.object)
        if line.number != count or line.previous != digest or line.digest != sealed(count, act, digest):
            return Verdict(count, count, digest)
        digest = line.digest
    head = session.execute(select(AuditHead.number, AuditHead.digest).where(AuditHead.id == _HEAD)).one()
    broken = None if (head[0], head[1]) == (count, digest) else count + 1
    return Verdict(count, broken, head[1])
