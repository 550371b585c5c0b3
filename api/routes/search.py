"""Search (*recherche*): referentials, blocks, competencies, offers and modules by French words; people have a search of their own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from api.auth.permissions import Action
from api.contract import resource
from api.deps import Asked, Pagination, Permit, allowed, sealed
from api.problem import Problem
from api.schemas import HitRow, Listing

router = resource("/search", "Recherche")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Sort = Literal["referential", "block", "competency", "offer", "module"]
FARTHEST = 10_000


@router.get("", response_model=Listing[HitRow], summary="Chercher par des mots")
def search(
    permit: Reading,
    page: Pagination,
    text: Annotated[
        str,
        Query(max_length=300, description="Des mots, en entier ou en partie.", examples=["médiation numérique"]),
    ],
    kind: Annotated[list[Sort] | None, Query(max_length=5, description="Seulement ces sortes de choses.")] = None,
) -> Any:
    """What answers words: first what answers by its title, referentials before their blocks."""
    skip = skipped(page)
    with permit.reading() as room:
        hits = room.search.find(text, kind, skip=skip, limit=page.limit + 1 if page.limit < 200 else 200)
    more = len(hits) > page.limit or (page.limit == 200 and len(hits) == 200)
    return Listing(
        items=tuple(HitRow(**hit._asdict()) for hit in hits[: page.limit]),
        next=sealed(f"+{skip + page.limit}") if more else None,
    )


def skipped(page: Asked) -> int:
    """How many answers come before the page: a list in order of interest has no other mark."""
    if page.after is None:
        return 0
    number = page.after.removeprefix("+")
    if number == page.after or not number.isascii() or not number.isdecimal() or int(number[:9]) > FARTHEST:
        raise Problem("invalid", errors=[{"parameter": "cursor", "in": "query", "rule": "cursor", "detail": ""}])
    return int(number[:9])
