"""The workbook of people (*classeur de personnes*): who they are on one side, what they hold and can give on the other.

A record of kind :data:`PERSON` has two parts that never mix::

    {"identity": {given_name, family_name, email, phone}, "target": "tp-mn@2025", "profile": {...},
     "service": "Médiation", "area": "29", "trade": "K1601",
     "agreed": true, "agreed_on": 2027-01-04, "agreed_text": "note du 4 janvier 2027"}

``profile`` is the profile of our files, which the engine reads, and holds nothing of ``identity``: its ``id`` is the code of the row,
chosen so as to name nobody. Whoever opens the files keeps ``identity`` where names are kept, and gives the engine ``profile`` alone.
``service``, ``area`` and ``trade`` are coarse labels. ``agreed`` says that the adviser holds the person's consent, without which no file may be opened; the two next, since when and to what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referentials.formats.exchange import PERSON
from referentials.formats.workbook_form import NATURE, Column, Form, Sheet, Slot
from referentials.formats.workbook_values import (
    CHOICE,
    CHOICES,
    COUNT,
    DAY,
    EUROS,
    HOURS,
    NUMBER,
    REFERENCE,
    WORDS,
    YES,
)
from referentials.formats.workbook_words import EVIDENCE, MODALITY
from referentials.formats.workbook_words import NATURE as NATURES
from referentials.reference import ModuleRef, parse

_CAN_GIVE = ("profile", "can_give")
_HOLDS = ("profile", "holds")
_PERSON = Column("Personne", (), link="Personnes", hint="code de la feuille Personnes", needed=True, example="p-001")

_ROOT = Sheet(
    "Personnes",
    (
        Column("Code", ("profile", "id"), hint="sans nom de personne", needed=True, example="p-001"),
        Column("Prénom", ("identity", "given_name"), longest=200),
        Column("Nom", ("identity", "family_name"), longest=200),
        Column("Courriel", ("identity", "email"), hint="facultatif", longest=254),
        Column("Téléphone", ("identity", "phone"), hint="facultatif", longest=40),
        Column("Accord recueilli", ("agreed",), YES, "oui : la personne accepte d'être suivie", example="oui"),
        Column("Accord donné le", ("agreed_on",), DAY, "JJ/MM/AAAA", example="04/01/2027"),
        Column(
            "Texte lu",
            ("agreed_text",),
            hint="nom ou version du texte accepté",
            example="note du 4 janvier 2027",
            longest=60,
        ),
        Column("Cible", ("target",), REFERENCE, "référence du titre visé", example="tp-mn@2025"),
        Column("Service", ("service",), hint="facultatif : celui de l'employeur", longest=120),
        Column("Territoire", ("area",), hint="facultatif : un département, par exemple", longest=80),
        Column("Métier (ROME)", ("trade",), hint="facultatif : code ROME ou nom", longest=80),
        Column(
            "Heures par semaine", (*_CAN_GIVE, "weekly_hours"), HOURS, "7,5 ou 7 h 30", low=0.01, high=168, example=6
        ),
        Column("Début", (*_CAN_GIVE, "start"), DAY, "JJ/MM/AAAA", example="04/01/2027"),
        Column("Échéance", (*_CAN_GIVE, "deadline"), DAY, "JJ/MM/AAAA", example="31/12/2027"),
        Column("Budget", (*_CAN_GIVE, "budget"), EUROS, "euros", low=0, example=2500),
        Column(
            "Modalités acceptées",
            (*_CAN_GIVE, "modalities"),
            CHOICES,
            "séparées par ; (vide : toutes)",
            choices=MODALITY,
        ),
        Column("Villes acceptées", (*_CAN_GIVE, "places"), WORDS, "séparées par ;"),
        Column("Conditions confirmées", ("profile", "confirms"), WORDS, "identifiants séparés par ;"),
        Column("Remarque", ("profile", "note"), hint="sans donnée personnelle"),
    ),
    "Une personne par ligne. Les noms ne vont jamais dans le calcul.",
    key=(("profile", "id"),),
    unit=True,
)


def _nature(values: Mapping[str, Any]) -> str:
    """What a row of « Acquis » holds, when it does not say it: a level is one of a competency, else the form of the reference tells."""
    ref = parse(values["ref"])
    if isinstance(ref, ModuleRef):
        return "modules"
    if ref.competency or "level" in values:
        return "competencies"
    return "blocks" if ref.block else "qualifications"


def _names(rows: list[Mapping[str, Any]]) -> list[str]:
    return [row["ref"] for row in rows]


def _rows(names: list[str]) -> list[dict[str, str]]:
    return [{"ref": name} for name in names]


_HELD = Sheet(
    "Acquis",
    (
        _PERSON,
        Column(
            "Référence",
            ("ref",),
            REFERENCE,
            "titre, bloc, compétence ou module",
            needed=True,
            example="tp-remn@2019/CCP1",
        ),
        Column("Nature", NATURE, CHOICE, "vide : d'après la référence", choices=NATURES, example="bloc"),
        Column("Obtenu le", ("on",), DAY, "JJ/MM/AAAA ; vide : non connu", example="15/03/2022"),
        Column(
            "Preuve",
            ("evidence",),
            CHOICE,
            "vide : certifiée pour un diplôme ou un bloc, déclarée sinon",
            choices=EVIDENCE,
        ),
        Column("Niveau", ("level",), COUNT, "pour une compétence d'un cadre", low=0),
    ),
    "Ce que chaque personne détient : une ligne par titre, bloc, compétence ou module suivi.",
    slots=(
        Slot((*_HOLDS, "qualifications"), "qualifications"),
        Slot((*_HOLDS, "blocks"), "blocks"),
        Slot((*_HOLDS, "competencies"), "competencies"),
        Slot((*_HOLDS, "modules"), "modules", _names, _rows),
    ),
    nature_of=_nature,
)

_DONE = Sheet(
    "Expérience",
    (
        _PERSON,
        Column("Poste", ("title",), example="Animatrice multimédia"),
        Column("Code ROME", ("rome",), example="G1239"),
        Column("Champ", ("field",), hint="animation, formation…"),
        Column("Mois", ("months",), NUMBER, "durée", needed=True, low=0, example=60),
        Column("Part du temps plein", ("share",), NUMBER, "0,5 ou 50 % ; vide : temps plein", low=0.01, high=1),
    ),
    "Les emplois tenus : une ligne chacun.",
    slots=(Slot(("profile", "experience")),),
)

FORM = Form(
    "personnes",
    "Des personnes à suivre",
    PERSON,
    (_ROOT, _HELD, _DONE),
    always={"identity": {}},
    alike=((("identity", "email"),), (("identity", "given_name"), ("identity", "family_name"))),
)
