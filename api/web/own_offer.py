"""The offer that a training body is writing (*son offre*): as it stands, and the one way to change it from a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from api.deps import Permit
from api.errors import showing
from api.services import offers as offering
from api.services.kept import Shelf
from api.services.offer_history import last_of
from api.store.conflict import Absent
from api.store.repositories.offers import What
from api.store.tables.offer_changes import OfferChange
from api.store.tables.offers import StoredOffer
from api.web.sent import Form
from referentials.offer import Offer


class OwnOffer(NamedTuple):
    """An offer of the organisation of whoever asks, and its revision."""

    offer: Offer
    revision: int


def own_offer(permit: Permit, name: str) -> OwnOffer:
    """The offer as it stands.

    Raises
    ------
    Absent
        The organisation has no such offer: those that ship, and those of others, are not edited here.
    """
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        return OwnOffer(offering.offer_of(row), row.revision)


def own_row(shelf: Shelf[StoredOffer], name: str) -> StoredOffer:
    """The row of an offer of the organisation.

    Raises
    ------
    Absent
        As for :func:`own_offer`.
    """
    row = shelf.row(name)
    if row is None or row.organisation_id is None:
        raise Absent("offer", name)
    return row


def revision_in(form: Form) -> int:
    """The revision that a form was made from; one that never was when it can't be read."""
    text = form.text("revision")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def change(permit: Permit, name: str, revision: int, changing: Callable[[Offer], Offer], what: What) -> None:
    """Keep an offer after a change, with the name of what was done; a conflict shows the offer that stands."""
    library = permit.library
    with permit.writing() as room, showing(offering.offer_of):
        offering.change_offer(room.offers, library, name, revision, changing, what)


def undoable(permit: Permit, name: str) -> OfferChange | None:
    """The operation that whoever asks may undo."""
    with permit.reading() as room:
        row = Shelf(room.offers).row(name)
        return last_of(row, room.offers.changes(row.id), permit.actor.name) if row is not None else None
