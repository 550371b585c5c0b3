"""The roll of a cohort (*appel*): each person by identifier, with the problem that is theirs, or why there is none.

Whoever has a problem that somebody had before only adds a number to the roll, so that a million people take little room; the problems
themselves are few, and each stands there once, without anybody's name.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from api.bulk.plans import Cohorts, Problem, standing_for
from api.services.cohort_people import Asking
from pathways.cohort_plans import Cohort
from pathways.holdings import ProfileProblem
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import Finding, Severity

NO_TARGET = "Aucune cible n'est dite pour cette personne."
KEPT = 500
"""How many of the things that are wrong in files are kept; the others are counted."""


_TWICE = "en-double"
"""How the rules end that somebody breaks who is there twice: in a list, in a workbook."""


class Aside(StrEnum):
    """Why somebody stands aside (*à part*)."""

    MALFORMED = "malformed"
    DUPLICATE = "duplicate"
    REFERENCE = "reference"
    NO_TARGET = "no_target"
    TARGET = "target"
    HELD = "held"
    IMPOSSIBLE = "impossible"
    NOT_KNOWN = "not_known"
    FAILED = "failed"
    NOT_DONE = "not_done"


class Entry(NamedTuple):
    """A person and a target: the rank of the problem, or why there is none."""

    person: str
    target: str | None
    problem: int | None
    aside: Aside | None = None
    said: tuple[str, ...] = ()


class Misread(NamedTuple):
    """How many people could not be read, why, and the places of the first of them."""

    aside: Aside
    people: int
    first: tuple[str, ...]


class _Asked(NamedTuple):
    """A target as somebody wrote it: its cohorts, or why it can't be used."""

    ref: str
    wrong: str | None


class Roll:
    """Everybody, once each for each target.

    Parameters
    ----------
    targets : sequence of str
        The same targets for all; none: each goes towards their own.
    """

    def __init__(self, cohorts: Cohorts, targets: Sequence[str] = ()) -> None:
        self._cohorts, self._same = cohorts, tuple(targets)
        self.people: list[str] = []
        self.problems: list[Problem] = []
        self.findings: list[Finding] = []
        self.stopped = False
        self._wheres: dict[Aside, list[str]] = {}
        self._misread: dict[Aside, int] = {}
        self._last: tuple[str | None, int | None] | None = None
        self._targets: list[str | None] = []
        self._target_ranks: dict[str | None, int] = {}
        self._asked: dict[str, _Asked] = {}
        self._reasons: dict[tuple[Aside, tuple[str, ...]], int] = {}
        self._ranks: dict[Hashable, int] = {}
        self._who, self._where, self._what = array("L"), array("l"), array("l")

    def call(
        self, people: Iterable[Asking | Finding], tell: Callable[[int], None], should_stop: Callable[[], bool]
    ) -> Roll:
        """Write everybody in; one that can't be read is told, and stops nobody."""
        for one in people:
            if should_stop():
                self.stopped = True
                break
            if isinstance(one, Finding):
                self._note(one)
            else:
                self._write(one)
                tell(len(self.people))
        return self

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._who)

    def entries(self) -> Iterator[Entry]:
        """Everybody in their order, once for each target."""
        reasons = list(self._reasons)
        for who, where, what in zip(self._who, self._where, self._what, strict=True):
            person, target = self.people[who], self._targets[where]
            yield Entry(person, target, what) if what >= 0 else Entry(person, target, None, *reasons[-1 - what])

    @property
    def misread(self) -> tuple[Misread, ...]:
        """Those who could not be read."""
        return tuple(Misread(kind, count, tuple(self._wheres[kind])) for kind, count in self._misread.items())

    def cohort_of(self, problem: Problem) -> Cohort:
        """The cohort that a problem belongs to."""
        return self._cohorts.of(problem)

    # -- one after the other ---------------------------------------------------------------------------------------

    def _note(self, finding: Finding) -> None:
        if len(self.findings) < KEPT:
            self.findings.append(finding)
        here = finding.where.file, finding.where.line
        if finding.severity is not Severity.ERROR or here == self._last:
            return
        self._last = here
        kind = Aside.DUPLICATE if finding.rule.endswith(_TWICE) else Aside.MALFORMED
        self._misread[kind] = self._misread.get(kind, 0) + 1
        first = self._wheres.setdefault(kind, [])
        if len(first) < KEPT:
            first.append(str(finding.where))

    def _write(self, one: Asking) -> None:
        self.people.append(one.profile.id)
        targets = self._same or ((one.target,) if one.target else ())
        if not targets:
            self._add(None, self._reason(Aside.NO_TARGET, (NO_TARGET,)))
        for target in targets:
            self._towards(target, one)

    def _towards(self, target: str, one: Asking) -> None:
        asked = self._known(target)
        if asked.wrong is not None:
            self._add(target, self._reason(Aside.TARGET, (asked.wrong,)))
            return
        cohort = self._cohorts.of(Problem(target, one.profile))
        try:
            key = target, one.profile.can_give.imposed, cohort.problem(one.profile)
        except ProfileProblem as wrong:
            self._add(target, self._reason(Aside.REFERENCE, wrong.messages))
            return
        if key not in self._ranks:
            self._ranks[key] = len(self.problems)
            self.problems.append(standing_for(one.profile, target))
        self._add(asked.ref, self._ranks[key])

    def _known(self, target: str) -> _Asked:
        if target not in self._asked:
            try:
                aimed = self._cohorts.aimed(target)
                self._asked[target] = _Asked(aimed.version.key, None)
            except (UnknownReference, NotInForce) as wrong:
                self._asked[target] = _Asked(target, str(wrong))
        return self._asked[target]

    def _reason(self, aside: Aside, said: tuple[str, ...]) -> int:
        """The number of a reason, below zero."""
        return -1 - self._reasons.setdefault((aside, said), len(self._reasons))

    def _add(self, target: str | None, what: int) -> None:
        if target not in self._target_ranks:
            self._target_ranks[target] = len(self._targets)
            self._targets.append(target)
        self._who.append(len(self.people) - 1)
        self._where.append(self._target_ranks[target])
        self._what.append(what)
