"""XML V4.x of the national directory → fiches, one element after the other (*flux RNCP et RS*).

The real file has 570 MB and 30,000 fiches: an element is read and emptied before the next. Partners and juries, most of its
weight, are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from referentials.findings import FileProblem, Finding, Place, error
from referentials.formats.rncp_source import RawBlock, RawCorrespondence, RawFiche
from referentials.formats.text import plain
from referentials.formats.xml import elements
from referentials.registers import number_in

if TYPE_CHECKING:
    from lxml.etree import _Element

DATES = ("DATE_EFFET", "DATE_DECISION", "DATE_DE_PUBLICATION", "DATE_FIN_ENREGISTREMENT", "DATE_LIMITE_DELIVRANCE")
_READ = (
    *("NUMERO_FICHE", "INTITULE", "ABREGE", "NOMENCLATURE_EUROPE", "ACTIF", "PREREQUIS_ENTREE_FORMATION"),
    *(
        "CODES_NSF",
        "CODES_ROME",
        "FORMACODES",
        "CERTIFICATEURS",
        "ANCIENNES_CERTIFICATIONS",
        "NOUVELLES_CERTIFICATIONS",
    ),
    *("SI_JURY_VAE", "CAPACITES_ATTESTEES", "BLOCS_COMPETENCES", "CORRESPONDANCES", *DATES),
)
"""The parts of a fiche that are looked at; the others, most of its weight, are not."""
_BEFORE = (
    ("PREREQUIS_ENTREE_FORMATION_BLOC", "À l'entrée en formation"),
    ("PREREQUIS_VALIDATION_BLOC", "Pour valider le bloc"),
)
_LAST_LINE = 65_535
"""From this line on, the parser no longer says where an element stands."""


def fiches(stream: IO[bytes], name: str) -> Iterator[RawFiche | Finding]:
    """Every fiche of a file; a finding for one without a usable number or title.

    Raises
    ------
    FileProblem
        The file has no fiche, or stops being XML: what came before has been given.
    """
    count = 0
    for element in elements(stream, "FICHE", name):
        count += 1
        yield _fiche(element, count, name)
    if not count:
        raise FileProblem(
            [
                error(
                    "rncp-sans-fiche",
                    "Le fichier ne contient aucune fiche (élément FICHE).",
                    "Donnez l'export XML (flux V4) ou CSV des fiches RNCP ou RS, tel que France compétences le publie.",
                    file=name,
                    line=1,
                )
            ]
        )


def _fiche(element: _Element, rank: int, name: str) -> RawFiche | Finding:
    parts = {part.tag: part for part in element.iterchildren(*_READ)}
    said = {tag: part.text or "" for tag, part in parts.items()}
    number, title = number_in(_plain(said, "NUMERO_FICHE")), _plain(said, "INTITULE")
    line = _line(element)
    where = Place(file=name, line=line, path=number or f"FICHE[{rank}]")
    if number is None or title is None:
        missing = "de numéro RNCP ou RS lisible" if number is None else "d'intitulé"
        return error(
            "rncp-fiche-sans-nom",
            f"La fiche n° {rank} du fichier n'a pas {missing} : elle est laissée de côté.",
            "Complétez-la dans le fichier, ou signalez-la à France compétences.",
            file=name,
            line=line,
            path=where.path,
        )
    return RawFiche(
        number=number,
        title=title.replace("\n", " "),
        where=where,
        abbreviation=_text(parts, "ABREGE", "CODE"),
        level=_text(parts, "NOMENCLATURE_EUROPE", "NIVEAU"),
        nsf=_texts(parts.get("CODES_NSF"), "NSF/CODE"),
        rome=_texts(parts.get("CODES_ROME"), "ROME/CODE"),
        formacode=_texts(parts.get("FORMACODES"), "FORMACODE/CODE"),
        certifiers=_certifiers(parts.get("CERTIFICATEURS")),
        active=_yes_or_no(_plain(said, "ACTIF")),
        dates={tag: text for tag in DATES if (text := _plain(said, tag))},
        replaces=_texts(
            parts.get("ANCIENNES_CERTIFICATIONS"), "ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION"
        ),
        replaced_by=_texts(
            parts.get("NOUVELLES_CERTIFICATIONS"), "NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION"
        ),
        vae=_yes_or_no(_text(parts, "SI_JURY_VAE", "ACTIF")),
        entry=_plain(said, "PREREQUIS_ENTREE_FORMATION"),
        capacities=said.get("CAPACITES_ATTESTEES") if number.startswith("RS") else None,
        blocks=tuple(_block(block) for block in _all(parts.get("BLOCS_COMPETENCES"), "BLOC_COMPETENCES")),
        correspondences=tuple(_correspondence(row) for row in _all(parts.get("CORRESPONDANCES"), "CORRESPONDANCE")),
    )


def _line(element: Any) -> int | None:
    line: int | None = element.sourceline
    return line if line is not None and line < _LAST_LINE else None


def _block(element: _Element) -> RawBlock:
    said = {part.tag: part.text or "" for part in element.iterchildren()}
    before = ((words, _plain(said, tag)) for tag, words in _BEFORE)
    return RawBlock(
        code=_plain(said, "CODE") or "",
        title=(_plain(said, "LIBELLE") or "").replace("\n", " ") or None,
        competencies=said.get("LISTE_COMPETENCES"),
        assessment=_plain(said, "MODALITES_EVALUATION"),
        prerequisites="\n".join(f"{words} : {text}" for words, text in before if text) or None,
    )


def _correspondence(element: _Element) -> RawCorrespondence:
    source = (code for part in element.iterfind("SOURCE") for code in _texts(part, "BLOC_COMPETENCES/CODE"))
    destination = (
        (plain(part.findtext("NUMERO_FICHE") or ""), _texts(part, "BLOC_COMPETENCES/CODE"))
        for part in element.iterfind("DESTINATION")
    )
    return RawCorrespondence(tuple(source), tuple(destination))


def _certifiers(element: _Element | None) -> tuple[str, ...]:
    """The certifiers that are active; all of them when none is said to be."""
    every = list(_all(element, "CERTIFICATEUR"))
    active = [one for one in every if _yes_or_no(plain(one.findtext("ETAT_CERTIFICATEUR") or "")) is not False]
    names = (plain(one.findtext("NOM_CERTIFICATEUR") or "") for one in active or every)
    return tuple(dict.fromkeys(name.replace("\n", " ") for name in names if name))


def _yes_or_no(text: str | None) -> bool | None:
    """What an answer says, in the words of the directory.

    Examples
    --------
    >>> _yes_or_no("Oui"), _yes_or_no("INACTIVE"), _yes_or_no(None)
    (True, False, None)
    """
    return {"oui": True, "actif": True, "active": True, "non": False, "inactif": False, "inactive": False}.get(
        (text or "").lower()
    )


def _plain(said: Mapping[Any, str], tag: str) -> str | None:
    text = said.get(tag)
    return plain(text) or None if text else None


def _text(parts: Mapping[Any, _Element], part: str, tag: str) -> str | None:
    element = parts.get(part)
    text = None if element is None else element.findtext(tag)
    return plain(text) or None if text else None


def _texts(element: _Element | None, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for found in _all(element, path) if (text := plain(found.text or ""))))


def _all(element: _Element | None, path: str) -> Iterator[_Element]:
    return iter(()) if element is None else element.iterfind(path)
