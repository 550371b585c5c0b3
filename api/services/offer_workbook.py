"""The workbook of an offer (*classeur d'une offre*), out and in: sent back, it proposes an offer, and nothing is kept yet.

A row that is wrong leaves its module as it stands; while a workbook has errors, no module that it does not name is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from api.services.effects import caused_by
from referentials.document import Document
from referentials.findings import FileProblem, Finding, Severity, error
from referentials.formats import standards
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.library import Library
from referentials.loader import OFFER, load_document
from referentials.offer import Module, Offer

TEMPLATE = "offre"
_OF_A_MODULE = re.compile(r"modules\[(\d+)\]")


class Proposal(NamedTuple):
    """What a workbook would make of an offer, and all that is wrong or worth knowing in it.

    ``offer`` holds what is right; the rest of it is as it stood.
    """

    offer: Offer
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether everything in the workbook is right."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


def standard() -> Standard:
    """The standard of workbooks."""
    return standards()["workbook"]


def workbook_of(library: Library, name: str) -> Written:
    """An offer of the library as a workbook."""
    write = standard().write
    assert write is not None
    return write(library, [name])


def empty_workbook() -> Written:
    """A workbook to fill in."""
    template = standard().template
    assert template is not None
    return template(TEMPLATE)


def proposed(upload: Upload, library: Library, current: Offer | None) -> Proposal:
    """What a workbook makes of an offer, or of a new one.

    Raises
    ------
    FileProblem
        Nothing of it can be used.
    """
    read = standard().read
    assert read is not None
    found = list(read(upload))
    told = [one for one in found if isinstance(one, Finding)]
    offer = _offer_in([one for one in found if isinstance(one, Record)], told, current)
    if any(one.severity is Severity.ERROR for one in told):
        offer = _with_what_is_left(offer, current)
    return _checked(offer, library, current, told)


def _offer_in(records: list[Record], told: list[Finding], current: Offer | None) -> Offer:
    """The one offer of a workbook."""
    offers = [one for one in records if one.kind == OFFER.name]
    if len(offers) > 1 and current is not None:
        offers = [one for one in offers if one.values.get("id") == current.id] or offers
    if len(offers) != 1:
        message = f"Le classeur contient {len(offers)} offres : il en faut une." if offers else "Il n'y a pas d'offre."
        raise FileProblem([*told, error("classeur-autre", message, "Gardez une ligne dans la feuille « Offre ».")])
    offer: Offer = load_document(Document(dict(offers[0].values)), OFFER).items[0]
    if current is not None and offer.id != current.id:
        message = f"Ce classeur est celui de l'offre « {offer.id} », et non de « {current.id} »."
        remedy = f"Choisissez le bon fichier, ou écrivez « {current.id} » dans la feuille « Offre »."
        raise FileProblem([*told, error("classeur-autre", message, remedy)])
    return offer


def _with_what_is_left(offer: Offer, current: Offer | None) -> Offer:
    """The offer, and the modules that a wrong row may have kept out of it, as they stand."""
    here = {one.id for one in offer.modules}
    left = tuple(one for one in current.modules if one.id not in here) if current else ()
    return offer.model_copy(update={"modules": (*offer.modules, *left)})


def _checked(offer: Offer, library: Library, current: Offer | None, told: list[Finding]) -> Proposal:
    """The offer without what the library refuses, module by module."""
    found = list(caused_by(offer, library))
    wrong = [one for one in found if one.severity is Severity.ERROR]
    if not wrong:
        return Proposal(offer, (*told, *found))
    left = offer.model_copy(update={"modules": tuple(_without_wrong(offer, current, wrong))})
    if any(one.severity is Severity.ERROR for one in caused_by(left, library)):
        raise FileProblem([*told, *found])
    return Proposal(left, (*told, *found))


def _without_wrong(offer: Offer, current: Offer | None, wrong: list[Finding]) -> Iterable[Module]:
    """Each module that an error is about gives way to the one that stands; a new one is left out."""
    ranks = {int(found[1]) - 1 for one in wrong if (found := _OF_A_MODULE.match(one.where.path))}
    standing = {one.id: one for one in current.modules} if current else {}
    for rank, module in enumerate(offer.modules):
        if rank not in ranks:
            yield module
        elif module.id in standing:
            yield standing[module.id]
