"""CSV export of the national directory (a ZIP of tables) → fiches (*export CSV*).

It has less than the XML: titles, levels, dates, codes, titles of blocks, succession; no competencies, no assessments, no correspondences. Member
names are broken in most archives, so a table is found by the beginning of its name.
"""

from __future__ import annotations

import csv
import io
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from zipfile import BadZipFile, ZipFile

from referentials.findings import FileProblem, Finding, Place, error
from referentials.formats.rncp_source import RawBlock, RawFiche
from referentials.formats.text import decoded, plain
from referentials.registers import number_in

PREFIX = "export_fiches_CSV_"
_KEPT = {
    "Blocs": ("Bloc_Competences_Code", "Bloc_Competences_Libelle"),
    "Certificateurs": ("Nom_Certificateur",),
    "Formacode": ("Formacode_Code",),
    "Nsf": ("Nsf_Code",),
    "Rome": ("Codes_Rome_Code",),
    "Voi": ("Si_Jury",),
}
"""The tables that are kept in memory, by the beginning of their names, and the columns of each."""
_DATES = {
    "Date_Effet": "DATE_EFFET",
    "Date_Decision": "DATE_DECISION",
    "Date_dernier_jo": "DATE_DE_PUBLICATION",
    "Date_Fin_Enregistrement": "DATE_FIN_ENREGISTREMENT",
    "Date_Limite_Delivrance": "DATE_LIMITE_DELIVRANCE",
}
_LARGEST = 60_000_000
"""How many bytes a table that is read may have: several times what 30,000 fiches make."""
_BY_EXPERIENCE = "Par expérience"

Row = Mapping[str, str]


class Tables:
    """The tables of an archive that matter, each by the number of the fiche.

    Raises
    ------
    FileProblem
        There is no table of fiches, or one can't be read.
    """

    def __init__(self, archive: ZipFile, name: str) -> None:
        self.name, self._archive = name, archive
        if _member(archive, "Standard") is None:
            raise _refused(name, "Il manque la table des fiches (export_fiches_CSV_Standard).")
        self._kept = {table: _kept(self._rows(table), columns) for table, columns in _KEPT.items()}

    @property
    def succession(self) -> Iterator[Row]:
        """The rows of the table of old and new certifications."""
        return self._rows("Ancienne_Nouvelle")

    def _rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, by the names of its columns; none when the archive does not have it."""
        if (member := _member(self._archive, table)) is None:
            return
        if self._archive.getinfo(member).file_size > _LARGEST:
            raise _refused(self.name, f"La table {table} dépasse {_LARGEST // 1_000_000} Mo.")
        try:
            lines = csv.reader(io.StringIO(decoded(self._archive.read(member)), newline=""), delimiter=";")
            head = [column.strip() for column in next(lines, [])]
            yield from (dict(zip(head, line, strict=False)) for line in lines if any(line))
        except (csv.Error, BadZipFile, OSError, EOFError, zlib.error):
            raise _refused(self.name, f"La table {table} est abîmée.") from None

    def fiches(self) -> Iterator[RawFiche | Finding]:
        """Every fiche, in the order of the table; a finding for one without a usable number or title."""
        for rank, row in enumerate(self._rows("Standard"), start=2):
            yield self._fiche(row, rank)

    def _fiche(self, row: Row, line: int) -> RawFiche | Finding:
        number, title = number_in(row.get("Numero_Fiche")), _one_line(row.get("Intitule"))
        if number is None or not title:
            missing = "de numéro RNCP ou RS lisible" if number is None else "d'intitulé"
            return error(
                "rncp-fiche-sans-nom",
                f"La ligne {line} de la table des fiches n'a pas {missing} : elle est laissée de côté.",
                "Complétez-la dans le fichier, ou signalez-la à France compétences.",
                file=self.name,
                line=line,
            )
        return RawFiche(
            number=number,
            title=title,
            where=Place(file=self.name, line=line, path=number),
            abbreviation=_one_line(row.get("Abrege_Libelle")) or None,
            level=row.get("Nomenclature_Europe_Niveau") or None,
            nsf=self._column("Nsf", number),
            rome=self._column("Rome", number),
            formacode=self._column("Formacode", number),
            certifiers=self._column("Certificateurs", number),
            active={"ACTIVE": True, "INACTIVE": False}.get(row.get("Actif", "").strip().upper()),
            dates={tag: row[column] for column, tag in _DATES.items() if row.get(column)},
            vae=self._by_experience(number),
            blocks=tuple(RawBlock(code, title or None) for code, title in self._kept["Blocs"].get(number, ())),
        )

    def _by_experience(self, number: str) -> bool | None:
        """Whether experience leads there; unknown for a fiche that the table of routes does not have."""
        routes = self._column("Voi", number)
        return _BY_EXPERIENCE in routes if routes else None

    def _column(self, table: str, number: str) -> tuple[str, ...]:
        texts = (values[0] for values in self._kept[table].get(number, ()))
        return tuple(dict.fromkeys(text for text in texts if text))


def _kept(rows: Iterator[Row], columns: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Some columns of a table, by the number of the fiche; a table of thousands of rows says the same words again and again."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        if (number := number_in(row.get("Numero_Fiche"))) is not None:
            found[number].append(tuple(sys.intern(_one_line(row.get(column))) for column in columns))
    return dict(found)


def _member(archive: ZipFile, table: str) -> str | None:
    start = f"{PREFIX}{table}".lower()
    return next((one for one in sorted(archive.namelist()) if one.rpartition("/")[2].lower().startswith(start)), None)


def _one_line(text: str | None) -> str:
    """A cell as people read it: the tables double their apostrophes, and put tabs before numbers."""
    return plain((text or "").replace("''", "'")).replace("\n", " ")


def _refused(name: str, message: str) -> FileProblem:
    remedy = "Téléchargez de nouveau l'export CSV des fiches, sans modifier l'archive."
    return FileProblem([error("rncp-csv-illisible", message, remedy, file=name)])
