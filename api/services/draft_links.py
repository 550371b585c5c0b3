"""Links from an old version to the draft of a new one (*remplacé par*): proposed, then confirmed or refused one by one.

::

    proposed = the same competency by its code or its words, then what a designer named when retiring it, then near words
    decided  = the last decision about each pair

A link is a likeness between two competencies, never a right. A confirmed one becomes a validated correspondence when the draft is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from api.services.nearness import Names
from api.store.repositories.drafts import Drafts
from api.store.rooms import Room
from api.store.tables.draft_changes import DraftChange
from api.store.tables.draft_links import DraftLink
from referentials.diff import counterparts
from referentials.model import Referential
from referentials.rights import Correspondence, CorrespondenceState, Relation

_NEAR, _MOST_NEAR = 0.45, 2
REOPENED = "reopened"
"""What a decision says instead of a relation when it takes an earlier one back."""


class Why(StrEnum):
    """Why a link is proposed."""

    SAME = "same"
    REWORDED = "reworded"
    SUCCESSOR = "successor"
    NEAR = "near"
    CHOSEN = "chosen"


class Link(NamedTuple):
    """An old competency, by its full reference; what may take its place, by its place in the draft; what was decided.

    ``relation`` is what was confirmed, empty when the pair was refused, None when nobody has decided. ``by`` is an account.
    """

    start: str
    end: str
    why: Why
    relation: str | None = None
    by: str = ""

    @property
    def likely(self) -> Relation:
        """The relation that is proposed."""
        return Relation.EXACT if self.why is Why.SAME else Relation.CLOSE


def links(
    old: Referential, draft: Referential, changes: Iterable[DraftChange], decided: Iterable[DraftLink]
) -> tuple[Link, ...]:
    """Every link that is proposed or was decided, in the order of the old version."""
    found = {(one.start, one.end): one for one in _proposed(old, draft, changes)}
    starts, ends = {ref for ref, _ in old.competencies()}, {_local(ref) for ref, _ in draft.competencies()}
    for pair, row in last_decisions(decided).items():
        if row.start in starts and row.end in ends:
            known = found.get(pair, Link(row.start, row.end, Why.CHOSEN))
            found[pair] = known._replace(relation=row.relation, by=row.by)
    order = {ref: rank for rank, (ref, _) in enumerate(old.competencies())}
    return tuple(sorted(found.values(), key=lambda one: (order[one.start], list(Why).index(one.why), one.end)))


def last_decisions(decided: Iterable[DraftLink]) -> Mapping[tuple[str, str], DraftLink]:
    """The decision that counts about each pair; a pair that was reopened has none."""
    last = {(row.start, row.end): row for row in decided}
    return {pair: row for pair, row in last.items() if row.relation != REOPENED}


def _proposed(old: Referential, draft: Referential, changes: Iterable[DraftChange]) -> Iterator[Link]:
    ends = {_local(ref): item.title or "" for ref, item in draft.competencies()}
    names = Names((end, [title]) for end, title in ends.items() if title)
    linked = set()
    for start, end, same in counterparts(old, draft):
        linked.add(start)
        yield Link(f"{old.key}/{start}", end, Why.SAME if same else Why.REWORDED)
    successors = dict(_successors(changes))
    for ref, item in old.competencies():
        place = _local(ref)
        if place in linked:
            continue
        named = [end for end in successors.get(place, ()) if end in ends]
        yield from (Link(ref, end, Why.SUCCESSOR) for end in named)
        near = names.nearest(item.title or "", _MOST_NEAR, _NEAR)
        yield from (Link(ref, one.key, Why.NEAR) for one in near if one.key not in named)


def _successors(changes: Iterable[DraftChange]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What designers said takes the place of what they retired."""
    for change in changes:
        if change.act.get("act") == "retire" and change.act.get("successors"):
            yield str(change.act.get("at", "")), tuple(map(str, change.act["successors"]))


def _local(ref: str) -> str:
    return ref.partition("/")[2]


# -- on publication -------------------------------------------------------------------------------------------------------


def confirmed(room: Room, draft_id: str, item: Referential) -> tuple[DraftLink, ...]:
    """The confirmed links of a draft whose new side is still there."""
    ends = {_local(ref) for ref, _ in item.competencies()}
    kept = last_decisions(room.draft_links.of_draft(draft_id)).values()
    return tuple(row for row in kept if row.relation and row.end in ends)


def keep_as_correspondences(room: Room, item: Referential, kept: Iterable[DraftLink]) -> None:
    """Write confirmed links as validated correspondences towards a version that is being published."""
    for row in kept:
        found = _correspondence(room.drafts, item, row)
        there = room.correspondences.by_key(found.id)
        own = there is not None and there.organisation_id == room.scope.publisher()
        room.correspondences.write(found, identifier=there.id if there and own else None)


def _correspondence(drafts: Drafts, item: Referential, row: DraftLink) -> Correspondence:
    account = drafts.unit.directory.accounts.find(row.by)
    end = f"{item.key}/{row.end}"
    return Correspondence.model_validate(
        {
            "id": _identifier(row.start, end),
            "from": row.start,
            "to": end,
            "relation": row.relation,
            "author": account.name if account else row.by,
            "state": CorrespondenceState.VALIDATED,
            "reason": f"Lien de l'ancienne version à la nouvelle, confirmé avant la publication de {item.key}.",
        }
    )


def _identifier(start: str, end: str) -> str:
    """A name for a pair, the same for the same pair.

    Examples
    --------
    >>> _identifier("tp-a@2019/CCP1/C1", "tp-a@2027/CCP1/C2")[:-9]
    'tp-a-2019-ccp1-c1--tp-a-2027-ccp1-c2'
    """
    words = "--".join(re.sub(r"[^a-z0-9.]+", "-", one.lower()) for one in (start, end))
    return f"{words[:150]}-{sha256(f'{start} {end}'.encode()).hexdigest()[:8]}"
