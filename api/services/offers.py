"""The offer of a training body, edited (*offre de formation*): whole, one module, one session; always checked before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from api.services.effects import refuse_errors
from api.services.kept import Shelf
from api.services.planning import NotPlannable
from api.store.conflict import Absent
from api.store.repositories.offers import CHANGED, Offers, What
from api.store.tables.offers import StoredOffer
from referentials.document import Document
from referentials.library import Library
from referentials.loader import OFFER, load_document
from referentials.offer import Module, Offer, Session
from referentials.yaml_source import MAX_BYTES, read_bytes


class TwiceNamed(NotPlannable):
    """Two modules of an offer, or two sessions of a module, have the same identifier."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"L'identifiant « {identifier} » est pris deux fois : chacun doit avoir le sien.")


def offer_of(row: StoredOffer) -> Offer:
    """The offer that a row keeps."""
    found: Offer = load_document(Document(row.document), OFFER).items[0]
    return found


def offer_in(file: BinaryIO, name: str) -> Offer:
    """The offer that a file holds, in YAML or in JSON.

    Raises
    ------
    FileProblem
        It is too large, can't be read, or holds no offer; each finding has its line.
    """
    found: Offer = load_document(read_bytes(file.read(MAX_BYTES + 1), file=name), OFFER).items[0]
    return found


def keep_offer(
    offers: Offers,
    offer: Offer,
    *,
    identifier: str | None = None,
    revision: int | None = None,
    what: What = CHANGED,
) -> StoredOffer:
    """Keep an offer, new or in place of another, which goes into its history with the name of what was done.

    Raises
    ------
    TwiceNamed
        Identifiers inside it are not one each.
    Taken, Absent, Conflict
        As for the repository.
    """
    _one_each([module.id for module in offer.modules])
    for module in offer.modules:
        _one_each([session.id for session in module.sessions])
    return offers.write(offer, offer.title, identifier=identifier, revision=revision, what=what)


def change_offer(
    offers: Offers,
    library: Library,
    name: str,
    revision: int,
    change: Callable[[Offer], Offer],
    what: What = CHANGED,
) -> StoredOffer:
    """Keep an offer after a change that breaks nothing, made on the revision that was read.

    Raises
    ------
    FileProblem
        With every error that the change causes in the library.
    TwiceNamed, Absent, Conflict
        As for :func:`keep_offer`.
    """
    row = Shelf(offers).editable(name, revision)
    offer = change(offer_of(row))
    refuse_errors(offer, library)
    return keep_offer(offers, offer, identifier=row.id, revision=row.revision, what=what)


def _one_each(identifiers: list[str]) -> None:
    for identifier in identifiers:
        if identifiers.count(identifier) > 1:
            raise TwiceNamed(identifier)


def module_of(offer: Offer, identifier: str) -> Module:
    """A module of an offer.

    Raises
    ------
    Absent
        It has no such module.
    """
    found = next((module for module in offer.modules if module.id == identifier), None)
    if found is None:
        raise Absent("module", f"{offer.id}:{identifier}")
    return found


def with_module(offer: Offer, module: Module) -> Offer:
    """The offer with that module, in the place of the one of that name, else after the others."""
    known = any(one.id == module.id for one in offer.modules)
    modules = tuple(module if one.id == module.id else one for one in offer.modules)
    return offer.model_copy(update={"modules": modules if known else (*modules, module)})


def without_module(offer: Offer, identifier: str) -> Offer:
    """The offer without one of its modules."""
    gone = module_of(offer, identifier)
    return offer.model_copy(update={"modules": tuple(one for one in offer.modules if one is not gone)})


def with_session(module: Module, session: Session) -> Module:
    """The module with that session, in the place of the one of that name, else after the others."""
    known = any(one.id == session.id for one in module.sessions)
    sessions = tuple(session if one.id == session.id else one for one in module.sessions)
    return module.model_copy(update={"sessions": sessions if known else (*sessions, session)})


def without_session(module: Module, identifier: str) -> Module:
    """The module without one of its sessions.

    Raises
    ------
    Absent
        It has no such session.
    """
    if all(one.id != identifier for one in module.sessions):
        raise Absent("session", identifier)
    return module.model_copy(update={"sessions": tuple(one for one in module.sessions if one.id != identifier)})
