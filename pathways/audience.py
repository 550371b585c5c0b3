"""Who may be led to a target by some offers (*publics*): everyone who holds one thing, and whoever holds nothing, each with the best plan.

A public holds one version and nothing else, as in :mod:`pathways.matrix`. Those of whom no text read says anything stand where
somebody who holds nothing does: they are counted, not solved again. Each answer is the planner's, proved and verified; where there
is none, what is missing is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from pathways.clauses import holder
from pathways.gap import Gap, State, position
from pathways.impasse import impasse
from pathways.matrix import matrix
from pathways.pathway import Pathway, Status, StepKind, Totals
from pathways.planner import plan
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from pathways.target import aim
from pathways.validity import last_day
from referentials.provenance import Value

REACHED = (Status.HELD, Status.OPTIMAL, Status.FEASIBLE)
NOBODY = ""
"""The start of whoever holds nothing."""


class Public(Value):
    """Those who hold one thing, and what leads them to the target."""

    start: str = Field(description="Le diplôme détenu ; vide : aucun.")
    status: Status = Field(description="La réponse : déjà obtenu, prouvé, trouvé, impossible, non connu.")
    totals: Totals = Field(Totals(), description="Heures, coût et modules du parcours.")
    blocks: int = Field(0, description="Blocs connus de la cible.")
    by_right: tuple[str, ...] = Field((), description="Blocs acquis de droit.")
    to_confirm: tuple[str, ...] = Field((), description="Blocs à confirmer.")
    rights: tuple[str, ...] = Field((), description="Droits sur lesquels repose ce qui est acquis.")
    modules: tuple[str, ...] = Field((), description="Modules du parcours, dans l'ordre.")
    lacks: tuple[str, ...] = Field((), description="Ce qui manque quand il n'y a pas de parcours.")
    illustrative: bool = Field(False, description="Vrai quand un module du parcours est inventé.")

    @property
    def is_led(self) -> bool:
        """Whether the target is reached."""
        return self.status in REACHED


class Audience(Value):
    """The publics of a target, those who reach it first, at the least effort."""

    target: str
    title: str
    offers: tuple[str, ...]
    on: date
    versions: tuple[str, ...] = Field(description="Référentiels, droits et offres dont la réponse dépend.")
    notices: tuple[str, ...] = Field((), description="Ce qu'il faut savoir de la version visée.")
    valid_until: date | None = Field(None, description="Dernier jour où la cible s'obtient ; vide : non lu.")
    publics: tuple[Public, ...]
    silent: int = Field(description="Diplômes dont aucun texte lu ne dit rien : comme sans diplôme.")


def audience(
    target: str,
    rights: Rights,
    on: date,
    offers: tuple[str, ...],
    *,
    seconds: float | None = None,
    policy: Policy = PRUDENT,
) -> Audience:
    """The publics that some offers lead to a target, and those that they do not.

    Parameters
    ----------
    offers : tuple of str
        Identifiers of the offers to choose from.
    seconds : float, optional
        For each public.

    Raises
    ------
    UnknownReference, NotInForce
        There is no such target on that day.
    """
    version = rights.library.target(target, on)
    starts = starts_towards(version.key, rights, on, policy)
    answers = [_answer(start, version.key, rights, on, offers, seconds, policy) for start in (NOBODY, *starts)]
    publics = sorted((public for public, _versions in answers), key=_effort)
    aimed = aim(rights.library, version.key, on)
    others = sum(1 for one in rights.library if one.key not in starts and one.key != version.key)
    return Audience(
        target=version.key,
        title=version.title,
        offers=offers,
        on=on,
        versions=tuple(sorted({name for _public, names in answers for name in names})),
        notices=aimed.notices,
        valid_until=last_day(rights.library, version, on),
        publics=tuple(publics),
        silent=others,
    )


def starts_towards(target: str, rights: Rights, on: date, policy: Policy = PRUDENT) -> tuple[str, ...]:
    """The other versions of which some text says something towards a target."""
    cells = matrix(rights, on, targets=(target,), policy=policy).cells
    return tuple(cell.start for cell in cells if cell.start != target)


def _answer(
    start: str,
    target: str,
    rights: Rights,
    on: date,
    offers: tuple[str, ...],
    seconds: float | None,
    policy: Policy,
) -> tuple[Public, tuple[str, ...]]:
    person = holder(start, rights.library, on) if start else Profile(id="sans-diplome")
    asked = Question(person, target, on, offers=offers, policy=policy, explain=False, time_limit=seconds)
    found = plan(asked, rights, Limits(seconds))
    return _public(start, found, _missing(found, asked, rights)), found.versions


def _missing(found: Pathway, asked: Question, rights: Rights) -> tuple[str, ...]:
    if found.status is not Status.INFEASIBLE:
        return ()
    positioning = position(asked.profile, asked.target, rights, asked.on, asked.policy)
    return impasse(positioning, asked, Limits(asked.time_limit)).core


def _public(start: str, found: Pathway, lacks: tuple[str, ...]) -> Public:
    return Public(
        start=start,
        status=found.status,
        totals=found.totals,
        blocks=len(found.gap.blocks),
        by_right=tuple(one.ref for one in found.gap.blocks if one.state is State.BY_RIGHT),
        to_confirm=tuple(one.ref for one in found.gap.blocks if one.state is State.TO_CONFIRM),
        rights=tuple(sorted(set(_rights(found.gap)))),
        modules=tuple(step.ref for step in found.steps if step.kind is StepKind.MODULE),
        lacks=lacks,
        illustrative=any(step.illustrative for step in found.steps),
    )


def _rights(gap: Gap) -> Iterator[str]:
    for block in gap.blocks:
        yield from (one.by for one in block.because if one.how == "right")
    yield from gap.reductions


def _effort(one: Public) -> tuple[bool, bool, int, float, float, int, str]:
    """Those who reach it first, those with a known effort before the others, then by hours and cost; the others by what is missing."""
    unknown = bool(one.totals.unknown_hours)
    return (
        not one.is_led,
        unknown,
        len(one.lacks),
        one.totals.hours,
        one.totals.cost,
        -len(one.by_right),
        one.start,
    )
