"""Recognitions and correspondences that are not among those that ship."""

from __future__ import annotations

from api.store.repositories.documents import Documents
from api.store.tables.rights import StoredCorrespondence, StoredRecognition


class Recognitions(Documents[StoredRecognition]):
    """The recognitions of a scope."""

    table = StoredRecognition
    kind = "recognition"


class Correspondences(Documents[StoredCorrespondence]):
    """The correspondences of a scope."""

    table = StoredCorrespondence
    kind = "correspondence"
