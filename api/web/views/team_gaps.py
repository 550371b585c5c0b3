"""A team in front of targets, as a page shows it (*carte des écarts*): columns with their counts, people with their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from api.services.team_gaps import Placed
from api.web.views.said import Said
from pathways.cohort import Parts, Standing, parts, totals
from pathways.gap import State
from pathways.target import Target
from referentials.provenance import Value
from reports.language import say
from reports.reason_wording import code_of


class Column(Value):
    """A block, or a target, over the states of people."""

    code: str = Field(description="Son code.")
    title: Said = Field(description="Son intitulé ; vide : non connu.")
    counts: dict[str, int] = Field(description="Combien de personnes y en sont où, par état.")


class GapCell(Value):
    """Where somebody stands."""

    state: str = Field(description="L'état ; vide : on ne peut pas le dire.")
    left: int = Field(description="Blocs à acquérir, quand la colonne est une cible entière.")


class GapRow(Value):
    """Somebody, across the columns."""

    id: str = Field(description="Son dossier.")
    name: str = Field(description="Son nom ; vide : il n'a pas été dit.")
    cells: tuple[GapCell, ...] = Field(description="Une case par colonne.")


def columns(targets: Sequence[Target], found: Sequence[Placed]) -> tuple[Column, ...]:
    """The blocks of one target, or several targets, with how many people stand where."""
    if len(targets) == 1:
        made = parts(targets[0])
        counts = totals(made, (one.standings[0] for one in found if one.standings[0] is not None)).blocks
        titles = {block.code: block.title or "" for block in targets[0].blocks}
        return tuple(_column(code_of(ref), titles[ref.rpartition("/")[2]], counts[ref]) for ref in made.blocks)
    return tuple(_of_target(target, [one.standings[rank] for one in found]) for rank, target in enumerate(targets))


def _column(code: str, title: str, counts: Mapping[State, int]) -> Column:
    return Column(code=code, title=title, counts={state.value: count for state, count in counts.items()})


def _of_target(target: Target, standings: Sequence[Standing | None]) -> Column:
    counts: dict[str, int] = {}
    for one in standings:
        if one is not None:
            state = _whole(one).value
            counts[state] = counts.get(state, 0) + 1
    return Column(code=target.version.name, title="", counts=counts)


def _whole(one: Standing) -> State:
    """The state of a target as a whole, in front of one person."""
    if one.acquired:
        return State.BY_RIGHT if State.BY_RIGHT in one.blocks else State.BY_PROOF
    return State.MISSING if all(state is State.MISSING for state in one.blocks) else State.PARTIAL


def row(one: Placed, *, whole: bool) -> GapRow:
    """Somebody across the columns; ``whole`` when each is a target."""
    if whole:
        cells = tuple(GapCell(state=_whole(s).value if s else "", left=s.remaining if s else 0) for s in one.standings)
    else:
        standing = one.standings[0]
        cells = tuple(GapCell(state=state.value, left=0) for state in standing.blocks) if standing else ()
    return GapRow(id=one.person, name=one.name or "", cells=cells)


def missing(target: Target, found: Sequence[Placed]) -> tuple[tuple[str, int], ...]:
    """The competencies of a target that people lack, with how many lack each."""
    made: Parts = parts(target)
    names = {ref: one.title for ref, one in target.version.competencies()}
    counts = totals(made, (one.standings[0] for one in found if one.standings[0] is not None)).missing
    return tuple((f"{code_of(ref)} — {names.get(ref) or say('intitulé non connu')}", count) for ref, count in counts)
