"""National directories of France compétences, RNCP and RS (*répertoires nationaux*): every fiche becomes a referential, its declared rights recognitions.

Reads the XML of the fourth version of the flux, alone or in its ZIP, and the CSV export (a ZIP of tables). One fiche at a time: the whole directory
goes through in little memory. The number of a fiche is its identifier and it has one version, so that what is imported again replaces itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

from referentials.findings import FileProblem, Finding, error, warning
from referentials.formats import rncp_xml
from referentials.formats.archive import opened
from referentials.formats.exchange import Record, Standard, Upload
from referentials.formats.rncp_csv import PREFIX, Tables
from referentials.formats.rncp_fiche import referential
from referentials.formats.rncp_rights import recognitions
from referentials.formats.rncp_source import Export, RawFiche, day_of
from referentials.formats.rncp_succession import Succession, links_in, links_of
from referentials.loader import RECOGNITIONS, REFERENTIAL

_VERSION = re.compile(rb"<VERSION_FLUX>\s*(?:<!\[CDATA\[)?\s*([0-9]+)([0-9.]*)")
_HEAD = 4096
_KNOWN_VERSION = b"4"


def read(upload: Upload) -> Iterator[Record | Finding]:
    """Every fiche of a file, then the rights that it declares; see :class:`referentials.formats.exchange.Standard`.

    Raises
    ------
    FileProblem
        The file is none of the exports of the directory, or stops being readable.
    """
    upload.stream.seek(0)
    if upload.stream.read(2) != b"PK":
        yield from _from_xml(upload.stream, upload.name)
        return
    with opened(upload) as archive:
        if any(name.rpartition("/")[2].startswith(PREFIX) for name in archive.namelist()):
            yield from _from_tables(archive, upload.name)
        else:
            yield from _from_archive(archive, upload.name)


def _from_xml(stream: IO[bytes], name: str) -> Iterator[Record | Finding]:
    _refuse_another_version(stream, name)
    succession = Succession(links_in(stream), name)
    yield from succession.findings
    yield from _records(
        rncp_xml.fiches(stream, name), succession, Export("Export XML des fiches, France compétences", day_of(name))
    )


def _from_archive(archive: ZipFile, name: str) -> Iterator[Record | Finding]:
    members = sorted(member for member in archive.namelist() if member.lower().endswith(".xml"))
    if not members:
        raise _refused(name, "rncp-archive", "L'archive ne contient ni fiches XML ni tables CSV de France compétences.")
    for member in members:
        with archive.open(member) as stream:
            yield from _from_xml(stream, f"{name}/{member}")


def _from_tables(archive: ZipFile, name: str) -> Iterator[Record | Finding]:
    tables = Tables(archive, name)
    succession = Succession(links_of(tables.succession), name)
    yield from succession.findings
    day = day_of(name) or next(filter(None, map(day_of, archive.namelist())), None)
    yield from _records(tables.fiches(), succession, Export("Export CSV des fiches, France compétences", day))


def _records(
    fiches: Iterator[RawFiche | Finding], succession: Succession, export: Export
) -> Iterator[Record | Finding]:
    seen: set[str] = set()
    for fiche in fiches:
        if isinstance(fiche, Finding):
            yield fiche
        elif fiche.number in seen:
            yield _said_twice(fiche)
        else:
            seen.add(fiche.number)
            values, findings = referential(fiche, succession, export)
            yield from findings
            yield Record(REFERENTIAL.name, values, fiche.where)
            yield from recognitions(fiche, values, export)


def _said_twice(fiche: RawFiche) -> Finding:
    return warning(
        "rncp-fiche-en-double",
        f"{fiche.number} est plusieurs fois dans le fichier : la première est gardée.",
        "Vérifiez que le fichier n'est pas fait de deux exports mis bout à bout.",
        file=fiche.where.file,
        line=fiche.where.line,
        path=fiche.where.path,
    )


def _refuse_another_version(stream: IO[bytes], name: str) -> None:
    stream.seek(0)
    found = _VERSION.search(stream.read(_HEAD))
    stream.seek(0)
    if found is not None and found[1] != _KNOWN_VERSION:
        version = (found[1] + found[2]).decode()
        raise _refused(
            name, "rncp-version", f"Le fichier est un flux en version {version} : seule la version 4 est lue."
        )


def _refused(name: str, rule: str, message: str) -> FileProblem:
    remedy = "Donnez l'export XML (flux V4) ou CSV des fiches RNCP ou RS, tel que France compétences le publie."
    return FileProblem([error(rule, message, remedy, file=name)])


STANDARD = Standard(
    id="rncp",
    title="RNCP et RS (France compétences)",
    suffixes=(".xml", ".zip"),
    media_type="application/xml",
    reads=(REFERENTIAL.name, RECOGNITIONS.name),
    read=read,
)
