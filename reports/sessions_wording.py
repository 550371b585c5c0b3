"""Sessions opened for a group, in words (*sessions communes*): what is reached, each session and why, each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathways.group.sessions_answer import Hindrance, PersonLine, Place, SessionDecision, SessionLine
from pathways.offering import SetAside
from pathways.pathway import Status
from reports.impasse_wording import lacks
from reports.language import Words, say, say_n, to_say
from reports.wording import date_fr, enumeration, euros, hours, number

PLACES: Mapping[Place, str] = Words(
    {
        Place.PLANNED: to_say("un parcours"),
        Place.WITHOUT: to_say("sans parcours, faute de place"),
        Place.HELD: to_say("cible déjà obtenue"),
        Place.IMPOSSIBLE: to_say("aucun parcours, même avec toutes les sessions"),
        Place.REFUSED: to_say("profil ou cible à corriger"),
        Place.NOT_COMPUTED: to_say("pas de calcul : le temps a manqué"),
    }
)
"""What becomes of people, before their number."""

WHY_NOT: Mapping[str, str] = Words(
    {
        "week": to_say("leurs semaines ou leurs heures ne la contiennent pas"),
        SetAside.DAYS.value: to_say("leurs jours ne sont pas les siens"),
        SetAside.PLACE.value: to_say("le lieu est trop loin"),
        SetAside.MODALITY.value: to_say("sa modalité n'est pas acceptée"),
        SetAside.MODALITY_NOT_KNOWN.value: to_say("sa modalité n'est pas connue"),
        SetAside.NO_SESSION_LEFT.value: to_say("elle est avant leur premier jour ou après leur échéance"),
        SetAside.NO_LONGER_OFFERED.value: to_say("le module n'est plus proposé à ces dates"),
        SetAside.LANGUAGE.value: to_say("la langue n'est pas la leur"),
        SetAside.REFUSED.value: to_say("le module est refusé"),
        SetAside.EXCLUDED_BODY.value: to_say("l'organisme est écarté"),
        SetAside.ALREADY_FOLLOWED.value: to_say("le module est déjà suivi"),
        SetAside.ILLUSTRATIVE.value: to_say("le module est inventé, et les modules inventés ne sont pas demandés"),
        SetAside.HOURS_NOT_KNOWN.value: to_say("la durée du module n'est pas connue"),
        SetAside.PRICE_NOT_KNOWN.value: to_say("le prix du module n'est pas connu"),
    }
)
"""Why people can't sit in a session."""

_MOST_NAMED = 5


def people(count: int) -> str:
    """A number of people."""
    return say_n("{count} personne", "{count} personnes", count)


def _named(names: Iterable[str]) -> str:
    """The first few names, and how many more."""
    some = list(names)
    if len(some) <= _MOST_NAMED + 1:
        return enumeration(some)
    rest = say_n("{count} autre", "{count} autres", len(some) - _MOST_NAMED)
    return enumeration([*some[:_MOST_NAMED], rest])


# -- the whole ------------------------------------------------------------------------------------------------------------


def reached(decision: SessionDecision) -> Iterator[str]:
    """What the decision comes to."""
    opened = sum(one.opened for one in decision.sessions)
    if opened:
        yield say(
            "{opened}, {seats}, pour {price}.",
            opened=say_n("{count} session ouverte", "{count} sessions ouvertes", opened),
            seats=say_n("{count} place occupée", "{count} places occupées", decision.seats),
            price=euros(decision.of_sessions),
        )
    else:
        yield say("Aucune session n'ouvre.")
    yield say("{cost} en tout, {hours}.", cost=euros(decision.cost), hours=hours(decision.hours))
    if decision.unknown_cost:
        yield say_n(
            "Au moins : {count} module suivi n'a pas de prix connu.",
            "Au moins : {count} modules suivis n'ont pas de prix connu.",
            decision.unknown_cost,
        )
    yield from _against_alone(decision)


def _against_alone(decision: SessionDecision) -> Iterator[str]:
    """The same without any session."""
    if decision.without_alone:
        yield say_n(
            "Sans session commune, {count} personne n'aurait pas de parcours ; les autres paieraient {cost}.",
            "Sans session commune, {count} personnes n'auraient pas de parcours ; les autres paieraient {cost}.",
            decision.without_alone,
            cost=euros(decision.alone),
        )
    elif decision.seats:
        yield say(
            "Sans session commune : {cost}, soit {more} de plus.",
            cost=euros(decision.alone),
            more=euros(decision.alone - decision.cost),
        )


def proof(decision: SessionDecision) -> str:
    """Whether nothing does better, or what nothing is below."""
    if decision.proved:
        return say("C'est prouvé : aucune décision ne sert autant de personnes à moindre coût.")
    if decision.bound is None or decision.gap is None:
        return say("Ce n'est pas prouvé : il se peut qu'une autre décision fasse mieux.")
    return say(
        "Ce n'est pas prouvé : aucune décision ne coûte moins de {bound}, l'écart est de {gap} %.",
        bound=euros(decision.bound),
        gap=number(round(100 * decision.gap, 2)),
    )


def warning(decision: SessionDecision) -> str:
    """What must be known of the answer; empty: nothing."""
    if decision.status is Status.INFEASIBLE:
        return say(
            "Tout le monde ne peut pas arriver : la décision laisse le moins de personnes possible sans parcours."
        )
    if decision.stopped and decision.places.get(Place.NOT_COMPUTED):
        return say("Le temps a manqué, ou l'arrêt a été demandé, avant que chacun soit calculé.")
    return ""


# -- a session --------------------------------------------------------------------------------------------------------------


def session(line: SessionLine) -> str:
    """A session in one line: its module, its dates, its price, and whether it opens."""
    dates = say("du {start} au {end}", start=date_fr(line.start), end=date_fr(line.end))
    return say(
        "{id}, « {title} », {dates}, {price} : {state}",
        id=line.id,
        title=line.title,
        dates=dates,
        price=euros(line.price),
        state=state(line),
    )


def state(line: SessionLine) -> str:
    """Whether a session opens, and for how many."""
    if not line.opened:
        return say("n'ouvre pas")
    return say_n("ouvre pour {count} personne", "ouvre pour {count} personnes", len(line.people))


def reasons(line: SessionLine) -> Iterator[str]:
    """Why a session opens or not, and who can't sit in it."""
    if line.opened:
        yield from _opened(line)
    else:
        yield from _shut(line)
    for one in line.hindered:
        yield hindrance(one)


def _opened(line: SessionLine) -> Iterator[str]:
    yield say("Y viennent : {people}.", people=_named(line.people))
    if line.seats_alone is not None:
        yield say_n(
            "{count} place achetée seule coûterait {price}.",
            "{count} places achetées seules coûteraient {price}.",
            len(line.people),
            price=euros(line.seats_alone),
        )
    if line.saves_plans:
        yield say_n(
            "Sans elle, {count} personne n'aurait plus de parcours.",
            "Sans elle, {count} personnes n'auraient plus de parcours.",
            line.saves_plans,
        )
    elif line.saves is not None:
        yield say("Ne pas l'ouvrir coûterait {more} de plus.", more=euros(line.saves))


def _shut(line: SessionLine) -> Iterator[str]:
    if not line.useful_to:
        yield say("Elle ne sert à personne qui puisse y venir.")
        return
    yield say_n(
        "Une place pourrait servir à {count} personne ; il en faut {least}.",
        "Une place pourrait servir à {count} personnes ; il en faut {least}.",
        line.useful_to,
        least=number(line.least),
    )
    if line.worth_plans:
        yield say_n(
            "Gratuite, elle donnerait un parcours à {count} personne de plus.",
            "Gratuite, elle donnerait un parcours à {count} personnes de plus.",
            line.worth_plans,
        )
    elif line.worth_up_to:
        yield say("Elle ouvrirait à moins de {price}.", price=euros(line.worth_up_to))
    elif line.worth_up_to is not None:
        yield say("Même gratuite, elle ne ferait rien gagner.")
    if line.worth_from is not None and line.seat_price is not None:
        yield say_n(
            "À {price} la place achetée seule, son prix est atteint à partir de {count} personne.",
            "À {price} la place achetée seule, son prix est atteint à partir de {count} personnes.",
            line.worth_from,
            price=euros(line.seat_price),
        )


def hindrance(one: Hindrance) -> str:
    """Who can't sit in a session, for one reason."""
    return say("Ne peuvent pas y venir, {why} : {people}.", why=WHY_NOT[one.why], people=_named(one.people))


# -- a person -----------------------------------------------------------------------------------------------------------------


def person(line: PersonLine) -> str:
    """What is decided for a person, in one line."""
    if line.problems:
        return " ".join(line.problems)
    if line.place is not Place.PLANNED:
        return PLACES[line.place]
    where = enumeration(list(line.sessions)) if line.sessions else say("aucune session commune")
    told = say("{where} — {cost} à part, {hours}", where=where, cost=euros(line.cost), hours=hours(line.hours))
    if line.sessions and line.alone is not None:
        return say("{told} (seule, elle paierait {alone})", told=told, alone=euros(line.alone))
    if line.sessions:
        return say("{told} (seule, elle n'aurait pas de parcours)", told=told)
    return told


def missing(line: PersonLine) -> str:
    """What nothing known leads to, for a person for whom nothing is possible; empty: not known."""
    return " ".join(lacks(line.missing, {}))
