"""LHEO, the language of training catalogues of the French regions (*offres de formation*), in and out; see also EDOF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from referentials.absence import UnknownReference
from referentials.findings import Finding
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.formats.lheo_reader import records
from referentials.formats.lheo_sheet import LHEO, Style
from referentials.formats.lheo_writer import catalogue
from referentials.formats.losses import Losses
from referentials.library import Library
from referentials.loader import OFFER
from referentials.offer import Module, Offer

__all__ = ["STANDARD", "written"]


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The offers of a LHEO catalogue, whatever its version."""
    upload.stream.seek(0)
    return records(upload, is_edof=False)


def write(library: Library, refs: Sequence[str]) -> Written:
    """The LHEO catalogue of offers, or of modules named ``offer:module``."""
    return written(library, refs, LHEO)


def written(library: Library, refs: Sequence[str], style: Style) -> Written:
    """The catalogue of offers and of modules, in one style.

    Raises
    ------
    UnknownReference
        No offer and no module has that name.
    """
    losses = Losses(style.name, "Le catalogue n'a pas de place pour cela : gardez aussi le fichier YAML.")
    offers = [_modules(library, text) for text in dict.fromkeys(refs)]
    name = offers[0][0].id if len({offer.id for offer, _modules in offers}) == 1 else "catalogue"
    content = catalogue(library, offers, style, losses)
    return Written(f"{name}.{style.name}.xml", content, losses.findings)


def _modules(library: Library, text: str) -> tuple[Offer, Sequence[Module]]:
    identifier, _colon, module = text.partition(":")
    offer = next((one for one in library.offers if one.id == identifier), None)
    if offer is None:
        raise UnknownReference(text, [one.id for one in library.offers if one.id.startswith(identifier[:4])][:5])
    found = [one for one in offer.modules if module in ("", one.id)]
    if module and not found:
        raise UnknownReference(text, [f"{offer.id}:{one.id}" for one in offer.modules][:5])
    return offer, found


STANDARD = Standard(
    id="lheo",
    title="LHEO 2.x (offres de formation)",
    suffixes=(".xml",),
    media_type="application/xml",
    reads=(OFFER.name,),
    writes=(OFFER.name,),
    read=read,
    write=write,
    in_codes=True,
)
