"""Recognitions (*passerelles de droit*) and correspondences (*proximités*) kept here, beside those that ship."""

from __future__ import annotations

from api.store.columns import Base
from api.store.tables.documents import LibraryDocument


class StoredRecognition(LibraryDocument, Base):
    """One recognition: the plain values of :class:`referentials.rights.Recognition`."""

    __tablename__ = "recognitions"


class StoredCorrespondence(LibraryDocument, Base):
    """One correspondence: the plain values of :class:`referentials.rights.Correspondence`."""

    __tablename__ = "correspondences"
