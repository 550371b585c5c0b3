"""Marks (*repères*): how many times each part of the library changed, and the seal of its last publication."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.search import SHARED
from api.store.tables.published import LibraryMark


def changed(session: Session, organisation: str | None) -> LibraryMark:
    """Count one change, and keep the mark for this transaction: publications of one organisation follow one another."""
    part = organisation or SHARED
    query = select(LibraryMark).where(LibraryMark.part == part).with_for_update()
    mark = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if mark is None:
        mark = LibraryMark(part=part, number=0, published=0, seal="")
        session.add(mark)
    mark.number += 1
    session.flush()
    return mark


def number_of(session: Session, organisation: str | None) -> tuple[int, int]:
    """How many times what is shared, and what is an organisation's own, have changed."""
    found = {
        mark.part: mark.number
        for mark in session.scalars(select(LibraryMark).where(LibraryMark.part.in_([SHARED, organisation or ""])))
    }
    return found.get(SHARED, 0), found.get(organisation or "", 0)
