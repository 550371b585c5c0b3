"""A budget shared out between people, in words (*un budget qui ne suffit pas*): what is reached, what more brings, each person and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from pathways.group.budget_answer import Allotment, Compromise, Criterion, Decision, Figures, Outcome, ServiceShare
from pathways.objectives import Objective
from reports.impasse_wording import lacks
from reports.language import Words, say, say_n, to_say
from reports.reason_wording import code_of
from reports.wording import enumeration, euros, hours, number

CRITERIA: Mapping[Criterion, str] = Words(
    {
        Criterion.TITLES: to_say("le plus de personnes au bout de leur cible"),
        Criterion.BLOCKS: to_say("le plus de blocs obtenus"),
        Criterion.FAIRNESS: to_say("l'équité entre services"),
    }
)
"""What is decided for first."""

OUTCOMES: Mapping[Outcome, str] = Words(
    {
        Outcome.TITLE: to_say("au bout de la cible"),
        Outcome.BLOCKS: to_say("des blocs, sans la cible"),
        Outcome.NOTHING: to_say("rien avec ce budget"),
        Outcome.HELD: to_say("cible déjà obtenue"),
        Outcome.UNPRICED: to_say("un chemin existe, à un prix qui n'est pas connu"),
        Outcome.IMPOSSIBLE: to_say("aucun chemin connu"),
        Outcome.NOT_FOUND: to_say("aucun chemin trouvé dans le temps donné"),
        Outcome.REFUSED: to_say("profil ou cible à corriger"),
        Outcome.NOT_COMPUTED: to_say("pas de calcul : l'arrêt a été demandé"),
    }
)
"""What becomes of people, before their number; those who are given something come first."""

_MOST_NAMED = 5


def amount(value: float, resource: Objective) -> str:
    """So many euros, or so many hours."""
    return hours(value) if resource is Objective.HOURS else euros(value)


def people(count: int) -> str:
    """A number of people."""
    return say_n("{count} personne", "{count} personnes", count)


def blocks(count: int) -> str:
    """A number of blocks."""
    return say_n("{count} bloc", "{count} blocs", count)


def service(name: str | None) -> str:
    """The name of a service, or that somebody has none."""
    return name or say("sans service")


# -- the whole ------------------------------------------------------------------------------------------------------------


def reached(decision: Decision) -> Iterator[str]:
    """What the decision comes to, in two or three sentences."""
    found, what = decision.reached, decision.resource
    yield say_n(
        "{count} personne va au bout de sa cible, sur {all}.",
        "{count} personnes vont au bout de leur cible, sur {all}.",
        found.titles,
        all=people(decision.people),
    )
    yield say("{blocks} en tout.", blocks=say_n("{count} bloc obtenu", "{count} blocs obtenus", found.blocks))
    yield say(
        "{spent} sur {limit} ; il reste {left}.",
        spent=amount(found.spent, what),
        limit=amount(decision.limit, what),
        left=amount(decision.left, what),
    )


def proof(decision: Decision) -> str:
    """Whether nothing does better, or what nothing is above."""
    if decision.proved:
        return say("C'est prouvé : rien ne fait mieux sans dépasser.")
    if decision.bound is None:
        return say("Ce n'est pas prouvé : il se peut qu'une autre décision fasse mieux.")
    return say(
        "Ce n'est pas prouvé : des prix n'ont pas pu être établis dans le temps donné. Au mieux : {bound}.",
        bound=_bound(decision.bound, decision.criterion),
    )


def _bound(bound: Figures, criterion: Criterion) -> str:
    told = [people(bound.titles), blocks(bound.blocks)]
    if criterion is Criterion.BLOCKS:
        told.reverse()
    if criterion is Criterion.FAIRNESS and bound.least_share is not None:
        return say("{share} dans le service le moins bien servi", share=bound.least_share)
    return enumeration(told)


def more(decision: Decision) -> Iterator[str]:
    """What the next euros, or hours, would bring."""
    title, block, better, enough = (
        "" if value is None else amount(value, decision.resource)
        for value in (decision.next_title, decision.next_block, decision.next_share, decision.enough)
    )
    titles_first = decision.criterion is Criterion.TITLES
    if title and titles_first:
        yield say("Avec {amount} de plus, une personne de plus va au bout.", amount=title)
    elif title:
        yield say("Avec {amount} de plus, une personne de plus va au bout, sans un bloc de moins.", amount=title)
    if block and titles_first:
        yield say("Avec {amount} de plus, un bloc de plus, sans une personne de moins au bout.", amount=block)
    elif block:
        yield say("Avec {amount} de plus, un bloc de plus.", amount=block)
    if better:
        yield say("Avec {amount} de plus, les services sont mieux servis.", amount=better)
    if enough:
        yield say("Pour tous ceux dont le chemin a un prix connu, il faudrait {amount}.", amount=enough)


def steps(front: tuple[Compromise, ...], resource: Objective, count: Callable[[int], str]) -> Iterator[str]:
    """Compromises, those that each ask for as much more told together."""
    for step, some in groupby(front, key=lambda one: one.step):
        run = list(some)
        first, last = run[0], run[-1]
        if first.count == 0:
            continue
        if len(run) == 1:
            yield say(
                "{count} : {needed}, soit {step} de plus",
                count=count(first.count),
                needed=amount(first.needed, resource),
                step=amount(step, resource),
            )
        else:
            yield say(
                "de {first} à {count} : jusqu'à {needed}, soit {step} de plus à chaque fois",
                first=number(first.count),
                count=count(last.count),
                needed=amount(last.needed, resource),
                step=amount(step, resource),
            )


def unread(decision: Decision) -> str:
    """For how many people the price of an assessment comes on top, because nobody read it; nothing for none."""
    count = sum(line.at_least for line in decision.lines)
    if not count:
        return ""
    return say_n(
        "Pour {count} personne, le prix d'une évaluation n'a pas été lu : il s'ajoute.",
        "Pour {count} personnes, le prix d'une évaluation n'a pas été lu : il s'ajoute.",
        count,
    )


def share(one: ServiceShare) -> str:
    """How a service fares."""
    return say_n(
        "{service} : {share} va au bout",
        "{service} : {share} vont au bout",
        one.served,
        service=service(one.service),
        share=say("{served} sur {people}", served=one.served, people=one.people),
    )


# -- person by person -----------------------------------------------------------------------------------------------------


def outcome(line: Allotment, resource: Objective) -> str:
    """What a person gets, in one clause."""
    match line.outcome:
        case Outcome.TITLE:
            return say("va au bout, pour {amount}", amount=amount(line.spent, resource))
        case Outcome.BLOCKS:
            return say(
                "obtient {blocks}, pour {amount}",
                blocks=enumeration([code_of(ref) for ref in line.blocks]),
                amount=amount(line.spent, resource),
            )
        case Outcome.NOTHING:
            return say("rien avec ce budget")
        case Outcome.HELD:
            return say("a déjà sa cible")
        case Outcome.UNPRICED:
            return say("un chemin existe, à un prix qui n'est pas connu")
        case Outcome.IMPOSSIBLE:
            return say("aucun chemin connu")
        case Outcome.NOT_FOUND:
            return say("aucun chemin trouvé dans le temps donné")
        case Outcome.REFUSED:
            return say("à corriger")
    return say("pas calculée")


def reasons(line: Allotment, decision: Decision) -> Iterator[str]:
    """Why a person gets that, and what it would take to give them more."""
    what = decision.resource
    yield from line.problems
    if line.more is not None and line.price is not None:
        yield say(
            "Sa cible demande {price} en tout : avec {more} de plus, elle va au bout sans rien ôter à personne.",
            price=amount(line.price, what),
            more=amount(line.more, what),
        )
        yield from _instead(line, decision)
    if line.unpriced:
        yield say_n(
            "Pour obtenir plus, il faut {modules}, dont le prix n'est pas connu : demandez-le à l'organisme.",
            "Pour obtenir plus, il faut {modules}, dont les prix ne sont pas tous connus : demandez-les aux organismes.",
            len(line.unpriced),
            modules=enumeration(line.unpriced),
        )
    if line.missing:
        yield from _impossible(line)


def _instead(line: Allotment, decision: Decision) -> Iterator[str]:
    if line.price is not None and line.price > decision.limit:
        yield say("À elle seule, elle dépasse le budget.")
    elif line.instead_of:
        named = list(line.instead_of[:_MOST_NAMED])
        others = len(line.instead_of) - len(named)
        if others:
            named.append(say_n("{count} autre", "{count} autres", others))
        yield say_n(
            "Sans budget de plus, c'est {people} qui obtiendrait moins.",
            "Sans budget de plus, ce sont {people} qui obtiendraient moins.",
            len(line.instead_of),
            people=enumeration(named),
        )


def _impossible(line: Allotment) -> Iterator[str]:
    if line.outcome is not Outcome.IMPOSSIBLE:
        yield say("Rien de connu ne mène à sa cible entière.")
    if any(":" not in name for name in line.missing):
        yield say("Ses propres limites ne le permettent pas : le calcul de son parcours dit lesquelles.")
    yield from lacks(line.missing, {})
