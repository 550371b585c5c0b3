"""A pathway (*parcours*): the answer, as the command line, the API and the documents show it.

Field names are stable; hours are decimal hours, money is euros, dates are days.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from pathways.gap import Gap
from pathways.objectives import Objective
from pathways.reasons import Caution, Reason
from referentials.offer import Modality, ModuleHours
from referentials.provenance import Confidence, Source, Value


class Status(StrEnum):
    """What the answer is."""

    HELD = "held"
    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class Rivals(StrEnum):
    """Whether another plan, made of other modules, does as well as the best on everything that was minimised."""

    NONE = "none"
    SOME = "some"
    NOT_KNOWN = "not_known"


class StepKind(StrEnum):
    """What a step is."""

    RIGHT = "right"
    MODULE = "module"
    ASSESSMENT = "assessment"
    VAE = "vae"
    AWARD = "award"


class Load(Value):
    """Hours in one week or period."""

    start: date
    end: date
    hours: float


class Step(Value):
    """One thing to do, or one right to exercise. ``hours`` and ``cost`` are empty when they are not known."""

    kind: StepKind
    ref: str
    title: str | None = None
    body: str | None = None
    hours: float | None = 0
    cost: float | None = 0
    form: str | None = Field(
        None, description="Forme de l'évaluation ou de l'entretien final, telle qu'elle a été lue."
    )
    included_in: str | None = Field(None, description="Le module du parcours qui comprend cette évaluation.")
    hours_by_modality: ModuleHours | None = None
    modalities: tuple[Modality, ...] = ()
    session: str | None = None
    start: date | None = None
    end: date | None = None
    loads: tuple[Load, ...] = ()
    grants: tuple[str, ...] = Field((), description="Ce que l'étape rend vrai : blocs, compétences, diplôme.")
    because: tuple[Reason, ...] = ()
    cautions: tuple[Caution, ...] = ()
    confidence: Confidence | None = None
    reduced_by: str | None = None
    illustrative: bool = False


class Workplace(Value):
    """Hours in a workplace that a certification asks for, beside the totals, of whoever comes from training."""

    ref: str
    blocks: tuple[str, ...] = Field(description="Les blocs évalués dans ce parcours, qui les demandent.")
    hours: float = Field(description="Heures demandées, au moins.")
    planned: float = Field(
        description="Heures en situation de travail ou en stage que les modules du parcours comptent."
    )
    sources: tuple[Source, ...] = ()
    confidence: Confidence | None = None
    note: str | None = None


class Attained(Value):
    """One objective: the value reached, a value that no plan is below, and whether the two were proved equal."""

    name: Objective
    value: float
    bound: float
    proved: bool


class Totals(Value):
    """Sums over the steps, and how many of them the sums leave out.

    ``unknown_hours`` and ``unknown_cost`` count modules; the other two count assessments, final interviews included.
    """

    hours: float = Field(0, description="Heures connues, en tout.")
    cost: float = Field(0, description="Coût connu en euros, avant tout financement.")
    weeks: int | None = Field(None, description="Semaines, de la première à la dernière ; vide : rien n'est daté.")
    modules: int = Field(0, description="Modules suivis.")
    unknown_hours: int = Field(0, description="Modules dont la durée n'est pas connue.")
    unknown_cost: int = Field(0, description="Modules dont le prix n'est pas connu.")
    unknown_assessment_hours: int = Field(0, description="Évaluations dont la durée n'a pas été lue.")
    unknown_assessment_cost: int = Field(0, description="Évaluations dont le prix n'a pas été lu.")


class Without(Value):
    """What the best plan without a module costs more; empty numbers when there is no plan without it.

    A number is empty too when it can't be told, because something in it is not known; ``hours_at_least`` and ``cost_at_least``:
    the plan without it also takes something of unknown length or price.
    ``instead`` is what comes in place of the module, and ``dropped`` the other modules that then serve no longer.
    """

    module: str
    irreplaceable: bool
    instead: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    hours: float | None = None
    cost: float | None = None
    hours_at_least: bool = False
    cost_at_least: bool = False
    weeks: int | None = None


class IfConfirmed(Value):
    """What a confirmation would save; an empty number is one that can't be told, because something in it is not known.

    ``competencies`` are all those to confirm in the block that is named, together; ``module`` all that a module followed taught.
    ``hours_at_least`` and ``cost_at_least``: something of unknown length or price would be spared too.
    """

    fact: str
    what: Literal["competency", "competencies", "block", "qualification", "condition", "experience", "right", "module"]
    text: str | None = None
    hours: float | None = 0
    cost: float | None = 0
    hours_at_least: bool = False
    cost_at_least: bool = False
    weeks: int | None = None
    opens: bool = Field(False, description="Vrai quand il n'y a de parcours que si c'est confirmé.")


class Alternative(Value):
    """Another plan, and its totals; ``illustrative`` when it holds a module made up for demonstration."""

    totals: Totals
    modules: tuple[str, ...]
    illustrative: bool = False


class Point(Alternative):
    """One plan of a front: what it reaches of the two objectives, and its steps."""

    objective: tuple[Attained, ...]
    steps: tuple[Step, ...]


class Front(Value):
    """Every plan of which no other one is better in one of two objectives and as good in the other, best in the first one first.

    A plan with something unknown comes after every plan whose numbers are known, as everywhere. ``complete`` is false when
    the time ran out before it was sure that nothing is missing.
    """

    objectives: tuple[Objective, Objective]
    points: tuple[Point, ...]
    complete: bool


class WayOut(Value):
    """A change that makes a plan possible, with its number, and what that plan takes."""

    change: str
    value: float | str | None = None
    totals: Totals | None = None


class Conflict(Value):
    """Why there is no plan: needs and limits that contradict each other, none of which could be spared, and ways out.

    ``complete`` is false when the time ran out: then some of the limits may have nothing to do with it, and other ways out may exist.
    """

    core: tuple[str, ...]
    ways_out: tuple[WayOut, ...] = ()
    complete: bool = True


class WithinReach(Value):
    """What can be planned of a target that nothing known gives as a whole: these parts, by these steps."""

    parts: tuple[str, ...]
    steps: tuple[Step, ...]
    totals: Totals
    objective: tuple[Attained, ...] = ()
    workplace: tuple[Workplace, ...] = ()


class Pathway(Value):
    """The answer to one question."""

    status: Status
    objective: tuple[Attained, ...] = ()
    target: str
    title: str
    on: date
    start: date | None = None
    versions: tuple[str, ...]
    engine: str
    gap: Gap
    steps: tuple[Step, ...] = ()
    totals: Totals = Totals()
    without: tuple[Without, ...] = ()
    if_confirmed: tuple[IfConfirmed, ...] = ()
    rivals: Rivals | None = Field(None, description="Un autre parcours fait-il aussi bien ? Vide : sans objet.")
    alternatives: tuple[Alternative, ...] = ()
    front: Front | None = None
    conflict: Conflict | None = None
    within_reach: WithinReach | None = None
    workplace: tuple[Workplace, ...] = Field((), description="Périodes en entreprise que les textes demandent.")
    valid_from: date | None = Field(None, description="Premier jour où la cible s'obtient ; vide : non lu.")
    valid_until: date | None = Field(None, description="Dernier jour où la cible s'obtient ; vide : non lu.")
    set_aside: dict[str, int] = Field(default_factory=dict, description="Modules écartés, comptés par motif.")
    notices: tuple[str, ...] = ()
    verified: bool = False
