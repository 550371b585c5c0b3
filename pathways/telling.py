"""Solution → pathway (*récit*): each action as a step that people read, with what it brings and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pathways import facts
from pathways.assessing import Taken, described, included_in, rule_of, taken
from pathways.draft import Doing
from pathways.gap import ACQUIRED, Positioning
from pathways.objectives import Objective, components
from pathways.optimise.timetable import Load as SlotLoad
from pathways.pathway import Attained, Load, Step, StepKind, Totals
from pathways.reasons import Reason, because, cautions
from pathways.requirements import support
from pathways.session_dates import Sessions
from pathways.solution import Solution
from referentials.library import Library
from referentials.model import Block, Competency, Referential
from referentials.rights import Recognition


@cache
def engine_version() -> str:
    """The version of the program that computed the answer."""
    try:
        return version("passerelles")
    except PackageNotFoundError:
        return "0"


def steps(solution: Solution, positioning: Positioning, sessions: Sessions | None = None) -> tuple[Step, ...]:
    """The rights that already apply to the target, then everything to do, in an order that can be carried out.

    Parameters
    ----------
    sessions : Sessions, optional
        The sessions of an undated plan; its steps are then told in the order of their dates.
    """
    known, by_right = set(positioning.sure.proofs), set(positioning.sure.by_right)
    told = [*_rights_already_there(positioning, _waivers_used(solution, positioning))]
    made_true = _made_true(solution)
    for name in sorted(solution.actions, key=sessions.order) if sessions else solution.actions:
        chained = _rests_on_right(solution.choice.doings[name], positioning, known, by_right)
        session = sessions.chosen.get(name) if sessions else None
        at = {"session": session.id, "start": session.start, "end": session.end} if session else {}
        made = made_true[name]
        told.append(_step(name, solution, positioning, made - known, chained=chained).model_copy(update=at))
        by_right = by_right | (made - known) if chained or told[-1].kind is StepKind.RIGHT else by_right - made
        known |= made
    if solution.slots is None or not len(solution.slots):
        return tuple(told)
    first = solution.slots.first_day(0)
    return tuple(sorted(told, key=lambda step: step.start or first))


def _rests_on_right(doing: Doing, positioning: Positioning, known: set[str], by_right: set[str]) -> bool:
    """Whether a right, or an award, needs something that a right gave."""
    library = positioning.rights.library
    asked = positioning.rights.by_id[doing.ref].given if doing.kind == "right" else None
    if doing.kind == "award" and "/" not in doing.ref:
        whole = library.find(doing.ref)
        asked = whole.award if isinstance(whole, Referential) else None

    def depth(fact: str) -> int | None:
        inside = [fact, *(fact[:end] for end, sign in enumerate(fact) if sign == "/")]
        if any(one in known - by_right for one in inside):
            return 0
        return 1 if any(one in by_right for one in inside) else None

    premises = support(library, asked, depth) if asked is not None else None
    return premises is not None and any(depth(fact) for fact in premises)


def _made_true(solution: Solution) -> dict[str, set[str]]:
    """The facts that each thing done makes true."""
    problem, done = solution.choice.problem, set(solution.actions)
    return {one.id: {problem.facts[number] for number in one.add} for one in problem.actions if one.id in done}


def _waivers_used(solution: Solution, positioning: Positioning) -> tuple[str, ...]:
    """What is waived already and the plan leans on: a training, an assessment, an entry."""
    problem, done = solution.choice.problem, set(solution.outcome.selection)
    asked = {problem.facts[number] for one in problem.actions if one.id in done for number in one.pre}
    return tuple(sorted(fact for fact in asked if fact[0] == "!" and fact in positioning.sure))


def _rights_already_there(positioning: Positioning, waived: Iterable[str]) -> Iterator[Step]:
    """The recognitions that the acquired blocks of the target, and what is waived, rest on, from the first premise to the last grant."""
    wholes = [f"{positioning.target.version.key}/{block.code}" for block in positioning.target.blocks]
    wanted = [fact for fact in (*positioning.target.goals, *wholes) if positioning.state(fact) in ACQUIRED]
    granted: dict[str, list[str]] = {}
    for fact in (*wanted, *waived):
        for one, proof in positioning.sure.chain(fact):
            if proof.why == "right" and one not in granted.setdefault(proof.by, []):
                granted[proof.by].append(one)
    for identifier, items in granted.items():
        yield _right(positioning.rights.by_id[identifier], tuple(items), positioning)


def _right(recognition: Recognition, items: tuple[str, ...], positioning: Positioning) -> Step:
    proof = positioning.sure.proofs.get(items[0])
    reasons: tuple[Reason, ...] = because(items[0], positioning.sure, positioning.held, positioning.rights)
    return Step(
        kind=StepKind.RIGHT,
        ref=recognition.id,
        title=recognition.title,
        grants=items,
        because=reasons,
        cautions=cautions(recognition, chained=bool(proof and proof.chained)),
        confidence=recognition.confidence,
    )


def _step(name: str, solution: Solution, positioning: Positioning, fresh: set[str], *, chained: bool) -> Step:
    doing = solution.choice.doings[name]
    brought = tuple(sorted(fact for fact in fresh if _is_told(fact)))
    if doing.kind == "right":
        recognition = positioning.rights.by_id[doing.ref]
        reason = Reason(
            fact=brought[0] if brought else doing.ref,
            how="right",
            by=doing.ref,
            source=recognition.source,
            wording=recognition.wording,
            confidence=recognition.confidence,
            document=recognition.proof,
            cautions=cautions(recognition, chained=chained),
            note=recognition.note,
        )
        told = Step(
            kind=StepKind.RIGHT,
            ref=doing.ref,
            title=recognition.title,
            because=(reason,),
            cautions=reason.cautions,
            confidence=recognition.confidence,
        )
    elif doing.candidate is not None:
        told = _module(doing, taken(name, solution)).model_copy(update=_shortened(doing.reduced_by, positioning))
    else:
        told = _formality(name, solution, positioning)
    return told.model_copy(update={"grants": brought, **_dates(name, solution, doing)})


def _is_told(fact: str) -> bool:
    return fact[0] == "!" or facts.is_item(fact)


def _formality(name: str, solution: Solution, positioning: Positioning) -> Step:
    """An assessment, an award with its interview if there is one, or a route by experience."""
    doing, spent = solution.choice.doings[name], taken(name, solution)
    assessment = described(doing, positioning)
    return Step(
        kind=StepKind(doing.kind),
        ref=doing.ref,
        title=title(positioning.rights.library, doing.ref),
        hours=_hours(spent),
        cost=_cost(spent),
        form=assessment.form if assessment else None,
        included_in=included_in(name, solution),
        because=rule_of(doing, positioning) if assessment else (),
    )


def _module(doing: Doing, spent: Taken) -> Step:
    assert doing.candidate is not None
    module, offer = doing.candidate.module, doing.candidate.offer
    return Step(
        kind=StepKind.MODULE,
        ref=doing.ref,
        title=module.title,
        body=offer.body.name,
        hours=_hours(spent),
        cost=_cost(spent),
        hours_by_modality=module.hours,
        modalities=module.hours.modalities if module.hours else (),
        session=doing.session.id if doing.session else None,
        confidence=module.confidence or offer.confidence,
        reduced_by=doing.reduced_by,
        illustrative=doing.candidate.illustrative,
    )


def _shortened(name: str | None, positioning: Positioning) -> dict[str, object]:
    """The proof that a training is shortened by right, down to what is held; nothing when it is not."""
    if name is None:
        return {}
    recognition = positioning.rights.by_id[name]
    premises = support(positioning.rights.library, recognition.given, positioning.sure.depth) or frozenset()
    proved = dict.fromkeys(reason for fact in sorted(premises) for reason in positioning.because(fact))
    reason = Reason(
        fact=recognition.grants[0],
        how="right",
        by=name,
        premises=tuple(sorted(premises)),
        source=recognition.source,
        wording=recognition.wording,
        confidence=recognition.confidence,
        document=recognition.proof,
        cautions=cautions(recognition),
        note=recognition.note,
    )
    return {"because": (*proved, reason)}


def _hours(spent: Taken) -> float | None:
    return None if spent.minutes is None else spent.minutes / 60


def _cost(spent: Taken) -> float | None:
    return None if spent.cents is None else spent.cents / 100


def _dates(name: str, solution: Solution, doing: Doing) -> dict[str, object]:
    if doing.session is not None:
        dates: dict[str, object] = {"start": doing.session.start, "end": doing.session.end}
    elif solution.slots is not None and name in solution.places:
        first, last = solution.places[name]
        dates = {"start": solution.slots.first_day(first), "end": solution.slots.last_day(last)}
    else:
        return {}
    return dates | {"loads": tuple(_loads(solution.loads.get(name, ()), solution))}


def _loads(loads: SlotLoad, solution: Solution) -> Iterator[Load]:
    assert solution.slots is not None or not loads
    for slot, spent in loads:
        if spent and solution.slots is not None:
            yield Load(start=solution.slots.first_day(slot), end=solution.slots.last_day(slot), hours=spent / 60)


def title(library: Library, ref: str) -> str | None:
    """The title of a referential, a block or a competency; ``None`` when it was not read."""
    item = library.find(ref)
    return item.title if isinstance(item, Referential | Block | Competency) else None


def totals(solution: Solution) -> Totals:
    """Sums over what is done, and how much of it they leave out."""
    modules = [taken(name, solution) for name in solution.actions if _is_module(name, solution)]
    others = [taken(name, solution) for name in solution.actions if not _is_module(name, solution)]
    return Totals(
        hours=solution.sum("minutes") / 60,
        cost=solution.sum("cents") / 100,
        weeks=solution.weeks,
        modules=len(solution.modules),
        unknown_hours=sum(one.minutes is None for one in modules),
        unknown_cost=sum(one.cents is None for one in modules),
        unknown_assessment_hours=sum(one.minutes is None for one in others),
        unknown_assessment_cost=sum(one.cents is None for one in others),
    )


def _is_module(name: str, solution: Solution) -> bool:
    return solution.choice.doings[name].kind == "module"


def attained(solution: Solution, asked: tuple[Objective, ...]) -> tuple[Attained, ...]:
    """The objectives that were asked for, with their bound and proof."""
    outcome = solution.outcome
    numbers = list(zip(_parts(solution.objectives), outcome.value, outcome.bound, outcome.proved, strict=False))
    found = []
    for one in asked:
        mine = [
            (value, bound, proved) for (part, unknown), value, bound, proved in numbers if part is one and not unknown
        ]
        proofs = [proved for (part, _unknown), _value, _bound, proved in numbers if part is one]
        if mine:
            value, bound, _proved = mine[0]
            found.append(Attained(name=one, value=_told(one, value), bound=_told(one, bound), proved=all(proofs)))
    return tuple(found)


def _parts(objectives: tuple[Objective, ...]) -> list[tuple[Objective, bool]]:
    return [part for one in objectives for part in (components((one,)) or ((one, False),))]


def _told(objective: Objective, value: int) -> float:
    unit = {Objective.HOURS: 60, Objective.PEAK_LOAD: 60, Objective.COST: 100}.get(objective, 1)
    return value / unit
