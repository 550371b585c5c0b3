"""A cohort as text (*cohorte*): how many stand where, what all of them take, by body, month and block, then the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from api.services.cohort import Everybody, PersonLine
from api.services.cohort_roll import Aside
from api.services.cohort_sums import Apart, Share
from api.terminal.screen import Screen
from pathways.pathway import Status
from reports.wording import date_fr, euros, hours, number, plural

STATUSES: Mapping[Status, str] = {
    Status.HELD: "déjà obtenu",
    Status.OPTIMAL: "parcours, prouvé le meilleur",
    Status.FEASIBLE: "parcours, pas prouvé le meilleur",
    Status.INFEASIBLE: "aucun parcours",
    Status.UNKNOWN: "non connu",
}


_NAMED = 5
"""How many of those who stand aside are named."""

ASIDES: Mapping[Aside, str] = {
    Aside.MALFORMED: "illisibles",
    Aside.DUPLICATE: "en double",
    Aside.REFERENCE: "référence inconnue",
    Aside.NO_TARGET: "sans cible",
    Aside.TARGET: "cible inutilisable",
    Aside.HELD: "déjà titulaires",
    Aside.IMPOSSIBLE: "sans parcours possible",
    Aside.NOT_KNOWN: "sans réponse dans le temps donné",
    Aside.FAILED: "calcul en échec",
    Aside.NOT_DONE: "pas calculées",
}


def show_cohort(screen: Screen, everybody: Everybody, limit: int) -> None:
    """The whole, then so many people; 0: all of them."""
    found = everybody.summary
    screen.line(f"{plural(found.people, 'personne')} au {date_fr(found.on)}", "bold")
    if found.asked != found.people:
        screen.line(f"{plural(found.asked, 'parcours demandé', 'parcours demandés')} : un par personne et par cible.")
    for status, word in STATUSES.items():
        if status.value in found.statuses:
            screen.item(f"{word} : {number(found.statuses[status.value])}")
    if found.refused:
        screen.item(f"à corriger : {number(found.refused)}")
    once = "" if found.stopped else ", chacun résolu une fois"
    screen.line(f"{plural(found.problems, 'problème différent', 'problèmes différents')}{once}.")
    if found.stopped:
        screen.line("Arrêté avant la fin, comme demandé : les autres n'ont pas été calculées.", "yellow")
    screen.line()
    screen.line(
        f"En tout : {hours(found.hours)}, {euros(found.cost)}, {plural(found.modules, 'module suivi', 'modules suivis')}."
    )
    if found.unknown:
        text = plural(found.unknown, "module suivi n'a", "modules suivis n'ont")
        screen.line(f"Au moins : {text} pas de durée ou de prix connu.", "yellow")
    _shares(screen, "Par organisme", found.by_body)
    _shares(screen, "Par mois de début", found.by_month)
    if found.by_block:
        screen.title("Blocs qui manquent le plus")
        for one in found.by_block[:10]:
            screen.item(f"{one.ref} : {plural(one.people, 'personne')}")
    _apart(screen, found.apart)
    _people(screen, everybody, limit)
    if found.findings:
        screen.title("À corriger dans les fichiers")
        for finding in found.findings:
            screen.item(str(finding))


def _shares(screen: Screen, title: str, shares: Iterable[Share]) -> None:
    told = [f"{one.name} : {plural(one.people, 'personne')}, {hours(one.hours)}, {euros(one.cost)}" for one in shares]
    if told:
        screen.title(title)
    for text in told:
        screen.item(text)


def _apart(screen: Screen, apart: Iterable[Apart]) -> None:
    told = list(apart)
    if told:
        screen.title("À part")
    for one in told:
        names = ", ".join(one.first[:_NAMED]) + (", …" if one.people > _NAMED else "")
        screen.item(f"{ASIDES[one.kind]} : {number(one.people)} ({names}). {one.because}")


def _people(screen: Screen, everybody: Everybody, limit: int) -> None:
    screen.title("Personnes")
    shown = list(islice(everybody.lines(), limit or None))
    for line in shown:
        screen.item(f"{line.person} : {_said(line)}")
    if len(shown) < len(everybody):
        screen.line(f"{plural(len(everybody) - len(shown), 'autre')}, que --limit 0 ou -o donne.", indent=2)


def _said(line: PersonLine) -> str:
    if line.answer is None:
        return " ".join(line.problems) or ASIDES[line.aside or Aside.NOT_DONE]
    totals, word = line.answer.totals, STATUSES[line.answer.status]
    figures = f" — {hours(totals.hours)}, {euros(totals.cost)}" if totals.modules else ""
    return f"{word}{figures}"
