"""Drafts (*brouillons*): versions of referentials being written, until they are published."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response

from api import examples
from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import IfMatch, Pagination, Permit, allowed, sealed, tag
from api.errors import showing
from api.etag import etag_of
from api.routes.referentials import difference_of, publication_of
from api.schemas import (
    DifferenceAnswer,
    DraftAnswer,
    DraftRow,
    DraftValues,
    FindingsAnswer,
    Listing,
    NewDraft,
    PublishedAnswer,
    Reason,
)
from api.services import drafts as drafting
from api.services.planning import NotPlannable
from api.store.tables.drafts import Draft
from api.yaml_body import ACCEPTS_YAML, GIVES_YAML, YAML, Written, YamlAsked, YamlRoute
from referentials.findings import Finding, Severity
from referentials.library import Library
from referentials.writer import values_to_yaml

router = resource("/drafts", "Brouillons", YamlRoute)
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
Publishing = Annotated[Permit, allowed(Action.VERSIONS_PUBLISH)]


def _row(row: Draft) -> dict[str, Any]:
    return {
        "id": row.id,
        "etag": etag_of(row.revision),
        "own": row.organisation_id is not None,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "key": row.key,
        "title": row.title,
        "base": row.base,
    }


def draft_answer(row: Draft, response: Response, found: tuple[Finding, ...] = ()) -> DraftAnswer:
    """A draft as an answer, with its tag."""
    tag(response, row)
    return DraftAnswer(**_row(row), document=row.document, findings=found)


@router.get("", response_model=Listing[DraftRow], summary="Les brouillons, du plus ancien au plus récent")
def list_drafts(permit: Reading, page: Pagination) -> Any:
    """Every draft of the organisation."""
    with permit.reading() as room:
        rows, following = room.drafts.page(page.after, page.limit)
        return Listing(items=tuple(DraftRow(**_row(row)) for row in rows), next=sealed(following))


@router.post(
    "",
    status_code=201,
    response_model=DraftAnswer,
    responses=CONFLICT,
    openapi_extra=ACCEPTS_YAML,
    summary="Commencer un brouillon",
)
def start_draft(
    permit: Writing,
    wanted: Annotated[NewDraft, examples.shown(examples.DRAFT)],
    written: Written,
    response: Response,
) -> Any:
    """Start from nothing, from a version, from values or from a YAML text; what is wrong in it is kept all the same."""
    values, found = (_values(wanted, permit.library), ()) if written is None else drafting.read_draft(written)
    key = drafting.key_of(values)
    with permit.writing() as room:
        row = room.drafts.write_plain(key, values, drafting.title_of(values), base=wanted.base)
        response.headers["Location"] = f"{router.prefix}/{row.id}"
        return draft_answer(row, response, found)


def _values(wanted: NewDraft, library: Library) -> dict[str, Any]:
    if wanted.document is not None:
        return wanted.document
    if wanted.base is None:
        raise NotPlannable("Un brouillon part d'une version (« base ») ou de valeurs (« document »).")
    return drafting.values_like(library, wanted.base, wanted.version)


@router.get("/{draft_id}", response_model=DraftAnswer, responses=GIVES_YAML, summary="Un brouillon")
def read_draft(permit: Reading, draft_id: str, as_yaml: YamlAsked, response: Response) -> Any:
    """One draft, as it was written; its document alone, as a YAML text, for whoever asks for that."""
    with permit.reading() as room:
        found = draft_answer(room.drafts.get(draft_id), response)
    if not as_yaml:
        return found
    return Response(
        values_to_yaml(found.document), headers={"ETag": found.etag or "", "Vary": "Accept"}, media_type=YAML
    )


@router.put(
    "/{draft_id}",
    response_model=DraftAnswer,
    openapi_extra=ACCEPTS_YAML,
    summary="Remplacer les valeurs d'un brouillon",
)
def replace_draft(
    permit: Writing, draft_id: str, revision: IfMatch, wanted: DraftValues, written: Written, response: Response
) -> Any:
    """Write a draft again; a change made on an older version is refused with what stands there now."""
    values, found = (wanted.document, ()) if written is None else drafting.read_draft(written)
    key = drafting.key_of(values)
    with permit.writing() as room, showing(lambda row: row.document):
        base = room.drafts.get(draft_id).base
        title = drafting.title_of(values)
        row = room.drafts.write_plain(key, values, title, identifier=draft_id, revision=revision, base=base)
        return draft_answer(row, response, found)


@router.delete("/{draft_id}", status_code=204, summary="Abandonner un brouillon")
def discard_draft(permit: Writing, draft_id: str, revision: IfMatch) -> None:
    """Throw a draft away."""
    with permit.writing() as room, showing(lambda row: row.document):
        room.drafts.delete(draft_id, revision)


@router.get("/{draft_id}/findings", response_model=FindingsAnswer, summary="Ce qui ne va pas dans un brouillon")
def check_draft(permit: Reading, draft_id: str, response: Response) -> Any:
    """Everything that is wrong with a draft, alone and inside the library."""
    with permit.reading() as room:
        row = room.drafts.get(draft_id)
        values = dict(row.document)
    tag(response, row)
    found = drafting.findings(values, permit.library)
    errors = any(finding.severity is Severity.ERROR for finding in found)
    base = () if row.base is None else (row.base,)
    return FindingsAnswer(key=row.key, versions=base, publishable=not errors, findings=found)


@router.get("/{draft_id}/difference", response_model=DifferenceAnswer, summary="Ce qu'un brouillon change")
def compare_draft(
    permit: Reading,
    draft_id: str,
    to: Annotated[
        str | None, Query(max_length=200, description="Une version ; sans elle, celle dont il est parti.")
    ] = None,
) -> Any:
    """What changes from a version to a draft."""
    with permit.reading() as room:
        row = room.drafts.get(draft_id)
        base, values = to or row.base, dict(row.document)
    if base is None:
        raise NotPlannable("Ce brouillon n'est parti d'aucune version : nommez-en une avec « to ».")
    return difference_of(drafting.compared(permit.library, base, values))


@router.post("/{draft_id}/publication", status_code=201, response_model=PublishedAnswer, summary="Publier un brouillon")
def publish(permit: Publishing, draft_id: str, revision: IfMatch, why: Reason) -> Any:
    """Seal a draft without errors as a version; the draft is then gone."""
    library, day = permit.library, today(permit)
    with permit.writing() as room, showing(lambda row: row.document):
        row = drafting.publish_draft(room, library, draft_id, revision, on=day, reason=why.reason)
    return PublishedAnswer(ref=row.key, **publication_of(row).model_dump())
