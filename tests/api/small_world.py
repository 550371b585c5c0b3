"""A small library, its offer and its people, for the commands that compute."""

from pathlib import Path

VERSION = """id: {id}
version: "{version}"
title: {title}
kind: habilitation
state: draft
valid: {valid}
replaced_by: {replaced_by}
sources: [{{id: s, title: Texte d'essai, reference: essai-1}}]
confidence: official
award: {award}
entry: {{known: true, requirement: {entry}}}
blocks:
  - code: B1
    title: Premier bloc
    assessment: {{form: écrit, hours: 0, cost: 0}}
    competencies: [{{code: C1, title: Accueillir}}, {{code: C2, title: Orienter}}]
  - code: B2
    title: Second bloc
    assessment: {{form: écrit, hours: 0, cost: 0}}
    competencies: {second}
"""

OFFER = """id: atelier
title: Une offre d'essai
body: {{name: Un organisme}}
confidence: official
sources: [{{id: s, title: Le catalogue, checked_on: 2026-11-21}}]
illustrative: {illustrative}
modules: {modules}
"""

SHORT = "{id: court, title: Le module court, hours: {remote: 10}, price: 300, prepares: [mini@2024/B1]}"
LONG = "{id: long, title: Le module long, hours: {onsite: 20}, price: 100, prepares: [mini@2024/B1]}"
SECOND = "{id: second, title: Le second module, hours: {onsite: 8}, price: 200, develops: [mini@2024/B2/C3]}"
MODULES = f"[{SHORT}, {LONG}, {SECOND}]"

RIGHT = """- id: droit-mini
  given: bafd
  grants: [mini@2024/B1]
  effect: award
  in_force: {from: 2024-01-01, to: null}
  source: {title: Arrêté d'essai, reference: essai-2, article: article 4, checked_on: 2026-11-21}
  confidence: official
"""


def version(folder: Path, number: str = "2024", **changes: str) -> None:
    """Write a version of the small qualification in a data folder."""
    values = {"title": "Un petit diplôme", "valid": "{from: 2024-01-01, to: null}", "award": "{all_of: [B1, B2]}"}
    values |= {"second": "[{code: C3, title: Animer}]", "replaced_by": "[]", "entry": "null"} | changes
    path = folder / "certifications" / "mini" / f"{number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(VERSION.format(id="mini", version=number, **values), "utf-8")


def right(folder: Path) -> None:
    """Write the right that gives the first block."""
    path = folder / "recognitions" / "mini.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RIGHT, "utf-8")


def offer(path: Path, modules: str = MODULES, illustrative: str = "false") -> Path:
    """Write the offer in a file of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OFFER.format(modules=modules, illustrative=illustrative), "utf-8")
    return path


def person(folder: Path, text: str = "id: essai\n") -> Path:
    """Write a profile."""
    path = folder / "personne.yaml"
    path.write_text(text, "utf-8")
    return path


def world(folder: Path, profile: str = "id: essai\n", modules: str = MODULES, **changes: str) -> tuple[object, ...]:
    """Write a library, an offer and a profile; the words that plan with them, less the target's date."""
    version(folder / "data", **changes)
    right(folder / "data")
    given = offer(folder / "offre.yaml", modules)
    return (
        person(folder, profile),
        "--target",
        "mini",
        "--library",
        folder / "data",
        "--offer",
        given,
        "--on",
        "2026-11-21",
    )
