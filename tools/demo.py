"""The demonstration (``make demo``): three made-up people, real qualifications and texts.

Every answer is in ``out/``, as JSON, as text and as the documents that people read and sign.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import NamedTuple

from api.services.planning import read_person
from api.terminal.plan_page import PlanPage
from api.terminal.screen import Page, to_json
from pathways.planner import plan
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.loader import load_file
from reports.exporters import exporter, formats
from reports.particulars import PARTICULARS, Particulars
from reports.plan_document import PlanDocument
from reports.plan_paper import document
from reports.plan_writing import plan_document

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
WIDTH = 80


class Asked(NamedTuple):
    """One question of the demonstration; the day is written, so that the answer is the same every day."""

    name: str
    sentence: str
    profile: str
    target: str
    on: date


QUESTIONS = (
    Asked(
        "mediateur-numerique",
        "Une animatrice multimédia vers le titre « Médiateur numérique » : ce qui n'est pas connu se voit.",
        "animatrice",
        "tp-mn",
        date(2026, 11, 21),
    ),
    Asked(
        "formateur-adultes",
        "La même vers le titre « Formateur professionnel d'adultes », avec des modules réels.",
        "animatrice",
        "tp-fpa",
        date(2026, 11, 21),
    ),
    Asked(
        "bpjeps-tic-2014",
        "Une monitrice-éducatrice vers le BPJEPS TIC, avec les textes du 1er juin 2014 : quatre UC de droit.",
        "monitrice-educatrice",
        "bpjeps-tic@2002",
        date(2014, 6, 1),
    ),
)


def main() -> None:
    """Answer every question, and say where the answers are."""
    OUT.mkdir(exist_ok=True)
    library = Library.read()
    rights = Rights(library)
    for asked in QUESTIONS:
        words = f"examples/{asked.profile}.yaml --target {asked.target} --on {asked.on}"
        print(f"\n{'─' * WIDTH}\n{asked.sentence}\npasserelles plan {words}\n", flush=True)
        print(_head(_answer(asked, library, rights)))
        print(f"\n  en entier : out/{asked.name}, en {', '.join(sorted(_written(asked.name)))}", flush=True)
    print(f"\n{'─' * WIDTH}")
    print("Pour continuer : copiez examples/animatrice.yaml, écrivez-y ce que vous avez et ce que vous")
    print("pouvez donner, puis : .venv/bin/passerelles plan VOTRE-FICHIER.yaml --target tp-fpa")


def _answer(asked: Asked, library: Library, rights: Rights) -> str:
    """The plan as text; the text, the JSON and every document are written to the folder."""
    person = read_person(ROOT / "examples" / f"{asked.profile}.yaml")
    question = Question(person.profile, asked.target, asked.on, real_only=True)
    found = plan(question, rights)
    page = Page(io.StringIO(), width=WIDTH)
    PlanPage(page, found, person.profile.can_give, library).show()
    (OUT / f"{asked.name}.txt").write_text(page.text() + "\n", "utf-8")
    (OUT / f"{asked.name}.json").write_text(to_json(found.model_dump(mode="json")) + "\n", "utf-8")
    _documents(asked, plan_document(found, question, library, _particulars(asked), reference=asked.name))
    return page.text()


def _particulars(asked: Asked) -> Particulars | None:
    """What the parties add to the plan, where an example says it."""
    path = ROOT / "examples" / "renseignements" / f"{asked.profile}.yaml"
    return load_file(path, PARTICULARS).items[0] if path.exists() else None


def _documents(asked: Asked, told: PlanDocument) -> None:
    """The plan in every format that has something to hold; its JSON is the answer itself."""
    made = document(told)
    for name in formats():
        chosen = exporter(name)
        if name != "json" and chosen.holds(made):
            (OUT / f"{asked.name}{chosen.suffix}").write_bytes(chosen.write(made))


def _written(name: str) -> list[str]:
    return [path.suffix.removeprefix(".") for path in OUT.glob(f"{name}.*")]


def _head(text: str) -> str:
    """The answer without what was left aside nor the price of each module."""
    parts = [part for part in text.split("\n\n") if not part.startswith(("Sans ce module", "Modules écartés"))]
    return "\n".join(f"  {line}".rstrip() for line in "\n\n".join(parts).split("\n"))


if __name__ == "__main__":
    main()
