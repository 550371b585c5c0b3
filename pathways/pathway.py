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
from referentials.provenance import Confidence, Value


class Status(StrEnum):
    """What the answer is."""

    HELD = "held"
    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


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


class Attained(Value):
    """One objective: the value reached, a value that no plan is below, and whether the two were proved equal."""

    name: Objective
    value: float
    bound: float
    proved: bool


class Totals(Value):
    """Sums over the steps. ``unknown_hours`` and ``unknown_cost`` count the modules that the sums leave out."""

    hours: float = 0
    cost: float = 0
    weeks: int | None = None
    modules: int = 0
    unknown_hours: int = 0
    unknown_cost: int = 0


class Without(Value):
    """What the best plan without a module costs more; empty numbers when there is no plan without it."""

    module: str
    irreplaceable: bool
    hours: float | None = None
    cost: float | None = None
    weeks: int | None = None


class IfConfirmed(Value):
    """What a confirmation would save."""

    fact: str
    what: Literal["competency", "block", "qualification", "condition", "experience", "right", "module"]
    text: str | None = None
    hours: float = 0
    cost: float = 0
    weeks: int | None = None
    opens: bool = Field(False, description="Vrai quand il n'y a de parcours que si c'est confirmé.")


class Alternative(Value):
    """Another plan, and its totals."""

    totals: Totals
    modules: tuple[str, ...]


class WayOut(Value):
    """A change that makes a plan possible, with its number, and what that plan takes."""

    change: str
    value: float | str | None = None
    totals: Totals | None = None


class Conflict(Value):
    """Why there is no plan: needs and limits that contradict each other, none of which could be spared, and ways out."""

    core: tuple[str, ...]
    ways_out: tuple[WayOut, ...] = ()


class WithinReach(Value):
    """What can be planned of a target that nothing known gives as a whole: these parts, by these steps."""

    parts: tuple[str, ...]
    steps: tuple[Step, ...]
    totals: Totals
    objective: tuple[Attained, ...] = ()


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
    alternatives: tuple[Alternative, ...] = ()
    conflict: Conflict | None = None
    within_reach: WithinReach | None = None
    set_aside: dict[str, int] = Field(default_factory=dict, description="Modules écartés, comptés par motif.")
    notices: tuple[str, ...] = ()
    verified: bool = False
