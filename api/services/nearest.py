"""Many people against every target (*orientation d'un groupe*): each with their nearest targets, what is wrong told, nobody stopped by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from pydantic import Field

from api.services.cohort_people import Asking
from pathways.holdings import ProfileProblem
from pathways.nearest import Drawing, Nearest, Targets, drawing
from referentials.findings import Finding
from referentials.provenance import Value


class Unplaced(Value):
    """Someone whose profile names what can't be used."""

    person: str
    problems: tuple[str, ...]


class GroupOrientation(Value):
    """Everybody's nearest targets, and the targets that most are near."""

    on: date
    people: int = Field(description="Combien de personnes ont été lues.")
    considered: int = Field(description="Combien de cibles, en vigueur ce jour-là.")
    targets: tuple[Drawing, ...] = Field(description="Les cibles dont le plus de personnes sont proches.")
    lines: tuple[Nearest, ...] = Field(description="Chaque personne, avec ses cibles les plus proches.")
    unplaced: tuple[Unplaced, ...] = Field((), description="Les profils à corriger.")
    findings: tuple[Finding, ...] = Field((), description="Ce qui n'a pas pu être lu des fichiers.")
    stopped: bool = Field(False, description="Vrai quand quelqu'un a demandé de s'arrêter avant la fin.")


def orient_all(
    everybody: Iterable[Asking | Finding],
    targets: Targets,
    limit: int,
    *,
    tell: Callable[[int], None] = lambda _done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> GroupOrientation:
    """The nearest targets of everybody, so many each."""
    lines: list[Nearest] = []
    unplaced: list[Unplaced] = []
    findings: list[Finding] = []
    stopped = False
    for done, one in enumerate(everybody, 1):
        if stopped := should_stop():
            break
        if isinstance(one, Finding):
            findings.append(one)
        else:
            _place(one, targets, limit, lines, unplaced)
        tell(done)
    return GroupOrientation(
        on=targets.on,
        people=len(lines) + len(unplaced),
        considered=targets.count,
        targets=drawing(lines),
        lines=tuple(lines),
        unplaced=tuple(unplaced),
        findings=tuple(findings),
        stopped=stopped,
    )


def _place(one: Asking, targets: Targets, limit: int, lines: list[Nearest], unplaced: list[Unplaced]) -> None:
    try:
        lines.append(targets.nearest(one.profile, limit))
    except ProfileProblem as problem:
        unplaced.append(Unplaced(person=one.profile.id, problems=problem.messages))


COLUMNS = (
    "personne",
    "rang",
    "cible",
    "intitulé",
    "part acquise",
    "part possible",
    "blocs restants",
    "compétences restantes",
)
"""What a line of the table says."""


def table(found: GroupOrientation) -> Iterator[tuple[str, ...]]:
    """A line per person and target, the nearest first; one without target for whoever is near none."""
    from reports.wording import number

    for line in found.lines:
        if not line.near:
            yield line.person, *[""] * (len(COLUMNS) - 1)
        for rank, one in enumerate(line.near, 1):
            shares = number(round(one.share, 4)), number(round(one.possible_share, 4))
            left = str(one.remaining_blocks), str(one.remaining_competencies)
            yield line.person, str(rank), one.target, one.title, *shares, *left
