"""Each wording function of the reports, with what makes it say all that it can."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pathways.bridges import Bridge
from pathways.clauses import Clause
from pathways.coverage import BlockCoverage, CompetencyCoverage, Contribution, Covered
from pathways.gap import BlockGap, CompetencyGap, EntryGap, Gap, Remaining, State
from pathways.impasse import LIMITS
from pathways.matrix import Cell
from pathways.objectives import Objective
from pathways.offering import SetAside
from pathways.orientation import Planned, Prospect, StateCounts
from pathways.pathway import (
    Attained,
    Conflict,
    Front,
    IfConfirmed,
    Pathway,
    Point,
    Rivals,
    Status,
    Step,
    StepKind,
    Totals,
    WayOut,
    Without,
)
from pathways.profile import CanGive, Periods, PeriodUnit
from pathways.reasons import Caution, Reason
from pathways.territory.figures import Place
from pathways.texts import NearRight
from pathways.waivers import Waiver
from referentials.diff import Change, ChangeKind
from referentials.library import Library
from referentials.model import Assessment, Hours, Kind, Referential, Validity
from referentials.offer import Modality, ModuleHours
from referentials.provenance import Code, Confidence, Source, Window
from referentials.requirement import AllOf, AnyOf, AtLeast, CompetencyAt, Condition, Experience, ExperienceAsked, Held
from referentials.rights import Effect, Recognition, Reduction, Waived
from reports import (
    bridge_wording,
    change_wording,
    difference_wording,
    front_wording,
    gap_wording,
    impasse_wording,
    library_wording,
    notice_wording,
    pathway_wording,
    period_wording,
    reason_wording,
    step_wording,
    territory_wording,
    used_wording,
    wording,
)
from tests.reports.budget_said import BUDGET_SAID
from tests.reports.map_said import MAP_SAID
from tests.reports.sessions_said import SESSIONS_SAID

REPORTS = Path(wording.__file__).parent
MODULES = tuple(import_module(f"reports.{path.stem}") for path in sorted(REPORTS.glob("*wording.py")))
DAY, LATER = date(2026, 11, 21), date(2027, 12, 31)

TITLE = "Title {0.__class__} {} %s {count}"
"""What data may hold: it must come out as it went in."""

SOURCE = Source(title=TITLE, reference="ABC", article="article 2", url="https://example.org", checked_on=DAY)
RIGHT = Reason(
    fact="x@1/B1",
    how="right",
    by="d",
    premises=("y@1/B1", "y@1/B2"),
    source=SOURCE,
    cautions=tuple(Caution),
    document=TITLE,
)
BLOCKS = (
    BlockGap(ref="x@1/B1", title=TITLE, state=State.BY_RIGHT, because=(RIGHT,)),
    BlockGap(
        ref="x@1/B2",
        title=TITLE,
        state=State.MISSING,
        competencies=(CompetencyGap(ref="x@1/B2/C1", title=TITLE, state=State.MISSING),),
    ),
    BlockGap(ref="x@1/B3", title=None, state=State.MISSING, before=Held("z")),
)
GAP = Gap(
    target="x@1",
    on=DAY,
    versions=("x@1",),
    acquired=False,
    blocks=BLOCKS,
    entry=EntryGap(),
    remaining=Remaining(blocks=2, competencies=1),
)
TOTALS = Totals(
    hours=1234.5,
    cost=99.5,
    weeks=2,
    modules=1,
    unknown_hours=1,
    unknown_cost=2,
    unknown_assessment_hours=1,
    unknown_assessment_cost=2,
)
MODULE = Step(
    kind=StepKind.MODULE,
    ref="o:m",
    title=TITLE,
    body="Body",
    hours=21,
    cost=None,
    start=DAY,
    end=LATER,
    illustrative=True,
    hours_by_modality=ModuleHours(onsite=14, remote=7),
    grants=("x@1/B2/C1", "pix@2023/1.1#3", "!entry:z@1", "!assessment:z@1/B1", "!training:z@1/B1"),
)
STEPS = (MODULE, *(Step(kind=kind, ref="x@1/B1", title=TITLE, hours=None, start=DAY, end=DAY) for kind in StepKind))
GIVES = CanGive(
    weekly_hours=6,
    budget=500,
    hours=40,
    deadline=LATER,
    modalities=(Modality.REMOTE,),
    places=("Lyon",),
    languages=("fr",),
    days=("d1", "d2"),
)
CALENDARS = [
    CanGive(calendar=Periods(period=unit, count=count, **bounds))
    for unit in PeriodUnit
    for count, bounds in (
        (1, {"max_hours": 40, "max_modules": 1}),
        (2, {"min_hours": 5, "min_modules": 2}),
        (6, {"min_hours": 5, "max_hours": 40, "min_modules": 1, "max_modules": 3}),
    )
]
TARGET = Referential(
    id="x",
    version="1",
    kind=Kind.DIPLOME_SUPERIEUR,
    title=TITLE,
    valid=Validity(start=date(2020, 1, 1), end=LATER),
    replaced_by=("x@2", "y@2"),
    confidence=Confidence.OFFICIAL,
)
AFTER = TARGET.model_copy(update={"version": "2", "level": 5, "state": TARGET.state, "hours": Hours(total=40)})
NOTICES = (
    *("not_in_force", "replaced", "illustrative", "leans_on_to_confirm", "partial_totals", "holes"),
    *("workplace_minimum", "sessions_not_considered", "end_not_read", "ends_after_validity", "cut_short"),
)
ASKED = AllOf(
    all_of=(
        AnyOf(any_of=(Held("z"), CompetencyAt(competency="x@1/B1/C1", level=2))),
        AtLeast(at_least=1, of=(Experience(experience=ExperienceAsked(months=6, rome=("G1239",))),)),
        Condition(condition="c", text=TITLE),
        AllOf(all_of=()),
    )
)
CHANGES = [
    Change(kind, f"x@2{place}", "x", TITLE) for kind in ChangeKind for place in ("", "/B1", ", level", ", blocks")
]


def recognition(**values: object) -> Recognition:
    base = {"id": "d", "given": "z", "grants": ["x@1"], "in_force": {}, "source": SOURCE, "confidence": "official"}
    return Recognition.model_validate(base | values)


CLAUSE = Clause(id="d", effect=Effect.AWARD, grants=("x@1/B1",), source=SOURCE, confidence=Confidence.OFFICIAL)
WAIVERS = tuple(
    Waiver(what=what, part=part, state=state, because=(RIGHT,))
    for what in Waived
    for part in (None, TITLE)
    for state in (State.BY_RIGHT, State.TO_CONFIRM)
)
DOORS = [EntryGap()] + [EntryGap(state=state, missing=ASKED, waivers=WAIVERS) for state in State]
EXEMPTION = recognition(effect=Effect.EXEMPT, waives=Waived.ENTRY, part=TITLE)
REDUCTIONS = [
    recognition(effect=Effect.REDUCE, by=by)
    for by in (Reduction(hours=35, at_most=True), Reduction(fraction=0.5), None)
]


def pathway(status: Status, **values: object) -> Pathway:
    base = {
        "target": "x@1",
        "title": TITLE,
        "on": DAY,
        "versions": ("x@1",),
        "engine": "0",
        "gap": GAP,
        "totals": TOTALS,
        "workplace": ({"ref": "x@1", "blocks": (), "hours": 105, "planned": 70},),
    }
    return Pathway.model_validate(base | {"status": status} | values)


def attained(objective: Objective, value: float = 104, bound: float = 100, proved: bool = True) -> Attained:
    return Attained(name=objective, value=value, bound=bound, proved=proved)


def qualities() -> Iterator[str]:
    for rivals in (None, *Rivals):
        for objective in Objective:
            yield pathway_wording.quality(pathway(Status.OPTIMAL, objective=(attained(objective),), rivals=rivals))
    for bound in (0, 100):
        open_one = attained(Objective.HOURS, bound=bound, proved=False)
        yield pathway_wording.quality(pathway(Status.FEASIBLE, objective=(open_one,)))


def remainders() -> Iterator[str]:
    yield gap_wording.remaining(GAP)
    for among in (None, 3):
        one_of = Remaining(blocks=1, competencies=1, among=among)
        yield gap_wording.remaining(GAP.model_copy(update={"remaining": one_of}))
    for left in (0, 1, 2):
        yield gap_wording.remaining(GAP.model_copy(update={"remaining": Remaining(blocks=left, competencies=1)}))
    two = tuple(block.model_copy(update={"state": State.BY_RIGHT, "because": (RIGHT,)}) for block in BLOCKS)
    for change in ({"acquired": True}, {"target": "x@1/B1/C1"}, {"blocks": ()}, {"blocks": two}):
        yield gap_wording.remaining(GAP.model_copy(update=change))
    for many in (1, 9):
        other = AllOf(all_of=tuple(Held(f"y@1/B{n}") for n in range(many)))
        yield gap_wording.remaining(GAP.model_copy(update={"besides": other}))


def obstacles() -> Iterator[str]:
    lacking = ("hole:x@1/B1", "hole:x@1", "no_module:x@1/B2/C1", "no_route:x@1/B2/C1", "no_route:x@1/B3", "entry:x@1")
    besides = ("award:x@1", "no_route:x@1", "no_module:f@1/1/1.1")
    for core in (
        ("budget", "days"),
        ("budget",),
        ("dates",),
        (*lacking, "hole:x@1/B2"),
        lacking,
        besides,
        ("never:x@1",),
        (),
    ):
        for complete in (True, False):
            yield from impasse_wording.core(Conflict(core=core, complete=complete), pathway(Status.INFEASIBLE), GIVES)
    late = pathway(Status.INFEASIBLE, start=date(2030, 1, 1))
    yield from impasse_wording.core(Conflict(core=("deadline",)), late, GIVES)


WAYS = [
    WayOut(change="budget", value=810.0, totals=TOTALS),
    WayOut(change="hours", value=61.5),
    WayOut(change="weekly_hours", value=8.0),
    WayOut(change="deadline", value="2028-03-12"),
    *(WayOut(change="modalities", value=one.value) for one in Modality),
    *(WayOut(change=f"without_{name}") for name in LIMITS),
    WayOut(change="new", value="3"),
]
CONFIRMATIONS = [
    IfConfirmed(fact="x@1/B1/C1", what="competency", text=TITLE, hours=35, cost=420),
    IfConfirmed(fact="?c", what="condition", text=TITLE, hours=0, cost=0),
    IfConfirmed(fact="x@1/B1", what="competencies", text=TITLE, hours=35, cost=420),
    IfConfirmed(fact="o:m", what="module", hours=35, cost=420),
    IfConfirmed(fact="+36:G1239:", what="experience", opens=True),
    IfConfirmed(fact="z@1", what="qualification", hours=None, cost=None, weeks=2),
    IfConfirmed(fact="z@1", what="qualification", hours=7, cost=-5, weeks=-1, hours_at_least=True, cost_at_least=True),
    IfConfirmed(fact="z@1", what="qualification", hours_at_least=True, cost_at_least=True),
]
WITHOUT = [
    Without(module="o:m", irreplaceable=True),
    Without(module="o:m", irreplaceable=False),
    Without(module="o:m", irreplaceable=False, hours=0, cost=0),
    Without(module="o:m", irreplaceable=False, hours=7, cost=-5, weeks=1, hours_at_least=True, cost_at_least=True),
]


def prospects() -> Iterator[Prospect]:
    counts = StateCounts(total=3, by_right=1, to_confirm=2)
    base: dict[str, Any] = {
        "target": "x@1",
        "title": TITLE,
        "kind": Kind.DIPLOME_SANTE,
        "share": 0.5,
        "possible_share": 1,
    }
    rest = {"blocks": counts, "competencies": counts, "remaining": Remaining(blocks=2, competencies=1)}
    for status in Status:
        plan = Planned(status=status, totals=TOTALS)
        yield Prospect(**base, **rest, acquired=False, known=False, reductions=("d",), plan=plan)
    yield Prospect(**base, **rest, acquired=True, known=True)


def bridges() -> Iterator[Bridge]:
    base: dict[str, Any] = {"start": "z@1", "target": "x@1", "on": DAY, "versions": ()}
    for acquired, right, possible, blocks in (
        (True, (), (), BLOCKS),
        (False, ("x@1/B1",), ("x@1/B2",), BLOCKS),
        (False, (), (), BLOCKS),
        (False, (), (), ()),
    ):
        gap = GAP.model_copy(update={"blocks": blocks})
        yield Bridge(**base, acquired=acquired, by_right=right, to_confirm=possible, remaining=("x@1/B3",), gap=gap)


COVERED = [
    BlockCoverage(
        ref="x@1/B1",
        title=TITLE,
        covered=covered,
        known=covered is Covered.WHOLE,
        modules=tuple(Contribution(module="o:m", how=how, level=3) for how in ("develops", "prepares", "assesses")),
    )
    for covered in Covered
]
ALONE = [
    CompetencyCoverage(ref="x@1/B1/C1", title=TITLE, modules=modules)
    for modules in ((), (Contribution(module="o:m", how="prepares"),), (Contribution(module="o:m", how="develops"),))
]


POINT = Point(
    totals=TOTALS,
    modules=("o:m",),
    objective=tuple(attained(one) for one in Objective),
    steps=(),
)
FRONTS = [
    Front(objectives=(one, other), points=(POINT,), complete=one is Objective.HOURS)
    for one, other in ((Objective.HOURS, Objective.COST), (Objective.MODULES, Objective.PEAK_LOAD))
]


def tables(*modules: ModuleType) -> Iterator[str]:
    """Every table of labels."""
    for module in modules:
        for table in vars(module).values():
            if isinstance(table, Mapping):
                yield from _texts(table.values())


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(value.values())
        elif isinstance(value, tuple):
            yield from _texts(value)


Said = Callable[[], Iterable[str]]

SAID: dict[str, Said] = {
    "date_wording.plain_date": lambda: [wording.plain_date(DAY)],
    "date_wording.date_in_letters": lambda: [
        wording.date_in_letters(date(2027, m, m), weekday=True) for m in range(1, 13)
    ],
    "date_wording.short_date": lambda: [wording.short_date(date(2027, m, m)) for m in range(1, 13)],
    "date_wording.month": lambda: [wording.month(date(2027, m, m)) for m in range(1, 13)],
    "date_wording.from_to": lambda: [wording.from_to(DAY, LATER), wording.from_to(DAY, DAY)],
    "date_wording.period": lambda: [
        wording.period(start, end, seen) for start in (None, DAY) for end in (None, LATER) for seen in (None, DAY)
    ],
    "wording.hours": lambda: [wording.hours(value) for value in (0, 0.5, 7.5, 1234)],
    "wording.euros": lambda: [wording.euros(value) for value in (0, 0.5, -1234)],
    "wording.bounded": lambda: [wording.bounded("7 h", partial) for partial in (True, False)],
    "wording.percent": lambda: [wording.percent(12.5)],
    "wording.weeks": lambda: [wording.weeks(count) for count in (0, 1, 2)],
    "wording.months": lambda: [wording.months(count) for count in (0, 1, 2)],
    "wording.quarters": lambda: [wording.quarters(count) for count in (0, 1, 2)],
    "wording.semesters": lambda: [wording.semesters(count) for count in (0, 1, 2)],
    "wording.plural": lambda: [wording.plural(2, "block")],
    "wording.enumeration": lambda: [wording.enumeration("abc", last) for last in ("et", "ou", "ni")],
    "wording.listed": lambda: [wording.listed(["a", "b"])],
    "wording.labelled": lambda: [wording.labelled("a", TITLE)],
    "wording.quoted": lambda: [wording.quoted(TITLE)],
    "wording.typeset": lambda: [wording.typeset(TITLE)],
    "library_wording.label": lambda: [library_wording.label(None), library_wording.label(Confidence.TO_CONFIRM)],
    "library_wording.window": lambda: [library_wording.window(Window(start=DAY))],
    "library_wording.code": lambda: [
        library_wording.code(Code(code="1", start=DAY, end=LATER, confidence=Confidence.SECONDARY))
    ],
    "library_wording.source": lambda: [library_wording.source(SOURCE)],
    "library_wording.effect": lambda: [library_wording.effect(one) for one in (EXEMPTION, *REDUCTIONS)],
    "library_wording.assessment": lambda: [
        library_wording.assessment(one)
        for one in (None, Assessment(form=TITLE, hours=2, cost=30), Assessment(hours=2), Assessment(cost=3))
    ],
    "library_wording.granted": lambda: [library_wording.granted(["x@1/B1", "x@1/B2", "z"])],
    "library_wording.durations": lambda: [
        library_wording.durations(Hours(total=4, theory=1, practice=2, workplace_min=1))
    ],
    "library_wording.requirement": lambda: [text for _depth, text in library_wording.requirement(ASKED)],
    "library_wording.one_requirement": lambda: map(library_wording.one_requirement, (ASKED, *ASKED.all_of)),
    "library_wording.at_level": lambda: [library_wording.at_level("x@1/B1/C1", 3)],
    "change_wording.sentences": lambda: change_wording.sentences(CHANGES, TARGET, AFTER),
    "change_wording.said": lambda: [
        change_wording.said(value, TARGET)
        for value in (None, True, False, 0.5, (), Confidence.OFFICIAL, ASKED, Assessment(), Hours(total=3), TITLE)
    ],
    "reason_wording.state": lambda: [reason_wording.state(one) for one in (None, *State)],
    "reason_wording.right": lambda: [
        reason_wording.right(RIGHT),
        reason_wording.right(Reason(fact="x", how="right", by="d")),
    ],
    "reason_wording.caution": lambda: [reason_wording.caution(one, TITLE) for one in Caution],
    "reason_wording.proof": lambda: [
        reason_wording.proof(RIGHT.model_copy(update={"how": how, "by": "certified"}))
        for how in ("held", "right", "contained", "level", "award", "likeness")
    ],
    "reason_wording.code_of": lambda: [reason_wording.code_of("x@1/B1#4")],
    "period_wording.periods": lambda: [period_wording.periods(n, unit) for unit in PeriodUnit for n in (0, 1, 2)],
    "step_wording.step_title": lambda: map(step_wording.step_title, STEPS),
    "step_wording.step_dates": lambda: map(step_wording.step_dates, STEPS),
    "step_wording.step_load": lambda: map(step_wording.step_load, STEPS),
    "step_wording.by_modality": lambda: [
        step_wording.by_modality(ModuleHours(onsite=14, remote=7)),
        step_wording.by_modality(ModuleHours(placement=7)),
    ],
    "step_wording.brought": lambda: [step_wording.brought(MODULE, GAP)],
    "step_wording.shortened_by": lambda: [
        step_wording.shortened_by(MODULE.model_copy(update={"reduced_by": RIGHT.by, "because": some}))
        for some in ((RIGHT,), ())
    ],
    "difference_wording.set_aside": lambda: difference_wording.set_aside({one.value: 2 for one in SetAside}),
    "difference_wording.without": lambda: map(difference_wording.without, WITHOUT),
    "difference_wording.differences": lambda: [
        difference_wording.differences(sign, sign, sign, PeriodUnit.MONTH, (unknown, unknown))
        for sign in (-2, 0, 1)
        for unknown in (-1, 0, 1)
    ],
    "difference_wording.exchange": lambda: [
        difference_wording.exchange(added, removed) for added in ((), (TITLE,)) for removed in ((), ("o:m", "o:n"))
    ],
    "difference_wording.if_confirmed": lambda: map(difference_wording.if_confirmed, CONFIRMATIONS),
    "difference_wording.savings": lambda: map(difference_wording.savings, CONFIRMATIONS),
    "difference_wording.confirmed": lambda: map(difference_wording.confirmed, CONFIRMATIONS),
    "pathway_wording.summary": lambda: [pathway_wording.summary(pathway(status)) for status in Status],
    "gap_wording.remaining": remainders,
    "gap_wording.asked": lambda: map(gap_wording.asked, (ASKED, *ASKED.all_of)),
    "gap_wording.entry": lambda: [text for one in DOORS for text in gap_wording.entry(one)],
    "gap_wording.before": lambda: [gap_wording.before(BLOCKS[0]), gap_wording.before(BLOCKS[2])],
    "gap_wording.waiver": lambda: map(gap_wording.waiver, WAIVERS),
    "gap_wording.near_right": lambda: [gap_wording.near_right(NearRight(clause=CLAUSE, missing=ASKED))],
    "pathway_wording.quality": qualities,
    "pathway_wording.distance": lambda: [
        pathway_wording.distance([attained(Objective.COST, bound=bound, proved=False)]) for bound in (0, 100)
    ],
    "pathway_wording.figures": lambda: _texts(
        pathway_wording.figures(totals, unit) for totals in (TOTALS, Totals()) for unit in PeriodUnit
    ),
    "pathway_wording.sums": lambda: [pathway_wording.sums(TOTALS, unit) for unit in PeriodUnit],
    "front_wording.title": lambda: map(front_wording.title, FRONTS),
    "front_wording.whole": lambda: map(front_wording.whole, FRONTS),
    "front_wording.heads": lambda: _texts(front_wording.heads(one, unit) for one in FRONTS for unit in PeriodUnit),
    "front_wording.cells": lambda: _texts(front_wording.cells(POINT, one) for one in FRONTS),
    "notice_wording.notices": lambda: notice_wording.notices(pathway(Status.OPTIMAL, notices=NOTICES), TARGET),
    "notice_wording.notice": lambda: [notice_wording.notice(code, pathway(Status.OPTIMAL)) for code in NOTICES],
    "notice_wording.version_notice": lambda: [
        notice_wording.version_notice(code, "x@1", day, target)
        for code in ("not_in_force", "replaced")
        for day in (date(2019, 1, 1), DAY, date(2030, 1, 1))
        for target in (None, TARGET)
    ],
    "impasse_wording.core": obstacles,
    "impasse_wording.lacks": lambda: impasse_wording.lacks(("hole:x@1/B1", "no_module:x@1/B2/C1"), {"x@1/B1": TITLE}),
    "impasse_wording.limit": lambda: [
        impasse_wording.limit(name, one) for name in LIMITS for one in (GIVES, CALENDARS[0])
    ],
    "impasse_wording.load": lambda: map(impasse_wording.load, (GIVES, *CALENDARS)),
    "impasse_wording.way_out": lambda: [impasse_wording.way_out(way, GIVES) for way in WAYS],
    "impasse_wording.change": lambda: [impasse_wording.change(way, CanGive()) for way in WAYS],
    "bridge_wording.bridge": lambda: map(bridge_wording.bridge, bridges()),
    "bridge_wording.cell": lambda: [
        bridge_wording.cell(Cell(start="z@1", target="x@1", blocks=10, **values))
        for values in (
            {"whole": True},
            {"by_right": 2, "to_confirm": 1, "entry_waived": True, "reductions": ("d",), "expected": ("d",)},
            {"competencies": 2, "exemptions": ("d",), "absences": ("d",), "preparations": ("d",)},
            {},
        )
    ],
    "bridge_wording.prospect": lambda: map(bridge_wording.prospect, prospects()),
    "bridge_wording.planned": lambda: map(bridge_wording.planned, prospects()),
    "bridge_wording.share": lambda: [bridge_wording.share(0.4)],
    "bridge_wording.covered": lambda: map(bridge_wording.covered, COVERED),
    "bridge_wording.contributions": lambda: map(bridge_wording.contributions, (*COVERED, *ALONE)),
    "territory_wording.area_in_words": lambda: map(territory_wording.area_in_words, ("29", "", None)),
    "territory_wording.trade_in_words": lambda: map(territory_wording.trade_in_words, ("K1601", "", None)),
    "territory_wording.places_in_words": lambda: [
        territory_wording.places_in_words([Place("29", "K1601"), Place("29", None)]),
        territory_wording.places_in_words([Place(None, None)]),
    ],
    "used_wording.used": lambda: [used_wording.used(f"{kind}:essai", Library()) for kind in ("offer", "right")],
    **BUDGET_SAID,
    **MAP_SAID,
    **SESSIONS_SAID,
    **{f"{module.__name__.partition('.')[2]}, tables": partial(tables, module) for module in MODULES},
}
"""Every function of the wording modules, with what makes it say all that it can."""

NO_WORDS = {
    *("reason_wording.rights", "pathway_wording.ties", "pathway_wording.open_blocks", "pathway_wording.titles"),
    *(
        "front_wording.columns",
        "pathway_wording.unknown_hours",
        "pathway_wording.unknown_cost",
        "period_wording.unit_of",
    ),
}
"""Functions that give no text of ours."""
