"""How the tests call the command line, and a small library of their own to call it on."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from api.cli import app

VERSION = """id: {id}
version: "{version}"
title: {title}
kind: habilitation
state: draft
valid: {valid}
sources: [{{id: s, title: Texte d'essai, reference: essai-1}}]
confidence: official
award: {{all_of: [B1, B2]}}
entry: {{requirement: null}}
blocks:
  - code: B1
    title: Premier bloc
    assessment: {{form: écrit, hours: 1.5}}
    competencies: [{{code: C1, title: Faire}}, {{code: C2, title: null}}]
  - code: B2
    title: Second bloc
    competencies: null
"""

RIGHT = """- id: {id}
  title: Une passerelle d'essai
  given: {given}
  grants: [{grants}]
  effect: {effect}
  in_force: {{from: 2020-01-01, to: 2020-12-31}}
  source: {{title: Arrêté d'essai, reference: essai-2, article: article 4, checked_on: 2026-11-21}}
  confidence: {confidence}
"""


def version(folder: Path, identifier: str = "essai", number: str = "2020", **changes: str) -> Path:
    """Write a version in a data folder."""
    path = folder / "certifications" / identifier / f"{number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"title": "Un diplôme d'essai", "valid": "{from: 2020-01-01, to: null}"} | changes
    path.write_text(VERSION.format(id=identifier, version=number, **values), "utf-8")
    return path


def right(folder: Path, name: str = "essai", **changes: str) -> Path:
    """Write a right in a data folder."""
    path = folder / "recognitions" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"id": f"droit-{name}", "given": "bafd", "grants": "essai@2020/B1"}
    values |= {"effect": "award", "confidence": "official"} | changes
    path.write_text(RIGHT.format(**values), "utf-8")
    return path


def run(*words: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(word) for word in words])


def data(*words: object) -> Any:
    """Run a command with ``--json``, and read its answer."""
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
