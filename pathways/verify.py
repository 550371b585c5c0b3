"""The verifier (*vérification*): replays a pathway step by step from the profile, without the solver nor what it was given.

It reads the library, the profile and the pathway as told, nothing else, and lists what is wrong. No pathway leaves the
engine with anything in that list. Sums, limits and calendar are :mod:`pathways.verify_sums`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import floor

from pathways import facts
from pathways.gap import Positioning, State, entry
from pathways.offering import Candidate, Offering
from pathways.pathway import Pathway, Step, StepKind
from pathways.question import Question
from pathways.requirements import asks_nothing, support
from pathways.validity import combination, has_lapsed, is_open, needs_final_assessment, successors
from pathways.verify_sums import sums
from referentials.library import Library
from referentials.model import Assessment, Block, Competency, Referential
from referentials.reference import parse_ref
from referentials.requirement import Experience, Requirement, leaves
from referentials.rights import Effect, Recognition, Waived

_HALF_A_MINUTE = 0.5 / 60 + 1e-6
_HALF_A_CENT = 0.005 + 1e-6

_NOTHING_MORE = Assessment(hours=0, cost=0)

Since = dict[str, date | None]
"""Facts that are true, each with the day it became so; None: from the start, or without dates."""


def verify(pathway: Pathway, question: Question, positioning: Positioning) -> tuple[str, ...]:
    """Everything wrong with a pathway, in plain words for the developers; nothing when it holds."""
    return tuple(_Replay(pathway, question, positioning).problems())


class _Replay:
    """``true`` is what is true, ``own`` what is without any right, ``lapsed`` the blocks good only for heirs, ``liked``
    what a likeness alone gives, ``ready`` the blocks prepared as a whole."""

    def __init__(self, pathway: Pathway, question: Question, positioning: Positioning) -> None:
        self.pathway, self.question, self.positioning = pathway, question, positioning
        self.library: Library = positioning.rights.library
        self.offering: Offering = question.offering(self.library)
        self.target = positioning.target.version.key
        sure = positioning.sure
        self.liked = {fact for fact, proof in sure.proofs.items() if proof.why == "likeness"}
        self.lapsed: Since = dict.fromkeys(sure.lapsed)
        self.true: Since = dict.fromkeys(sure.proofs.keys() - sure.lapsed)
        self.own: Since = dict.fromkeys(sure.proofs.keys() - sure.by_right - self.liked)
        self.ready: Since = dict.fromkeys(positioning.held.ready)
        self.done: Since = {}

    def problems(self) -> Iterator[str]:
        for step in self.pathway.steps:
            yield from (f"{step.kind.value} {step.ref}: {problem}" for problem in self._wrong(step))
            self._carry_out(step)
            if any(fact not in self.true and fact not in self.lapsed for fact in step.grants):
                yield f"{step.kind.value} {step.ref}: it claims more than it gives"
        for goal in (*self.positioning.target.goals, *self.question.profile.can_give.imposed):
            if goal not in self.true:
                yield f"the goal {goal} is not reached"
        if not self.question.is_dated:
            yield from _Replay(self.pathway, self.question, self.positioning).sessions_in_order()
        yield from sums(self.pathway, self.question)

    def sessions_in_order(self) -> Iterator[str]:
        """Where sessions alone have dates: what each of them asks for is met by what can be done before it starts."""
        dated = sorted((step for step in self.pathway.steps if step.start), key=lambda step: step.start or date.min)
        waiting = self._carried_out([step for step in self.pathway.steps if step.start is None], None) if dated else []
        over: list[Step] = []
        for step in dated:
            fresh = [one for one in dated if one not in over and one.end and step.start and one.end < step.start]
            waiting = self._after(fresh, waiting)
            over += fresh
            yield from (f"{step.kind.value} {step.ref}, at its session: {problem}" for problem in self._wrong(step))
        for step in self._after([one for one in dated if one not in over], waiting):
            yield f"{step.kind.value} {step.ref}: it can't be done at these sessions"

    def _after(self, fresh: list[Step], waiting: list[Step]) -> list[Step]:
        """What still waits once some sessions are over; what could not be done before comes after the first of them at least."""
        for step in fresh:
            self._carry_out(step)
        return self._carried_out(waiting, min((step.end for step in fresh if step.end), default=None))

    def _carried_out(self, waiting: list[Step], moment: date | None) -> list[Step]:
        """Every undated step that can be carried out at a moment is; those that can't."""
        left = [step for step in waiting if any(self._wrong(step.model_copy(update={"end": moment})))]
        for step in waiting:
            if step not in left:
                self._carry_out(step)
        return left if len(left) == len(waiting) else self._carried_out(left, moment)

    # -- whether something was true before a step -----------------------------------------------------------------

    def _met(
        self, requirement: Requirement, step: Step, recognition: Recognition | None = None, *, own: bool = False
    ) -> bool:
        """Whether a requirement is met by what was true before the step starts (a right may use what ends that day)."""
        shown = {
            facts.asked(leaf)
            for leaf in leaves(requirement)
            if isinstance(leaf, Experience) and self.positioning.held.shows(leaf.experience)
        }
        own = own or (recognition is not None and not self.positioning.policy.chain_rights)

        def depth(fact: str) -> int | None:
            if recognition is not None and fact in self.lapsed and self._revises(recognition, fact):
                of_own = not own or fact in self.own
                return 0 if of_own and self._before(self.lapsed[fact], step) else None
            if recognition is not None and fact in self.liked:
                return None
            return 0 if fact in shown or self._holds(self.own if own else self.true, fact, step) else None

        return support(self.library, requirement, depth) is not None

    def _holds(self, when: Mapping[str, date | None], fact: str, step: Step) -> bool:
        return fact in when and self._before(when[fact], step)

    def _before(self, moment: date | None, step: Step) -> bool:
        if moment is None or step.start is None:
            return True
        takes_no_time = step.kind in (StepKind.RIGHT, StepKind.AWARD) and not step.hours
        return moment <= (step.end or step.start) if takes_no_time else moment < step.start

    def _revises(self, recognition: Recognition, fact: str) -> bool:
        ref = parse_ref(fact)
        heirs = successors(self.library, self.library.get(ref.referential, ref.version or ""))
        return all(str(parse_ref(text).whole) in heirs for text in recognition.grants)

    def _expanded(self, texts: tuple[str, ...]) -> frozenset[str]:
        return frozenset(full for text in texts for full in self.library.expand(text))

    # -- one step -------------------------------------------------------------------------------------------------

    def _wrong(self, step: Step) -> Iterator[str]:
        check = {
            StepKind.RIGHT: self._wrong_right,
            StepKind.MODULE: self._wrong_module,
            StepKind.ASSESSMENT: self._wrong_assessment,
            StepKind.VAE: self._wrong_vae,
            StepKind.AWARD: self._wrong_award,
        }[step.kind]
        yield from check(step)

    def _wrong_right(self, step: Step) -> Iterator[str]:
        recognition = self.positioning.rights.by_id.get(step.ref)
        if recognition is None:
            yield "there is no such recognition"
            return
        if recognition.effect not in (Effect.AWARD, Effect.EXEMPT) or recognition.discretionary or recognition.part:
            yield "this recognition grants no right"
        for day in sorted({self.question.on, step.end or self.question.on}):
            if not recognition.in_force.contains(day):
                yield f"it is not in force on {day}"
        if not recognition.source.title:
            yield "it has no source"
        if asks_nothing(recognition.given) or not self._met(recognition.given, step, recognition):
            yield "what it asks for is not met"
        yield from _takes(step, 0, 0)

    def _wrong_module(self, step: Step) -> Iterator[str]:
        candidate = self.offering.judged(step.ref)
        if not isinstance(candidate, Candidate):
            yield f"it may not be followed ({candidate or 'unknown'})"
            return
        if candidate.module.requires is not None and not self._met(candidate.module.requires, step):
            yield "its prerequisites are not met"
        yield from self._learnt_too_soon(candidate, step)
        if step.ref in self.done:
            yield "it is followed twice"
        yield from self._wrong_dates(step, candidate)
        hours = candidate.module.hours
        spent = None if hours is None else hours.total - self._reduction(step, candidate, hours.total)
        seated = step.session in {one.id for one in candidate.seats}
        if not (seated or candidate.alone):
            yield "it may be followed at a seat of the group alone"
        yield from _takes(step, spent if spent is None else max(0, spent), 0 if seated else candidate.module.price)

    def _learnt_too_soon(self, candidate: Candidate, step: Step) -> Iterator[str]:
        """The competencies that a module develops before those that they strictly need, unless it develops these too."""
        brought = set(self._expanded(tuple(item.competency for item in candidate.module.develops)))
        brought.update(part for full in self._expanded(candidate.module.prepares) for part in self._parts(full))
        for fact in sorted(one for one in brought if not self._holds(self.true, one, step)):
            item = self.library.find(fact)
            for text in item.requires.strict if isinstance(item, Competency) else ():
                first = self.library.expand(text)
                if not brought.intersection(first) and not any(self._holds(self.true, one, step) for one in first):
                    yield f"{fact} can't be learnt before {text}"

    def _wrong_dates(self, step: Step, candidate: Candidate) -> Iterator[str]:
        session = next((one for one in (*candidate.sessions, *candidate.seats) if one.id == step.session), None)
        if step.session is not None and session is None:
            yield f"there is no session {step.session}"
        if session is not None and (step.start, step.end) != (session.start, session.end):
            yield "its dates are not those of its session"
        if step.start is not None and candidate.sessions and session is None:
            yield "it happens at dated sessions and none was chosen"
        window = candidate.module.available
        if window is not None and step.end is not None and not window.contains(step.end):
            yield "it is not offered at those dates"

    def _reduction(self, step: Step, candidate: Candidate, hours: float) -> float:
        """The hours that the reduction named by a step takes off; nothing when it does not apply."""
        recognition = self.positioning.rights.by_id.get(step.reduced_by or "")
        if recognition is None or step.reduced_by not in self.positioning.sure.reductions or recognition.by is None:
            return 0
        granted, prepared = self._expanded(recognition.grants), self._expanded(candidate.module.prepares)
        if recognition.discretionary or recognition.by.at_most or not prepared or not prepared <= granted:
            return 0
        if recognition.by.hours is not None and prepared != granted:
            return 0
        asked = hours * (recognition.by.fraction or 0) if recognition.by.hours is None else recognition.by.hours
        return min(asked, self._cap(prepared, candidate, hours))

    def _cap(self, prepared: frozenset[str], candidate: Candidate, hours: float) -> float:
        """The most that the rules of the certifications let reductions take off a module, in whole minutes."""
        versions = {(ref.referential, ref.version or "") for ref in map(parse_ref, prepared)}
        rules = [combination(self.library, self.library.get(*key), self.question.on) for key in versions]
        shares = [rule.reduction_cap for rule in rules if rule.reduction_cap is not None]
        away = (candidate.module.hours.workplace + candidate.module.hours.placement) if candidate.module.hours else 0
        return floor((hours - away) * 60 * min(shares)) / 60 if shares else hours

    def _wrong_assessment(self, step: Step) -> Iterator[str]:
        version, block = self._certified(step)
        if block is None:
            yield "there is no such block"
            return
        yield from self._wrong_block(version, block, step)
        including = {ref for ref in self.done if self._includes(ref, step)}
        if step.included_in is not None and step.included_in not in including:
            yield f"it is not included in {step.included_in}"
        if step.included_in is None and including:
            yield f"it is included in {min(including)} and does not say so"
        told = block.assessment if step.included_in is None else _NOTHING_MORE
        yield from _takes(step, told.hours, told.cost)

    def _certified(self, step: Step) -> tuple[Referential, Block | None]:
        ref = parse_ref(step.ref)
        version = self.library.get(ref.referential, ref.version or "")
        return version, version.block(ref.block or "")

    def _wrong_block(self, version: Referential, block: Block, step: Step) -> Iterator[str]:
        competencies = [f"{step.ref}/{one.code}" for one in block.known_competencies]
        known = block.complete and bool(competencies)
        competent = known and all(self._holds(self.true, fact, step) for fact in competencies)
        untrained = self._holds(self.true, facts.waived(Waived.TRAINING, step.ref), step)
        if not (competent or untrained or self._holds(self.ready, step.ref, step)):
            yield "it is assessed before its competencies are there"
        if block.requires is not None and not self._met(block.requires, step):
            yield "what comes before the block is not met"
        yield from self._wrong_door(version, step)
        yield from self._closed(version, step)

    def _includes(self, ref: str, step: Step) -> bool:
        candidate = self.offering.judged(ref)
        texts = candidate.module.includes_assessment if isinstance(candidate, Candidate) else ()
        return step.ref in self._expanded(texts) and self._holds(self.done, ref, step)

    def _closed(self, version: Referential, step: Step) -> Iterator[str]:
        days = {self.question.on, self.question.start, step.end or self.question.on}
        if version.key != self.target and not all(is_open(self.library, version, day) for day in days):
            yield "the certification is closed"

    def _wrong_door(self, version: Referential, step: Step) -> Iterator[str]:
        requirement = version.entry.requirement if version.entry else None
        if requirement is None or entry(self.positioning, version).state is not State.MISSING:
            return
        waived = self._holds(self.true, facts.waived(Waived.ENTRY, version.key), step)
        if not waived and not self._met(requirement, step):
            yield "what is asked at the door is not met"

    def _wrong_vae(self, step: Step) -> Iterator[str]:
        route = self.question.profile.can_give.vae
        if route is None or not self.positioning.held.has_worked:
            yield "that route was not asked for, or there is no experience"
            return
        version, block = self._certified(step)
        if version.vae is False:
            yield "experience does not lead to it"
        if block is None:
            yield "there is no such block"
        elif block.requires is not None and not self._met(block.requires, step):
            yield "what comes before the block is not met"
        yield from self._wrong_door(version, step)
        yield from self._closed(version, step)
        yield from _takes(step, route.hours, route.cost)

    def _wrong_award(self, step: Step) -> Iterator[str]:
        version, block = self._certified(step)
        if block is not None:
            yield from self._wrong_block(version, block, step)
            if not self._holds(self.true, facts.waived(Waived.ASSESSMENT, step.ref), step):
                yield "its assessment is not waived"
            yield from _takes(step, 0, 0)
            return
        if version.award is None or asks_nothing(version.award) or not self._met(version.award, step):
            yield "the award asks for more"
        yield from self._closed(version, step)
        on_top = needs_final_assessment(self.library, version, self.question.on)
        final = (version.final_assessment or Assessment()) if on_top else _NOTHING_MORE
        yield from _takes(step, final.hours, final.cost)

    # -- what a step makes true -----------------------------------------------------------------------------------

    def _carry_out(self, step: Step) -> None:
        if step.kind is StepKind.RIGHT:
            self._exercise(step)
        elif step.kind is StepKind.MODULE:
            self._follow(step)
        elif step.kind is StepKind.AWARD:
            self._award(step)
        else:
            self._become(step.ref, step.end, own=True)

    def _exercise(self, step: Step) -> None:
        recognition = self.positioning.rights.by_id.get(step.ref)
        if recognition is None:
            return
        for full in sorted(self._expanded(recognition.grants)):
            if recognition.waives is not None:
                self._become(facts.waived(recognition.waives, full), step.end)
            elif self._lapses(full):
                self.lapsed.setdefault(full, step.end)
                for part in self._parts(full):
                    self._become(part, step.end)
            else:
                self._become(full, step.end)

    def _lapses(self, fact: str) -> bool:
        ref = parse_ref(fact)
        version = self.library.get(ref.referential, ref.version or "")
        is_block = ref.block is not None and ref.competency is None
        return is_block and version.key != self.target and has_lapsed(self.library, version, self.question.on)

    def _follow(self, step: Step) -> None:
        self.done.setdefault(step.ref, step.end)
        self._become(step.ref, step.end, own=True)
        candidate = self.offering.judged(step.ref)
        if not isinstance(candidate, Candidate):
            return
        for item in candidate.module.develops:
            for full in self.library.expand(item.competency):
                self._become(facts.at_level(full, item.level), step.end, own=True)
        for full in sorted(self._expanded(candidate.module.prepares)):
            self.ready.setdefault(full, step.end)
            for part in self._parts(full):
                self._become(part, step.end, own=True)

    def _award(self, step: Step) -> None:
        version, block = self._certified(step)
        by_oneself = block is None and version.award is not None and self._met(version.award, step, own=True)
        self._become(step.ref, step.end, own=by_oneself)

    def _become(self, fact: str, moment: date | None, *, own: bool = False) -> None:
        """A fact becomes true, and all that it contains."""
        for when in (self.true, self.own) if own else (self.true,):
            waiting = [fact]
            while waiting:
                current = waiting.pop()
                self.liked.discard(current)
                if current in when and not _earlier(moment, when[current]):
                    continue
                when[current] = moment
                if facts.is_item(current):
                    waiting += [*self._parts(current), *facts.lower_levels(self.library, current)]

    def _parts(self, fact: str) -> list[str]:
        ref = parse_ref(facts.reference_of(fact))
        version = self.library.get(ref.referential, ref.version or "")
        if ref.block is None:
            return list(facts.blocks_of(version))
        block = version.block(ref.block)
        return [f"{fact}/{one.code}" for one in block.known_competencies] if block and ref.competency is None else []


def _earlier(moment: date | None, known: date | None) -> bool:
    return known is not None and (moment is None or moment < known)


def _takes(step: Step, hours: float | None, cost: float | None) -> Iterator[str]:
    """Whether a step takes the hours and the price that it should; unknown ones are told as unknown."""
    if (step.hours is None) != (hours is None) or abs((step.hours or 0) - (hours or 0)) > _HALF_A_MINUTE:
        yield f"it takes {hours} hours, not {step.hours}"
    if (step.cost is None) != (cost is None) or abs((step.cost or 0) - (cost or 0)) > _HALF_A_CENT:
        yield f"it costs {cost}, not {step.cost}"
