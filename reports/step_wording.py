"""The steps of a pathway in words (*étapes*): what each one is, when, how long, at what price, and what it brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathways.gap import Gap
from pathways.pathway import Step, StepKind
from referentials.offer import ModuleHours
from reports.language import Words, say, to_say
from reports.library_wording import granted, label
from reports.reason_wording import code_of, right
from reports.wording import enumeration, euros, from_to, hours, labelled, listed

STEPS: Mapping[StepKind, str] = Words(
    {
        StepKind.RIGHT: to_say("Droit"),
        StepKind.MODULE: to_say("Module"),
        StepKind.ASSESSMENT: to_say("Évaluation"),
        StepKind.VAE: to_say("Validation par l'expérience"),
        StepKind.AWARD: to_say("Obtention"),
    }
)


def step_title(step: Step) -> str:
    """What a step is."""
    kind = STEPS[step.kind]
    if step.kind is StepKind.RIGHT:
        return labelled(kind, step.title or step.ref)
    if step.kind is StepKind.MODULE:
        made_up = f" — {say('illustratif')}" if step.illustrative else ""
        return labelled(kind, f"{step.title or step.ref} ({step.body}){made_up}")
    if step.kind is StepKind.AWARD and step.title:
        return labelled(kind, step.title)
    return labelled(kind, ", ".join(part for part in (code_of(step.ref), step.title) if part))


def step_dates(step: Step) -> str:
    """When a step happens; empty when it has no date."""
    if step.start is None or step.end is None:
        return ""
    return from_to(step.start, step.end)


def step_load(step: Step, titles: Mapping[str, str] | None = None) -> str:
    """Hours, split by modality, and price; what is not known says so.

    Parameters
    ----------
    titles : mapping or None
        The titles of modules by reference, to name the one that includes an assessment.

    Examples
    --------
    >>> step_load(Step(kind=StepKind.ASSESSMENT, ref="x@1/B1", form="Oral", hours=None, cost=None))
    'Oral, durée et prix non connus'
    """
    if step.kind in (StepKind.MODULE, StepKind.VAE):
        return f"{_duration(step)}, {_price(step)}"
    if step.included_in is not None:
        return say("comprise dans le module {module}", module=(titles or {}).get(step.included_in, step.included_in))
    if step.hours is None and step.cost is None:
        told = [step.form or "", say("durée et prix non connus")]
    else:
        told = [step.form or "", "" if step.hours == 0 else _duration(step), "" if step.cost == 0 else _price(step)]
    return ", ".join(part for part in told if part)


def _duration(step: Step) -> str:
    told = say("durée non connue") if step.hours is None else hours(step.hours)
    return told if step.hours_by_modality is None else f"{told} ({by_modality(step.hours_by_modality)})"


def _price(step: Step) -> str:
    return say("prix non connu") if step.cost is None else euros(step.cost)


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


def shortened_by(step: Step) -> str:
    """The text that shortens a module, with what a careful reader should know; empty when none does."""
    texts = [reason for reason in step.because if reason.how == "right" and reason.by == step.reduced_by]
    return right(texts[-1]) if texts else step.reduced_by or ""


def brought(step: Step, gap: Gap) -> str:
    """What a step brings, by code and title; a block of the target whose competencies all come is said as a whole."""
    left = _highest(step.grants)
    whole = []
    for block in gap.blocks:
        codes = {item.ref for item in block.competencies}
        if codes and block.known and gap.target.count("/") < 2 and codes <= set(left):
            whole.append(code_of(block.ref))
            left = [fact for fact in left if fact not in codes]
    told = [say("toutes les compétences de {blocks}", blocks=enumeration(whole))] if whole else []
    own = f"{gap.target.partition('/')[0]}/"
    named = {item.ref: item.title for block in gap.blocks for item in block.competencies}
    parts = [_named(fact, own, named) for fact in left if fact.startswith(own)]
    waived = [_waived(fact) for fact in left if fact[0] == "!"]
    elsewhere = granted([_leveled(fact) for fact in left if fact[0] != "!" and not fact.startswith(own)])
    return listed([*told, enumeration(parts), *waived, elsewhere])


def _highest(grants: Sequence[str]) -> list[str]:
    """What is granted, a competency at its highest level only."""
    levels: dict[str, int] = {}
    for fact in grants:
        ref, mark, level = fact.partition("#")
        levels[ref] = max(levels.get(ref, 0), int(level)) if mark else levels.get(ref, 0)
    return [f"{ref}#{level}" if level else ref for ref, level in levels.items()]


def _named(fact: str, own: str, titles: Mapping[str, str | None]) -> str:
    """A part of the target, by its code and its title."""
    told, title = _leveled(fact.removeprefix(own)), titles.get(fact.partition("#")[0])
    return f"{told} ({title})" if title else told


def _leveled(fact: str) -> str:
    ref, mark, level = fact.partition("#")
    return say("{item} (niveau {level})", item=ref, level=level) if mark else ref


_WAIVED: Words[str] = Words(
    {
        "assessment": to_say("dispense d'évaluation"),
        "training": to_say("dispense de formation"),
        "entry": to_say("dispense d'entrée"),
    }
)


def _waived(fact: str) -> str:
    what, _colon, ref = fact[1:].partition(":")
    return f"{_WAIVED.get(what, what)} ({ref})"
