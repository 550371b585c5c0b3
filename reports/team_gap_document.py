"""A team against one target on paper (*écarts d'une équipe*): people across blocks, then what each competency still lacks.

It holds names: it goes only to whoever may see them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from pathways.cohort import Parts, Standing, Totals, parts, totals
from pathways.gap import State
from pathways.target import Target
from referentials.provenance import Value
from reports import cells
from reports.document import Document
from reports.language import say, say_n, spoken
from reports.paper import Cell, Paper, Section, Table, Text
from reports.reason_wording import code_of
from reports.typesetting import set_in_type
from reports.wording import date_in_letters


class TeamLine(Value):
    """Somebody of a team; ``states`` is empty where it can't be told."""

    name: str = Field(description="Le nom, ou ce qui en tient lieu.")
    acquired: bool | None = Field(description="Vrai quand la cible est acquise ; vide : on ne peut pas le dire.")
    states: dict[str, State] = Field(description="L'état de chaque bloc et de chaque compétence.")


class TeamGap(Value):
    """A team against a target."""

    target: str = Field(description="Ce qui est visé.")
    on: date = Field(description="Le jour de la question.")
    people: tuple[TeamLine, ...] = Field(description="Les personnes.")


def team_gap_document(target: Target, on: date, people: Sequence[tuple[str, Standing | None]]) -> Document:
    """The gaps of a team, in the language that is spoken.

    Parameters
    ----------
    people : sequence of (name, standing)
        Where each stands; None where it can't be told.

    Returns
    -------
    Document
        Its main table has a line for each person.
    """
    made = parts(target)
    known = totals(made, (one for _name, one in people if one is not None))
    paper = Paper(
        kind=say("Écarts d'une équipe"),
        title=say("Ce qui manque pour {target}", target=target.version.name),
        subtitle=say("{title} ({ref}), le {day}", title=target.version.title, ref=target.ref, day=date_in_letters(on)),
        language=spoken(),
        day=on,
        reference=target.ref,
        opening=(Text(text=say_n("{count} personne.", "{count} personnes.", len(people)), strong=True),),
        sections=tuple(_sections(target, made, known, people)),
    )
    lines = tuple(_line(made, name, one) for name, one in people)
    data = TeamGap(target=target.ref, on=on, people=lines)
    return set_in_type(Document(paper=paper, data=data, main=say("Personnes")))


def _line(made: Parts, name: str, one: Standing | None) -> TeamLine:
    if one is None:
        return TeamLine(name=name, acquired=None, states={})
    states = dict(zip((*made.blocks, *made.competencies), (*one.blocks, *one.competencies), strict=True))
    return TeamLine(name=name, acquired=one.acquired, states=states)


def _sections(
    target: Target, made: Parts, known: Totals, people: Sequence[tuple[str, Standing | None]]
) -> Iterator[Section]:
    every = Table(
        name=say("Personnes"),
        caption=say("Où en est chaque personne, bloc par bloc"),
        columns=(cells.column(say("Personne"), weight=2), *(cells.column(code_of(ref)) for ref in made.blocks)),
        rows=tuple((cells.text(name), *_states(made, one)) for name, one in people),
    )
    yield Section(id="personnes", title=say("Personne par personne"), blocks=(every,))
    titles = {f"{target.version.key}/{block.code}": block.title for block in target.blocks}
    blocks = Table(
        name=say("Blocs"),
        caption=say("Combien de personnes en sont où"),
        columns=(cells.column(say("Bloc"), weight=3), *(cells.column(cells.in_state(one).text) for one in State)),
        rows=tuple(
            (cells.text(f"{code_of(ref)} — {titles[ref] or say('intitulé non connu')}"), *_counts(known, ref))
            for ref in made.blocks
        ),
    )
    yield Section(id="blocs", title=say("Bloc par bloc"), blocks=(blocks,))
    names = {ref: one.title for ref, one in target.version.competencies()}
    missing = Table(
        name=say("Compétences"),
        caption=say("Ce qui manque au plus de personnes d'abord"),
        columns=(cells.column(say("Compétence"), weight=4), cells.column(say("Manque à"))),
        rows=tuple(
            (cells.text(f"{code_of(ref)} — {names.get(ref) or say('intitulé non connu')}"), cells.count(count))
            for ref, count in known.missing
        ),
    )
    if missing.rows:
        yield Section(id="competences", title=say("Compétence par compétence"), blocks=(missing,))


def _states(made: Parts, one: Standing | None) -> Iterator[Cell]:
    yield from (cells.in_state(state) for state in (one.blocks if one else (None,) * len(made.blocks)))


def _counts(known: Totals, ref: str) -> Iterator[Cell]:
    yield from (cells.count(known.blocks[ref].get(state, 0)) for state in State)
