"""EDOF, the catalogue of Mon Compte Formation (*Espace des organismes de formation*): LHEO with its own limits and encoding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from referentials.findings import Finding
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.formats.lheo import written
from referentials.formats.lheo_reader import records
from referentials.formats.lheo_sheet import EDOF
from referentials.library import Library
from referentials.loader import OFFER


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The offers of an EDOF catalogue."""
    upload.stream.seek(0)
    return records(upload, is_edof=True)


def write(library: Library, refs: Sequence[str]) -> Written:
    """The EDOF catalogue of offers, or of modules named ``offer:module``, in ISO-8859-1."""
    return written(library, refs, EDOF)


STANDARD = Standard(
    id="edof",
    title="EDOF, catalogue Mon Compte Formation",
    suffixes=(".xml",),
    media_type="application/xml",
    reads=(OFFER.name,),
    writes=(OFFER.name,),
    read=read,
    write=write,
    in_codes=True,
)
