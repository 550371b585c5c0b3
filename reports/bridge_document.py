"""The sheet of a passerelle (*fiche passerelle A → B*): what holding A alone gives of B, article by article, and what remains.

A sentence and a map, then the texts one by one with their dates and cautions, what is to confirm, what remains block by block
and competency by competency, the modules and hours of what remains when they were worked out, and what the answer rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.bridges import Bridge
from pathways.gap import ACQUIRED, BlockGap, CompetencyGap, EntryGap
from pathways.pathway import Pathway, Status, Step
from referentials.library import Library
from referentials.model import Referential
from reports import bridge_wording, cells, gap_wording
from reports.bridge_picture import picture
from reports.bridge_texts import cited, sections
from reports.document import Document
from reports.impasse_wording import version_notice
from reports.language import say, spoken
from reports.names import called, in_words
from reports.paper import Block, Cell, ColumnKind, Facts, Items, Notice, Paper, Section, Table, Text, Tone
from reports.pathway_wording import figures, step_title, summary
from reports.reason_wording import code_of, right, rights
from reports.typesetting import set_in_type
from reports.used_wording import used
from reports.wording import date_in_letters


def bridge_document(bridge: Bridge, library: Library) -> Document:
    """The sheet of one passerelle, in the language that is spoken.

    Parameters
    ----------
    library : Library
        The one that the passerelle was worked out from: it has the titles, and the texts in full.

    Returns
    -------
    Document
        Its data is the passerelle itself; its main table, what remains, block by block.
    """
    steps = _steps(bridge.pathway)
    parts = (
        Section(id="carte", title=say("La carte"), blocks=(picture(bridge, library),)),
        *sections(bridge, library),
        _remaining(bridge),
        _entry(bridge.gap.entry, cited(bridge)),
        *_near(bridge),
        *(_plan(bridge.pathway) if bridge.pathway else ()),
        _grounds(bridge, library),
    )
    paper = Paper(
        kind=say("Fiche passerelle"),
        title=say("De {start} à {target}", start=_named(bridge.start, library), target=_named(bridge.target, library)),
        subtitle=say(
            "{start} → {target}, le {day}, pour une personne qui détient le premier et rien d'autre",
            start=called(bridge.start, library),
            target=called(bridge.target, library),
            day=date_in_letters(bridge.on),
        ),
        language=spoken(),
        day=bridge.on,
        reference=f"{bridge.start} → {bridge.target}",
        illustrative=any(step.illustrative for step in steps),
        opening=tuple(_opening(bridge, library)),
        sections=parts,
    )
    return set_in_type(Document(paper=paper, data=bridge, main=say("Ce qui reste")))


def _named(ref: str, library: Library) -> str:
    version = library.find(ref.partition("/")[0])
    assert isinstance(version, Referential)
    return f"{version.name}, {code_of(ref)}" if "/" in ref else version.name


def _opening(bridge: Bridge, library: Library) -> Iterator[Block]:
    """The sentence, the three counts, and what must not be missed."""
    yield Text(text=bridge_wording.bridge(bridge), strong=True)
    every = len(bridge.gap.blocks)
    if every:
        told = (
            (say("blocs acquis de droit"), len(bridge.by_right)),
            (say("blocs à confirmer"), len(bridge.to_confirm)),
            (say("blocs qui restent"), len(bridge.remaining)),
        )
        facts = tuple(
            cells.fact(name, Cell(text=say("{count} sur {every}", count=count, every=every), value=count))
            for name, count in told
        )
        yield Facts(facts=facts, large=True)
    version = library.find(bridge.target.partition("/")[0])
    assert isinstance(version, Referential)
    for code in bridge.notices:
        sentence = version_notice(code, bridge.target, bridge.on, version)
        yield Notice(text=in_words(sentence, library), tone=Tone.WARNING)


# -- what remains ---------------------------------------------------------------------------------------------------------


def _remaining(bridge: Bridge) -> Section:
    title = say("Ce qui reste, bloc par bloc")
    if not bridge.gap.blocks:
        told = say("Les blocs de cette certification ne sont pas connus.")
        return Section(id="reste", title=title, blocks=(Text(text=told),))
    texts = cited(bridge)
    table = Table(
        name=say("Ce qui reste"),
        caption=say("Chaque bloc et chaque compétence, avec le texte qui les donne"),
        columns=(
            cells.column(say("Bloc ou compétence"), weight=3),
            cells.column(say("Où l'on en est"), weight=1.3),
            cells.column(say("Par quel texte"), weight=2.5),
        ),
        rows=tuple(row for block in bridge.gap.blocks for row in _rows(block, texts)),
    )
    unknown = [code_of(block.ref) for block in bridge.gap.blocks if not block.known and block.state not in ACQUIRED]
    note = Text(text=say("Compétences non connues en entier : {blocks}.", blocks=", ".join(unknown)))
    return Section(id="reste", title=title, blocks=(table, note) if unknown else (table,))


def _rows(block: BlockGap, texts: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """A block, then its competencies unless it is acquired as a whole."""
    yield _row(block, code_of(block.ref), texts)
    if block.state not in ACQUIRED:
        for one in block.competencies:
            yield _row(one, f"\u2003{one.ref.rpartition('/')[2]}", texts)


def _row(one: BlockGap | CompetencyGap, code: str, texts: Mapping[str, str]) -> tuple[Cell, ...]:
    title = one.title or say("intitulé non connu")
    return cells.text(f"{code} — {title}"), cells.in_state(one.state), cells.text(_by(one, texts))


def _by(one: BlockGap | CompetencyGap, texts: Mapping[str, str]) -> str:
    """The texts that give it; of a block, what they waive and what is still asked before its assessment too."""
    told = [texts.get(reason.by) or right(reason) for reason in rights(one.because)]
    if isinstance(one, BlockGap):
        told += [gap_wording.waiver(waived) for waived in one.waivers]
        told += [gap_wording.before(one)] if one.before else []
    return "\n".join(told)


def _entry(entry: EntryGap, texts: Mapping[str, str]) -> Section:
    title = say("Exigences à l'entrée")
    if entry.state is None:
        told = say("Ce qui est demandé à l'entrée n'est pas connu : le texte n'a pas été lu.")
        return Section(id="entree", title=title, blocks=(Text(text=told),))
    first, *lines = gap_wording.entry(entry)
    lines += [texts.get(reason.by) or right(reason) for reason in rights(entry.because)]
    lines += [entry.description] if entry.description else []
    lines += [say("Épreuve : {test}", test=test) for test in entry.tests]
    blocks: list[Block] = [Facts(facts=(cells.fact(title, first),))]
    return Section(id="entree", title=title, blocks=(*blocks, Items(items=tuple(lines))) if lines else tuple(blocks))


def _near(bridge: Bridge) -> Iterator[Section]:
    """The rights of which a part of what they ask for is there."""
    lines = tuple(gap_wording.near_right(one) for one in bridge.gap.near_rights)
    if lines:
        yield Section(id="presque", title=say("Droits dont une partie est déjà là"), blocks=(Items(items=lines),))


# -- the plan of what remains ---------------------------------------------------------------------------------------------


def _steps(pathway: Pathway | None) -> tuple[Step, ...]:
    if pathway is None:
        return ()
    return pathway.steps if pathway.within_reach is None else pathway.within_reach.steps


def _plan(pathway: Pathway) -> Iterator[Section]:
    """The modules and the hours of what remains, or that there is no plan."""
    totals = pathway.totals if pathway.within_reach is None else pathway.within_reach.totals
    steps = _steps(pathway)
    blocks: list[Block] = [Text(text=summary(pathway))] if pathway.status is Status.INFEASIBLE else []
    if steps:
        blocks.append(Facts(facts=tuple(cells.fact(name, value) for name, value in figures(totals)), large=True))
        blocks.append(_steps_table(steps))
    yield Section(id="modules", title=say("Modules et heures pour ce qui reste"), blocks=tuple(blocks))


def _steps_table(steps: tuple[Step, ...]) -> Table:
    hours, cost = [one.hours for one in steps], [one.cost for one in steps]
    return Table(
        name=say("Étapes"),
        caption=say("Les étapes du meilleur parcours connu"),
        columns=(
            cells.column(say("Étape"), weight=4),
            cells.column(say("Heures"), ColumnKind.HOURS),
            cells.column(say("Prix"), ColumnKind.EUROS),
        ),
        rows=tuple((cells.text(step_title(one)), cells.in_hours(one.hours), cells.in_euros(one.cost)) for one in steps),
        total=(
            cells.text(say("Total")),
            cells.in_hours(sum(one or 0 for one in hours), at_least=None in hours),
            cells.in_euros(sum(one or 0 for one in cost), at_least=None in cost),
        ),
        note=say("Prix avant tout financement."),
    )


def _grounds(bridge: Bridge, library: Library) -> Section:
    """What the answer rests on, and what it is not."""
    told = say(
        "Cette fiche dit ce que donnent les textes lus, le {day}. Ce n'est pas un avis juridique : le jury, le ministère "
        "ou l'organisme certificateur a le dernier mot.",
        day=date_in_letters(bridge.on),
    )
    versions = Items(items=tuple(used(one, library) for one in bridge.versions))
    return Section(
        id="appui",
        title=say("Sur quoi cette fiche s'appuie"),
        blocks=(Text(text=told), Text(text=say("Données utilisées :")), versions),
    )
