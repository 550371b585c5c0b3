"""The chains of publications (*registres*): each organisation's published versions, verified as the ledger of a folder is."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import undefer

from api.store.search import SHARED
from api.store.tables.published import LibraryMark, PublishedVersion
from api.store.unit_of_work import Store
from referentials import ledger
from referentials.model import Referential


def problems(store: Store) -> Iterator[str]:
    """Every version that is not what was sealed, and every break of a chain."""
    seals: dict[str, str] = {}
    rows = (
        select(PublishedVersion)
        .options(undefer(PublishedVersion.document))
        .order_by(PublishedVersion.organisation_id, PublishedVersion.position)
    )
    with store.read() as unit:
        for row in unit.session.scalars(rows.execution_options(yield_per=100)):
            part = row.organisation_id or SHARED
            if row.previous != seals.get(part, ""):
                yield f"Le registre des publications est rompu avant {row.key} (révision {row.number})."
            if not _is_as_sealed(row):
                yield f"{row.key} (révision {row.number}) n'est plus ce qui a été publié."
            seals[part] = row.seal
        for mark in unit.session.scalars(select(LibraryMark).where(LibraryMark.published > 0)):
            if mark.seal != seals.get(mark.part):
                yield "La dernière publication manque au registre."


def _is_as_sealed(row: PublishedVersion) -> bool:
    line = ledger.Line(
        ref=row.key,
        revision=row.number,
        digest=row.digest,
        on=row.on,
        reason=row.reason,
        previous=row.previous,
        seal=row.seal,
    )
    return line == line.sealed() and ledger.digest(Referential.model_validate(row.document)) == row.digest
