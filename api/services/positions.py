"""Questions of which nothing is kept (*écart, passerelles, orientation, couverture*): loaded, guarded, answered.

Everything is dated, and says which versions it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.services.asking import known_offers
from api.services.catalogue import named
from api.services.knowledge import held_by, rights_near, targets_of
from api.services.planning import NotPlannable, check_limits
from api.services.solver import Solver
from pathways.gap import Gap, gap, position
from pathways.objectives import Objective
from pathways.policy import PRUDENT, Policy
from pathways.profile import CanGive, Profile
from pathways.question import Question
from referentials.library import Library, UnknownReference
from referentials.reference import ModuleRef
from referentials.versions import parse_or_none

if TYPE_CHECKING:
    from api.services.nearest import GroupOrientation
    from pathways.bridges import Bridge
    from pathways.coverage import Coverage
    from pathways.matrix import Matrix
    from pathways.orientation import Orientation
    from reports.audience_document import Publics


def measured(profile: Profile, target: str, library: Library, on: date, policy: Policy = PRUDENT) -> Gap:
    """What remains for a person towards a target.

    Raises
    ------
    UnknownReference, NotInForce, ProfileProblem
        The target or the profile names something that can't be used.
    """
    aimed = named(library, target, on)
    return gap(position(profile, aimed, rights_near(library, [aimed], held_by(profile)), on, policy))


def bridged(start: str, target: str, library: Library, on: date) -> Bridge:
    """The bridge from a qualification or a block to a target."""
    from pathways.bridges import bridge

    ends = _item(library, start, on), _item(library, target, on)
    return bridge(*ends, rights_near(library, [ends[1]], [ends[0]]), on)


def bridged_with_plan(
    ends: tuple[str, str],
    library: Library,
    on: date,
    solver: Solver,
    organisation: str | None,
    *,
    give: CanGive,
    minimise: tuple[Objective, ...],
    illustrative: bool,
) -> Bridge:
    """The same, with the best plan for whoever holds the start and nothing else."""
    from pathways.clauses import holder

    check_limits(give, on, library)
    found = bridged(*ends, library, on)
    person = holder(_item(library, ends[0], on), library, on).model_copy(update={"can_give": give})
    asked = Question(person, found.target, on, minimise=minimise, real_only=not illustrative, explain=False)
    return found.model_copy(update={"pathway": solver.solve(asked, library, organisation)})


def mapped(
    library: Library,
    on: date,
    *,
    starts: Sequence[str] = (),
    targets: Sequence[str] = (),
    blocks: bool = False,
    everything: bool = False,
) -> Matrix:
    """All bridges of a day, or those from and to some versions."""
    from pathways.matrix import matrix

    chosen, aimed = _full(library, starts), _whole(_full(library, targets))
    return matrix(
        rights_near(library, aimed or (), chosen or ()),
        on,
        starts=chosen,
        targets=aimed,
        blocks=blocks,
        everything=everything,
    )


def _item(library: Library, text: str, on: date) -> str:
    """The reference of a diploma, a block or a competency; a module is none of these."""
    full = named(library, text, on)
    ref = parse_or_none(full)
    if isinstance(ref, ModuleRef):
        raise NotPlannable(f"« {text[:80]} » est un module : on attend un diplôme, un bloc ou une compétence.")
    if ref is None:
        raise UnknownReference(text, library.near(text))
    return full


def _full(library: Library, texts: Iterable[str]) -> tuple[str, ...] | None:
    """Every version that each text names; nothing asked for is none."""
    for text in texts:
        if not library.expand(text):
            raise UnknownReference(text, library.near(text))
    return tuple(dict.fromkeys(full for text in texts for full in library.expand(text))) or None


def _whole(keys: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if keys is None else tuple(dict.fromkeys(key.partition("/")[0] for key in keys))


def oriented(
    profile: Profile,
    library: Library,
    on: date,
    *,
    everything: bool,
    limit: int,
    policy: Policy = PRUDENT,
) -> Orientation:
    """A person against every target, the nearest first.

    Of a directory of thousands, the targets are those that rights lead to from what the person holds.
    """
    from pathways.orientation import orient

    rights = rights_near(library, (), held_by(profile))
    return orient(
        profile,
        rights,
        on,
        index=targets_of(rights.library if library.is_wide else library),
        everything=everything,
        limit=limit,
        policy=policy,
    )


def all_oriented(
    people: Sequence[Profile], library: Library, on: date, *, nearest: int, policy: Policy = PRUDENT
) -> GroupOrientation:
    """Many people against every target, as :func:`oriented` for each."""
    from api.services.cohort_people import Asking
    from api.services.nearest import orient_all
    from pathways.nearest import Targets

    rights = rights_near(library, (), tuple(dict.fromkeys(ref for one in people for ref in held_by(one))))
    index = targets_of(rights.library if library.is_wide else library)
    return orient_all(map(Asking, people), Targets(rights, on, index, policy), nearest)


def with_plans(
    found: Orientation,
    question: Question,
    library: Library,
    top: int,
    solver: Solver,
    organisation: str | None,
) -> Orientation:
    """The nearest targets with their best plan, those with a plan first, by its hours."""
    from pathways.orientation import Planned, by_effort

    check_limits(question.profile.can_give, question.on, library)
    near = []
    for one in found.prospects[:top]:
        answer = solver.solve(replace(question, target=one.target), library, organisation)
        near.append(one.model_copy(update={"plan": Planned(status=answer.status, totals=answer.totals)}))
    return found.model_copy(update={"prospects": (*sorted(near, key=by_effort), *found.prospects[top:])})


def covered(library: Library, offers: Sequence[str], referential: str, on: date) -> Coverage:
    """What offers cover of a referential; all of them when none is named."""
    from pathways.coverage import coverage

    return coverage(library, known_offers(tuple(offers), library) or None, _item(library, referential, on), on)


_SECONDS_OF_A_PUBLIC = 3.0


def reached(offer: str, target: str, library: Library, on: date) -> Publics:
    """Who an offer leads to a target, and what one more module would open."""
    from pathways.audience import audience
    from pathways.one_more import one_more
    from reports.audience_document import Publics

    aimed = _item(library, target, on).partition("/")[0]
    rights = rights_near(library, [aimed])
    found = audience(aimed, rights, on, (offer,), seconds=_SECONDS_OF_A_PUBLIC)
    return Publics(audience=found, one_more=one_more(found, rights, seconds=_SECONDS_OF_A_PUBLIC))
