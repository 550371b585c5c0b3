"""What the reader of an answer must know (*avis*): codes, worded where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathways.gap import Gap
from pathways.pathway import Step, Workplace
from referentials.provenance import Confidence


def notices(steps: Sequence[Step], measured: Gap, workplaces: Sequence[Workplace], *, undatable: bool) -> Iterator[str]:
    """The notices of a plan.

    Parameters
    ----------
    undatable : bool
        Whether modules happen at sessions of which none agree with the order of the steps.
    """
    found = {
        "ends_after_validity": _ends_too_late(steps, measured),
        "illustrative": any(step.illustrative for step in steps),
        "leans_on_to_confirm": any(map(_is_to_confirm, steps)),
        "partial_totals": any(step.hours is None or step.cost is None for step in steps),
        "workplace_minimum": any(one.hours > one.planned for one in workplaces),
        "sessions_not_considered": undatable,
        "holes": any(not block.known for block in measured.blocks),
    }
    yield from measured.notices
    yield from (code for code, applies in found.items() if applies)


def _is_to_confirm(step: Step) -> bool:
    """Whether a step, or a text that it rests on, was not read."""
    own = step.confidence is Confidence.TO_CONFIRM and not step.illustrative
    return own or any(reason.confidence is Confidence.TO_CONFIRM for reason in step.because)


def _ends_too_late(steps: Sequence[Step], measured: Gap) -> bool:
    last = measured.valid_until
    if last is None or "not_in_force" in measured.notices:
        return False
    return any(step.end and step.end > last for step in steps)
