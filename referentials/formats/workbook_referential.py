"""The workbook of a referential (*classeur d'un référentiel*): its blocks, their competencies, its scale and its sources."""

from __future__ import annotations

from referentials.formats.workbook_form import Column, Form, Path, Sheet, Slot, sources, spans, stated
from referentials.formats.workbook_values import (
    CHOICE,
    CODES,
    COUNT,
    DAY,
    EMPTY,
    EUROS,
    HOURS,
    LINES,
    REFERENCES,
    REQUIREMENT,
    WORDS,
    YES,
)
from referentials.formats.workbook_words import CONFIDENCE, KIND, STATE
from referentials.loader import REFERENTIAL

_REFERENTIAL = Column("Référentiel", (), link="Référentiel", hint="identifiant@version ; vide s'il n'y en a qu'un")
_BLOCK = Column("Bloc", (), link="Blocs", hint="code du bloc", needed=True, example="CCP1")
_CODES = (
    ("RNCP", "rncp"),
    ("RS", "rs"),
    ("NSF", "nsf"),
    ("ROME", "rome"),
    ("Formacode", "formacode"),
    ("Codes du ministère", "ministry"),
)


def _assessment(*path: str, of: str) -> tuple[Column, ...]:
    return (
        Column(f"Forme ({of})", (*path, "form")),
        Column(f"Durée ({of})", (*path, "hours"), HOURS, "heures", low=0),
        Column(f"Prix ({of})", (*path, "cost"), EUROS, "euros", low=0),
        *stated(*path, of=of),
    )


def _entry(path: Path = ("entry",)) -> tuple[Column, ...]:
    return (
        Column("Entrée connue", (*path, "known"), YES, "non : pas lue ; vide : rien n'est dit", otherwise=True),
        Column("Il faut à l'entrée", (*path, "requirement"), REQUIREMENT, "a et (b ou c)"),
        Column("Épreuves d'entrée", (*path, "tests"), LINES, "une par ligne"),
        Column("Entrée en phrases", (*path, "description")),
        *stated(*path, of="entrée"),
    )


_ROOT = Sheet(
    "Référentiel",
    (
        Column("Identifiant", ("id",), hint="minuscules, chiffres, tirets", needed=True, example="tp-exemple"),
        Column("Version", ("version",), hint="le plus souvent l'année", needed=True, example="2025"),
        Column("Intitulé", ("title",), needed=True, example="Exemple à remplacer"),
        Column("Nom court", ("short_title",)),
        Column("Autres noms", ("aliases",), LINES, "un par ligne"),
        Column("Nature", ("kind",), CHOICE, needed=True, choices=KIND, example="titre professionnel"),
        Column("Autorité", ("issuer",), hint="qui délivre"),
        Column("Niveau", ("level",), COUNT, "1 à 8", low=1, high=8, example=5),
        Column("État", ("state",), CHOICE, "vide : brouillon", choices=STATE),
        Column("Confiance", ("confidence",), CHOICE, needed=True, choices=CONFIDENCE, example="à confirmer"),
        *(
            Column(title, ("codes", name), CODES, "un par ligne, avec ses dates : (depuis …, jusque …)")
            for title, name in _CODES
        ),
        Column("Valable du", ("valid", "from"), DAY, "JJ/MM/AAAA"),
        Column("Valable au", ("valid", "to"), DAY, "JJ/MM/AAAA"),
        Column("Vu en vigueur le", ("valid", "seen"), DAY, "JJ/MM/AAAA"),
        Column("Délivré jusqu'au", ("valid", "award_until"), DAY, "JJ/MM/AAAA"),
        Column("Actif au répertoire", ("valid", "active"), YES, "vide : non dit"),
        Column("Confiance (dates)", ("valid", "confidence"), CHOICE, choices=CONFIDENCE),
        Column("Remarque (dates)", ("valid", "note")),
        Column("Remplace", ("replaces",), REFERENCES, "références séparées par ;"),
        Column("Remplacé par", ("replaced_by",), REFERENCES, "références séparées par ;"),
        Column("Obtention", ("award",), REQUIREMENT, "ce qui donne l'ensemble", example="CCP1"),
        *_assessment("final_assessment", of="épreuve finale"),
        *_entry(),
        Column("VAE", ("vae",), YES, "vide : non dit"),
        *spans(of="ensemble"),
        *stated("scale", of="échelle"),
        Column("Sans bloc", ("blocks",), EMPTY, "oui : il n'y en a aucun"),
        Column("Blocs tous connus", ("complete",), YES, "vide : oui"),
        Column("Autres faits", ("facts",), LINES, "un par ligne"),
        Column("Reste à lire", ("unread",), LINES, "un par ligne"),
        Column("Remarque", ("note",)),
    ),
    "La certification ou le cadre, dans une version : une ligne.",
    key=(("id",), ("version",)),
    unit=True,
)

_BLOCKS = Sheet(
    "Blocs",
    (
        _REFERENTIAL,
        Column("Code", ("code",), hint="comme le texte l'écrit", needed=True, example="CCP1"),
        Column("Intitulé", ("title",), hint="vide : non lu", example="Exemple de bloc"),
        Column("Autres intitulés", ("aliases",), LINES, "un par ligne"),
        Column("Codes ailleurs", ("codes",), CODES, "un par ligne"),
        Column("Facultatif", ("optional",), YES, "vide : non"),
        Column("Il faut avant", ("requires",), REQUIREMENT, "a et (b ou c)"),
        Column("Prérequis du texte", ("prerequisites",)),
        *_assessment("assessment", of="évaluation"),
        *spans(of="bloc"),
        Column("Sans compétence", ("competencies",), EMPTY, "oui : il n'y en a aucune"),
        Column("Compétences toutes connues", ("complete",), YES, "vide : oui"),
        Column("Liste du texte", ("raw_competencies",), hint="telle que la source l'écrit"),
        Column("Confiance", ("confidence",), CHOICE, choices=CONFIDENCE),
        Column("Sources", ("sources",), WORDS, "identifiants de la feuille Sources"),
        Column("Remarque", ("note",)),
    ),
    "Un bloc par ligne.",
    key=(("code",),),
    slots=(Slot(("blocks",)),),
)

_COMPETENCIES = Sheet(
    "Compétences",
    (
        _REFERENTIAL,
        _BLOCK,
        Column("Code", ("code",), hint="comme le texte l'écrit", needed=True, example="C1"),
        Column("Intitulé", ("title",), hint="vide : non lu", example="Exemple de compétence"),
        Column("Savoirs et savoir-faire", ("elements",), LINES, "un par ligne"),
        Column("Critères", ("criteria",), LINES, "un par ligne"),
        Column("Indispensables avant", ("requires", "strict"), REFERENCES, "codes ou références, séparés par ;"),
        Column("Conseillées avant", ("requires", "advised"), REFERENCES, "codes ou références, séparés par ;"),
        Column("Confiance", ("confidence",), CHOICE, choices=CONFIDENCE),
        Column("Sources", ("sources",), WORDS, "identifiants de la feuille Sources"),
        Column("Remarque", ("note",)),
    ),
    "Une compétence par ligne.",
    key=(("code",),),
    slots=(Slot(("competencies",)),),
)

_LEVELS = Sheet(
    "Niveaux",
    (
        _REFERENTIAL,
        Column("Rang", ("rank",), COUNT, "du plus bas au plus haut", needed=True, low=0),
        Column("Nom", ("label",), hint="vide : non connu"),
    ),
    "L'échelle d'un cadre ; aucune ligne s'il n'y en a pas.",
    slots=(Slot(("scale", "levels")),),
)

FORM = Form(
    "referentiel",
    "Un référentiel",
    REFERENTIAL.name,
    (_ROOT, _BLOCKS, _COMPETENCIES, _LEVELS, sources("Référentiel", "vide s'il n'y en a qu'un")),
    REFERENTIAL.item,
)
