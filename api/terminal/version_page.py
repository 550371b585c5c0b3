"""A referential, a block or a competency as text: identity, dates, award, entry, contents, holes, sources.

What is not known is written « non connu » where it would stand, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from api.terminal.screen import Screen
from referentials.holes import Hole
from referentials.model import Assessment, Block, Competency, Referential, State
from referentials.provenance import Confidence, Stated, Window
from referentials.requirement import Requirement
from reports.library_wording import UNKNOWN, assessment, code, durations, label, requirement, source, window
from reports.wording import date_fr, plural


def show_head(screen: Screen, item: Referential, on: date, end: date | None) -> None:
    """Which version this is; ``end`` is its last day, read or told by what replaces it."""
    short = f" ({item.short_title})" if item.short_title and item.short_title != item.title else ""
    screen.line(f"{item.key} — {item.title}{short}", "bold")
    level = f"niveau {item.level}" if item.level else ""
    screen.line(" · ".join(part for part in (label(item.kind), level, item.issuer, label(item.state)) if part))
    screen.line()
    if item.state is State.NAMED:
        screen.field("Validité", "non connue")
    else:
        screen.field("Validité", f"{window(item.valid)} — {_standing(item.valid, on, end)}")
    if item.valid.award_until:
        screen.field("", f"peut être délivré jusqu'au {date_fr(item.valid.award_until)}")
    if item.valid.active is False:
        screen.field("", "inactif au répertoire national")
    screen.field("Note", item.valid.note or "")


def _standing(value: Window, on: date, end: date | None) -> str:
    if value.end is None and end is not None and end < on:
        return f"plus en vigueur le {date_fr(on)} : remplacé, fin non lue"
    return standing(value, on)


def standing(value: Window, on: date) -> str:
    """Where a day stands in a period of validity."""
    if value.contains(on):
        known = value.start or value.seen
        return f"en vigueur le {date_fr(on)}" if known else f"peut-être en vigueur le {date_fr(on)}"
    over = value.end is not None and value.end < on
    return f"{'plus' if over else 'pas encore'} en vigueur le {date_fr(on)}"


def show_version(screen: Screen, item: Referential, others: Iterable[str]) -> None:
    """Everything about a version but its head, its holes and its rights."""
    _links(screen, item, others)
    screen.title("Obtention")
    _requirement(screen, item.award, item.key, f"règle d'obtention {UNKNOWN}e")
    if item.final_assessment is not None:
        screen.item(f"puis, en plus des blocs : {_assessed(item.final_assessment, item.confidence)}")
    screen.title("Entrée")
    _entry(screen, item)
    screen.title(f"Blocs ({len(item.blocks)})" if item.blocks else "Blocs")
    if not item.blocks:
        screen.line("blocs non connus" if item.blocks is None else "aucun bloc", indent=2)
    for block in item.known_blocks:
        screen.line()
        show_block(screen, block, item, indent=2)
    if not item.complete:
        screen.line("La liste des blocs n'est pas connue en entier.", indent=2)
    _sentences(screen, "Autres faits lus", item.facts)
    _sentences(screen, "Remarque", [item.note] if item.note else [])
    show_sources(screen, item)


def _links(screen: Screen, item: Referential, others: Iterable[str]) -> None:
    for name, codes in (
        ("RNCP", item.codes.rncp),
        ("Rép. spécifique", item.codes.rs),
        ("NSF", item.codes.nsf),
        ("ROME", item.codes.rome),
        ("Formacode", item.codes.formacode),
        ("Ministère", item.codes.ministry),
    ):
        screen.field(name, ", ".join(code(value) for value in codes))
    screen.field("Autres noms", " ; ".join(item.aliases))
    screen.field("Remplace", ", ".join(item.replaces))
    screen.field("Remplacé par", ", ".join(item.replaced_by))
    screen.field("Autres versions", ", ".join(others), column=17)
    screen.field("VAE", {True: "possible", False: "exclue", None: ""}[item.vae])
    screen.field("Durées", durations(item.hours))
    if item.scale is not None:
        levels = (f"{level.rank}" + (f" {level.label}" if level.label else "") for level in item.scale.levels)
        screen.field("Niveaux", ", ".join(levels))
    screen.field("Confiance", label(item.confidence))


def _requirement(screen: Screen, value: Requirement | None, key: str, unknown: str) -> None:
    """A requirement, the version's own blocks by their code alone."""
    if value is None:
        screen.line(unknown, indent=2)
        return
    for depth, text in requirement(value):
        screen.item(text.replace(f"{key}/", ""), indent=2 + 2 * depth)


def _entry(screen: Screen, item: Referential) -> None:
    entry = item.entry
    if entry is None or not entry.known:
        screen.line(f"exigences à l'entrée {UNKNOWN}es", indent=2)
    elif entry.requirement is None:
        screen.line("aucune exigence", indent=2)
    if entry is not None:
        if entry.requirement is not None:
            _requirement(screen, entry.requirement, item.key, "")
        for test in entry.tests:
            screen.item(f"épreuve : {test}")
        if entry.description:
            screen.line(entry.description + _own(entry, item.confidence), indent=2)


def _assessed(value: Assessment, around: Confidence) -> str:
    return assessment(value) + _own(value, around)


def _own(value: Stated, around: Confidence) -> str:
    """The confidence of a part in brackets, where it differs from what is around."""
    return f" ({label(value.confidence)})" if value.confidence not in (None, around) else ""


def show_block(screen: Screen, block: Block, item: Referential, indent: int = 0) -> None:
    """A block with its competencies."""
    title = (block.title or "intitulé non connu") + _own(block, item.confidence)
    screen.field(block.code, title, column=max(7, len(block.code) + 1), indent=indent)
    inner = indent + 7
    if block.optional:
        screen.line("facultatif", indent=inner)
    if elsewhere := [code(value) for value in block.codes if value.code != block.code]:
        screen.line(f"ailleurs : {', '.join(elsewhere)}", indent=inner)
    if block.assessment.form or item.award is not None:
        screen.line(f"évaluation : {_assessed(block.assessment, item.confidence)}", indent=inner)
    if lasting := durations(block.hours):
        screen.line(f"durées : {lasting}", indent=inner)
    if block.requires is not None:
        screen.line("avant l'évaluation, il faut :", indent=inner)
        for depth, text in requirement(block.requires):
            screen.item(text.replace(f"{item.key}/", ""), indent=inner + 2 + 2 * depth)
    if block.prerequisites:
        screen.line(f"prérequis, tels qu'ils sont écrits : {block.prerequisites}", indent=inner)
    if block.competencies is None:
        screen.line("compétences non connues", indent=inner)
    for competency in block.known_competencies:
        show_competency(screen, competency, block.confidence or item.confidence, inner)
    if not block.complete:
        screen.line("La liste des compétences n'est pas connue en entier.", indent=inner)
    if block.note:
        screen.line(f"Remarque : {block.note}", "dim", indent=inner)


def show_competency(screen: Screen, item: Competency, around: Confidence, indent: int = 0) -> None:
    """A competency on one line."""
    screen.field(item.code, (item.title or "intitulé non connu") + _own(item, around), column=6, indent=indent)


def show_competency_details(screen: Screen, item: Competency) -> None:
    """What a competency is made of."""
    _sentences(screen, "Savoirs et savoir-faire", item.elements)
    _sentences(screen, "Critères", item.criteria)
    _sentences(screen, "À avoir avant, obligatoirement", item.requires.strict)
    _sentences(screen, "À avoir avant, de préférence", item.requires.advised)


def _sentences(screen: Screen, title: str, texts: Sequence[str]) -> None:
    if texts:
        screen.title(title)
        for text in texts:
            screen.item(text)


def show_holes(screen: Screen, found: Sequence[Hole]) -> None:
    """Everything that is not known, by place."""
    if not found:
        screen.line("Aucun trou : tout ce que le format demande est connu.")
        return
    screen.line(f"{plural(len(found), 'trou')} : ce que personne n'a encore lu dans un texte.")
    place = ""
    for hole in found:
        if hole.where != place:
            place = hole.where
            screen.line(place, "bold", indent=2)
        screen.item(hole.what, indent=4)


def show_sources(screen: Screen, item: Referential) -> None:
    """The texts that were read, with what was read of each."""
    if item.sources:
        screen.title(f"Sources ({len(item.sources)})")
    for value in item.sources:
        screen.item(source(value) + (f" — {value.note}" if value.note else ""))
