"""A gap → a learning plan for Moodle (*plan de formation Moodle*): what is not acquired yet, competency by competency.

A block whose competencies are not known stands for itself. What is only claimed is in the plan too: nothing proves it yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathways.gap import Gap, State
from referentials.formats.moodle_plan import learning_plans
from referentials.library import Library
from reports.language import say
from reports.wording import plain_date

_ACQUIRED = (State.BY_RIGHT, State.BY_PROOF)


def to_acquire(found: Gap) -> Iterator[str]:
    """The references of what remains, in the order of the target."""
    for block in found.blocks:
        if block.state not in _ACQUIRED:
            parts = [one.ref for one in block.competencies if one.state not in _ACQUIRED]
            yield from parts or [block.ref]


def learning_plan(found: Gap, library: Library) -> bytes:
    """The CSV of what remains, for the plugin that imports learning plan templates; see :mod:`referentials.formats.moodle_plan`."""
    version = library.get(*found.target.partition("/")[0].split("@"))
    told = say("Ce qui reste à acquérir pour « {title} », au {day}.", title=version.title, day=plain_date(found.on))
    return learning_plans(version.title, told, to_acquire(found))
