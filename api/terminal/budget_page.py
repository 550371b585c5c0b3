"""A budget shared out, as text (*un budget qui ne suffit pas*): what it pays for, what more would bring, then each person and why."""

from __future__ import annotations

from collections.abc import Iterable

from api.services.group_budget import GroupBudget
from api.terminal.screen import Screen
from pathways.group.budget_answer import Allotment, Criterion, Decision, Outcome
from reports import budget_wording as words
from reports.wording import date_fr, number

_ORDER = tuple(words.OUTCOMES)


def show_budget(screen: Screen, found: GroupBudget, limit: int) -> None:
    """The whole, then so many people; 0: all of them."""
    decision = found.decision
    what = words.amount(decision.limit, decision.resource)
    screen.line(f"{words.people(decision.people)} et {what}, au {date_fr(found.on)}", "bold")
    screen.line(f"On cherche {words.CRITERIA[decision.criterion]}.")
    for text in words.reached(decision):
        screen.item(text)
    screen.line(words.proof(decision), *(() if decision.proved else ("yellow",)))
    if words.unread(decision):
        screen.line(words.unread(decision), "yellow")
    if decision.stopped:
        screen.line("Arrêté avant la fin, comme demandé : on a décidé pour les personnes déjà calculées.", "yellow")
    _items(screen, "Ce que plus apporterait", words.more(decision))
    _items(screen, "Ce qu'il en est", _counts(decision))
    if decision.criterion is Criterion.FAIRNESS or len(decision.services) > 1:
        _items(screen, "Par service", map(words.share, decision.services))
    for title, front, count in (
        ("Du budget aux personnes au bout de leur cible", decision.front_titles, words.people),
        ("Du budget aux blocs obtenus", decision.front_blocks, words.blocks),
    ):
        _items(screen, title, words.steps(front, decision.resource, count))
    _people(screen, decision, limit)
    _items(screen, "À corriger dans les fichiers", map(str, found.findings))


def _items(screen: Screen, title: str, texts: Iterable[str]) -> None:
    told = list(texts)
    if told:
        screen.title(title)
    for text in told:
        screen.item(text)


def _counts(decision: Decision) -> Iterable[str]:
    for outcome, word in words.OUTCOMES.items():
        if outcome.value in decision.outcomes:
            yield f"{word} : {number(decision.outcomes[outcome.value])}"


def _people(screen: Screen, decision: Decision, limit: int) -> None:
    screen.title("Personnes")
    lines = sorted(decision.lines, key=lambda line: _ORDER.index(line.outcome))
    shown = lines[:limit] if limit else lines
    for line in shown:
        screen.item(f"{line.person} : {words.outcome(line, decision.resource)}")
        for text in words.reasons(line, decision):
            screen.line(text, "dim", indent=4)
    if len(shown) < len(lines):
        screen.line(f"{number(len(lines) - len(shown))} autres, que --limit 0 ou -o donne.", indent=2)


def columns(line: Allotment, decision: Decision) -> list[str]:
    """A row for a spreadsheet."""
    amounts = (line.spent, line.price, line.more)
    given = line.outcome in (Outcome.TITLE, Outcome.BLOCKS)
    told = ["" if one is None else number(one) for one in amounts]
    return [
        line.person,
        line.service or "",
        line.target or "",
        words.outcome(line, decision.resource),
        " ".join(line.blocks),
        *(told if given else ["", *told[1:]]),
        "oui" if line.at_least else "non" if given else "",
        " ".join(line.instead_of or ()),
        " ".join(words.reasons(line, decision)),
    ]
