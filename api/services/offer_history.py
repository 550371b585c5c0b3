"""The history of an offer (*historique d'une offre*): what was done, by whom, when; the last operation undone, any state put back.

Every way of writing an offer leaves a change behind (:class:`api.store.repositories.offers.Offers`). To undo is to write what stood
before the last change, which is a change too: undone twice, an operation is there again.
"""

from __future__ import annotations

from api.services.effects import refuse_errors
from api.services.kept import Shelf
from api.store.conflict import WrongState
from api.store.repositories.offers import Offers, What
from api.store.tables.offer_changes import OfferChange
from api.store.tables.offers import StoredOffer
from referentials.document import Document
from referentials.library import Library
from referentials.loader import OFFER, load_document
from referentials.offer import Offer

UNDONE, REVERTED = "undone", "reverted"


class NotUndone(WrongState):
    """The last operation is somebody else's, or there is none: a state is put back by its number instead."""


def history(offers: Offers, name: str) -> tuple[OfferChange, ...]:
    """The changes of an offer of the organisation, the last one first; none when it is not kept here."""
    row = Shelf(offers).row(name)
    return offers.changes(row.id) if row is not None else ()


def last_of(row: StoredOffer, changes: tuple[OfferChange, ...], account: str) -> OfferChange | None:
    """The operation that an account may undo: the last of all, made by that account on the offer as it stands."""
    last = changes[0] if changes else None
    return last if last and last.by == account and last.revision + 1 == row.revision else None


def undo(offers: Offers, library: Library, name: str, revision: int) -> StoredOffer:
    """Put back what stood before the last operation of whoever asks.

    Raises
    ------
    NotUndone
        Somebody else has changed the offer since, or nothing was done.
    Absent, Conflict, FileProblem
        As for :func:`api.services.offers.change_offer`.
    """
    row = Shelf(offers).editable(name, revision)
    last = last_of(row, offers.changes(row.id), offers.unit.actor)
    if last is None:
        raise NotUndone(name)
    return _put_back(offers, library, row, last.number, What(UNDONE, {"what": last.what, "arguments": last.arguments}))


def revert(offers: Offers, library: Library, name: str, number: int, revision: int) -> StoredOffer:
    """Put back the offer as it stood before a change, whoever made it.

    Raises
    ------
    Absent, Conflict, FileProblem
        As for :func:`api.services.offers.change_offer`; ``Absent`` too when there is no change of that number.
    """
    row = Shelf(offers).editable(name, revision)
    return _put_back(offers, library, row, number, What(REVERTED, {"number": number}))


def state_before(offers: Offers, row: StoredOffer, number: int) -> Offer:
    """The offer as it stood before a change.

    Raises
    ------
    Absent
        There is no change of that number.
    """
    found: Offer = load_document(Document(offers.change(row.id, number).before), OFFER).items[0]
    return found


def _put_back(offers: Offers, library: Library, row: StoredOffer, number: int, what: What) -> StoredOffer:
    """The library may have changed since: what the old state would break is refused."""
    offer = state_before(offers, row, number)
    refuse_errors(offer, library)
    return offers.write(offer, offer.title, identifier=row.id, revision=row.revision, what=what)
