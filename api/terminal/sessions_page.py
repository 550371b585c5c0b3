"""Sessions opened for a group, as text (*sessions communes*): what it costs, each session and why, then each person."""

from __future__ import annotations

from api.services.group_sessions import GroupSessions
from api.terminal.screen import Screen
from pathways.group.sessions_answer import PersonLine, Place, SessionDecision
from reports import sessions_wording as words
from reports.wording import date_fr, number


def show_sessions(screen: Screen, found: GroupSessions, limit: int) -> None:
    """The whole, the sessions, then so many people; 0: all of them."""
    decision = found.decision
    sessions = f"{number(len(decision.sessions))} sessions possibles"
    screen.line(f"{words.people(decision.people)}, {sessions}, au {date_fr(found.on)}", "bold")
    for text in words.reached(decision):
        screen.item(text)
    screen.line(words.proof(decision), *(() if decision.proved else ("yellow",)))
    if words.warning(decision):
        screen.line(words.warning(decision), "yellow")
    screen.title("Sessions")
    for one in sorted(decision.sessions, key=lambda one: (not one.opened, one.start, one.id)):
        screen.item(words.session(one))
        for text in words.reasons(one):
            screen.line(text, "dim", indent=4)
    if not decision.explained and decision.sessions:
        screen.line("Le temps a manqué pour dire ce que vaut chaque session.", "yellow")
    screen.title("Ce qu'il en est")
    for place, word in words.PLACES.items():
        if place.value in decision.places:
            screen.item(f"{word} : {number(decision.places[place.value])}")
    _people(screen, decision, limit)
    if found.findings:
        screen.title("À corriger dans les fichiers")
        for finding in found.findings:
            screen.item(str(finding))


def _people(screen: Screen, decision: SessionDecision, limit: int) -> None:
    screen.title("Personnes")
    shown = decision.lines[:limit] if limit else decision.lines
    for line in shown:
        screen.item(f"{line.person} : {words.person(line)}")
        if words.missing(line):
            screen.line(words.missing(line), "dim", indent=4)
    if len(shown) < len(decision.lines):
        screen.line(f"{number(len(decision.lines) - len(shown))} autres, que --limit 0 ou -o donne.", indent=2)


COLUMNS = (
    "personne",
    "cible",
    "décision",
    "sessions communes",
    "coût à part",
    "coût seule",
    "heures",
    "étapes",
    "à corriger",
)


def columns(line: PersonLine) -> list[str]:
    """A row for a spreadsheet."""
    planned = line.place is Place.PLANNED
    steps = () if line.pathway is None else line.pathway.steps
    followed = [step.ref if step.session is None else f"{step.ref} ({step.session})" for step in steps if step.hours]
    return [
        line.person,
        line.target or "",
        words.PLACES[line.place],
        " ".join(line.sessions),
        number(line.cost) if planned else "",
        "" if line.alone is None else number(line.alone),
        number(line.hours) if planned else "",
        " ; ".join(followed),
        " ".join(line.problems),
    ]
