"""A cohort in one document (*point sur une cohorte*): who is where, what all of them take by month and by body, which blocks most lack.

It may hold names: it goes only to whoever may see them. Costs are before any funding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pydantic import Field

from pathways.pathway import Status
from referentials.provenance import Value
from reports import cells
from reports.cohort_rows import PLANNED, Row, Share, Sums, summed
from reports.document import Document
from reports.language import say, say_n, spoken
from reports.paper import Block, Cell, Column, ColumnKind, Facts, Paper, Section, Table, Text
from reports.reason_wording import code_of
from reports.typesetting import set_in_type
from reports.wording import date_in_letters


class CohortLine(Value):
    """Somebody of a cohort: what came of the question, or why nothing did."""

    name: str = Field(description="Le nom, ou ce qui en tient lieu.")
    row: Row | None = Field(description="Ce qui a été calculé ; vide : rien.")
    problem: str = Field("", description="Pourquoi rien n'a été calculé.")


class CohortTold(Value):
    """A cohort."""

    target: str = Field(description="Ce qui est visé.")
    on: date = Field(description="Le jour de la question.")
    sums: Sums
    lines: tuple[CohortLine, ...]


def in_words(status: Status) -> str:
    """What an answer comes to.

    Examples
    --------
    >>> in_words(Status.HELD)
    'déjà obtenu'
    """
    words: Mapping[Status, str] = {
        Status.HELD: say("déjà obtenu"),
        Status.OPTIMAL: say("meilleur parcours possible"),
        Status.FEASIBLE: say("un parcours, peut-être pas le meilleur"),
        Status.INFEASIBLE: say("aucun parcours n'y mène"),
        Status.UNKNOWN: say("le temps a manqué pour répondre"),
    }
    return words[status]


def cohort_document(
    lines: Sequence[CohortLine], target: str, on: date, titles: Mapping[str, str], *, illustrative: bool = False
) -> Document:
    """A cohort, in the language that is spoken.

    Parameters
    ----------
    target : str
        What is aimed at, in words.
    titles : mapping
        The titles of blocks, by their references.
    illustrative : bool
        Whether modules made up for demonstration may be in it.
    """
    sums = summed([line.row for line in lines if line.row is not None])
    paper = Paper(
        kind=say("Point sur une cohorte"),
        title=say("Une cohorte vers {target}", target=target),
        subtitle=say("Le {day}", day=date_in_letters(on)),
        language=spoken(),
        day=on,
        reference=on.isoformat(),
        illustrative=illustrative,
        opening=tuple(opening(sums, len(lines))),
        sections=(
            Section(id="reponses", title=say("Réponse par réponse"), blocks=(answers(sums),)),
            Section(id="blocs", title=say("Ce qui manque le plus"), blocks=(lacking(sums, titles),)),
            Section(id="mois", title=say("Mois par mois"), blocks=(months(sums),)),
            Section(id="organismes", title=say("Par organisme de formation"), blocks=(bodies(sums),)),
            Section(id="personnes", title=say("Personne par personne"), blocks=(people(lines),)),
        ),
    )
    data = CohortTold(target=target, on=on, sums=sums, lines=tuple(lines))
    return set_in_type(Document(paper=paper, data=data, main=say("Personnes")))


def opening(sums: Sums, asked: int) -> Iterator[Block]:
    """The totals of those who have a plan."""
    planned = sum(sums.statuses.get(one.value, 0) for one in PLANNED)
    told = say_n(
        "{count} personne sur {total} a un parcours.",
        "{count} personnes sur {total} ont un parcours.",
        planned,
        total=asked,
    )
    yield Text(text=told, strong=True)
    at_least = bool(sums.unknown)
    facts = (
        cells.fact(say("Heures"), cells.in_hours(sums.hours, at_least=at_least)),
        cells.fact(say("Coût, avant financement"), cells.in_euros(sums.cost, at_least=at_least)),
        cells.fact(say("Modules suivis"), cells.count(sums.modules)),
    )
    yield Facts(facts=facts, large=True)
    if at_least:
        yield Text(
            text=say_n(
                "La durée ou le prix d'un module suivi n'est pas connu : les totaux sont des minimums.",
                "La durée ou le prix de {count} modules suivis n'est pas connu : les totaux sont des minimums.",
                sums.unknown,
            )
        )


def answers(sums: Sums) -> Table:
    """How many people have each answer."""
    rows = tuple(
        (cells.text(in_words(one)), cells.count(sums.statuses[one.value]))
        for one in Status
        if one.value in sums.statuses
    )
    return Table(
        name=say("Réponses"),
        caption=say("Combien de personnes ont chaque réponse"),
        columns=(cells.column(say("Réponse"), weight=3), cells.column(say("Personnes"), ColumnKind.COUNT)),
        rows=rows,
        note=say_n("{count} réponse est prouvée.", "{count} réponses sont prouvées.", sums.proved),
    )


def lacking(sums: Sums, titles: Mapping[str, str]) -> Table:
    """How many people lack each block."""
    return Table(
        name=say("Blocs"),
        caption=say("Combien de personnes n'ont pas encore chaque bloc"),
        columns=(
            cells.column(say("Bloc")),
            cells.column(say("Intitulé"), weight=4),
            cells.column(say("Personnes"), ColumnKind.COUNT),
        ),
        rows=tuple(
            (
                cells.text(code_of(one.ref)),
                cells.text(titles.get(one.ref) or say("intitulé non connu")),
                cells.count(one.people),
            )
            for one in sums.by_block
        ),
    )


def months(sums: Sums) -> Table:
    """What starts in each month."""
    return Table(
        name=say("Mois"),
        caption=say("Heures et coût des modules, par mois de leur début"),
        columns=_columns(say("Mois")),
        rows=tuple((cells.text(_month(one.name)), *_shares(one)) for one in sums.by_month),
    )


def bodies(sums: Sums) -> Table:
    """What each training body is asked for."""
    return Table(
        name=say("Organismes"),
        caption=say("Heures et coût des modules de chaque organisme"),
        columns=_columns(say("Organisme")),
        rows=tuple((cells.text(one.name or say("Organisme non dit")), *_shares(one)) for one in sums.by_body),
    )


def people(lines: Sequence[CohortLine]) -> Table:
    """What came of each person."""
    return Table(
        name=say("Personnes"),
        caption=say("Ce qu'il en est de chaque personne"),
        columns=(
            cells.column(say("Personne"), weight=2),
            cells.column(say("Réponse"), weight=3),
            cells.column(say("Heures"), ColumnKind.HOURS),
            cells.column(say("Coût"), ColumnKind.EUROS),
            cells.column(say("Semaines"), ColumnKind.COUNT),
            cells.column(say("Modules"), ColumnKind.COUNT),
            cells.column(say("Blocs restants"), ColumnKind.COUNT),
        ),
        rows=tuple(_person(line) for line in lines),
    )


def _person(line: CohortLine) -> tuple[Cell, ...]:
    row, none = line.row, cells.text("")
    if row is None:
        return (cells.text(line.name), cells.text(line.problem), *[none] * 5)
    left = cells.count(len(row.lacking))
    if row.status not in PLANNED:
        return (cells.text(line.name), cells.text(in_words(row.status)), *[none] * 4, left)
    at_least = bool(row.unknown)
    return (
        cells.text(line.name),
        cells.text(in_words(row.status)),
        cells.in_hours(row.hours, at_least=at_least),
        cells.in_euros(row.cost, at_least=at_least),
        none if row.weeks is None else cells.count(row.weeks),
        cells.count(row.modules),
        left,
    )


def _month(name: str) -> str:
    """A month as it is written: ``01/2027``.

    Examples
    --------
    >>> _month("2027-01")
    '01/2027'
    """
    year, _dash, month = name.partition("-")
    return f"{month}/{year}" if month else say("Sans date")


def _columns(first: str) -> tuple[Column, ...]:
    return (
        cells.column(first, weight=3),
        cells.column(say("Heures"), ColumnKind.HOURS),
        cells.column(say("Coût"), ColumnKind.EUROS),
        cells.column(say("Personnes"), ColumnKind.COUNT),
    )


def _shares(one: Share) -> tuple[Cell, ...]:
    return cells.in_hours(one.hours), cells.in_euros(one.cost), cells.count(one.people)
