"""Plan document → the trace of a positioning (*trace du positionnement* : Qualiopi, indicateur 8), dated, to sign and to file.

How the person was positioned, what was asked, what answered or proved it and how, the results block by block, and what they change in
the path: exempted, shortened, to acquire, to confirm. What nobody said leaves room to write, and the mentions that are missing are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathways.gap import ACQUIRED, State
from reports import cells
from reports.document import Document
from reports.language import say, say_n, speaking
from reports.mentions import DocumentKind
from reports.paper import Block, Cell, ColumnKind, Facts, Items, Paper, Section, Signature, Signatures, Table, Text
from reports.plan_annexes import annex
from reports.plan_completeness import asked_by
from reports.plan_document import BlockRow, CompetencyRow, ModuleRow, PlanDocument
from reports.plan_identity import BLANK, identity, target
from reports.plan_routes import entry, evidence, level
from reports.typesetting import set_in_type
from reports.wording import date_fr, date_in_letters, hours, labelled


def positioning_document(plan: PlanDocument) -> Document:
    """The trace of a positioning, from the plan that it led to.

    Returns
    -------
    Document
        Its main table has a line for each competency; its data is the plan document.
    """
    with speaking(plan.language):
        found = (part(plan) for part in PARTS)
        paper = Paper(
            kind=say("Trace du positionnement"),
            title=_title(plan),
            subtitle=_when(plan),
            language=plan.language,
            day=plan.particulars.positioning.on or plan.day,
            reference=plan.reference,
            illustrative=plan.illustrative,
            opening=tuple(_opening(plan)),
            sections=tuple(section for section in found if section is not None),
        )
        return set_in_type(Document(paper=paper, data=plan, main=say("Réponses et preuves")))


def _title(plan: PlanDocument) -> str:
    name = plan.particulars.person.name
    return say("{person} : {target}", person=name, target=plan.target.title) if name else plan.target.title


def _when(plan: PlanDocument) -> str:
    on = plan.particulars.positioning.on
    if on is not None:
        return say("Positionnement du {day}", day=date_in_letters(on))
    return say("Jour du positionnement à écrire ; textes et titres du {day}", day=date_in_letters(plan.day))


def _opening(plan: PlanDocument) -> Iterator[Block]:
    every = [one for block in plan.blocks for one in block.competencies]
    done = sum(block.state in ACQUIRED for block in plan.blocks)
    told = say_n(
        "{count} bloc sur {every} est acquis à l'entrée.",
        "{count} blocs sur {every} sont acquis à l'entrée.",
        done,
        every=len(plan.blocks),
    )
    yield Text(text=told if plan.blocks else say("Les blocs de cette certification ne sont pas connus."), strong=True)
    figures = (
        (say("compétences mesurées"), len(every)),
        (say("acquises"), sum(one.state in ACQUIRED for one in every)),
        (say("à confirmer"), sum(one.state is State.TO_CONFIRM for one in every)),
    )
    yield Facts(facts=tuple(cells.fact(name, cells.count(count)) for name, count in figures), large=True)


# -- how, and what was asked --------------------------------------------------------------------------------------------------


def _conducted(plan: PlanDocument) -> Section:
    """When, by whom, by which method and procedure; what was not said leaves room to write."""
    trace = plan.particulars.positioning
    told = (
        (say("Date du positionnement"), date_fr(trace.on) if trace.on else BLANK),
        (say("Par"), trace.by or BLANK),
        (say("Méthode"), trace.method or BLANK),
        (say("Procédure, et comment elle est adaptée au public"), trace.procedure or BLANK),
    )
    facts = Facts(facts=tuple(cells.fact(name, words) for name, words in told))
    return Section(id="deroulement", title=say("Comment le positionnement s'est fait"), blocks=(facts,))


def _asked(plan: PlanDocument) -> Section:
    """The competencies of the target, as they were read, and where."""
    count = sum(len(block.competencies) for block in plan.blocks)
    blocks: list[Block] = [
        Text(
            text=say_n(
                "La personne a été située face à {count} compétence de la certification visée, telle que ces textes la décrivent :",
                "La personne a été située face aux {count} compétences de la certification visée, telles que ces textes les décrivent :",
                count,
            )
        ),
        Items(items=plan.target.sources or (say("aucun texte lu"),)),
    ]
    unread = [block.code for block in plan.blocks if not block.known]
    if unread:
        told = say(
            "Compétences non lues en entier : {blocks}. La personne n'y a pas été située.", blocks=", ".join(unread)
        )
        blocks.append(Text(text=told))
    return Section(id="demande", title=say("Ce qui a été demandé"), blocks=tuple(blocks))


# -- results --------------------------------------------------------------------------------------------------------------


def _results(plan: PlanDocument) -> Section | None:
    """Block by block: where the person stands, what proves it, what follows."""
    if not plan.blocks:
        return None
    table = Table(
        name=say("Résultats"),
        caption=say("Bloc par bloc : où en est la personne, et ce qui en découle"),
        columns=(
            cells.column(say("Bloc"), weight=2.4),
            cells.column(say("Résultat"), weight=1.2),
            cells.column(say("Compétences acquises"), ColumnKind.TEXT, 1),
            cells.column(say("Preuve ou texte"), weight=2.6),
            cells.column(say("Conséquence"), weight=1.8),
        ),
        rows=tuple(_result(block) for block in plan.blocks),
    )
    return Section(id="resultats", title=say("Résultats, bloc par bloc"), blocks=(table,))


def _result(block: BlockRow) -> tuple[Cell, ...]:
    some = sum(one.state in ACQUIRED for one in block.competencies)
    share = say("{count} sur {every}", count=some, every=len(block.competencies)) if block.competencies else ""
    return (
        cells.text(f"{block.code} — {block.title}" if block.title else block.code),
        cells.in_state(block.state),
        cells.text(share or say("non lues")),
        cells.text("\n".join(block.because)),
        cells.text(_consequence(block)),
    )


def _consequence(block: BlockRow) -> str:
    if block.state is State.BY_RIGHT:
        return say("dispensé : acquis de droit")
    if block.state is State.BY_PROOF:
        return say("dispensé : déjà acquis")
    if any(one.state in ACQUIRED for one in block.competencies):
        return say("parcours raccourci : une partie est acquise")
    return say("à confirmer avant d'adapter") if block.state is State.TO_CONFIRM else say("parcours complet")


def _answered(plan: PlanDocument) -> Section | None:
    """Competency by competency: the level, what vouches for it, the proof."""
    every = [(block, one) for block in plan.blocks for one in block.competencies]
    if not every:
        return None
    table = Table(
        name=say("Réponses et preuves"),
        caption=say("Compétence par compétence : ce qui a été répondu ou prouvé, et par quel moyen"),
        columns=(
            cells.column(say("Bloc"), weight=0.7),
            cells.column(say("Compétence"), weight=3),
            cells.column(say("Niveau"), weight=0.8),
            cells.column(say("Résultat"), weight=1.2),
            cells.column(say("Moyen"), weight=1.3),
            cells.column(say("Dans le parcours"), weight=2),
        ),
        rows=tuple(_answer(block, one) for block, one in every),
    )
    return Section(id="reponses", title=say("Réponses et preuves"), blocks=(table,))


def _answer(block: BlockRow, one: CompetencyRow) -> tuple[Cell, ...]:
    return (
        cells.text(block.code),
        cells.text(f"{one.code} — {one.title}" if one.title else one.code),
        cells.text(level(one)),
        cells.in_state(one.state),
        cells.text(evidence(block, one)),
        cells.text("\n".join(one.comes_by)),
    )


# -- what follows -----------------------------------------------------------------------------------------------------------


def _consequences(plan: PlanDocument) -> Section:
    """What the results change: exempted, shortened, to acquire, to confirm; then what the body decides, in its words."""
    shortened = [*(f"{one.text} — {one.source}" for one in plan.reductions), *_shorter(plan.modules)]
    groups = (
        (say("Dispenses"), [_coded(one) for one in plan.blocks if one.state in ACQUIRED]),
        (say("Allègements et durées réduites"), shortened),
        (say("À acquérir : les modules du parcours"), [_module(one) for one in plan.modules]),
        (say("À confirmer, et ce que cela épargnerait"), [one.text for one in plan.confirmations]),
    )
    blocks: list[Block] = []
    for title, lines in groups:
        blocks += [
            Text(text=labelled(title, "" if lines else say("rien"))),
            *([Items(items=tuple(lines))] if lines else []),
        ]
    effects = plan.particulars.positioning.effects
    blocks.append(Facts(facts=(cells.fact(say("Ce que l'organisme en décide"), effects or BLANK),)))
    return Section(id="consequences", title=say("Conséquences sur le parcours"), blocks=tuple(blocks))


def _coded(block: BlockRow) -> str:
    return f"{block.code} — {block.route}" if block.route else block.code


def _shorter(modules: tuple[ModuleRow, ...]) -> Iterator[str]:
    for one in modules:
        if one.hours is not None and one.hours_before is not None and one.hours < one.hours_before:
            yield say(
                "{module} : {now} au lieu de {before}",
                module=one.title,
                now=hours(one.hours),
                before=hours(one.hours_before),
            )


def _module(one: ModuleRow) -> str:
    length = hours(one.hours) if one.hours is not None else say("durée non connue")
    title = say("{title} — illustratif", title=one.title) if one.illustrative else one.title
    return (
        say("{module} ({length}) : {brings}", module=title, length=length, brings=one.brings) if one.brings else title
    )


def _mentions(plan: PlanDocument) -> Section | None:
    """What the indicator asks of such a trace, and what this one still lacks."""
    found = next((one for one in plan.completeness if one.kind == DocumentKind.POSITIONING.value), None)
    if found is None:
        return None
    lines = tuple(
        say("{mention} : présent", mention=one.text)
        if one.present
        else say("{mention} : manque — {remedy}", mention=one.text, remedy=one.remedy)
        for one in found.mentions
    )
    blocks = (Text(text=say("Demandé par : {source}.", source=asked_by(found))), Items(items=lines))
    return Section(id="mentions", title=say("Ce que demande l'indicateur 8"), blocks=blocks)


def _signed(plan: PlanDocument) -> Section:
    """Who was positioned, and by whom."""
    added = plan.particulars
    signatures = (
        Signature(role=say("La personne"), name=added.person.name),
        Signature(role=say("Qui a fait le positionnement"), name=added.positioning.by),
        Signature(role=say("L'organisme de formation"), name=added.body.name),
    )
    return Section(id="signatures", title=say("Signatures"), blocks=(Signatures(signatures=signatures),))


PARTS: tuple[Callable[[PlanDocument], Section | None], ...] = (
    identity,
    target,
    _conducted,
    _asked,
    _results,
    _answered,
    entry,
    _consequences,
    _mentions,
    _signed,
    annex,
)
"""The sections of a trace in their order; one that has nothing to say is left out."""
