"""The workbook of rights (*classeur de passerelles*): one row each, with the text that says so."""

from __future__ import annotations

from referentials.formats.workbook_form import Column, Form, Sheet, source_columns
from referentials.formats.workbook_values import CHOICE, DAY, HOURS, NUMBER, REFERENCES, REQUIREMENT, YES
from referentials.formats.workbook_words import CONFIDENCE, EFFECT, WAIVED, WORDING
from referentials.loader import RECOGNITIONS

_SHEET = Sheet(
    "Passerelles",
    (
        Column("Identifiant", ("id",), hint="minuscules, chiffres, tirets", needed=True, example="deme-vers-bpjeps"),
        Column("Passerelle", ("title",), hint="en une phrase"),
        Column("Il faut avoir", ("given",), REQUIREMENT, "a et (b ou c)", needed=True, example="deme ou detisf"),
        Column(
            "Donne", ("grants",), REFERENCES, "références séparées par ;", needed=True, example="bpjeps-tic@2002/UC1"
        ),
        Column("Effet", ("effect",), CHOICE, needed=True, choices=EFFECT, example="acquis"),
        Column("Dispense de", ("waives",), CHOICE, "pour une dispense", choices=WAIVED),
        Column("Partie dispensée", ("part",), hint="si ce n'est pas tout"),
        Column("Heures en moins", ("by", "hours"), HOURS, "pour un allègement", low=0),
        Column("Part en moins", ("by", "fraction"), NUMBER, "0,5 ou 50 %", low=0, high=1),
        Column("Plafond", ("by", "at_most"), YES, "oui : au plus"),
        Column("Mots du texte", ("wording",), CHOICE, choices=WORDING),
        Column("Pièce à produire", ("proof",)),
        Column("Au choix de l'organisme", ("discretionary",), YES, "vide : non"),
        Column("En vigueur du", ("in_force", "from"), DAY, "JJ/MM/AAAA ; vide : non connu", example="24/12/2008"),
        Column("En vigueur au", ("in_force", "to"), DAY, "JJ/MM/AAAA ; vide : sans fin connue"),
        Column("Vu en vigueur le", ("in_force", "seen"), DAY, "JJ/MM/AAAA"),
        *source_columns("source"),
        Column("Confiance", ("confidence",), CHOICE, needed=True, choices=CONFIDENCE, example="à confirmer"),
        Column("Remarque", ("note",)),
    ),
    "Une passerelle de droit par ligne, avec le texte qui la donne.",
    key=(("id",),),
    unit=True,
)

FORM = Form(
    "passerelles", "Des passerelles de droit", RECOGNITIONS.name, (_SHEET,), RECOGNITIONS.item, {"in_force": {}}
)
