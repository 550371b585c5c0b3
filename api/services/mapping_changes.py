"""Correspondences changed (*correspondances, en écriture*): what a module brings ticked and unticked, suggestions accepted, refused, proposed again.

To accept is to write the offer, on the revision that was read; to refuse leaves the offer alone and is remembered. The last act of somebody
is undone as long as nobody has done anything since: a change by putting back what stood before, a refusal by proposing again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from api.services import offers as offering
from api.services.kept import Shelf
from api.services.mapping import brought
from api.services.offer_history import NotUndone, last_of, undo
from api.store.conflict import Absent
from api.store.repositories.offers import What
from api.store.rooms import Room
from api.store.tables.mapping_decisions import MappingDecision, Verdict
from api.store.tables.offer_changes import OfferChange
from api.store.tables.offers import StoredOffer
from referentials.library import Library
from referentials.offer import Module, Offer
from referentials.requirement import CompetencyAt

MAPPED = "mapped"
"""The key of such a change in the history of the offer."""


class Pair(NamedTuple):
    """A module and the full reference of a competency."""

    module: str
    ref: str


class Changes(NamedTuple):
    """Pairs that a module brings from now on, and pairs that it brings no more."""

    added: tuple[Pair, ...] = ()
    removed: tuple[Pair, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


# -- the offer ----------------------------------------------------------------------------------------------------------------


def pairs_of(offer: Offer, library: Library) -> frozenset[Pair]:
    """What the modules of an offer bring, competency by competency; what whole blocks bring is left aside."""
    return frozenset(Pair(one.id, ref) for one in offer.modules for ref in brought(one, library).alone)


def between(before: Collection[Pair], after: Collection[Pair]) -> Changes:
    """What leads from some pairs to others, in order."""
    return Changes(tuple(sorted({*after} - {*before})), tuple(sorted({*before} - {*after})))


def still_to_do(changes: Changes, offer: Offer, library: Library) -> Changes:
    """The part of some changes that an offer has not seen yet, of modules that it still has."""
    now, known = pairs_of(offer, library), {one.id for one in offer.modules}
    return Changes(
        tuple(one for one in changes.added if one not in now and one.module in known),
        tuple(one for one in changes.removed if one in now),
    )


def changed(offer: Offer, changes: Changes, library: Library) -> Offer:
    """The offer after some changes.

    Raises
    ------
    Absent
        It has no such module.
    """
    for name in sorted({one.module for one in (*changes.added, *changes.removed)}):
        module = offering.module_of(offer, name)
        added = [one.ref for one in changes.added if one.module == name]
        removed = {one.ref for one in changes.removed if one.module == name}
        offer = offering.with_module(offer, _with(module, added, removed, library))
    return offer


def _with(module: Module, added: Iterable[str], removed: set[str], library: Library) -> Module:
    here = brought(module, library).alone
    kept = [one for one in module.develops if removed.isdisjoint(library.expand(one.competency))]
    new = [CompetencyAt(competency=ref) for ref in added if ref not in here]
    return module.model_copy(update={"develops": (*kept, *new)})


# -- to write -----------------------------------------------------------------------------------------------------------------


def write_mapping(room: Room, library: Library, name: str, revision: int, changes: Changes) -> StoredOffer:
    """Keep an offer after some changes; what was added is kept as accepted.

    Raises
    ------
    FileProblem, Absent, Conflict
        As for :func:`api.services.offers.change_offer`.
    """
    what = What(MAPPED, {"added": len(changes.added), "removed": len(changes.removed)})
    row = offering.change_offer(
        room.offers, library, name, revision, lambda offer: changed(offer, changes, library), what
    )
    room.mapping_decisions.add(row.id, changes.added, Verdict.ACCEPTED)
    return row


def decide(room: Room, library: Library, name: str, pair: Pair, verdict: Verdict) -> None:
    """Refuse a suggestion, or propose again what was refused; deciding twice keeps one decision.

    Raises
    ------
    Absent
        The organisation has no such offer, the offer no such module, the library no such competency.
    """
    row = _own(room, name)
    offering.module_of(offering.offer_of(row), pair.module)
    if library.expand(pair.ref) != (pair.ref,):
        raise Absent("competency", pair.ref)
    if (pair in refused(room, row.id)) is not (verdict is Verdict.REFUSED):
        room.mapping_decisions.add(row.id, [pair], verdict)


def refused(room: Room, offer_id: str) -> frozenset[Pair]:
    """The pairs that were refused for an offer and not proposed again since."""
    return frozenset(pair for pair, one in _last_words(room, offer_id).items() if one.verdict == Verdict.REFUSED)


def _last_words(room: Room, offer_id: str) -> dict[Pair, MappingDecision]:
    """The last refusal, or its taking back, of each pair: an acceptance is read in the offer itself."""
    found = room.mapping_decisions.of_offer(offer_id)
    return {Pair(one.module, one.competency): one for one in found if one.verdict != Verdict.ACCEPTED}


def _own(room: Room, name: str) -> StoredOffer:
    row = Shelf(room.offers).row(name)
    if row is None or row.organisation_id is None:
        raise Absent("offer", name)
    return row


# -- to undo ------------------------------------------------------------------------------------------------------------------


def last_act(room: Room, name: str, account: str) -> OfferChange | MappingDecision | None:
    """What an account may undo: the last act of all about an offer, when it is theirs."""
    row = _own(room, name)
    changes = room.offers.changes(row.id)
    words = [one for one in room.mapping_decisions.of_offer(row.id) if one.verdict != Verdict.ACCEPTED]
    if words and (not changes or words[-1].created_at > changes[0].at):
        return words[-1] if words[-1].by == account else None
    return last_of(row, changes, account)


def undo_last(room: Room, library: Library, name: str, revision: int) -> None:
    """Undo the last act of whoever asks.

    Raises
    ------
    NotUndone
        Somebody else has done something since, or nothing was done.
    Absent, Conflict, FileProblem
        As for :func:`api.services.offer_history.undo`.
    """
    last = last_act(room, name, room.offers.unit.actor)
    if last is None:
        raise NotUndone(name)
    if isinstance(last, OfferChange):
        undo(room.offers, library, name, revision)
        return
    other = Verdict.REOPENED if last.verdict == Verdict.REFUSED else Verdict.REFUSED
    room.mapping_decisions.add(last.offer_id, [(last.module, last.competency)], other)
