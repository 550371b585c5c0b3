"""The positioning and the routes of a plan on paper (*positionnement, matrice bloc × compétence × voie*)."""

from __future__ import annotations

from pathways.gap import ACQUIRED, State
from reports import cells
from reports.language import say
from reports.paper import Block, Cell, ColumnKind, Facts, Items, Notice, Section, Table, Text, Tone
from reports.plan_document import BlockRow, CompetencyRow, EntryPart, PlanDocument
from reports.plan_identity import BLANK
from reports.plan_pictures import blocks as pictured
from reports.reason_wording import EVIDENCE
from reports.wording import date_fr, enumeration, labelled


def positioning(plan: PlanDocument) -> Section:
    """When, how and by whom the person was positioned, then each competency with its level and its evidence."""
    trace = plan.particulars.positioning
    when = date_fr(trace.on) if trace.on else BLANK
    told = [
        cells.fact(say("Date du positionnement"), when),
        cells.fact(say("Par"), trace.by or BLANK),
        cells.fact(say("Méthode"), trace.method or BLANK),
    ]
    if trace.procedure:
        told.append(cells.fact(say("Procédure"), trace.procedure))
    told.append(cells.fact(say("Ce que les résultats changent"), trace.effects or BLANK))
    blocks: list[Block] = [Facts(facts=tuple(told))]
    if any(block.competencies for block in plan.blocks):
        blocks.append(_positioning_table(plan))
    if any(not block.known for block in plan.blocks):
        blocks.append(
            Notice(text=say("Des compétences de cette certification ne sont pas connues : leur texte n'a pas été lu."))
        )
    if not plan.blocks:
        blocks.append(Text(text=say("Les blocs de cette certification ne sont pas connus.")))
    return Section(id="positionnement", title=say("Positionnement"), blocks=tuple(blocks))


def _positioning_table(plan: PlanDocument) -> Table:
    every = [(block, item) for block in plan.blocks for item in block.competencies]
    leveled = any(item.asked is not None or item.held is not None for _block, item in every)
    return Table(
        name=say("Positionnement"),
        caption=say("Compétence par compétence : où vous en êtes, et ce qui l'atteste"),
        columns=(
            cells.column(say("Bloc"), weight=0.8),
            cells.column(say("Compétence"), weight=3),
            *([cells.column(say("Niveau"), ColumnKind.TEXT, 0.8)] if leveled else []),
            cells.column(say("Où vous en êtes"), weight=1.3),
            cells.column(say("Ce qui l'atteste"), weight=1.3),
        ),
        rows=tuple(_positioned(block, item, leveled) for block, item in every),
    )


def _positioned(block: BlockRow, item: CompetencyRow, leveled: bool) -> tuple[Cell, ...]:
    return (
        cells.text(block.code),
        cells.text(_coded(item.code, item.title)),
        *([cells.text(level(item))] if leveled else []),
        cells.in_state(item.state),
        cells.text(evidence(block, item)),
    )


def _coded(code: str, title: str) -> str:
    return f"{code} — {title}" if title else code


def level(item: CompetencyRow) -> str:
    """The level reached, and the one that is asked."""
    if item.asked is None and item.held is None:
        return "—"
    if item.asked is None:
        return str(item.held)
    return say("{held} sur {asked}", held=item.held or 0, asked=item.asked)


def evidence(block: BlockRow, item: CompetencyRow) -> str:
    """What vouches for a competency, or for its block."""
    if item.evidence is not None:
        return EVIDENCE[item.evidence]
    if State.BY_RIGHT in (item.state, block.state):
        return say("un texte : voir le bloc")
    return say("le bloc est détenu") if block.state in ACQUIRED else say("aucune preuve")


def entry(plan: PlanDocument) -> Section:
    """What is asked at the door."""
    return Section(id="entree", title=say("Exigences à l'entrée"), blocks=tuple(_entry(plan.entry)))


def _entry(part: EntryPart) -> list[Block]:
    if part.state is None:
        return [Text(text=say("Ce qui est demandé à l'entrée n'est pas connu : le texte n'a pas été lu."))]
    words = {
        State.BY_PROOF: say("Les exigences à l'entrée sont remplies."),
        State.BY_RIGHT: say("Vous avez une dispense de droit des exigences à l'entrée."),
        State.TO_CONFIRM: say("Les exigences à l'entrée sont à confirmer."),
    }
    blocks: list[Block] = [Text(text=words.get(part.state, say("Les exigences à l'entrée ne sont pas remplies.")))]
    if part.lines:
        blocks.append(Items(items=part.lines))
    if part.tests:
        blocks.append(Text(text=say("Épreuves d'entrée :")))
        blocks.append(Items(items=part.tests))
    return blocks


def routes(plan: PlanDocument) -> Section | None:
    """The matrix block × competency × route, the texts of the rights, and the reductions."""
    if not plan.blocks:
        return None
    blocks: list[Block] = [*pictured(plan), _matrix(plan)]
    proved = _proved(plan)
    if proved:
        blocks.append(Text(text=say("Ce qui est acquis, ou le serait, et par quoi :")))
        blocks.append(Items(items=proved))
    blocks += _reductions(plan)
    return Section(id="voies", title=say("Voies, bloc par bloc"), blocks=tuple(blocks))


def _proved(plan: PlanDocument) -> tuple[str, ...]:
    """Each proof once, with the blocks that it gives."""
    together: dict[tuple[str, ...], list[str]] = {}
    for block in plan.blocks:
        if block.because:
            together.setdefault(block.because, []).append(block.code)
    return tuple(labelled(enumeration(codes), " ; ".join(lines)) for lines, codes in together.items())


def _matrix(plan: PlanDocument) -> Table:
    return Table(
        name=say("Matrice"),
        caption=say("Chaque bloc et chaque compétence, et la voie qui y mène"),
        columns=(
            cells.column(say("Bloc ou compétence"), weight=3),
            cells.column(say("Où vous en êtes"), weight=1.3),
            cells.column(say("Voie"), weight=2.5),
        ),
        rows=tuple(row for block in plan.blocks for row in _of_block(block)),
    )


def _of_block(block: BlockRow) -> list[tuple[Cell, ...]]:
    title = _coded(block.code, block.title or say("intitulé non connu"))
    own = (cells.text(title), cells.in_state(block.state), cells.text(block.route))
    parts = [
        (
            cells.text("\u2003" + _coded(item.code, item.title)),
            cells.in_state(item.state),
            cells.text(cells.lines(item.comes_by) or ("" if item.state in ACQUIRED else say("aucun module"))),
        )
        for item in block.competencies
        if block.state not in ACQUIRED
    ]
    return [own, *parts]


def _reductions(plan: PlanDocument) -> list[Block]:
    if not plan.reductions:
        return []
    note = say("Un allègement retire des heures de formation : l'épreuve reste à passer.")
    told = tuple(f"{one.text} — {one.source}" for one in plan.reductions)
    return [Notice(text=note, tone=Tone.NEUTRAL), Items(items=told)]
