"""Suggestions (*correspondances d'un module*): the competencies that a module may bring, and what its training body decides."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response

from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import IfMatch, Permit, allowed, tag
from api.errors import showing
from api.etag import etag_of
from api.routes.offers import ModuleName, Name
from api.schemas import OfferAnswer
from api.schemas_mapping import Decision, SuggestionRow, Suggestions
from api.services import offers as offering
from api.services.catalogue import find
from api.services.kept import Shelf, kept_row, shown
from api.services.mapping import brought, suggestions
from api.services.mapping_changes import Changes, Pair, decide, refused, write_mapping
from api.store.tables.mapping_decisions import Verdict
from referentials.absence import UnknownReference

router = resource("/offers", "Offres et modules")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
Target = Annotated[
    str, Query(min_length=1, max_length=200, examples=["tp-mn@2025"], description="Le référentiel des compétences.")
]
Most = Annotated[int, Query(ge=1, le=50, description="Nombre de suggestions, au plus.")]


@router.get(
    "/{name}/modules/{module_name}/suggestions", response_model=Suggestions, summary="Ce qu'un module peut apporter"
)
def read_suggestions(permit: Reading, name: Name, module_name: ModuleName, target: Target, limit: Most = 5) -> Any:
    """The competencies of a certification that come near a module, with what brings them near."""
    library, version = permit.library, find(permit.library, target, today(permit)).version
    if version is None:
        raise UnknownReference(target)
    with permit.reading() as room:
        offer, row = kept_row(library.offers, room.offers, name)
        no = refused(room, row.id) if row is not None else frozenset()
    module, mine = offering.module_of(offer, module_name), f"{version.key}/"
    away = tuple(sorted(one.ref for one in no if one.module == module_name and one.ref.startswith(mine)))
    has = brought(module, library)
    return Suggestions(
        target=version.key,
        items=tuple(
            SuggestionRow(
                competency=one.ref, title=one.title, score=one.score, words=one.words, by_meaning=one.by_meaning
            )
            for one in suggestions(library, version, module, away, limit)
        ),
        brought=tuple(sorted(ref for ref in has.alone | has.in_blocks if ref.startswith(mine))),
        refused=away,
    )


@router.put(
    "/{name}/modules/{module_name}/decision",
    response_model=OfferAnswer,
    summary="Accepter, refuser ou rouvrir une suggestion",
)
def decide_suggestion(
    permit: Writing, name: Name, module_name: ModuleName, revision: IfMatch, decision: Decision, response: Response
) -> Any:
    """Decide about one competency; a refusal leaves the offer, and its ETag, as they are."""
    library, pair = permit.library, Pair(module_name, decision.competency)
    with permit.writing() as room, showing(shown):
        row = Shelf(room.offers).editable(name, revision)
        if decision.verdict is Verdict.ACCEPTED:
            row = write_mapping(room, library, name, revision, Changes(added=(pair,)))
        else:
            decide(room, library, name, pair, decision.verdict)
        tag(response, row)
        return OfferAnswer(etag=etag_of(row.revision), own=True, item=offering.offer_of(row))
