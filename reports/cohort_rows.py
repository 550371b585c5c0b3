"""A person of a cohort in a few figures (*ligne d'une cohorte*), and what many of them take together, by body, by month and by block.

The rows are kept, the answers are not: thousands of rows are summed in the time of a page, and whoever is deleted takes their own away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from pydantic import Field

from pathways.pathway import Status
from referentials.provenance import Value

PLANNED = (Status.OPTIMAL, Status.FEASIBLE)
"""The answers that come with a plan."""


class Part(Value):
    """What the modules of one training body take, of those that start in one month."""

    body: str = Field("", description="L'organisme ; vide : aucun n'est dit.")
    month: str = Field("", description="Le mois du début, comme 2027-01 ; vide : rien n'est daté.")
    hours: float = Field(0, description="Heures connues.")
    cost: float = Field(0, description="Prix connus, en euros, avant tout financement.")


class Row(Value):
    """What came of one person."""

    target: str = Field(description="Ce qui est visé.")
    status: Status = Field(description="La réponse.")
    proved: bool = Field(description="Vrai quand rien de mieux n'existe.")
    verified: bool = Field(description="Vrai quand le parcours a été rejoué sans le calcul.")
    hours: float = Field(description="Heures connues.")
    cost: float = Field(description="Prix connus, en euros, avant tout financement.")
    weeks: int | None = Field(description="Semaines ; vide : rien n'est daté.")
    modules: int
    unknown: int = Field(description="Modules dont la durée ou le prix n'est pas connu.")
    lacking: tuple[str, ...] = Field(description="Les blocs qui restent.")
    parts: tuple[Part, ...] = ()


class Share(Value):
    """What one training body or one month takes of the whole."""

    name: str
    people: int
    hours: float
    cost: float


class Lacking(Value):
    """A block, and how many people lack it."""

    ref: str
    people: int


class Sums(Value):
    """A whole cohort, as far as it is computed."""

    people: int = Field(description="Personnes calculées.")
    statuses: dict[str, int] = Field(description="Combien de chaque réponse.")
    proved: int = Field(description="Réponses prouvées.")
    hours: float
    cost: float
    modules: int
    unknown: int = Field(description="Modules dont la durée ou le prix n'est pas connu.")
    by_body: tuple[Share, ...] = Field(description="Par organisme, le plus cher d'abord.")
    by_month: tuple[Share, ...] = Field(description="Par mois du début ; un nom vide : rien n'est daté.")
    by_block: tuple[Lacking, ...] = Field(description="Par bloc, celui qui manque au plus de personnes d'abord.")


def summed(rows: Sequence[Row]) -> Sums:
    """What many people take together.

    Examples
    --------
    >>> one = Row(target="a@1", status="optimal", proved=True, verified=True, hours=7, cost=90, weeks=2, modules=1, unknown=0,
    ...     lacking=("a@1/B",), parts=(Part(body="GRETA", month="2027-01", hours=7, cost=90),))
    >>> found = summed([one, one])
    >>> found.hours, found.by_body[0].people, found.by_block[0].people
    (14.0, 2, 2)
    """
    planned = [row for row in rows if row.status in PLANNED]
    lacking = Counter(ref for row in rows for ref in row.lacking)
    return Sums(
        people=len(rows),
        statuses=dict(sorted(Counter(row.status.value for row in rows).items())),
        proved=sum(row.proved for row in rows),
        hours=round(sum(row.hours for row in planned), 2),
        cost=round(sum(row.cost for row in planned), 2),
        modules=sum(row.modules for row in planned),
        unknown=sum(row.unknown for row in planned),
        by_body=tuple(sorted(_shares(planned, lambda part: part.body), key=lambda one: (-one.cost, one.name))),
        by_month=tuple(sorted(_shares(planned, lambda part: part.month), key=lambda one: (not one.name, one.name))),
        by_block=tuple(
            Lacking(ref=ref, people=count)
            for ref, count in sorted(lacking.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _shares(rows: Iterable[Row], name_of: Callable[[Part], str]) -> Iterator[Share]:
    people: Counter[str] = Counter()
    hours: dict[str, float] = {}
    cost: dict[str, float] = {}
    for row in rows:
        people.update({name_of(part) for part in row.parts})
        for part in row.parts:
            name = name_of(part)
            hours[name] = hours.get(name, 0) + part.hours
            cost[name] = cost.get(name, 0) + part.cost
    for name in people:
        yield Share(name=name, people=people[name], hours=round(hours[name], 2), cost=round(cost[name], 2))
