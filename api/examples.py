"""The examples of the API's documentation (*exemples*): requests that a test sends, and whose answers it checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Body

_PERSON: dict[str, Any] = {
    "id": "p-001",
    "holds": {
        "blocks": [{"ref": "tp-remn@2019/CCP1", "on": "2022-03-15"}],
        "competencies": [{"ref": "pix@2023/1.1", "level": 5, "evidence": "certified"}],
    },
    "experience": [{"title": "Animatrice multimédia", "rome": "G1239", "months": 60}],
    "can_give": {"weekly_hours": 14},
    "illustrative": True,
}
_PLAN: dict[str, Any] = {
    "profile": _PERSON,
    "target": "tp-fpa@2023",
    "on": "2026-11-22",
    "minimise": ["hours", "cost"],
    "illustrative": True,
}
_SOURCE = {"title": "Texte inventé pour l'exemple", "reference": "EXEMPLE-1", "checked_on": "2026-11-22"}

PROFILE = {"Une animatrice": _PERSON}
GAP = {"Vers le titre de médiateur numérique": {"profile": _PERSON, "target": "tp-mn@2025", "on": "2026-11-22"}}
PLAN = {"Le plus court, puis le moins cher": _PLAN}
PLAN_FILE = {"Avec un projet": {"request": _PLAN, "particulars": {"project": "Ouvrir un atelier de quartier"}}}
BRIDGE = {
    "D'une version à la suivante": {
        "start": "tp-fpa@2017",
        "target": "tp-fpa@2023",
        "on": "2026-11-22",
        "illustrative": True,
    }
}
ORIENTATION = {"Les cinq plus proches": {"profile": _PERSON, "on": "2026-11-22", "limit": 5}}
GROUP = {
    "Deux personnes": {
        "people": [_PERSON | {"id": "p-001"}, {"id": "p-002", "holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1"}]}}],
        "on": "2026-11-22",
        "nearest": 3,
    }
}
GROUP_BUDGET = {
    "Deux personnes, un budget pour une": {
        "profiles": [
            {"id": "a", "service": "Accueil", "profile": _PERSON},
            {"id": "b", "service": "Atelier", "profile": {"holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1"}]}}},
        ],
        "target": "tp-fpa@2023",
        "on": "2026-11-22",
        "budget": 2000,
        "by": "fairness",
        "front": True,
        "illustrative": True,
    }
}
COHORT = {
    "Deux profils": {
        "profiles": [_PERSON | {"id": "p-001"}, {"id": "p-002", "holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1"}]}}],
        "demand": {"target": "tp-fpa@2023", "on": "2026-11-22", "illustrative": True},
    }
}
GROUP_SESSIONS = {
    "Deux personnes, une session": {
        "profiles": [
            {"id": "a", "profile": {"holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1"}]}}},
            {"id": "b", "profile": {"holds": {"blocks": [{"ref": "tp-fpa@2023/CCP2"}]}}},
        ],
        "sessions": [
            {
                "id": "accompagner",
                "module": "atelier-demo-formation:fpa-ccp3-complet",
                "start": "2027-06-21",
                "end": "2027-07-30",
                "weekly_hours": 7,
                "price": 1200,
                "seats": {"min": 2, "max": 8},
            }
        ],
        "target": "tp-fpa@2023",
        "on": "2026-11-22",
        "illustrative": True,
    }
}
DRAFT = {
    "Depuis une version": {"base": "tp-mn@2025", "version": "exemple"},
    "Depuis rien": {"document": {"id": "atelier", "version": "2027", "title": "Atelier", "kind": "attestation"}},
}
RECOGNITION = {
    "Une équivalence inventée": {
        "id": "exemple-remn-vers-mn",
        "title": "Exemple : le CCP1 du REMN donnerait le CCP1 du MN",
        "given": "tp-remn@2019/CCP1",
        "grants": ["tp-mn@2025/CCP1"],
        "effect": "award",
        "in_force": {"from": "2026-01-01"},
        "source": _SOURCE,
        "confidence": "to_confirm",
    }
}
CORRESPONDENCE = {
    "Une proximité à relire": {
        "id": "exemple-pix-digcomp",
        "from": "pix@2023/1.1",
        "to": "digcomp@2.2/1.1",
        "relation": "close",
        "author": "exemple",
        "state": "suggested",
    }
}
OFFER = {
    "Un module inventé": {
        "id": "exemple-fabrique",
        "title": "Offre d'exemple",
        "body": {"name": "Organisme d'exemple"},
        "confidence": "to_confirm",
        "illustrative": True,
        "sources": [_SOURCE],
        "modules": [
            {
                "id": "accueil",
                "title": "Accueillir des publics",
                "hours": {"onsite": 14, "remote": 7},
                "price": 840,
                "prepares": ["tp-mn@2025/CCP1"],
            }
        ],
    }
}
PERSON = {
    "Une personne qui accepte d'être suivie": {
        "identity": {"given_name": "Prénom", "family_name": "Nom"},
        "consents": [{"purpose": "accompagnement", "text_version": "2027-01"}],
        "profile": _PERSON,
    }
}


def shown(examples: Mapping[str, Any]) -> Any:
    """A body, with the examples that the documentation shows."""
    return Body(openapi_examples={name: {"summary": name, "value": value} for name, value in examples.items()})
