"""A decision about shared sessions (*sessions communes*), as it is told: each session, each person, what all of it costs and how sure it is.

Amounts are euros before any funding, times are hours.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from pathways.pathway import Pathway, Status
from referentials.provenance import Value


class Place(StrEnum):
    """How a person fares in the decision."""

    HELD = "held"
    PLANNED = "planned"
    WITHOUT = "without"
    IMPOSSIBLE = "impossible"
    REFUSED = "refused"
    NOT_COMPUTED = "not_computed"


class Hindrance(Value):
    """People who could use a session and can't sit in it, for one reason."""

    why: str = Field(description="week, hours, days, place, modality, no_session_left, refused…")
    people: tuple[str, ...] = Field(description="Leurs identifiants.")


class SessionLine(Value):
    """What is decided of one session, and why."""

    id: str = Field(description="Identifiant de la session.")
    module: str = Field(description="Le module : offre:module.")
    title: str = Field(description="Son intitulé.")
    start: date = Field(description="Premier jour.")
    end: date = Field(description="Dernier jour.")
    price: float = Field(description="Prix pour tout le groupe, en euros.")
    least: int = Field(description="Personnes au moins.")
    most: int = Field(description="Places.")
    opened: bool = Field(description="Vrai quand la session ouvre.")
    people: tuple[str, ...] = Field((), description="Qui y est assis.")
    useful_to: int = Field(0, description="Personnes de la demande à qui une place pourrait servir.")
    seat_price: float | None = Field(None, description="Prix d'une place achetée seule ; vide : non connu.")
    seats_alone: float | None = Field(
        None, description="Ce que coûteraient autant de places achetées seules ; vide : prix non connu."
    )
    saves: float | None = Field(
        None, description="Ouverte : ce que coûterait de plus la meilleure décision sans elle ; vide : non calculé."
    )
    saves_plans: int = Field(0, description="Ouverte : personnes qui n'auraient plus de parcours sans elle.")
    worth_up_to: float | None = Field(
        None, description="Non ouverte : elle serait ouverte à tout prix inférieur à celui-ci ; vide : non calculé."
    )
    worth_plans: int = Field(
        0, description="Non ouverte : personnes de plus qui auraient un parcours si elle ne coûtait rien."
    )
    worth_from: int | None = Field(
        None, description="À partir de combien de places achetées seules son prix est atteint ; vide : prix non connu."
    )
    hindered: tuple[Hindrance, ...] = Field((), description="Qui ne peut pas s'y asseoir, et pourquoi.")


class PersonLine(Value):
    """What is decided for one person."""

    person: str = Field(description="L'identifiant du profil.")
    target: str | None = Field(None, description="La cible.")
    place: Place = Field(description="Ce qu'il en est.")
    sessions: tuple[str, ...] = Field((), description="Les sessions communes où elle est assise.")
    cost: float = Field(0, description="Ce que son parcours coûte en plus des sessions communes, en euros.")
    hours: float = Field(0, description="Heures de son parcours.")
    unknown_cost: int = Field(0, description="Modules de prix inconnu dans son parcours.")
    alone: float | None = Field(
        None, description="Ce que coûterait son meilleur parcours sans session commune ; vide : aucun, ou non connu."
    )
    missing: tuple[str, ...] = Field((), description="Ce à quoi rien de connu ne mène, quand rien n'est possible.")
    problems: tuple[str, ...] = Field((), description="Ce qui ne convient pas dans le profil ou la cible.")
    pathway: Pathway | None = Field(None, description="Son parcours, vérifié.")


class SessionDecision(Value):
    """The whole answer.

    ``bound`` is the cost that no decision with as few people without a plan is below; ``gap`` is what remains between both, as a share.
    """

    status: Status = Field(description="optimal, feasible, infeasible (quelqu'un reste sans parcours) ou unknown.")
    people: int = Field(description="Personnes lues.")
    places: dict[str, int] = Field(description="Combien de personnes de chaque issue.")
    cost: float = Field(description="Coût en tout, sessions et parcours, en euros.")
    of_sessions: float = Field(description="Dont le prix des sessions ouvertes.")
    bound: float | None = Field(None, description="Coût au-dessous duquel il n'y a aucune décision ; vide : non connu.")
    gap: float | None = Field(None, description="Écart entre le coût et cette borne, de 0 à 1 ; vide : non connu.")
    proved: bool = Field(description="Vrai quand rien ne fait mieux, et que c'est prouvé.")
    hours: float = Field(description="Heures de tous les parcours.")
    unknown_cost: int = Field(0, description="Modules de prix inconnu, en tout : le coût ne les compte pas.")
    alone: float = Field(description="Coût en tout si chacun achetait ses places seul, pour ceux qui le peuvent.")
    without_alone: int = Field(0, description="Personnes qui n'auraient pas de parcours sans session commune.")
    seats: int = Field(0, description="Places occupées, en tout.")
    sessions: tuple[SessionLine, ...] = Field(description="Une ligne par session possible.")
    lines: tuple[PersonLine, ...] = Field(description="Une ligne par personne, dans l'ordre donné.")
    explained: bool = Field(True, description="Vrai quand chaque session est expliquée par son prix.")
    stopped: bool = Field(False, description="Vrai quand on a demandé d'arrêter, ou que le temps a manqué.")
