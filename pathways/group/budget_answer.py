"""A decision for a group (*décision*): who completes their target, who gets blocks, who gets nothing and why, and what more would bring.

Amounts are euros, or hours where hours are what is scarce; ``share`` is a fraction in full, « 3/7 ».
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from pathways.objectives import Objective
from pathways.pathway import Step, Totals
from referentials.provenance import Value


class Criterion(StrEnum):
    """What is decided for first."""

    TITLES = "titles"
    BLOCKS = "blocks"
    FAIRNESS = "fairness"


class Outcome(StrEnum):
    """What a person gets, or why nothing is asked for them."""

    TITLE = "title"
    BLOCKS = "blocks"
    NOTHING = "nothing"
    HELD = "held"
    UNPRICED = "unpriced"
    IMPOSSIBLE = "impossible"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_COMPUTED = "not_computed"


class Allotment(Value):
    """What the decision gives to one person, and what it would take to give them more."""

    person: str = Field(description="L'identifiant du profil.")
    service: str | None = Field(None, description="Son service ; vide : aucun n'est dit.")
    target: str | None = Field(None, description="La cible de cette personne.")
    outcome: Outcome = Field(description="Ce qu'elle obtient, ou pourquoi rien n'est décidé pour elle.")
    blocks: tuple[str, ...] = Field((), description="Les blocs que son parcours lui donne.")
    lacking: tuple[str, ...] = Field((), description="Les blocs de la cible qu'elle n'a pas aujourd'hui.")
    spent: float = Field(0, description="Ce que le budget paie pour elle : euros, ou heures.")
    price: float | None = Field(None, description="Ce que la cible entière lui coûte au moins ; vide : non connu.")
    at_least: bool = Field(False, description="Vrai quand un prix d'évaluation non lu s'ajoute à son parcours.")
    unpriced: tuple[str, ...] = Field(
        (), description="Modules de prix inconnu sans lesquels elle n'obtient pas plus ; rien n'en est compté."
    )
    more: float | None = Field(
        None, description="Ce qu'il faudrait de plus pour qu'elle aille au bout, sans rien ôter à personne."
    )
    instead_of: tuple[str, ...] | None = Field(
        None, description="Qui obtiendrait moins si elle allait au bout sans budget de plus ; vide : non calculé."
    )
    proved: bool = Field(True, description="Vrai quand chaque prix qui compte pour elle est prouvé le plus petit.")
    problems: tuple[str, ...] = Field((), description="Ce qui ne convient pas dans le profil ou la cible.")
    missing: tuple[str, ...] = Field(
        (), description="Ce à quoi rien de connu ne mène, quand la cible n'est pas possible en entier."
    )
    steps: tuple[Step, ...] = Field((), description="Les étapes du parcours payé, dans l'ordre.")
    totals: Totals = Field(Totals(), description="Heures, coût, semaines et modules de ce parcours.")
    verified: bool = Field(False, description="Vrai quand ce parcours a été rejoué sans le solveur.")


class ServiceShare(Value):
    """How a service fares."""

    service: str | None = Field(description="Le service ; vide : sans service.")
    people: int = Field(description="Ses personnes qui n'ont pas leur cible et dont le chemin a un prix connu.")
    served: int = Field(description="Celles qui vont au bout.")
    share: str = Field(description="La part, en fraction.")


class Compromise(Value):
    """So much for so many: nothing less pays for as many."""

    count: int = Field(description="Personnes qui vont au bout, ou blocs obtenus.")
    needed: float = Field(description="Le plus petit budget qui y suffit.")
    step: float = Field(description="Ce qu'il demande de plus que le compromis d'avant.")


class Figures(Value):
    """What a decision comes to."""

    titles: int = Field(description="Personnes qui vont au bout.")
    blocks: int = Field(description="Blocs obtenus, titres compris.")
    spent: float = Field(description="Ce qui est dépensé : euros, ou heures.")
    least_share: str | None = Field(None, description="La plus petite part d'un service ; vide : aucun n'en a.")


class Decision(Value):
    """The whole answer."""

    criterion: Criterion = Field(description="titles, blocks ou fairness.")
    resource: Objective = Field(description="Ce qui manque : cost (euros) ou hours (heures).")
    limit: float = Field(description="Le budget, ou les heures, à ne pas dépasser.")
    people: int = Field(description="Personnes lues.")
    outcomes: dict[str, int] = Field(description="Combien de personnes de chaque issue.")
    reached: Figures = Field(description="Ce que la décision atteint.")
    bound: Figures | None = Field(description="Ce que rien ne dépasse ; vide : non connu.")
    proved: bool = Field(description="Vrai quand rien ne fait mieux, et que c'est prouvé.")
    left: float = Field(description="Ce qui reste du budget.")
    next_title: float | None = Field(
        None, description="Ce qu'il faudrait de plus pour une personne de plus au bout, sans perdre ce qui passe avant."
    )
    next_block: float | None = Field(
        None, description="Ce qu'il faudrait de plus pour un bloc de plus, sans perdre ce qui passe avant."
    )
    next_share: float | None = Field(
        None, description="Équité : le plus petit budget de plus avec lequel les parts s'améliorent."
    )
    enough: float | None = Field(None, description="Le budget qui suffit à tous ceux dont le chemin a un prix connu.")
    services: tuple[ServiceShare, ...] = Field(description="La part de chaque service.")
    front_titles: tuple[Compromise, ...] = Field((), description="Budget et personnes qui vont au bout.")
    front_blocks: tuple[Compromise, ...] = Field((), description="Budget et blocs obtenus.")
    complete: bool = Field(True, description="Vrai quand les compromis sont tous là, et prouvés.")
    stopped: bool = Field(False, description="Vrai quand on a demandé d'arrêter avant la fin.")
    lines: tuple[Allotment, ...] = Field(description="Une ligne par personne, dans l'ordre donné.")
