"""Offers (*offres de formation*) that training bodies keep here, beside those that ship."""

from __future__ import annotations

from api.store.columns import Base
from api.store.tables.documents import LibraryDocument


class StoredOffer(LibraryDocument, Base):
    """One offer: the plain values of :class:`referentials.offer.Offer`."""

    __tablename__ = "offers"
