"""What an offer covers of a referential on paper (*couverture d'une offre*): the heat map, the holes, the overlaps.

The map crosses modules and blocks; then each competency has its modules; then what is missing, said twice, not assessed, or of
no use here. Modules made up for the demonstration say so wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.coverage import BlockCoverage, CompetencyCoverage, Coverage, Covered
from referentials.library import Library
from referentials.model import Referential
from reports import cells
from reports.bridge_wording import COVERED, covered
from reports.document import Document
from reports.language import say, say_n, spoken
from reports.paper import Block, Cell, Facts, Items, Notice, Paper, Section, Table, Text, Tone
from reports.reason_wording import code_of
from reports.typesetting import set_in_type
from reports.wording import date_in_letters, enumeration

ACROSS = 8
"""Blocks beside one another in one table of the map."""

_TONES = {Covered.WHOLE: Tone.BY_PROOF, Covered.PARTIAL: Tone.PARTIAL, Covered.NONE: Tone.MISSING}


def coverage_document(coverage: Coverage, library: Library) -> Document:
    """The sheet of one coverage, in the language that is spoken.

    Parameters
    ----------
    library : Library
        The one that the coverage was worked out from, its offers included: it has the titles.

    Returns
    -------
    Document
        Its data is the coverage itself; its main table, a line for each block and competency.
    """
    version = library.find(coverage.referential)
    assert isinstance(version, Referential)
    names = _modules(coverage, library)
    titles = {one.id: one.title for one in library.offers}
    offers = enumeration([titles.get(one, one) for one in coverage.offers]) or say("aucune offre")
    parts = (_map(coverage, names), _competencies(coverage, names), *_lists(coverage, names, library))
    paper = Paper(
        kind=say("Couverture d'une offre"),
        title=say("{offers} face à {referential}", offers=offers, referential=version.name),
        subtitle=say(
            "{title} ({ref}), le {day}", title=version.title, ref=version.key, day=date_in_letters(coverage.on)
        ),
        language=spoken(),
        day=coverage.on,
        reference=" · ".join([*coverage.offers, version.key]),
        illustrative=bool(set(coverage.illustrative) & names.keys()),
        opening=tuple(_opening(coverage)),
        sections=parts,
    )
    return set_in_type(Document(paper=paper, data=coverage, main=say("Compétences")))


def _modules(coverage: Coverage, library: Library) -> Mapping[str, str]:
    """The titles of the modules that bring something, in the order in which the referential meets them."""
    found: dict[str, str] = {}
    for block in coverage.blocks:
        for one in (*block.modules, *(item for part in block.competencies for item in part.modules)):
            found.setdefault(one.module, _titled(one.module, coverage, library))
    return found


def _titled(ref: str, coverage: Coverage, library: Library) -> str:
    module = library.modules.get(ref)
    title = module.title if module else ref
    return say("{title} — illustratif", title=title) if ref in coverage.illustrative else title


def _opening(coverage: Coverage) -> Iterator[Block]:
    """The sentence, the counts, and what must not be missed."""
    every = [one for block in coverage.blocks for one in block.competencies]
    whole = sum(block.covered is Covered.WHOLE for block in coverage.blocks)
    yield Text(text=_sentence(whole, len(coverage.blocks)), strong=True)
    told = (
        (say("compétences connues couvertes"), _share(sum(bool(one.modules) for one in every), len(every))),
        (say("trous"), cells.count(len(coverage.holes))),
        (say("recouvrements"), cells.count(len(coverage.overlaps))),
    )
    yield Facts(facts=tuple(cells.fact(name, cell) for name, cell in told), large=True)
    unknown = [code_of(block.ref) for block in coverage.blocks if not block.known]
    if unknown:
        sentence = say("Compétences non connues en entier : {blocks}.", blocks=enumeration(unknown))
        yield Notice(text=sentence, tone=Tone.WARNING)


def _sentence(whole: int, every: int) -> str:
    if not every:
        return say("Les blocs de ce référentiel ne sont pas connus.")
    return say_n(
        "{count} bloc sur {every} couvert en entier.",
        "{count} blocs sur {every} couverts en entier.",
        whole,
        every=every,
    )


def _share(some: int, every: int) -> Cell:
    return Cell(text=say("{count} sur {every}", count=some, every=every), value=some)


# -- the map --------------------------------------------------------------------------------------------------------------


def _map(coverage: Coverage, names: Mapping[str, str]) -> Section:
    """Modules across blocks, in as many tables as the blocks need."""
    title = say("Carte : modules et blocs")
    if not names:
        return Section(
            id="carte", title=title, blocks=(Text(text=say("Aucun module n'apporte rien à ce référentiel.")),)
        )
    every, count = coverage.blocks, -(-len(coverage.blocks) // ACROSS)
    spans = [every[part * len(every) // count : (part + 1) * len(every) // count] for part in range(count)]
    tables = (_part(some, names, part, count) for part, some in enumerate(spans, start=1))
    return Section(id="carte", title=title, blocks=tuple(tables))


def _part(blocks: Sequence[BlockCoverage], names: Mapping[str, str], part: int, count: int) -> Table:
    caption = say("Ce que chaque module apporte à chaque bloc")
    if count > 1:
        caption = say("{caption}, {part} sur {count}", caption=caption, part=part, count=count)
    return Table(
        name=say("Carte {part}", part=part),
        caption=caption,
        columns=(cells.column(say("Module"), weight=3), *(cells.column(code_of(block.ref)) for block in blocks)),
        rows=tuple(
            (cells.text(f"{title}\n{ref}"), *(_crossed(block, ref) for block in blocks)) for ref, title in names.items()
        ),
        total=(cells.text(say("Tous ces modules")), *(_together(block) for block in blocks)),
    )


def _together(block: BlockCoverage) -> Cell:
    return cells.text(COVERED[block.covered], _TONES[block.covered])


def _coded(one: BlockCoverage | CompetencyCoverage) -> str:
    code = one.ref.rpartition("/")[2]
    return f"{code} — {one.title}" if one.title else code


def _crossed(block: BlockCoverage, module: str) -> Cell:
    """What a module brings to a block: the whole, some of its competencies, its assessment, or nothing."""
    own = {one.how for one in block.modules if one.module == module}
    some = sum(any(one.module == module for one in part.modules) for part in block.competencies)
    assesses = say("évaluation comprise") if "assesses" in own else ""
    if "prepares" in own:
        told, tone = say("● bloc entier"), Tone.BY_PROOF
    elif some and block.known and some == len(block.competencies):
        told, tone = say("● {some} sur {every}", some=some, every=some), Tone.BY_PROOF
    elif some:
        told, tone = say("◐ {some} sur {every}", some=some, every=len(block.competencies)), Tone.PARTIAL
    else:
        return cells.text(assesses)
    return cells.text("\n".join(part for part in (told, assesses) if part), tone)


# -- competency by competency ---------------------------------------------------------------------------------------------


def _competencies(coverage: Coverage, names: Mapping[str, str]) -> Section:
    table = Table(
        name=say("Compétences"),
        caption=say("Chaque bloc et chaque compétence, avec les modules qui les apportent"),
        columns=(
            cells.column(say("Bloc"), weight=0.7),
            cells.column(say("Compétence"), weight=3),
            cells.column(say("Couverture"), weight=1.4),
            cells.column(say("Modules"), weight=3.4),
        ),
        rows=tuple(row for block in coverage.blocks for row in _rows(block, names)),
    )
    return Section(id="competences", title=say("Compétence par compétence"), blocks=(table,) if table.rows else ())


def _rows(block: BlockCoverage, names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    code = code_of(block.ref)
    own = cells.text(covered(block), _TONES[block.covered])
    yield (
        cells.text(code),
        cells.text(block.title or say("intitulé non connu")),
        own,
        cells.text(_brought(block, names)),
    )
    for one in block.competencies:
        yield cells.text(code), cells.text(_coded(one)), _state(one), cells.text(_brought(one, names))


def _state(one: CompetencyCoverage) -> Cell:
    if not one.modules:
        return cells.text(say("○ trou"), Tone.MISSING)
    if one.overlap:
        return cells.text(say("● couverte, plusieurs fois"), Tone.TO_CONFIRM)
    return cells.text(say("● couverte"), Tone.BY_PROOF)


def _brought(one: BlockCoverage | CompetencyCoverage, names: Mapping[str, str]) -> str:
    """The modules one a line, each with what it does and its level."""
    told: dict[str, list[str]] = {}
    for item in one.modules:
        how = {"prepares": say("prépare le bloc"), "assesses": say("évalue"), "develops": ""}[item.how]
        level = "" if item.level is None else say("niveau {level}", level=item.level)
        told.setdefault(item.module, []).extend(part for part in (how, level) if part)
    return "\n".join(
        f"{names[ref]} ({', '.join(dict.fromkeys(words))})" if words else names[ref] for ref, words in told.items()
    )


# -- what to look at ------------------------------------------------------------------------------------------------------


def _lists(coverage: Coverage, names: Mapping[str, str], library: Library) -> Iterator[Section]:
    """Holes and the rest, each with what it means; a list that is empty is left out, but for the holes."""
    titles = {one.ref: _coded(one) for block in coverage.blocks for one in block.competencies}
    titles |= {block.ref: _coded(block) for block in coverage.blocks}
    holes = tuple(titles[ref] for ref in coverage.holes)
    found: Block = Items(items=holes) if holes else Text(text=say("Aucun : tout ce qui est connu est couvert."))
    yield Section(id="trous", title=say("Trous : ce qu'aucun module n'apporte"), blocks=(found,))
    modules = dict(names) | {
        ref: _titled(ref, coverage, library) for ref in (*coverage.useless, *coverage.illustrative)
    }
    for identifier, title, lines in (
        (
            "recouvrements",
            say("Recouvrements : ce que plusieurs modules apportent"),
            [titles[r] for r in coverage.overlaps],
        ),
        (
            "sans-evaluation",
            say("Blocs dont aucun module ne comprend l'évaluation"),
            [titles[r] for r in coverage.not_assessed],
        ),
        ("sans-lien", say("Modules sans lien avec ce référentiel"), [modules[r] for r in coverage.useless]),
        (
            "illustratifs",
            say("Modules illustratifs, inventés pour la démonstration"),
            [modules[r] for r in coverage.illustrative],
        ),
    ):
        if lines:
            yield Section(id=identifier, title=title, blocks=(Items(items=tuple(lines)),))
