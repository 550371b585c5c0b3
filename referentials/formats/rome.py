"""ROME, the French nomenclature of trades (*répertoire opérationnel des métiers et des emplois*): the CSV files of France Travail.

One file, or the ZIP that holds them all; each is known by its columns::

    code_rome, libelle_rome, code_rome_parent         trades, and the one of the older version that each refines
    code_rome, libelle_appellation_long, …            the names that a job goes by
    code_ogr, libelle_competence                      skills
    code_rome, code_ogr                               which skills a trade takes

A skill of an older version may be named by no skill file: it is counted, and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from referentials.findings import Finding, Place, warning
from referentials.formats.archive import Bounds
from referentials.formats.exchange import OCCUPATION, Record, Standard, Upload
from referentials.formats.table import tables
from referentials.formats.text import plain
from referentials.formats.upload import refused

__all__ = ["STANDARD"]

_BOUNDS = Bounds(members=60, bytes=60_000_000)
_PARTS = {
    "trades": {"code_rome", "libelle_rome"},
    "names": {"code_rome", "libelle_appellation_long"},
    "skills": {"code_ogr", "libelle_competence"},
    "links": {"code_rome", "code_ogr"},
}
"""The columns by which each file is known, the most telling first."""


class _Trades:
    """What the files say, by code."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self.skills: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []

    def trade(self, code: str) -> dict[str, Any]:
        return self.values.setdefault(code, {"nomenclature": "rome", "code": code})

    def trades(self, row: Mapping[str, str]) -> None:
        one = self.trade(row["code_rome"])
        one["title"] = _text(row["libelle_rome"])
        parent = row.get("code_rome_parent", "")
        if parent and parent != row["code_rome"]:
            one["broader"] = parent

    def names(self, row: Mapping[str, str]) -> None:
        one = self.trade(row["code_rome"])
        name = _text(row["libelle_appellation_long"])
        if row.get("classification") == "PRINCIPALE":
            one.setdefault("title", name)
        if name not in one.setdefault("names", []):
            one["names"].append(name)

    def read_skills(self, row: Mapping[str, str]) -> None:
        self.skills[row["code_ogr"]] = _text(row["libelle_competence"])

    def read_links(self, row: Mapping[str, str]) -> None:
        self.links.append((row["code_rome"], row["code_ogr"]))


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The trades of one file, or of an archive of them.

    Raises
    ------
    FileProblem
        No file has trades or names.
    """
    found = _Trades()
    takes = {"trades": found.trades, "names": found.names, "skills": found.read_skills, "links": found.read_links}
    for one in tables(upload, _BOUNDS):
        part = next((name for name, columns in _PARTS.items() if columns <= set(one.columns)), None)
        for _line, row in one.rows if part else ():
            if all(row.get(column) for column in _PARTS[part or ""]):
                takes[part or ""](row)
    if not found.values:
        message = "Le fichier n'a pas les colonnes du ROME : ni métiers, ni appellations."
        raise refused(
            upload, "rome-colonnes", message, "Donnez le fichier des appellations, ou le ZIP entier du ROME en CSV."
        )
    return _records(upload, found)


def _records(upload: Upload, found: _Trades) -> Iterator[Record | Finding]:
    lost = _linked(found)
    nameless = 0
    for code in sorted(found.values):
        values = found.values[code]
        if values.get("title"):
            yield Record(OCCUPATION, values, Place(file=upload.name, path=code))
        else:
            nameless += 1
    if nameless:
        message = f"{nameless} codes n'ont pas d'intitulé dans ces fichiers : ils sont laissés de côté."
        yield warning("rome-sans-intitule", message, "Joignez le fichier des codes ROME.", file=upload.name)
    if lost:
        message = f"{lost} liens mènent à des compétences ou à des métiers que ces fichiers ne nomment pas."
        yield warning("rome-liens", message, "Prenez tous les fichiers dans la même version du ROME.", file=upload.name)


def _linked(found: _Trades) -> int:
    """Give each trade its skills; how many links lead nowhere."""
    lost = 0
    for code, number in found.links:
        title = found.skills.get(number)
        if title is None or code not in found.values:
            lost += 1
        else:
            found.values[code].setdefault("skills", []).append({"code": number, "title": title})
    return lost


def _text(text: str) -> str:
    """A title; the files double their apostrophes."""
    return plain(text.replace("''", "'"))


STANDARD = Standard(
    id="rome",
    title="ROME (France Travail, CSV)",
    suffixes=(".csv", ".zip"),
    media_type="text/csv",
    reads=(OCCUPATION,),
    read=read,
)
