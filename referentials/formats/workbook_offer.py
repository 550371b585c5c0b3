"""The workbook of an offer (*classeur d'une offre*): modules, sessions, competencies developed, what must come before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referentials.formats.workbook_form import Column, Form, Sheet, Slot, sources
from referentials.formats.workbook_values import (
    CHOICE,
    COUNT,
    DAY,
    EUROS,
    HOURS,
    REFERENCE,
    REFERENCES,
    REQUIREMENT,
    WORDS,
    YES,
)
from referentials.formats.workbook_words import CONFIDENCE, MODALITY
from referentials.loader import OFFER

_OFFER = Column("Offre", (), link="Offre", hint="identifiant de l'offre ; vide s'il n'y en a qu'une")
_MODULE = Column("Module", (), link="Modules", hint="identifiant du module", needed=True, example="accueil-publics")

_HOURS = (
    ("Heures en présence", "onsite", 14),
    ("Heures à distance", "remote", 7),
    ("Heures à son rythme", "self_paced", None),
    ("Heures en situation de travail", "workplace", None),
    ("Heures de stage", "placement", None),
    ("Heures sans précision", "unspecified", None),
)

_ROOT = Sheet(
    "Offre",
    (
        Column("Identifiant", ("id",), hint="minuscules, chiffres, tirets", needed=True, example="la-fabrique"),
        Column("Nom de l'offre", ("title",), needed=True, example="Offre 2027"),
        Column("Organisme", ("body", "name"), needed=True, example="La Fabrique"),
        Column("SIRET", ("body", "siret"), hint="14 chiffres, en texte"),
        Column("Code postal", ("body", "location", "postcode"), example="13001"),
        Column("Ville", ("body", "location", "city"), example="Marseille"),
        Column("Confiance", ("confidence",), CHOICE, needed=True, choices=CONFIDENCE, example="officiel"),
        Column("Inventée pour la démonstration", ("illustrative",), YES, "oui ou non"),
        Column("Remarque", ("note",)),
    ),
    "L'organisme et son offre : une ligne.",
    key=(("id",),),
    unit=True,
)

_MODULES = Sheet(
    "Modules",
    (
        _OFFER,
        Column("Identifiant", ("id",), hint="minuscules, chiffres, tirets", needed=True, example="accueil-publics"),
        Column("Intitulé", ("title",), needed=True, example="Accueillir les publics"),
        *(
            Column(title, ("hours", name), HOURS, "7,5 ou 7 h 30", low=0, example=example)
            for title, name, example in _HOURS
        ),
        Column("Prix", ("price",), EUROS, "euros, par personne ; vide : non connu", low=0, example=840),
        Column("Prix en groupe", ("group_price",), EUROS, "euros, par personne", low=0),
        Column("Blocs préparés", ("prepares",), REFERENCES, "références séparées par ;", example="tp-mn@2025/CCP1"),
        Column("Évaluations comprises", ("includes_assessment",), REFERENCES, "blocs, séparés par ;"),
        Column("Langues", ("languages",), WORDS, "codes séparés par ; (vide : fr)"),
        Column("Proposé du", ("available", "from"), DAY, "JJ/MM/AAAA"),
        Column("Proposé au", ("available", "to"), DAY, "JJ/MM/AAAA"),
        Column("Vu le", ("available", "seen"), DAY, "JJ/MM/AAAA"),
        Column("CPF", ("funding", "cpf"), YES, "oui, non ; vide : non connu", example="oui"),
        Column("Autre financement", ("funding", "note")),
        Column("Inventé pour la démonstration", ("illustrative",), YES, "oui ou non"),
        Column("Confiance", ("confidence",), CHOICE, "vide : celle de l'offre", choices=CONFIDENCE),
        Column("Remarque", ("note",)),
    ),
    "Un module par ligne.",
    key=(("id",),),
    slots=(Slot(("modules",)),),
    unit=True,
)

_SESSIONS = Sheet(
    "Sessions",
    (
        _OFFER,
        _MODULE,
        Column("Identifiant", ("id",), needed=True, example="s1"),
        Column("Début", ("start",), DAY, "JJ/MM/AAAA", needed=True, example="11/01/2027"),
        Column("Fin", ("end",), DAY, "JJ/MM/AAAA", needed=True, example="26/02/2027"),
        Column("Heures par semaine", ("weekly_hours",), HOURS, "vide : réparties", low=0, example=3),
        Column("Places", ("seats",), COUNT, "vide : non connu", low=0, example=12),
        Column("Modalité", ("modality",), CHOICE, "si elle diffère du module", choices=MODALITY),
        Column("Lieu", ("place",)),
        Column("Jours", ("days",), WORDS, "lundi ; mardi"),
    ),
    "Les dates ; un module sans session commence quand on veut.",
    key=(("id",),),
    slots=(Slot(("sessions",)),),
)

_DEVELOPED = Sheet(
    "Compétences",
    (
        _OFFER,
        _MODULE,
        Column("Compétence", ("competency",), REFERENCE, "référence", needed=True, example="tp-mn@2025/CCP1/C1"),
        Column("Niveau", ("level",), COUNT, "sur l'échelle du cadre", low=0),
    ),
    "Ce que chaque module fait acquérir : une ligne par compétence.",
    slots=(Slot(("develops",)),),
)


def _asked(rows: list[Mapping[str, Any]]) -> Any:
    """One requirement of several rows: all of them."""
    parts = [row["part"] for row in rows]
    return parts[0] if len(parts) == 1 else {"all_of": parts}


def _rows(requirement: Any) -> list[dict[str, Any]]:
    parts = requirement.get("all_of", ()) if isinstance(requirement, Mapping) else ()
    return [{"part": part} for part in (parts if len(parts) > 1 else [requirement])]


_BEFORE = Sheet(
    "Prérequis",
    (
        _OFFER,
        _MODULE,
        Column(
            "Il faut",
            ("part",),
            REQUIREMENT,
            "a et (b ou c) ; toutes les lignes d'un module comptent",
            needed=True,
            example="la-fabrique:socle",
        ),
    ),
    "Ce qu'il faut avoir avant le module.",
    slots=(Slot(("requires",), gather=_asked, scatter=_rows),),
)

FORM = Form(
    "offre",
    "Une offre de formation",
    OFFER.name,
    (_ROOT, _MODULES, _SESSIONS, _DEVELOPED, _BEFORE, sources("Offre", "vide s'il n'y en a qu'une")),
    OFFER.item,
    always={"modules": []},
)
