"""All passerelles on paper (*matrice des passerelles*): every pair where something is known, the texts, then a map.

A pair names its texts by their number, for many pairs rest on the same ones; the texts follow, each once. The map is a table whose cells have words, cut in as many tables as its targets need; an empty cell is a pair where no text
that was read says anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathways.matrix import Cell as Pair
from pathways.matrix import Matrix
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.rights import Recognition
from reports import bridge_wording, cells
from reports.document import Document
from reports.language import say, say_n, spoken
from reports.library_wording import source
from reports.paper import Cell, Column, ColumnKind, Items, Paper, Section, Table, Text, Tone
from reports.typesetting import set_in_type
from reports.wording import date_in_letters

ACROSS = 6
"""Targets beside one another in one table of the map."""


def matrix_document(matrix: Matrix, library: Library) -> Document:
    """The pairs of a matrix, start by start, in the language that is spoken.

    Parameters
    ----------
    library : Library
        The one that the matrix was worked out from: it has the titles of versions and texts.

    Returns
    -------
    Document
        Its data is the matrix itself; its main table, a line for each pair.
    """
    titles = {ref: _title(ref, library) for pair in matrix.cells for ref in (pair.start, pair.target)}
    texts = _numbered(matrix, library)
    paper = Paper(
        kind=say("Matrice des passerelles"),
        title=say("Toutes les passerelles"),
        subtitle=say("Ce que donne chaque diplôme, détenu seul, le {day}", day=date_in_letters(matrix.on)),
        language=spoken(),
        day=matrix.on,
        reference=say("Matrice des passerelles"),
        opening=(Text(text=_opening(matrix), strong=True),),
        sections=(
            Section(id="liste", title=say("Passerelle par passerelle"), blocks=(_list(matrix, titles, texts),)),
            Section(id="textes", title=say("Les textes"), blocks=(_texts(texts),)),
            Section(id="carte", title=say("La carte"), blocks=tuple(_map(matrix, titles)), new_page=True),
            _reading(),
        ),
    )
    return set_in_type(Document(paper=paper, data=matrix, main=say("Passerelles")))


def _opening(matrix: Matrix) -> str:
    every = say_n("{count} passerelle", "{count} passerelles", len(matrix.cells))
    starts = say_n("{count} point de départ", "{count} points de départ", len(matrix.starts))
    targets = say_n("{count} cible", "{count} cibles", len(matrix.targets))
    return say("{every}, de {starts} vers {targets}.", every=every, starts=starts, targets=targets)


def _title(ref: str, library: Library) -> str:
    """The name of a version, or of a block and its version."""
    version = library.find(ref.partition("/")[0])
    item = library.find(ref)
    assert isinstance(version, Referential)
    if isinstance(item, Block):
        return f"{version.name}, {item.code}" + (f" — {item.title}" if item.title else "")
    return version.name


# -- the list -------------------------------------------------------------------------------------------------------------


def _named(pair: Pair) -> tuple[str, ...]:
    """The texts of a pair: first those that give something."""
    giving = (*pair.rights, *pair.exemptions, *pair.reductions, *pair.possible)
    return tuple(dict.fromkeys((*giving, *pair.expected, *pair.absences, *pair.preparations)))


def _pairs(matrix: Matrix) -> list[Pair]:
    return sorted(matrix.cells, key=lambda one: (one.start, one.target))


def _numbered(matrix: Matrix, library: Library) -> dict[str, tuple[int, Recognition]]:
    """Each text of a matrix with its number, in the order in which the list meets them."""
    every = {one.id: one for one in library.recognitions}
    used = dict.fromkeys(name for pair in _pairs(matrix) for name in _named(pair) if name in every)
    return {name: (number, every[name]) for number, name in enumerate(used, start=1)}


def _texts(texts: dict[str, tuple[int, Recognition]]) -> Table:
    return Table(
        name=say("Textes"),
        caption=say("Chaque texte par son numéro"),
        columns=(
            cells.column(say("n°"), ColumnKind.COUNT, 0.5),
            cells.column(say("Ce qu'il dit"), weight=3),
            cells.column(say("Où"), weight=3),
        ),
        rows=tuple(
            (cells.count(number), cells.text(one.title or one.id), cells.text(_where(one)))
            for number, one in texts.values()
        ),
    )


def _where(text: Recognition) -> str:
    """Its title, its number and its article, without where and when it was read."""
    return source(text.source.model_copy(update={"url": None, "checked_on": None}))


def _list(matrix: Matrix, titles: dict[str, str], texts: dict[str, tuple[int, Recognition]]) -> Table:
    return Table(
        name=say("Passerelles"),
        caption=say("Chaque départ, et les cibles dont un texte parle"),
        columns=(
            cells.column(say("Départ"), weight=3),
            cells.column(say("Arrivée"), weight=3),
            cells.column(say("Ce que cela donne"), weight=2),
            cells.column(say("Blocs de droit"), ColumnKind.COUNT, 0.8),
            cells.column(say("À confirmer"), ColumnKind.COUNT, 1.1),
            cells.column(say("Blocs en tout"), ColumnKind.COUNT, 0.8),
            cells.column(say("Textes, par leur numéro"), weight=1),
        ),
        rows=tuple(_row(pair, titles, texts) for pair in _pairs(matrix)),
    )


def _row(pair: Pair, titles: dict[str, str], texts: dict[str, tuple[int, Recognition]]) -> tuple[Cell, ...]:
    return (
        cells.text(f"{titles[pair.start]}\n{pair.start}"),
        cells.text(f"{titles[pair.target]}\n{pair.target}"),
        cells.text(bridge_wording.cell(pair), tone_of(pair)),
        cells.count(pair.by_right),
        cells.count(pair.to_confirm),
        cells.count(pair.blocks) if pair.blocks else cells.unknown(),
        cells.text(", ".join(str(texts[name][0]) if name in texts else name for name in _named(pair))),
    )


def tone_of(pair: Pair) -> Tone:
    """What a pair gives, at a glance."""
    if pair.whole or pair.by_right or pair.competencies or pair.entry_waived or pair.exemptions:
        return Tone.BY_RIGHT
    if pair.reductions:
        return Tone.PARTIAL
    return Tone.TO_CONFIRM if pair.to_confirm or pair.possible else Tone.NEUTRAL


# -- the map --------------------------------------------------------------------------------------------------------------


def _map(matrix: Matrix, titles: dict[str, str]) -> Iterator[Table]:
    """A table for every few targets, with the starts that lead to one of them."""
    targets = sorted({pair.target for pair in matrix.cells})
    count = -(-len(targets) // ACROSS)
    for part in range(count):
        some = targets[part * len(targets) // count : (part + 1) * len(targets) // count]
        yield _part(matrix, some, part + 1, count, titles)


def _part(matrix: Matrix, targets: Sequence[str], part: int, count: int, titles: dict[str, str]) -> Table:
    pairs = {(pair.start, pair.target): pair for pair in matrix.cells if pair.target in targets}
    starts = sorted({start for start, _target in pairs})
    columns = [Column(title=f"{titles[target]}\n{target}") for target in targets]
    return Table(
        name=say("Carte {part}", part=part),
        caption=say("La carte, {part} sur {count} : de chaque ligne vers chaque colonne", part=part, count=count),
        columns=(cells.column(say("Départ"), weight=1.6), *columns),
        rows=tuple(
            (cells.text(f"{titles[start]}\n{start}"), *(in_few_words(pairs.get((start, target))) for target in targets))
            for start in starts
        ),
    )


def in_few_words(pair: Pair | None) -> Cell:
    """What a pair gives in a word or two, with its sign; empty where no text says anything."""
    if pair is None:
        return Cell()
    if pair.whole:
        return cells.text(say("§ tout"), Tone.BY_RIGHT)
    if pair.by_right:
        share = pair.by_right / pair.blocks if pair.blocks else None
        told = say("§ {count} sur {every}", count=pair.by_right, every=pair.blocks or say("non connu"))
        return Cell(text=told, value=share, tone=Tone.BY_RIGHT)
    for told, there, tone in (
        (say("§ des compétences"), pair.competencies, Tone.BY_RIGHT),
        (say("§ dispense d'entrée"), pair.entry_waived, Tone.BY_RIGHT),
        (say("§ dispense"), pair.exemptions, Tone.BY_RIGHT),
        (say("◐ allègement"), pair.reductions, Tone.PARTIAL),
        (say("? à confirmer"), pair.to_confirm or pair.possible, Tone.TO_CONFIRM),
        (say("… attendu, non lu"), pair.expected, Tone.NEUTRAL),
        (say("○ « Néant »"), pair.absences, Tone.MISSING),
    ):
        if there:
            return cells.text(told, tone)
    return cells.text(say("préparation"), Tone.NEUTRAL)


def _reading() -> Section:
    """How to read it, and what it is not."""
    return Section(
        id="lecture",
        title=say("Pour lire cette matrice"),
        blocks=(
            Items(
                items=(
                    say("« § 4 sur 10 » : quatre blocs de la cible sur dix sont acquis de droit, par un texte lu."),
                    say("« ? » : cela dépend de la personne, et reste à confirmer."),
                    say("« … » : un texte est attendu ou annoncé, personne ne l'a lu, et rien n'en découle."),
                    say("Une case vide : aucun texte lu ne parle de cette paire. Ce n'est pas une preuve d'absence."),
                    say("Un droit n'a qu'un sens : de la ligne vers la colonne."),
                )
            ),
        ),
    )
