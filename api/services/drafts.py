"""Draft → check → diff → review → published version (*rédaction*): a referential written in the store, until it is sealed.

A draft is plain values. What is wrong with it is told, and it is kept all the same; only its key, ``id@version``, must be there, and
it must not pass the limits of a file. Only a draft without errors, which a second person approved, is published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from api.services.comparison import Comparison, between
from api.services.draft_links import confirmed, keep_as_correspondences
from api.services.effects import caused_by
from api.services.review import refuse_unreviewed
from api.store.rooms import Room
from api.store.tables.drafts import Draft
from api.store.tables.published import PublishedVersion
from referentials.document import Document
from referentials.findings import FileProblem, Finding, Severity, error
from referentials.library import Library
from referentials.loader import REFERENTIAL, load_document
from referentials.model import Referential, State
from referentials.reference import IDENTIFIER, VERSION
from referentials.writer import plain
from referentials.yaml_source import read_bytes

_KEY = re.compile(rf"(?P<id>{IDENTIFIER})@(?P<version>{VERSION})")
_LONGEST_KEY = 200


def values_like(library: Library, base: str, version: str | None) -> dict[str, Any]:
    """The values of a version, to start a draft from; of another version when one is given.

    Raises
    ------
    UnknownReference
        There is no such version.
    """
    identifier, _at, number = base.partition("@")
    values = plain(library.get(identifier, number))
    values.pop("state", None)
    return values if version is None else {**renamed(values, base, f"{identifier}@{version}"), "version": version}


def renamed(values: Any, before: str, after: str) -> Any:
    """The same values, whose references to the version itself name the new one."""
    if isinstance(values, dict):
        return {name: renamed(value, before, after) for name, value in values.items()}
    if isinstance(values, list):
        return [renamed(value, before, after) for value in values]
    own = isinstance(values, str) and (values == before or values.startswith(f"{before}/"))
    return after + values[len(before) :] if own else values


def key_of(values: Mapping[str, Any]) -> str:
    """The key of a draft, whose limits are those of a file.

    Raises
    ------
    FileProblem
        It has no key, or no file could hold it.
    """
    key = f"{values.get('id', '')}@{values.get('version', '')}"
    if len(key) > _LONGEST_KEY or not _KEY.fullmatch(key):
        message = "Un brouillon dit son identifiant (« id ») et sa version (« version »), comme tp-mn et 2027."
        raise FileProblem([error("brouillon-sans-cle", message, "Ajoutez ou corrigez ces deux champs.", path="id")])
    _within_limits(values)
    return key


def _within_limits(values: Mapping[str, Any]) -> None:
    try:
        raw = json.dumps(values, ensure_ascii=True).encode()
    except RecursionError:
        message = "Le brouillon a trop de niveaux imbriqués."
        raise FileProblem([error("trop-profond", message, "Un référentiel n'en demande pas tant.")]) from None
    read_bytes(raw)


def title_of(values: Mapping[str, Any]) -> str:
    """The title of a draft, as far as it has one."""
    title = values.get("title")
    return title if isinstance(title, str) else ""


def replaced_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The versions that a draft says it replaces, as far as it can be read."""
    written = values.get("replaces")
    return tuple(one for one in written if isinstance(one, str)) if isinstance(written, list | tuple) else ()


def referential_of(values: Mapping[str, Any]) -> Referential:
    """The referential that a draft is.

    Raises
    ------
    FileProblem
        With one finding per thing that is wrong.
    """
    found: Referential = load_document(Document(dict(values)), REFERENTIAL).items[0]
    return found


def read_draft(document: Document) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """The values of a text, and what is wrong with it, each at its line; a sound text has the values that files have.

    Raises
    ------
    FileProblem
        It is no list of fields and values at all.
    """
    try:
        return plain(load_document(document, REFERENTIAL).items[0]), ()
    except FileProblem as problem:
        if not isinstance(document.value, dict):
            raise
        return document.value, problem.findings


def findings(values: Mapping[str, Any], library: Library) -> tuple[Finding, ...]:
    """Everything that is wrong with a draft, alone and inside the library."""
    try:
        item = referential_of(values)
    except FileProblem as problem:
        return problem.findings
    return tuple(caused_by(item, library))


def compared(library: Library, base: str, values: Mapping[str, Any]) -> Comparison:
    """What changes from a version to a draft, once that is published.

    Raises
    ------
    UnknownReference
        There is no such version.
    FileProblem
        The draft can't be read.
    """
    item = referential_of(values).model_copy(update={"state": State.PUBLISHED})
    return between(library, base, item)


def publish_draft(
    room: Room, library: Library, draft_id: str, revision: int, *, on: date, reason: str
) -> PublishedVersion:
    """Seal a draft as a version, keep its confirmed links as correspondences, and take the draft away.

    Raises
    ------
    FileProblem
        It has errors.
    ReviewNeeded
        No second person approved it as it stands.
    Conflict
        Somebody else has changed it since.
    WrongState
        It is already published, without any change since.
    """
    draft: Draft = room.drafts.edit(draft_id, revision)
    refuse_unreviewed(room, draft, revision)
    found = findings(draft.document, library)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        raise FileProblem(errors)
    return _sealed(room, draft, on, reason)


def _sealed(room: Room, draft: Draft, on: date, reason: str) -> PublishedVersion:
    """The version that a draft becomes, with the links that were confirmed; the draft is gone."""
    item = referential_of(draft.document)
    linked = confirmed(room, draft.id, item)
    item = replacing(item, draft.base, linked=bool(linked))
    _tell_the_old(room, item, on)
    row = room.published.publish(item, on=on, reason=reason, origin="rédaction")
    keep_as_correspondences(room, item, linked)
    room.drafts.delete(draft.id)
    return row


def replacing(item: Referential, base: str | None, *, linked: bool) -> Referential:
    """A version as it is sealed: it replaces the one it starts from as soon as one link with it is confirmed."""
    more = [base] if linked and base and base not in (item.key, *item.replaces) else []
    return item.model_copy(update={"state": State.PUBLISHED, "replaces": (*item.replaces, *more)})


def _tell_the_old(room: Room, item: Referential, on: date) -> None:
    """Seal again, with their successor, the versions that this one replaces and that the same hands have published.

    What ships, and what others have published, stays as it is sealed: the new version alone says what it replaces.
    """
    for ref in item.replaces:
        row = room.published.current(*_parts(ref))
        if row is None or row.organisation_id != room.scope.publisher():
            continue
        old = referential_of(room.published.document(row.id))
        if item.key not in old.replaced_by:
            after = old.model_copy(update={"replaced_by": (*old.replaced_by, item.key), "state": State.PUBLISHED})
            room.published.publish_all([after], on=on, reason=f"Remplacée par {item.key}.", origin="rédaction")


def _parts(ref: str) -> tuple[str, str]:
    identifier, _at, version = ref.partition("/")[0].partition("@")
    return identifier, version
