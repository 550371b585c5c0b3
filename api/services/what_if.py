"""Et si… ? A few changes to what a person gives, refuses or confirms → the same question, changed; the question itself stays as it was.

Each change is one field, so that it travels in the address of a page: the plan it gives can be looked at, kept or left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import Field

from api.services.asking import PlanRequest
from api.services.planning import NotPlannable
from pathways.facts import reference_of
from pathways.pathway import IfConfirmed, WayOut
from pathways.profile import CanGive, EvidenceKind, HeldCompetency, HeldItem, Profile
from referentials.offer import Modality
from referentials.provenance import Value

CONFIRMABLE = ("competency", "block", "qualification", "condition")
"""What a confirmation can write into a profile; an experience or a right is confirmed elsewhere, by a text or a certificate."""

_LIMITS = frozenset(CanGive.model_fields) - {"refused", "imposed", "vae", "start"}


class WhatIf(Value):
    """Changes to a question; empty, it is the question itself."""

    weekly_hours: float | None = Field(None, gt=0, le=168, description="Heures par semaine.")
    budget: float | None = Field(None, ge=0, description="Budget, en euros.")
    hours: float | None = Field(None, ge=0, description="Heures au plus, en tout.")
    deadline: date | None = Field(None, description="Dernier jour.")
    periods: int | None = Field(None, ge=1, le=600, description="Périodes du calendrier.")
    accept: tuple[Modality, ...] = Field((), description="Modalités acceptées en plus.")
    lift: tuple[str, ...] = Field((), max_length=20, description="Limites levées, par leur nom.")
    refuse: tuple[str, ...] = Field((), max_length=60, description="Modules refusés en plus.")
    impose: tuple[str, ...] = Field((), max_length=60, description="Modules imposés en plus.")
    confirm: tuple[str, ...] = Field(
        (), max_length=60, description="Ce qui serait confirmé : référence, ou « ? » et la condition."
    )

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return self != WhatIf()

    def applied(self, request: PlanRequest) -> PlanRequest:
        """The question with these changes.

        Raises
        ------
        NotPlannable
            A limit is named that nobody knows.
        """
        profile = _confirming(request.profile, self.confirm)
        give = profile.can_give.model_dump() | dict(self._limits(profile.can_give))
        return request.model_copy(
            update={"profile": profile.model_copy(update={"can_give": CanGive.model_validate(give)})}
        )

    def _limits(self, now: CanGive) -> Iterator[tuple[str, Any]]:
        for name in self.lift:
            if name not in _LIMITS and name not in ("refused", "imposed"):
                raise NotPlannable(f"La limite « {name} » n'existe pas.")
            yield name, CanGive().model_dump()[name]
        for name in ("weekly_hours", "budget", "hours", "deadline"):
            if (value := getattr(self, name)) is not None:
                yield name, value
        if self.weekly_hours is not None:
            yield "calendar", None
        if self.periods is not None and now.calendar is not None:
            yield "calendar", now.calendar.model_dump() | {"count": self.periods}
        if self.accept and now.modalities is not None:
            yield "modalities", tuple(dict.fromkeys((*now.modalities, *self.accept)))
        if self.refuse or self.impose:
            refused = () if "refused" in self.lift else now.refused
            imposed = () if "imposed" in self.lift else now.imposed
            yield "refused", _and(refused, self.refuse, without=self.impose)
            yield "imposed", _and(imposed, self.impose, without=self.refuse)


def _and(before: tuple[str, ...], more: tuple[str, ...], *, without: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((*before, *more)) if one not in without)


def _confirming(profile: Profile, facts: tuple[str, ...]) -> Profile:
    """The profile in which these facts have been shown by an assessment, or seen on a document."""
    holds = profile.holds
    competencies = {(one.ref, one.level): one for one in holds.competencies}
    items: dict[str, dict[str, HeldItem]] = {
        "qualifications": {one.ref: one for one in holds.qualifications},
        "blocks": {one.ref: one for one in holds.blocks},
    }
    conditions = [fact[1:] for fact in facts if fact.startswith("?")]
    for fact in (fact for fact in facts if not fact.startswith("?")):
        reference = reference_of(fact)
        _mark, _sign, level = fact.partition("#")
        parts = reference.count("/")
        if parts >= 2:
            key = reference, int(level) if level.isdecimal() else None
            competencies[key] = HeldCompetency(ref=reference, level=key[1], evidence=EvidenceKind.ASSESSED)
        else:
            kind = "blocks" if parts else "qualifications"
            before = items[kind].get(reference)
            items[kind][reference] = HeldItem(ref=reference, on=before.on if before else None)
    held = holds.model_copy(
        update={
            "competencies": tuple(competencies.values()),
            **{kind: tuple(found.values()) for kind, found in items.items()},
        }
    )
    return profile.model_copy(
        update={"holds": held, "confirms": tuple(dict.fromkeys((*profile.confirms, *conditions)))}
    )


def confirming(one: IfConfirmed) -> WhatIf | None:
    """The change that a confirmation would make; None where it is not for the person to write down."""
    return WhatIf(confirm=(one.fact,)) if one.what in CONFIRMABLE else None


def taking(way: WayOut) -> WhatIf | None:
    """The change that a way out asks for; None where it is none of these."""
    if way.change.startswith("without_"):
        return WhatIf(lift=(way.change.removeprefix("without_"),))
    if way.change == "modalities":
        return WhatIf(accept=(Modality(str(way.value)),))
    if way.change == "deadline":
        return WhatIf(deadline=date.fromisoformat(str(way.value)))
    fields: Mapping[str, str] = {
        "weekly_hours": "weekly_hours",
        "budget": "budget",
        "hours": "hours",
        "calendar": "periods",
    }
    if way.change in fields and way.value is not None:
        return WhatIf.model_validate({fields[way.change]: way.value})
    return None
