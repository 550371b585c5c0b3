"""What the service keeps of an account (*mes données*): all of it in one document, and what the person agreed to.

References
----------
Regulation (EU) 2016/679, articles 15 (access) and 20 (portability).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from api.services.situation import Situation
from api.store.repositories.repository import LARGEST_PAGE
from api.store.rooms import Room
from api.store.tables import Account, Consent, Person
from api.store.unit_of_work import UnitOfWork


def everything(unit: UnitOfWork, room: Room, account: Account) -> dict[str, Any]:
    """All that is kept of an account: itself, its sessions and tokens, its own files, and what it did according to the audit trail.

    Parameters
    ----------
    room : Room
        That of the account's own files.
    """
    directory = unit.directory
    return {
        "account": {
            "id": account.id,
            "email": account.email,
            "name": account.name,
            "organisation": account.organisation_id,
            "roles": sorted(account.roles),
            "created_at": _text(account.created_at),
            "identity_provider": account.issuer,
        },
        "sessions": [
            {"id": row.id, "opened_at": _text(row.created_at), "seen_at": _text(row.seen_at)}
            for row in directory.sessions.of_account(account.id)
        ],
        "tokens": [
            {"id": row.id, "name": row.name, "scopes": row.scopes, "created_at": _text(row.created_at)}
            for row in directory.tokens.of_account(account.id)
        ],
        "files": [_file(room, person) for person in own_files(room)],
        "acts": [
            {"at": _text(line.at), "action": line.action, "object": line.object}
            for line in directory.trail.about(f"account:{account.id}")
        ],
    }


def own_files(room: Room) -> Iterator[Person]:
    """Every file of a room, page after page."""
    after: str | None = None
    while True:
        page = room.people.page(after, LARGEST_PAGE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def consents(room: Room) -> Iterator[Consent]:
    """Every agreement about the files of a room, past ones too."""
    for person in own_files(room):
        yield from room.people.consents(person.id)


def _file(room: Room, person: Person) -> dict[str, Any]:
    identity, profile = room.people.identity(person.id), room.profiles.find(person.id)
    return {
        "id": person.id,
        "organisation": person.organisation_id,
        "created_at": _text(person.created_at),
        "identity": None if identity is None else {name: getattr(identity, name) for name in _NAMES},
        "situation": {name: getattr(person, name) for name in Situation.model_fields},
        "consents": [
            {
                "purpose": row.purpose,
                "text_version": row.text_version,
                "organisation": row.organisation_id,
                "given_at": _text(row.created_at),
                "withdrawn_at": _text(row.withdrawn_at),
            }
            for row in room.people.consents(person.id)
        ],
        "profile": None if profile is None else profile.document,
        "plans": [
            {"id": row.id, "state": row.state, "question": row.question, "pathway": row.pathway}
            for row in _all(room.plans, person.id)
        ],
        "evidence": [
            {"id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size, "about": row.about}
            for row in _all(room.evidence, person.id)
        ],
    }


_NAMES = ("given_name", "family_name", "email", "phone")


def _all(repository: Any, person_id: str) -> Iterator[Any]:
    after: str | None = None
    while True:
        page = repository.of_person(person_id, after, LARGEST_PAGE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
