"""Sessions opened for a group (*sessions communes*): people and possible sessions in, the decision out, with all that is wrong told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pydantic import Field

from api.services.cohort_people import Asking
from api.services.cohort_roll import NO_TARGET
from pathways.cohort_plans import Cohort
from pathways.group.sessions_answer import SessionDecision
from pathways.group.sessions_decide import Member, decide
from pathways.group.sessions_demand import Demand
from pathways.group.sessions_file import SESSIONS, SharedSession, SharedSessions
from pathways.holdings import ProfileProblem
from pathways.impasse import impasse
from pathways.objectives import Objective
from pathways.optimise.budget import Budget
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from referentials.absence import NotInForce, UnknownReference
from referentials.document import Document, path_text
from referentials.findings import FileProblem, Finding, error
from referentials.library import Library
from referentials.loader import load_document
from referentials.provenance import Value
from referentials.yaml_source import read_file

MINIMISE = (Objective.COST, Objective.HOURS)
"""What a decision is made for, in this order."""

_TO_SAY_WHY = 5.0
"""Seconds at most to find out why nothing is possible for somebody."""

Tell = Callable[[int, int], None]


class GroupSessions(Value):
    """The decision for a group, and what is wrong in what was read."""

    on: date = Field(description="Le jour de la question.")
    problems: int = Field(description="Problèmes différents, dont chacun est compilé une fois.")
    decision: SessionDecision = Field(description="La décision.")
    findings: tuple[Finding, ...] = Field((), description="Ce qui ne convient pas dans les fichiers de personnes.")


@dataclass(frozen=True, slots=True)
class Wish:
    """How a decision is made.

    Parameters
    ----------
    seconds : float or None
        For everything; ``None``: no limit.
    as_many : bool
        That somebody is left without a plan for want of a seat is an answer like another.
    explain : bool
        Work out what each session is worth.
    """

    seconds: float | None = None
    as_many: bool = False
    explain: bool = True


def read_sessions(path: Path, library: Library) -> tuple[SharedSession, ...]:
    """The sessions of a file.

    Raises
    ------
    FileProblem
        With one finding per problem, each with its line and remedy.
    """
    document = read_file(path)
    found: SharedSessions = load_document(document, SESSIONS).items[0]
    if wrong := tuple(unusable(found.sessions, library, document)):
        raise FileProblem(wrong)
    return found.sessions


def unusable(
    sessions: Sequence[SharedSession], library: Library, document: Document | None = None
) -> Iterator[Finding]:
    """Sessions of modules that no offer has, or that bear the name of a session which their module has already."""
    for rank, one in enumerate(sessions):
        path = ("sessions", rank, "module")
        file, line = (None, None) if document is None else (document.file, document.line(path))
        module = library.modules.get(one.module)
        if module is None:
            message = f"Aucune offre chargée n'a de module « {one.module} »."
            remedy = "Corrigez la référence (offre:module), ou ajoutez l'offre."
            yield error("session-module", message, remedy, file=file, line=line, path=path_text(path))
        elif any(own.id == one.id for own in module.sessions):
            message = f"Le module « {one.module} » a déjà une session « {one.id} »."
            remedy = "Donnez-lui un autre identifiant."
            yield error("session-nom", message, remedy, file=file, line=line, path=path_text(path))


def opened_for(
    people: Iterable[Asking | Finding],
    sessions: Sequence[SharedSession],
    question: Question,
    rights: Rights,
    wish: Wish = Wish(),
    *,
    known: dict[Hashable, Demand] | None = None,
    tell: Tell = lambda done, of: None,
    should_stop: Callable[[], bool] | None = None,
) -> GroupSessions:
    """Decide for people, each towards the target of the question, or towards their own when it has none.

    Parameters
    ----------
    known : dict of Demand or None
        What was worked out before for the same sessions, whatever their prices and seats; what is worked out now is added.
    tell : callable
        Told how many different problems are known, of how many.
    should_stop : callable
        Once true, the best decision known is the answer, with its bound.

    Raises
    ------
    NotVerified
        The engine is wrong.
    """
    budget = Budget(wish.seconds, should_stop=should_stop)
    seats = tuple(one.seat for one in sorted(sessions, key=lambda one: one.id))
    gathered = _Gathered(replace(question, minimise=MINIMISE, seats=seats, explain=False), rights, known)
    findings = []
    members = []
    for one in people:
        if isinstance(one, Finding):
            findings.append(one)
        else:
            members.append(gathered.member(one))
    decision = decide(
        members,
        sessions,
        budget,
        tell=tell,
        as_many=wish.as_many,
        explain=wish.explain,
        missing=lambda demand: _missing(demand, budget),
    )
    problems = len({id(one.demand) for one in members if one.demand is not None})
    return GroupSessions(on=question.on, problems=problems, decision=decision, findings=tuple(findings))


@dataclass
class _Gathered:
    """What each person asks, those with the same problem asking the same."""

    question: Question
    rights: Rights
    known: dict[Hashable, Demand] | None = None
    targets: dict[str, Cohort | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.demands = {} if self.known is None else self.known

    def member(self, one: Asking) -> Member:
        """A person of the group; one whose profile or target does not suit says why."""
        target, person = self.question.target or one.target, one.profile.id
        if target is None:
            return Member(person, problems=(NO_TARGET,))
        cohort = self._cohort(target)
        if isinstance(cohort, str):
            return Member(person, target, problems=(cohort,))
        asked = replace(cohort.asked, profile=one.profile)
        try:
            problem = (target, cohort.problem(one.profile))
        except ProfileProblem as wrong:
            return Member(person, target, problems=wrong.messages)
        if problem not in self.demands:
            self.demands[problem] = Demand(asked, self.rights)
        return Member(person, cohort.target.ref, self.demands[problem])

    def _cohort(self, target: str) -> Cohort | str:
        if target not in self.targets:
            cohort = Cohort(self.rights, replace(self.question, target=target))
            try:
                assert cohort.target
                self.targets[target] = cohort
            except (UnknownReference, NotInForce) as problem:
                self.targets[target] = str(problem)
        return self.targets[target]


def _missing(demand: Demand, budget: Budget) -> tuple[str, ...]:
    """What nothing known leads to."""
    seconds = min(_TO_SAY_WHY, budget.left())
    watched = budget.asked_to_stop if budget.watched else None
    return impasse(demand.positioning, demand.question, Limits(seconds, watched)).core
