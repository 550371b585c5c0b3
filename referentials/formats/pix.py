"""Pix results of one person (*résultats Pix*): a level for each competency of the framework, declared until the certificate is seen.

Three tables are read. Pix publishes no description of its files: the first two are known from its public source code alone::

    results of a certification session   columns « 1.1 » … « 5.2 », « Date de passage de la certification »
    profiles sent to an organisation     columns « Niveau pour la compétence … »
    a table of one's own                 columns « compétence » (code or title) and « niveau »

Names and births stand in the first two; none is taken. A file about several people is refused: nothing would tell whose levels these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from referentials.document import shown
from referentials.findings import FileProblem, Finding, Place, warning
from referentials.formats.claims import day_of, moment
from referentials.formats.exchange import PROFILE, Record, Standard, Upload
from referentials.formats.table import Table, table
from referentials.formats.upload import refused
from referentials.library import Library
from referentials.model import Referential

__all__ = ["STANDARD"]

AT_MOST = 1_000_000
_FRAMEWORK = "pix"
_HIGHEST = 8
_MOST_ROWS = 200
_LEVEL_OF = "niveau pour la compétence "
_DATES = ("Date de passage de la certification", "Date et heure de l'envoi (Europe/Paris)", "Date de l'envoi", "date")
_OTHERS = {"se protéger des risques": "4.3"}
"""What Pix shows for a competency that our framework names otherwise."""
_NONE = ("", "-", "na", "0")

Told = tuple[str, str, str]
"""A competency as the file names it, its level, the day."""


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The levels of one person.

    Raises
    ------
    FileProblem
        The file is none of the three tables, or speaks of several people.
    """
    found = table(upload, AT_MOST)
    titles = {name.casefold(): name for name in found.columns}
    if "niveau" in titles and {"compétence", "competence", "code"} & titles.keys():
        told = _own(found, titles)
    elif columns := _columns(found.columns):
        told = _export(found, columns)
    else:
        message = "Le fichier n'a pas les colonnes d'un résultat Pix."
        raise refused(upload, "pix-colonnes", message, "Faites un tableau de deux colonnes : compétence, niveau.", 1)
    return _read(upload, told)


def _read(upload: Upload, told: list[Told]) -> Iterator[Record | Finding]:
    held: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for name, level, day in told:
        ref = _known().get(name.casefold().strip())
        if level.casefold() in _NONE:
            continue
        if ref is None or not level.isdecimal() or not 1 <= int(level[:3]) <= _HIGHEST:
            findings.append(_unread(upload, name, level))
            continue
        on = _day(day)
        held[ref] = {"ref": ref, "level": int(level), "evidence": "declared"} | ({"on": on} if on else {})
    if not held:
        message = "Aucun niveau n'a pu être lu."
        raise FileProblem(
            [*refused(upload, "pix-vide", message, "Vérifiez les niveaux, de 1 à 8.").findings, *findings]
        )
    yield Record(PROFILE, {"holds": {"competencies": list(held.values())}}, Place(file=upload.name))
    yield from findings


def _own(found: Table, titles: Mapping[str, str]) -> list[Told]:
    named = next(titles[name] for name in ("compétence", "competence", "code") if name in titles)
    rows = islice(found.rows, _MOST_ROWS)
    return [(row.get(named, ""), row.get(titles["niveau"], ""), _date(row)) for _line, row in rows]


def _columns(columns: tuple[str, ...]) -> dict[str, str]:
    """The columns of levels, each with the competency that it names."""
    long = {one: one[len(_LEVEL_OF) :] for one in columns if one.casefold().startswith(_LEVEL_OF)}
    return long or {one: one for one in columns if re.fullmatch(r"[1-5]\.[1-9]", one)}


def _export(found: Table, columns: Mapping[str, str]) -> list[Told]:
    rows = [*islice(found.rows, 2)]
    if len(rows) != 1:
        message = "Le fichier parle de plusieurs personnes." if rows else "Le fichier n'a aucune ligne de résultats."
        raise refused(
            found.upload, "pix-personnes", message, "Gardez le titre des colonnes et une seule ligne : la vôtre."
        )
    row = rows[0][1]
    return [(name, row.get(column, ""), _date(row)) for column, name in columns.items()]


def _date(row: Mapping[str, str]) -> str:
    return next((row[name] for name in _DATES if row.get(name)), "")


def _day(text: str) -> str | None:
    """``JJ/MM/AAAA`` or ``AAAA-MM-JJ``, whatever comes after."""
    french = re.match(r"(\d{2})/(\d{2})/(\d{4})", text)
    return day_of(moment("-".join(reversed(french.groups())) if french else text[:10]))


def _unread(upload: Upload, name: str, level: str) -> Finding:
    message = f"« {shown(name)} », niveau « {shown(level)} » : cette ligne n'a pas été comprise."
    return warning(
        "pix-ligne", message, "Écrivez le code de la compétence (1.1 à 5.2) et son niveau, de 1 à 8.", file=upload.name
    )


@cache
def _known() -> dict[str, str]:
    """The competencies of the framework that ships, by code and by title."""
    framework = Library.read().find(_FRAMEWORK)
    pairs = framework.competencies() if isinstance(framework, Referential) else ()
    found = {key.casefold(): ref for ref, one in pairs for key in (one.code, one.title) if key}
    return found | {title: found[code] for title, code in _OTHERS.items() if code in found}


STANDARD = Standard(
    id="pix",
    title="Résultats Pix (CSV)",
    suffixes=(".csv",),
    media_type="text/csv",
    reads=(PROFILE,),
    read=read,
)
