"""The verifier (*vérification*): replays a pathway step by step from the profile, without the solver nor what it was given.

It reads the library, the profile and the pathway as told, nothing else, and lists what is wrong. No pathway leaves the
engine with anything in that list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from pathways import facts
from pathways.gap import Positioning, State, entry
from pathways.offering import Offering
from pathways.pathway import Pathway, Step, StepKind
from pathways.question import Question
from pathways.requirements import support
from pathways.slots import periods_from, weeks_from, weeks_until
from pathways.validity import is_open, needs_final_assessment, successors
from referentials.library import Library
from referentials.model import Referential
from referentials.reference import parse_ref
from referentials.requirement import Requirement
from referentials.rights import Effect, Recognition, Waived

_NEAR = 1e-6


def verify(pathway: Pathway, question: Question, positioning: Positioning) -> tuple[str, ...]:
    """Everything wrong with a pathway, in plain words for the developers; nothing when it holds."""
    return tuple(_Replay(pathway, question, positioning).problems())


class _Replay:
    def __init__(self, pathway: Pathway, question: Question, positioning: Positioning) -> None:
        self.pathway, self.question, self.positioning = pathway, question, positioning
        self.library: Library = positioning.rights.library
        self.give = question.profile.can_give
        self.offering: Offering = question.offering(self.library)
        self.since: dict[str, date | None] = dict.fromkeys(positioning.sure.proofs)
        self.prepared: dict[str, date | None] = {}
        self.done: dict[str, date | None] = {}
        self.dated = any(step.start is not None for step in pathway.steps)

    def problems(self) -> Iterator[str]:
        for step in self.pathway.steps:
            for problem in self._wrong(step):
                yield f"{step.kind.value} {step.ref}: {problem}"
            self._carry_out(step)
        for goal in self.positioning.target.goals:
            if goal not in self.since:
                yield f"the goal {goal} is not reached"
        yield from self._totals()
        yield from self._limits()
        yield from self._calendar()

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
        if step.start is not None and step.end is not None and step.end < step.start:
            yield "ends before it starts"
        if self.give.deadline is not None and step.end is not None and step.end > self._last_day():
            yield "ends after the deadline"

    def _last_day(self) -> date:
        assert self.give.deadline is not None
        return self.give.deadline + timedelta(days=6 - self.give.deadline.weekday())

    def _met(self, requirement: Requirement, step: Step, recognition: Recognition | None = None) -> bool:
        """Whether a requirement is met by what was true before the step starts (a right may use what ends that day)."""

        def depth(fact: str) -> int | None:
            if fact not in self.since or self._has_lapsed(fact, recognition):
                return None
            if (
                recognition is not None
                and not self.positioning.policy.chain_rights
                and fact in self.positioning.sure.by_right
            ):
                return None
            return 0 if self._before(self.since[fact], step) else None

        return support(self.library, requirement, depth) is not None

    def _before(self, moment: date | None, step: Step) -> bool:
        if moment is None or step.start is None:
            return True
        takes_no_time = step.kind in (StepKind.RIGHT, StepKind.AWARD) and not step.hours
        return moment <= (step.end or step.start) if takes_no_time else moment < step.start

    def _has_lapsed(self, fact: str, recognition: Recognition | None) -> bool:
        if fact not in self.positioning.sure.lapsed:
            return False
        ref = parse_ref(facts.reference_of(fact))
        heirs = successors(self.library, self.library.get(ref.referential, ref.version or ""))
        return recognition is None or not all(str(parse_ref(text).whole) in heirs for text in recognition.grants)

    def _wrong_right(self, step: Step) -> Iterator[str]:
        recognition = self.positioning.rights.by_id.get(step.ref)
        if recognition is None:
            yield "there is no such recognition"
            return
        if recognition.effect not in (Effect.AWARD, Effect.EXEMPT) or recognition.discretionary:
            yield "this recognition grants no right"
        for day in {self.question.on, step.end or self.question.on}:
            if not recognition.in_force.contains(day):
                yield f"it is not in force on {day}"
        if not recognition.source.title:
            yield "it has no source"
        if not self._met(recognition.given, step, recognition):
            yield "what it asks for is not met"
        granted = {full for text in recognition.grants for full in self.library.expand(text)}
        contained = {
            fact for fact in step.grants if not any(fact == one or fact.endswith(":" + one) for one in granted)
        }
        if any(not any(fact.startswith(one + "/") for one in granted) for fact in contained if fact[0] != "!"):
            yield "it claims more than the recognition grants"

    def _wrong_module(self, step: Step) -> Iterator[str]:
        candidate = self.offering.candidates.get(step.ref)
        if candidate is None:
            yield f"it may not be followed ({self.offering.set_aside.get(step.ref, 'unknown')})"
            return
        module = candidate.module
        if module.requires is not None and not self._met(module.requires, step):
            yield "its prerequisites are not met"
        if step.session is not None and step.session not in {session.id for session in candidate.sessions}:
            yield f"there is no session {step.session}"
        if self.dated and candidate.sessions and step.session is None:
            yield "it happens at dated sessions and none was chosen"
        if step.reduced_by is None and module.hours is not None and abs((step.hours or 0) - module.hours.total) > _NEAR:
            yield "its hours are not those of the offer"
        if step.reduced_by is not None and step.reduced_by not in self.positioning.sure.reductions:
            yield "the reduction does not apply"
        if step.cost != module.price:
            yield "its price is not that of the offer"

    def _wrong_assessment(self, step: Step) -> Iterator[str]:
        ref = parse_ref(step.ref)
        version = self.library.get(ref.referential, ref.version or "")
        block = version.block(ref.block or "")
        if block is None:
            yield "there is no such block"
            return
        competent = (
            block.complete
            and bool(block.known_competencies)
            and all(self._is_true(f"{step.ref}/{one.code}", step) for one in block.known_competencies)
        )
        prepared = step.ref in self.prepared and self._before(self.prepared[step.ref], step)
        if not (competent or prepared or facts.waived(Waived.TRAINING, step.ref) in self.since):
            yield "it is assessed before its competencies are there"
        if block.requires is not None and not self._met(block.requires, step):
            yield "what comes before the block is not met"
        if version.key != self.positioning.target.version.key and not is_open(self.library, version, self.question.on):
            yield "the certification is closed"
        yield from self._wrong_entry(version, step)
        included = any(step.ref in self.offering.subjects(self.offering.candidates[done].module) for done in self.done)
        if abs((step.cost or 0) - (block.assessment.cost or 0)) > 0.01 and not included:
            yield "its price is not that of the referential"

    def _is_true(self, fact: str, step: Step) -> bool:
        return fact in self.since and self._before(self.since[fact], step)

    def _wrong_entry(self, version: Referential, step: Step) -> Iterator[str]:
        if (
            version.key != self.positioning.target.version.key
            or version.entry is None
            or version.entry.requirement is None
        ):
            return
        waived = facts.waived(Waived.ENTRY, version.key) in self.since
        if (
            entry(self.positioning).state is State.MISSING
            and not waived
            and not self._met(version.entry.requirement, step)
        ):
            yield "what is asked at the door is not met"

    def _wrong_vae(self, step: Step) -> Iterator[str]:
        if self.give.vae is None or not self.positioning.held.has_worked:
            yield "that route was not asked for, or there is no experience"

    def _wrong_award(self, step: Step) -> Iterator[str]:
        ref = parse_ref(step.ref)
        version = self.library.get(ref.referential, ref.version or "")
        if version.award is None or not self._met(version.award, step):
            yield "the award asks for more"
        if version.key != self.positioning.target.version.key and not is_open(self.library, version, self.question.on):
            yield "the certification is closed"
        final = needs_final_assessment(self.library, version, self.question.on)
        if final and version.final_assessment and step.hours != (version.final_assessment.hours or 0):
            yield "the final assessment is not counted"

    # -- what a step makes true -----------------------------------------------------------------------------------

    def _carry_out(self, step: Step) -> None:
        if step.kind is StepKind.RIGHT:
            recognition = self.positioning.rights.by_id.get(step.ref)
            for text in recognition.grants if recognition else ():
                for full in self.library.expand(text):
                    waives = recognition.waives if recognition else None
                    self._become(full if waives is None else facts.waived(waives, full), step.end)
        elif step.kind is StepKind.MODULE:
            self._follow(step)
        else:
            self._become(step.ref, step.end)

    def _follow(self, step: Step) -> None:
        candidate = self.offering.candidates.get(step.ref)
        self.done[step.ref] = step.end
        self._become(step.ref, step.end)
        if candidate is None:
            return
        for item in candidate.module.develops:
            for full in self.library.expand(item.competency):
                self._become(facts.at_level(full, item.level), step.end)
        for text in candidate.module.prepares:
            for full in self.library.expand(text):
                self.prepared.setdefault(full, step.end)
                for part in self._parts(full):
                    self._become(part, step.end)

    def _become(self, fact: str, moment: date | None) -> None:
        """A fact becomes true, and all that it contains."""
        waiting = [fact]
        while waiting:
            current = waiting.pop()
            before = self.since.get(current, date.max)
            if current in self.since and (before is None or (moment is not None and before <= moment)):
                continue
            self.since[current] = moment
            if facts.is_item(current):
                waiting += [*self._parts(current), *facts.lower_levels(self.library, current)]

    def _parts(self, fact: str) -> list[str]:
        ref = parse_ref(facts.reference_of(fact))
        version = self.library.get(ref.referential, ref.version or "")
        if ref.block is None:
            return list(facts.blocks_of(version))
        block = version.block(ref.block)
        return [f"{fact}/{one.code}" for one in block.known_competencies] if block and ref.competency is None else []

    # -- sums, limits, calendar -----------------------------------------------------------------------------------

    def _totals(self) -> Iterator[str]:
        steps, totals = self.pathway.steps, self.pathway.totals
        if abs(sum(step.hours or 0 for step in steps) - totals.hours) > 0.02:
            yield "the total of hours is wrong"
        if abs(sum(step.cost or 0 for step in steps) - totals.cost) > 0.02:
            yield "the total cost is wrong"
        for one in self.pathway.objective:
            told = {"hours": totals.hours, "cost": totals.cost, "weeks": totals.weeks, "modules": totals.modules}.get(
                one.name
            )
            if told is not None and abs(told - one.value) > 0.02:
                yield f"the objective {one.name.value} is not the total of the steps"
            if one.value < one.bound - 0.02 or (one.proved and abs(one.value - one.bound) > 0.02):
                yield f"the bound of {one.name.value} is wrong"
        modules = [step for step in steps if step.kind is StepKind.MODULE]
        if len(modules) != totals.modules or len({step.ref for step in modules}) != len(modules):
            yield "the number of modules is wrong"
        if sum(step.cost is None for step in steps) != totals.unknown_cost:
            yield "unknown prices are not all counted"
        if sum(step.hours is None for step in steps) != totals.unknown_hours:
            yield "unknown hours are not all counted"

    def _limits(self) -> Iterator[str]:
        if self.give.budget is not None and self.pathway.totals.cost > self.give.budget + 0.005:
            yield "the budget is exceeded"
        if self.give.hours is not None and self.pathway.totals.hours > self.give.hours + _NEAR:
            yield "the limit of hours is exceeded"
        followed = {step.ref for step in self.pathway.steps}
        for ref in self.give.imposed:
            if ref not in followed and ref not in self.positioning.sure:
                yield f"the imposed module {ref} is missing"

    def _calendar(self) -> Iterator[str]:
        if not self.dated:
            return
        spent: dict[date, float] = defaultdict(float)
        for step in self.pathway.steps:
            for load in step.loads:
                spent[load.start] += load.hours
            inside = all(step.start is None or load.end >= step.start for load in step.loads)
            total = sum(load.hours for load in step.loads)
            if step.kind is StepKind.MODULE and step.hours is not None and abs(total - step.hours) > 0.02:
                yield f"{step.ref}: its weekly hours do not add up"
            if not inside:
                yield f"{step.ref}: hours outside its dates"
        yield from self._weeks(spent)

    def _weeks(self, spent: dict[date, float]) -> Iterator[str]:
        if self.give.calendar is not None:
            slots = periods_from(self.question.start, self.give, 10**9)
        else:
            last = max(spent, default=self.question.start)
            slots = weeks_from(self.question.start, weeks_until(self.question.start, last), self.give)
        for first, hours in sorted(spent.items()):
            slot = slots.of(max(first, slots.starts[0]))
            if slot is None or hours * 60 > slots.capacity[slot] + 0.5:
                yield f"more hours than can be given in the week of {first}"
