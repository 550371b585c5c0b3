"""XML V4.x of the national directory → fiches, one element after the other (*flux RNCP et RS*).

The real file has 570 MB and 30,000 fiches: an element is read and emptied before the next. Partners and juries, most of its
weight, are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

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
        yield _fiche(part, count, Place.model_construct(file=name, line=line, path=f"FICHE[{count}]"))
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


def _fiche(part: Part, rank: int, where: Place) -> RawFiche | Finding:
    number, title = number_in(_text(part, "NUMERO_FICHE")), _text(part, "INTITULE")
    if number is not None:
        where = where.model_copy(update={"path": number})
    if number is None or title is None:
        return _without_name(rank, number, where)
    return RawFiche(
        number=number,
        title=title.replace("\n", " "),
        where=where,
        abbreviation=_text(part, "ABREGE", "CODE"),
        level=_text(part, "NOMENCLATURE_EUROPE", "NIVEAU"),
        nsf=_texts(part, "CODES_NSF", "NSF", "CODE"),
        rome=_texts(part, "CODES_ROME", "ROME", "CODE"),
        formacode=_texts(part, "FORMACODES", "FORMACODE", "CODE"),
        certifiers=_certifiers(part),
        active=_yes_or_no(_text(part, "ACTIF")),
        dates={tag: text for tag in DATES if tag in part and (text := _text(part, tag))},
        vae=_yes_or_no(_text(part, "SI_JURY_VAE", "ACTIF")),
        entry=_text(part, "PREREQUIS_ENTREE_FORMATION"),
        capacities=_as_written(part, "CAPACITES_ATTESTEES") if number.startswith("RS") else None,
        blocks=tuple(map(_block, _all(part, "BLOCS_COMPETENCES", "BLOC_COMPETENCES"))),
        correspondences=tuple(map(_correspondence, _all(part, "CORRESPONDANCES", "CORRESPONDANCE"))),
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
    before = ((words, _text(part, tag)) for tag, words in _BEFORE if tag in part)
    return RawBlock(
        code=_text(part, "CODE") or "",
        title=(_text(part, "LIBELLE") or "").replace("\n", " ") or None,
        competencies=_as_written(part, "LISTE_COMPETENCES"),
        assessment=_text(part, "MODALITES_EVALUATION"),
        prerequisites="\n".join(f"{words} : {text}" for words, text in before if text) or None,
    )


def _correspondence(part: Part) -> RawCorrespondence:
    source = (code for one in part.get("SOURCE", ()) for code in _texts(one, "BLOC_COMPETENCES", "CODE"))
    destination = (
        (_text(one, "NUMERO_FICHE") or "", _texts(one, "BLOC_COMPETENCES", "CODE"))
        for one in part.get("DESTINATION", ())
    )
    return RawCorrespondence(tuple(source), tuple(destination))


def _certifiers(part: Part) -> tuple[str, ...]:
    """The certifiers that are active; all of them when none is said to be."""
    every = list(_all(part, "CERTIFICATEURS", "CERTIFICATEUR"))
    active = [one for one in every if _yes_or_no(_text(one, "ETAT_CERTIFICATEUR")) is not False]
    names = (_text(one, "NOM_CERTIFICATEUR") for one in active or every)
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


def _text(part: Part, *path: str) -> str | None:
    """The text at the end of a path, plain; ``None`` when there is none, or nothing in it."""
    text = _as_written(part, *path)
    return plain(text) or None if text else None


def _as_written(part: Part, *path: str) -> str | None:
    return next(_all(part, *path), None)


def _texts(part: Part, *path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for one in _all(part, *path) if (text := plain(one))))


def _all(part: Part, tag: str, *path: str) -> Iterator[Any]:
    """What stands at the end of a path, texts or parts, in the order of the file."""
    found = part.get(tag, ())
    return chain.from_iterable(_all(one, *path) for one in found) if path else iter(found)
