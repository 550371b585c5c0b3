"""A pathway in French words (*parcours en toutes lettres*): every code of the engine becomes a sentence, the same at every door.

The engine answers with values and codes (``by_right``, ``hole:tp-mn@2025/CCP2``); the command line, the web pages and the
documents all word them here. The reader is addressed as « vous ».
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pathways.gap import ACQUIRED, BlockGap, Gap, State
from pathways.objectives import Objective
from pathways.offering import SetAside
from pathways.pathway import Attained, IfConfirmed, Pathway, Status, Step, StepKind, Totals, Without
from pathways.profile import CanGive, PeriodUnit
from referentials.offer import ModuleHours
from reports.library_wording import granted, label
from reports.reason_wording import code_of, enumeration, rights
from reports.wording import date_fr, euros, hours, number, plural

STEPS: Mapping[StepKind, str] = {
    StepKind.RIGHT: "Droit",
    StepKind.MODULE: "Module",
    StepKind.ASSESSMENT: "Évaluation",
    StepKind.VAE: "Validation par l'expérience",
    StepKind.AWARD: "Obtention",
}

SET_ASIDE: Mapping[SetAside, str] = {
    SetAside.EXCLUDED_BODY: "organisme que vous écartez",
    SetAside.REFUSED: "module que vous refusez",
    SetAside.MODALITY: "modalité que vous n'acceptez pas",
    SetAside.MODALITY_NOT_KNOWN: "modalité non connue, alors que vous en demandez certaines",
    SetAside.LANGUAGE: "langue que vous n'acceptez pas",
    SetAside.PLACE: "lieu que vous n'acceptez pas",
    SetAside.DAYS: "jours qui ne vous conviennent pas",
    SetAside.NO_LONGER_OFFERED: "plus proposé à cette date",
    SetAside.NO_SESSION_LEFT: "aucune session possible : toutes passées, complètes ou trop tardives",
    SetAside.PRICE_NOT_KNOWN: "prix non connu, alors que vous fixez un budget",
    SetAside.HOURS_NOT_KNOWN: "durée non connue, alors que vous comptez vos heures",
    SetAside.ILLUSTRATIVE: "module illustratif, inventé pour la démonstration",
}

UNITS: Mapping[PeriodUnit, tuple[str, str]] = {
    PeriodUnit.WEEK: ("semaine", "semaines"),
    PeriodUnit.MONTH: ("mois", "mois"),
    PeriodUnit.QUARTER: ("trimestre", "trimestres"),
    PeriodUnit.SEMESTER: ("semestre", "semestres"),
}

_ONE_OF_THE_BEST: Mapping[Objective, str] = {
    Objective.HOURS: "L'un des plus courts",
    Objective.COST: "L'un des moins chers",
    Objective.WEEKS: "L'un des plus tôt finis",
    Objective.MODULES: "L'un de ceux qui ont le moins de modules",
    Objective.PEAK_LOAD: "L'un des plus réguliers",
}


# -- the answer in a few words --------------------------------------------------------------------------------------------


def summary(pathway: Pathway) -> str:
    """The sentence that opens an answer."""
    if pathway.status is Status.HELD:
        return "Vous avez déjà ce que vous visez : il ne reste rien à faire."
    if pathway.status is Status.UNKNOWN:
        return "Aucun parcours trouvé : la recherche a été arrêtée avant la fin. Il en existe peut-être un, avec plus de temps."
    told = remaining(pathway.gap)
    if pathway.status is Status.INFEASIBLE:
        return f"Aucun parcours ne mène à cette cible aujourd'hui. {told}".strip()
    return told


def remaining(gap: Gap) -> str:
    """What is left of a target, in one sentence.

    Blocks by right are named with their text, because a right is the best news that there is.
    """
    if gap.acquired:
        return "Vous avez déjà ce que vous visez : il ne reste rien à faire."
    if gap.target.count("/") == 2:
        return "Il vous reste cette compétence à acquérir."
    if not gap.blocks:
        return "Les blocs de cette cible ne sont pas connus."
    left, every = gap.remaining.blocks, len(gap.blocks)
    if not left:
        return "Tous les blocs vous sont acquis ; reste à obtenir le diplôme."
    told = f"Il vous reste {left} {'bloc' if left == 1 else 'blocs'} sur {every}"
    rights = [block for block in gap.blocks if block.state is State.BY_RIGHT]
    return f"{told} ; {_acquired(rights)}." if rights else f"{told}."


def _acquired(blocks: Sequence[BlockGap]) -> str:
    codes = [code_of(block.ref) for block in blocks]
    texts = list(
        dict.fromkeys(reason.source.title for block in blocks for reason in rights(block.because) if reason.source)
    )
    by = f" par le texte suivant : {texts[0]}" if len(texts) == 1 else ""
    if len(codes) == 1:
        return f"le bloc {codes[0]} vous est acquis de droit{by}"
    return f"{enumeration(codes)} vous sont acquis de droit{by}"


def quality(pathway: Pathway) -> str:
    """How good the plan is, only as far as it is proved.

    ``optimal`` alone is called the best; when another plan does as well, one of the best; else the distance to the best.
    """
    if pathway.status is Status.OPTIMAL:
        if not ties(pathway):
            return "Meilleur parcours possible."
        first = pathway.objective[0].name if pathway.objective else Objective.HOURS
        return f"{_ONE_OF_THE_BEST[first]} : d'autres parcours font aussi bien."
    if pathway.status is Status.FEASIBLE:
        return distance(pathway.objective)
    return ""


def ties(pathway: Pathway) -> bool:
    """Whether another plan is known to do as well on everything that was minimised."""
    asked = [one.name for one in pathway.objective]
    mine = [_of(pathway.totals, one) for one in asked]
    if any([_of(other.totals, one) for one in asked] == mine for other in pathway.alternatives):
        return True
    return any(not one.irreplaceable and not any(_more(one, name) for name in asked) for one in pathway.without)


def _of(totals: Totals, objective: Objective) -> float | None:
    return None if objective is Objective.PEAK_LOAD else getattr(totals, objective.value)


def _more(one: Without, objective: Objective) -> float:
    """What doing without a module costs more; one where it isn't measured, so that no tie is claimed."""
    known = {Objective.HOURS: one.hours, Objective.COST: one.cost, Objective.WEEKS: one.weeks}
    value = known.get(objective)
    return 1 if value is None else value


def distance(objectives: Sequence[Attained]) -> str:
    """How far at most a plan is from the best one, on the first objective that isn't proved.

    Examples
    --------
    >>> distance([Attained(name=Objective.HOURS, value=104, bound=100, proved=False)]).replace("\\u00a0", " ")
    'À 4 % au plus du meilleur : la recherche a été arrêtée avant la fin.'
    """
    open_one = next((one for one in objectives if not one.proved), None)
    if open_one is None or open_one.bound <= 0:
        return "Un parcours possible ; le meilleur n'est pas connu : la recherche a été arrêtée avant la fin."
    percent = math.ceil(100 * (open_one.value - open_one.bound) / open_one.bound - 1e-9)
    return f"À {percent}\u00a0% au plus du meilleur : la recherche a été arrêtée avant la fin."


def figures(totals: Totals, unit: PeriodUnit = PeriodUnit.WEEK) -> tuple[tuple[str, str], ...]:
    """The three numbers of a plan, each with its name: hours, weeks (or another period), cost.

    A sum that leaves modules out says « au moins ».
    """
    _singular, several = UNITS[unit]
    return (
        ("heures", _at_least(hours(totals.hours), totals.unknown_hours)),
        (several, "non daté" if totals.weeks is None else number(totals.weeks)),
        ("coût", _at_least(euros(totals.cost), totals.unknown_cost)),
    )


def _at_least(text: str, unknown: int) -> str:
    return f"au moins {text}" if unknown else text


def sums(totals: Totals, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """The numbers of a plan in one line.

    Examples
    --------
    >>> sums(Totals(hours=21, cost=840, weeks=4, modules=1)).replace("\\u00a0", " ")
    '21 h, 4 semaines, 840 €'
    """
    parts = [_at_least(hours(totals.hours), totals.unknown_hours)]
    if totals.weeks is not None:
        parts.append(plural(totals.weeks, *UNITS[unit]))
    return ", ".join([*parts, _at_least(euros(totals.cost), totals.unknown_cost)])


def unit_of(give: CanGive) -> PeriodUnit:
    """The period that a person's calendar counts in."""
    return give.calendar.period if give.calendar else PeriodUnit.WEEK


# -- steps ----------------------------------------------------------------------------------------------------------------


def step_title(step: Step) -> str:
    """What a step is."""
    kind = STEPS[step.kind]
    if step.kind is StepKind.RIGHT:
        return f"{kind} : {step.title or step.ref}"
    if step.kind is StepKind.MODULE:
        made_up = " — illustratif" if step.illustrative else ""
        return f"{kind} : {step.title or step.ref} ({step.body}){made_up}"
    about = code_of(step.ref)
    return f"{kind} : {about}" + (f", {step.title}" if step.title else "")


def step_dates(step: Step) -> str:
    """When a step happens; empty when it has no date."""
    if step.start is None or step.end is None:
        return ""
    if step.start == step.end:
        return f"le {date_fr(step.start)}"
    return f"du {date_fr(step.start)} au {date_fr(step.end)}"


def step_load(step: Step) -> str:
    """Hours, split by modality, and price; what is not known says so."""
    if step.kind in (StepKind.RIGHT, StepKind.AWARD) and not step.hours and not step.cost:
        return ""
    duration = "durée non connue" if step.hours is None else hours(step.hours)
    split = "" if step.hours_by_modality is None else f" ({by_modality(step.hours_by_modality)})"
    price = "prix non connu" if step.cost is None else euros(step.cost)
    if step.kind is StepKind.ASSESSMENT and not step.cost:
        return duration + split if step.hours else ""
    return f"{duration}{split}, {price}"


def by_modality(value: ModuleHours) -> str:
    """Hours by modality; the modality alone when there is only one.

    Examples
    --------
    >>> by_modality(ModuleHours(onsite=14, remote=7)).replace("\\u00a0", " ")
    '14 h en présence + 7 h à distance, en direct'
    """
    used = value.modalities
    if len(used) == 1:
        return label(used[0])
    return " + ".join(f"{hours(getattr(value, one.value))} {label(one)}" for one in used)


def brought(step: Step, gap: Gap) -> str:
    """What a step brings; a block of the target whose competencies all come is said as a whole."""
    left = _highest(step.grants)
    whole = []
    for block in gap.blocks:
        codes = {item.ref for item in block.competencies}
        if codes and block.known and codes <= set(left):
            whole.append(code_of(block.ref))
            left = [fact for fact in left if fact not in codes]
    told = [f"toutes les compétences de {enumeration(whole)}"] if whole else []
    own = f"{gap.target.partition('/')[0]}/"
    parts = [_leveled(fact.removeprefix(own)) for fact in left if fact.startswith(own)]
    waived = [_waived(fact) for fact in left if fact[0] == "!"]
    elsewhere = granted([_leveled(fact) for fact in left if fact[0] != "!" and not fact.startswith(own)])
    return " ; ".join(part for part in (*told, enumeration(parts), *waived, elsewhere) if part)


def _highest(grants: Sequence[str]) -> list[str]:
    """What is granted, a competency at its highest level only."""
    levels: dict[str, int] = {}
    for fact in grants:
        ref, mark, level = fact.partition("#")
        levels[ref] = max(levels.get(ref, 0), int(level)) if mark else levels.get(ref, 0)
    return [f"{ref}#{level}" if level else ref for ref, level in levels.items()]


def _leveled(fact: str) -> str:
    ref, mark, level = fact.partition("#")
    return f"{ref} (niveau {level})" if mark else ref


_WAIVED = {"assessment": "dispense d'évaluation", "training": "dispense de formation", "entry": "dispense d'entrée"}


def _waived(fact: str) -> str:
    what, _colon, ref = fact[1:].partition(":")
    return f"{_WAIVED.get(what, what)} ({ref})"


# -- what could change ----------------------------------------------------------------------------------------------------


def without(one: Without, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """What doing without a module costs.

    Examples
    --------
    >>> without(Without(module="o:m", irreplaceable=False, hours=7, cost=-20)).replace("\\u00a0", " ")
    '7 h de plus, 20 € de moins'
    """
    if one.irreplaceable:
        return "irremplaçable : aucun parcours sans lui"
    return differences(one.hours, one.cost, one.weeks, unit) or "sans changement : un autre parcours fait aussi bien"


def differences(more_hours: float | None, more_cost: float | None, more_weeks: int | None, unit: PeriodUnit) -> str:
    """More or less of each, in one line; empty when nothing changes."""
    told = []
    if more_hours:
        told.append(f"{hours(abs(more_hours))} {_more_or_less(more_hours)}")
    if more_weeks:
        told.append(f"{plural(abs(more_weeks), *UNITS[unit])} {_more_or_less(more_weeks)}")
    if more_cost:
        told.append(f"{euros(abs(more_cost))} {_more_or_less(more_cost)}")
    return ", ".join(told)


def _more_or_less(value: float) -> str:
    return "de plus" if value > 0 else "de moins"


def exchange(added: Sequence[str], removed: Sequence[str]) -> str:
    """How another plan differs in its modules.

    Examples
    --------
    >>> exchange(["le module long"], ["le module court"]), exchange([], ["le module court"])
    ('le module long au lieu de : le module court', 'sans : le module court')
    """
    if not added:
        return f"sans : {' ; '.join(removed)}" if removed else "les mêmes modules"
    return " ; ".join(added) + (f" au lieu de : {' ; '.join(removed)}" if removed else " en plus")


def if_confirmed(one: IfConfirmed, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """What a confirmation would save, as a sentence.

    Examples
    --------
    >>> one = IfConfirmed(fact="tp-x@2020/B1/C1", what="competency", text="Faire", hours=35, cost=420)
    >>> if_confirmed(one).replace("\\u00a0", " ")
    'Si B1/C1 (Faire) est confirmé : 35 h de moins, 420 € de moins.'
    """
    gain = differences(-one.hours, -one.cost, None if one.weeks is None else -one.weeks, unit)
    what = "un parcours devient possible" if one.opens else gain or "rien ne change"
    return f"Si {_confirmed(one)} est confirmé : {what}."


def _confirmed(one: IfConfirmed) -> str:
    if one.what == "condition":
        return f"« {one.text or one.fact[1:]} »"
    if one.what == "experience":
        months, _colon, rest = one.fact[1:].partition(":")
        field = rest.strip(":").replace(":", ", ")
        return f"que vous avez {months} mois d'expérience" + (f" ({field})" if field else "")
    about = code_of(one.fact) if one.what in ("competency", "block") else one.fact
    return f"{about} ({one.text})" if one.text else about


def set_aside(counts: Mapping[str, int]) -> Iterator[str]:
    """The modules that were not considered, by reason, the most numerous first."""
    for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{plural(count, 'module')} : {SET_ASIDE[SetAside(reason)]}"


def open_blocks(gap: Gap) -> tuple[BlockGap, ...]:
    """The blocks that are not acquired."""
    return tuple(block for block in gap.blocks if block.state not in ACQUIRED)


def titles(gap: Gap) -> dict[str, str | None]:
    """The titles of the target's blocks and competencies, by reference."""
    found: dict[str, str | None] = {}
    for block in gap.blocks:
        found[block.ref] = block.title
        found |= {item.ref: item.title for item in block.competencies}
    return found
