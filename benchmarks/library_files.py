"""A seeded library to measure loading on: referentials of five blocks of five competencies, as real files."""

from __future__ import annotations

import random
from pathlib import Path

BLOCKS = 5
COMPETENCIES = 5

_VERBS = ["Accueillir", "Animer", "Concevoir", "Évaluer", "Organiser", "Préparer", "Transmettre", "Accompagner"]
_WHAT = [
    "des publics éloignés du numérique",
    "un atelier collectif",
    "une ressource pédagogique",
    "un projet de territoire",
    "une veille",
]


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write ``count`` referentials, each in its file under ``folder/certifications``."""
    draw = random.Random(f"library {seed}")
    for number in range(count):
        path = folder / "certifications" / f"certification-{number:05}" / "2026.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(_referential(draw, f"certification-{number:05}"), encoding="utf-8")


def _referential(draw: random.Random, identifier: str) -> str:
    codes = [f"BC{block + 1}" for block in range(BLOCKS)]
    lines = [
        f"id: {identifier}",
        'version: "2026"',
        f"title: {_title(draw)}",
        "kind: certification-rncp",
        "issuer: Organisme inventé",
        f"level: {draw.randint(3, 8)}",
        f"codes: {{rncp: [{{code: RNCP{draw.randint(10_000, 99_999)}, from: 2026-01-01, to: 2030-12-31}}]}}",
        "valid: {from: 2026-01-01, to: 2030-12-31}",
        "sources: [{id: fiche, title: Fiche inventée, reference: X, checked_on: 2026-11-21}]",
        "confidence: official",
        f"award: {{all_of: [{', '.join(codes)}]}}",
        "blocks:",
    ]
    for code in codes:
        lines += [f"  - code: {code}", f"    title: {_title(draw)}", "    sources: [fiche]", "    competencies:"]
        lines += [f"      - {{code: C{number + 1}, title: {_title(draw)}}}" for number in range(COMPETENCIES)]
        lines += ["    assessment: {form: Mise en situation professionnelle et dossier}"]
    return "\n".join(lines) + "\n"


def _title(draw: random.Random) -> str:
    return f"{draw.choice(_VERBS)} {draw.choice(_WHAT)} en situation {draw.randint(1, 999)}"
