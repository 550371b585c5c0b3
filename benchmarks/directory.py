"""A seeded national directory to measure reading on: a file of as many made-up fiches as asked, with the shape and the sizes of the real one.

The real RNCP file of 2026 has about 30,000 fiches, 55,761 blocks, 397,774 partners and 34 MB of jury texts in some 570 MB. ``weight``
makes every text and every list of partners longer or shorter: at 1.0 a fiche weighs what a real one does, 19 kB.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

BLOCKS = 55_761 / 30_000
PARTNERS = 397_774 / 30_000

_FIRST = 10_001
_VERBS = ["Accueillir", "Animer", "Concevoir", "Évaluer", "Organiser", "Préparer", "Transmettre", "Accompagner"]
_WHAT = ["des publics éloignés du numérique", "un atelier collectif", "une ressource pédagogique", "une veille"]
_HOW = [
    "en tenant compte des besoins",
    "dans le respect de la réglementation",
    "avec l’équipe et ses partenaires",
    "à l’écrit",
]
_MARKS = ["- ", "* ", "C{number}. ", "C.{number}. ", "", "{block}.{number} "]


def generate(path: Path, count: int, *, weight: float = 1.0, seed: int = 1) -> Path:
    """Write a file of ``count`` fiches under ``path``, and give the path back. Same arguments, same bytes."""
    draw = random.Random(f"directory {seed}")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("<?xml version='1.0' encoding='UTF-8'?>\n<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>")
        for index in range(count):
            _fiche(file, draw, index, weight)
        file.write("</FICHES>\n")
    return path


def _fiche(file: TextIO, draw: random.Random, index: int, weight: float) -> None:
    number, year = f"RNCP{_FIRST + index}", draw.randint(2019, 2025)
    file.write("<FICHE>\n")
    file.writelines(_identity(draw, number, index, year))
    file.writelines(_people(draw, weight))
    file.writelines(_routes(draw, weight))
    file.write("<BLOCS_COMPETENCES>\n")
    for block in range(1, 1 + _around(draw, BLOCKS)):
        file.writelines(_block(draw, f"{number}BC{block:02}", block, weight))
    file.write("</BLOCS_COMPETENCES>\n")
    if index % 10 == 3:
        file.writelines(_correspondence(number, f"RNCP{_FIRST + index - 3}"))
    file.write("</FICHE>\n")


def _identity(draw: random.Random, number: str, index: int, year: int) -> Iterator[str]:
    yield _tag("ID_FICHE", str(index + 1))
    yield _tag("NUMERO_FICHE", number)
    if index % 4 == 3:
        old = f"<ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION>RNCP{_FIRST + index - 3}</ID_FICHE_ANCIENNE_CERTIFICATION>"
        yield f"<ANCIENNES_CERTIFICATIONS>{old}</ANCIENNE_CERTIFICATION></ANCIENNES_CERTIFICATIONS>\n"
    yield _tag("INTITULE", _sentence(draw))
    yield _tag("ETAT_FICHE", "Publiée")
    yield f"<FORMACODES><FORMACODE><CODE>{draw.randint(10_000, 99_999)}</CODE><LIBELLE>Libellé</LIBELLE></FORMACODE></FORMACODES>\n"
    yield f"<NOMENCLATURE_EUROPE><NIVEAU>NIV{draw.randint(3, 8)}</NIVEAU><LIBELLE>Niveau</LIBELLE></NOMENCLATURE_EUROPE>\n"
    yield f"<CODES_NSF><NSF><CODE>{draw.randint(100, 350)}</CODE><LIBELLE>Spécialités</LIBELLE></NSF></CODES_NSF>\n"
    yield "<CODES_ROME><ROME><CODE>K2111</CODE><LIBELLE>Formation professionnelle</LIBELLE></ROME></CODES_ROME>\n"
    yield _tag("ACTIF", draw.choice(("Oui", "Non")))
    yield _tag("DATE_DECISION", f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{year}")
    yield _tag("DATE_FIN_ENREGISTREMENT", f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{year + 5}")


def _people(draw: random.Random, weight: float) -> Iterator[str]:
    yield "<CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>Organisme inventé</NOM_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>\n"
    yield "<PARTENAIRES>\n"
    for partner in range(_around(draw, PARTNERS * weight)):
        name = f"<NOM_PARTENAIRE>CENTRE DE FORMATION INVENTE {partner}</NOM_PARTENAIRE><SIRET_PARTENAIRE>{partner:014}</SIRET_PARTENAIRE>"
        rights = "<HABILITATION_PARTENAIRE>HABILITATION_ORGA_FORM</HABILITATION_PARTENAIRE><ETAT_HABILITATION>Actif</ETAT_HABILITATION>"
        yield f"<PARTENAIRE>{name}{rights}<DATE_DERNIERE_MODIFICATION_ETAT>28/03/2025</DATE_DERNIERE_MODIFICATION_ETAT></PARTENAIRE>\n"
    yield "</PARTENAIRES>\n"
    for name in ("ACTIVITES_VISEES", "CAPACITES_ATTESTEES", "SECTEURS_ACTIVITE", "OBJECTIFS_CONTEXTE"):
        yield _tag(name, _text(draw, 1_900 * weight))


def _routes(draw: random.Random, weight: float) -> Iterator[str]:
    for route in ("FI", "CA", "FC", "CQ", "CL", "VAE"):
        jury = _text(draw, 190 * weight)
        yield f"<SI_JURY_{route}><ACTIF>{draw.choice(('Oui', 'Non'))}</ACTIF><COMPOSITION>{jury}</COMPOSITION></SI_JURY_{route}>\n"


def _block(draw: random.Random, code: str, block: int, weight: float) -> Iterator[str]:
    mark = draw.choice(_MARKS)
    lines = [
        mark.format(block=block, number=number) + _sentence(draw) for number in range(1, 1 + _around(draw, 8 * weight))
    ]
    yield f"<BLOC_COMPETENCES><CODE>{code}</CODE>{_tag('LIBELLE', _sentence(draw))}"
    yield _tag("LISTE_COMPETENCES", "    ".join(lines))
    yield _tag("MODALITES_EVALUATION", _text(draw, 700 * weight))
    yield "</BLOC_COMPETENCES>\n"


def _correspondence(number: str, other: str) -> Iterator[str]:
    mine, theirs = (f"<BLOC_COMPETENCES><CODE>{one}BC01</CODE></BLOC_COMPETENCES>" for one in (number, other))
    held = f"<DESTINATION><NUMERO_FICHE>{other}</NUMERO_FICHE>{theirs}</DESTINATION>"
    yield f"<CORRESPONDANCES><CORRESPONDANCE><SOURCE>{mine}</SOURCE>{held}</CORRESPONDANCE></CORRESPONDANCES>\n"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{text}</{name}>\n"


def _around(draw: random.Random, mean: float) -> int:
    """A count near a mean, at least one."""
    return max(1, round(draw.uniform(0.25, 1.75) * mean))


def _text(draw: random.Random, size: float) -> str:
    found: list[str] = []
    length = 0
    while length < size:
        found.append(_sentence(draw))
        length += len(found[-1]) + 2
    return ". ".join(found)


def _sentence(draw: random.Random) -> str:
    return f"{draw.choice(_VERBS)} {draw.choice(_WHAT)} {draw.choice(_HOW)}"
