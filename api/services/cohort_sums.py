"""What a whole cohort comes to (*bilan d'une cohorte*): how many stand where, what all of them take by body, month and block, who stands aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pydantic import Field

from api.services.cohort_figures import PLANNED, Figures
from api.services.cohort_roll import Aside, Entry, Roll
from pathways.cohort import parts
from pathways.pathway import Status
from referentials.findings import Finding
from referentials.provenance import Value

FIRST = 20
"""How many of those who stand aside are named."""

BECAUSE: Mapping[Aside, str] = {
    Aside.MALFORMED: "Ces lignes n'ont pas pu être lues : corrigez-les dans le fichier.",
    Aside.DUPLICATE: "Ces identifiants sont là plusieurs fois : la première fois compte.",
    Aside.REFERENCE: "Ces profils nomment un diplôme, un bloc ou un module que la bibliothèque n'a pas, ou pas assez précisément.",
    Aside.NO_TARGET: "Ces personnes ne disent pas où elles vont : ajoutez leur cible, ou donnez --target.",
    Aside.TARGET: "La cible de ces personnes n'existe pas, ou n'est plus ouverte ce jour-là.",
    Aside.HELD: "Ces personnes ont déjà ce qui est visé : il n'y a rien à suivre.",
    Aside.IMPOSSIBLE: "Aucun parcours ne mène ces personnes à la cible, avec ces offres et ces limites ; --person dit ce qui manque à chacune.",
    Aside.NOT_KNOWN: "La réponse n'a pas été trouvée dans le temps donné : relancez avec un --time-limit plus long.",
    Aside.FAILED: "Le calcul a échoué pour ces personnes : c'est un défaut du programme, à signaler.",
    Aside.NOT_DONE: "Ces personnes n'ont pas été calculées, puisqu'on a demandé d'arrêter.",
}
_BY_STATUS = {
    Status.HELD: Aside.HELD,
    Status.INFEASIBLE: Aside.IMPOSSIBLE,
    Status.UNKNOWN: Aside.NOT_KNOWN,
}


class Share(Value):
    """What one part of the whole takes: a training body, a month."""

    name: str
    people: int
    hours: float
    cost: float


class Lacking(Value):
    """A block, and how many of those who are asked about it lack it."""

    ref: str
    people: int


class Apart(Value):
    """Those who stand aside for one reason."""

    kind: Aside
    people: int
    because: str = Field(description="Pourquoi, et que faire.")
    first: tuple[str, ...] = Field(description="Les premières : leur identifiant, ou leur place dans le fichier.")


class Summary(Value):
    """A whole cohort."""

    on: date
    people: int = Field(description="Personnes lues.")
    asked: int = Field(description="Parcours demandés : une personne en demande un pour chaque cible.")
    statuses: dict[str, int] = Field(description="Combien de chaque réponse.")
    problems: int = Field(description="Problèmes différents, résolus une fois chacun.")
    proved: int = Field(description="Réponses prouvées, parmi celles qui sont données.")
    refused: int = Field(description="Personnes dont le profil ou la cible ne convient pas.")
    stopped: bool = Field(description="Vrai quand on a demandé d'arrêter avant la fin.")
    hours: float = Field(description="Heures connues, en tout.")
    cost: float = Field(description="Coût connu en euros, en tout.")
    modules: int = Field(description="Modules suivis, en tout.")
    unknown: int = Field(description="Modules suivis dont la durée ou le prix n'est pas connu.")
    by_body: tuple[Share, ...]
    by_month: tuple[Share, ...] = Field(description="Par mois du début de chaque étape ; vide : rien n'est daté.")
    by_block: tuple[Lacking, ...]
    apart: tuple[Apart, ...] = Field(description="Qui est à part, et pourquoi.")
    digest: str = Field(description="Empreinte de toutes les réponses : la même, quel que soit le nombre de processus.")
    findings: tuple[Finding, ...] = Field(description="Ce qui ne convient pas dans les fichiers.")


def summed(on: date, roll: Roll, figures: Sequence[Figures | str | None], digest: str, *, stopped: bool) -> Summary:
    """Sum a roll up.

    Parameters
    ----------
    figures : sequence
        By problem: what is counted of the answer; why there is none; None where nothing was computed.
    """
    counts = Counter(entry.problem for entry in roll.entries() if entry.problem is not None)
    answered = [(one, counts[rank]) for rank, one in enumerate(figures) if isinstance(one, Figures)]
    planned = [(one, count) for one, count in answered if one.status in PLANNED]
    statuses: Counter[str] = Counter()
    for one, count in answered:
        statuses[one.status.value] += count
    return Summary(
        on=on,
        people=len(roll.people),
        asked=len(roll),
        statuses=dict(sorted(statuses.items())),
        problems=len(roll.problems),
        proved=sum(count for one, count in answered if one.proved),
        refused=sum(entry.problem is None for entry in roll.entries()),
        stopped=stopped,
        hours=round(sum(one.hours * count for one, count in planned), 2),
        cost=round(sum(one.cost * count for one, count in planned), 2),
        modules=sum(one.modules * count for one, count in planned),
        unknown=sum(one.unknown * count for one, count in planned),
        by_body=_shares(planned, "body"),
        by_month=_shares(planned, "month"),
        by_block=_lacking(roll, figures, counts),
        apart=tuple(_apart(roll, figures)),
        digest=digest,
        findings=tuple(roll.findings),
    )


def aside_of(entry: Entry, figures: Sequence[Figures | str | None]) -> Aside | None:
    """Why somebody stands aside; None for whoever has a plan."""
    if entry.problem is None:
        return entry.aside
    found = figures[entry.problem]
    if isinstance(found, str):
        return Aside.FAILED
    return Aside.NOT_DONE if found is None else _BY_STATUS.get(found.status)


def _apart(roll: Roll, figures: Sequence[Figures | str | None]) -> Iterator[Apart]:
    counts: Counter[Aside] = Counter()
    first: dict[Aside, list[str]] = defaultdict(list)
    for kind, people, wheres in roll.misread:
        counts[kind], first[kind] = people, list(wheres[:FIRST])
    for entry in roll.entries():
        aside = aside_of(entry, figures)
        if aside is not None:
            counts[aside] += 1
            if len(first[aside]) < FIRST:
                first[aside].append(entry.person)
    for kind in Aside:
        if counts[kind]:
            yield Apart(kind=kind, people=counts[kind], because=BECAUSE[kind], first=tuple(first[kind]))


def _shares(planned: Iterable[tuple[Figures, int]], name: str) -> tuple[Share, ...]:
    """What modules take, by a name of each."""
    hours: dict[str, float] = defaultdict(float)
    cost: dict[str, float] = defaultdict(float)
    people: Counter[str] = Counter()
    for one, count in planned:
        taken = [(getattr(module, name), module) for module in one.taken if getattr(module, name) is not None]
        people.update(dict.fromkeys({place for place, _module in taken}, count))
        for place, module in taken:
            hours[place] += module.hours * count
            cost[place] += module.cost * count
    return tuple(
        Share(name=name, people=people[name], hours=round(hours[name], 2), cost=round(cost[name], 2))
        for name in sorted(people)
    )


def _lacking(roll: Roll, figures: Sequence[Figures | str | None], counts: Counter[int]) -> tuple[Lacking, ...]:
    """How many people lack each block of what they aim at, the block that most lack first."""
    found: Counter[str] = Counter()
    for rank, one in enumerate(figures):
        if isinstance(one, Figures):
            blocks = parts(roll.cohort_of(roll.problems[rank]).target).blocks
            for ref, lacks in zip(blocks, one.lacking, strict=True):
                found[ref] += counts[rank] * lacks
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Lacking(ref=ref, people=count) for ref, count in ranked if count)
