"""XML V4.x of the national directory → fiches, one element after the other (*flux RNCP et RS*).

The real file has 570 MB and 30,000 fiches: an element is read and emptied before the next. Partners and juries, most of its
weight, are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import IO

from referentials.findings import FileProblem, Finding, Place, error
from referentials.formats.rncp_source import RawBlock, RawCorrespondence, RawFiche
from referentials.formats.text import plain
from referentials.formats.xml_records import Part, Shape, records
from referentials.registers import number_in

DATES = ("DATE_EFFET", "DATE_DECISION", "DATE_DE_PUBLICATION", "DATE_FIN_ENREGISTREMENT", "DATE_LIMITE_DELIVRANCE")
_TEXT: Shape = {}
_CODE: Shape = {"CODE": _TEXT}
_BEFORE = (
    ("PREREQUIS_ENTREE_FORMATION_BLOC", "À l'entrée en formation"),
    ("PREREQUIS_VALIDATION_BLOC", "Pour valider le bloc"),
)
_BLOCK = ("CODE", "LIBELLE", "LISTE_COMPETENCES", "MODALITES_EVALUATION", *(tag for tag, _words in _BEFORE))
_SHAPE: Shape = {
    **dict.fromkeys(("NUMERO_FICHE", "INTITULE", "ACTIF", "PREREQUIS_ENTREE_FORMATION", "CAPACITES_ATTESTEES"), _TEXT),
    **dict.fromkeys(DATES, _TEXT),
    "ABREGE": _CODE,
    "NOMENCLATURE_EUROPE": {"NIVEAU": _TEXT},
    "CODES_NSF": {"NSF": _CODE},
    "CODES_ROME": {"ROME": _CODE},
    "FORMACODES": {"FORMACODE": _CODE},
    "CERTIFICATEURS": {"CERTIFICATEUR": {"NOM_CERTIFICATEUR": _TEXT, "ETAT_CERTIFICATEUR": _TEXT}},
    "SI_JURY_VAE": {"ACTIF": _TEXT},
    "BLOCS_COMPETENCES": {"BLOC_COMPETENCES": dict.fromkeys(_BLOCK, _TEXT)},
    "CORRESPONDANCES": {
        "CORRESPONDANCE": {
            "SOURCE": {"BLOC_COMPETENCES": _CODE},
            "DESTINATION": {"NUMERO_FICHE": _TEXT, "BLOC_COMPETENCES": _CODE},
        }
    },
}
"""The parts of a fiche that are looked at; the others, most of its weight, are not."""


def fiches(stream: IO[bytes], name: str) -> Iterator[RawFiche | Finding]:
    """Every fiche of a file; a finding for one without a usable number or title.

    Raises
    ------
    FileProblem
        The file has no fiche, or stops being XML: what came before has been given.
    """
    count = 0
    for count, (line, part) in enumerate(records(stream, "FICHE", _SHAPE, name), start=1):
        yield _fiche(part, count, name, line)
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


def _fiche(part: Part, rank: int, name: str, line: int) -> RawFiche | Finding:
    number, title = number_in(_text(part, "NUMERO_FICHE")), _text(part, "INTITULE")
    where = Place.model_construct(file=name, line=line, path=number or f"FICHE[{rank}]")
    if number is None or title is None:
        return _without_name(rank, number, where)
    return RawFiche(
        number=number,
        title=title.replace("\n", " "),
        where=where,
        abbreviation=_word(_first(part, "ABREGE"), "CODE"),
        level=_word(_first(part, "NOMENCLATURE_EUROPE"), "NIVEAU"),
        nsf=_codes(_parts(part, "CODES_NSF", "NSF")),
        rome=_codes(_parts(part, "CODES_ROME", "ROME")),
        formacode=_codes(_parts(part, "FORMACODES", "FORMACODE")),
        certifiers=_certifiers(part),
        active=_yes_or_no(_word(part, "ACTIF")),
        dates={tag: text for tag in DATES if (text := _word(part, tag))},
        vae=_yes_or_no(_word(_first(part, "SI_JURY_VAE"), "ACTIF")),
        entry=_text(part, "PREREQUIS_ENTREE_FORMATION"),
        capacities=_as_written(part, "CAPACITES_ATTESTEES") if number.startswith("RS") else None,
        blocks=tuple(map(_block, _parts(part, "BLOCS_COMPETENCES", "BLOC_COMPETENCES"))),
        correspondences=tuple(map(_correspondence, _parts(part, "CORRESPONDANCES", "CORRESPONDANCE"))),
    )


def _without_name(rank: int, number: str | None, where: Place) -> Finding:
    missing = "de numéro RNCP ou RS lisible" if number is None else "d'intitulé"
    return error(
        "rncp-fiche-sans-nom",
        f"La fiche n° {rank} du fichier n'a pas {missing} : elle est laissée de côté.",
        "Complétez-la dans le fichier, ou signalez-la à France compétences.",
        file=where.file,
        line=where.line,
        path=where.path,
    )


def _block(part: Part) -> RawBlock:
    before = [f"{words} : {text}" for tag, words in _BEFORE if (text := _text(part, tag))]
    return RawBlock(
        code=_text(part, "CODE") or "",
        title=(_text(part, "LIBELLE") or "").replace("\n", " ") or None,
        competencies=_as_written(part, "LISTE_COMPETENCES"),
        assessment=_text(part, "MODALITES_EVALUATION"),
        prerequisites="\n".join(before) or None,
    )


def _correspondence(part: Part) -> RawCorrespondence:
    source = (code for one in part.get("SOURCE", ()) for code in _codes(one.get("BLOC_COMPETENCES", ())))
    destination = (
        (_word(one, "NUMERO_FICHE") or "", _codes(one.get("BLOC_COMPETENCES", ())))
        for one in part.get("DESTINATION", ())
    )
    return RawCorrespondence(tuple(source), tuple(destination))


def _certifiers(part: Part) -> tuple[str, ...]:
    """The certifiers that are active; all of them when none is said to be."""
    every = _parts(part, "CERTIFICATEURS", "CERTIFICATEUR")
    active = [one for one in every if _yes_or_no(_word(one, "ETAT_CERTIFICATEUR")) is not False]
    names = (_word(one, "NOM_CERTIFICATEUR") for one in active or every)
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


def _as_written(part: Part, tag: str) -> str | None:
    found = part.get(tag)
    return found[0] if found else None


def _text(part: Part, tag: str) -> str | None:
    """The first text of a tag, plain; ``None`` when there is none, or nothing in it."""
    found = part.get(tag)
    return plain(found[0]) or None if found else None


def _word(part: Part, tag: str) -> str | None:
    """As :func:`_text`, for a text that thousands of fiches share."""
    found = part.get(tag)
    return _plain_word(found[0]) or None if found else None


_plain_word = lru_cache(maxsize=10_000)(plain)


def _codes(parts: Iterable[Part]) -> tuple[str, ...]:
    found = (_plain_word(code) for one in parts for code in one.get("CODE", ()))
    return tuple(dict.fromkeys(filter(None, found)))


def _first(part: Part, tag: str) -> Part:
    found = part.get(tag)
    return found[0] if found else {}


def _parts(part: Part, around: str, tag: str) -> list[Part]:
    """Every part of a tag, in the groups that hold them."""
    return [one for group in part.get(around, ()) for one in group.get(tag, ())]
