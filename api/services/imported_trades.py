"""Trades that were imported (*métiers importés*): looked for in the database by the words of a job title, never read whole.

They widen the few that ship; a trade proves nothing, and its skills are only what to ask about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.services.nearness import forms, stems_of
from api.services.trades import Suggestion, trades
from api.store.repositories.imported import ImportedDocuments
from pathways.profile import ExperienceDone
from referentials.formats.exchange import OCCUPATION
from referentials.occupations import Occupation

ROME, ESCO = "rome", "esco"
_CANDIDATES = 40
_MOST = 3
_SKILLS = 40


def trades_near(title: str, imported: ImportedDocuments) -> tuple[Suggestion, ...]:
    """The trades of the ROME that a job title may name, among those that ship and those that were imported."""
    near = (*trades(title), *trades(title, _called(title, ROME, imported)))
    best: dict[str, Suggestion] = {}
    for one in near:
        if one.code not in best or one.nearness > best[one.code].nearness:
            best[one.code] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.nearness, one.code))[:_MOST])


def skills_of(job: ExperienceDone, imported: ImportedDocuments) -> tuple[str, ...]:
    """The skills that nomenclatures give to the trade of a job: of its code, and of the ESCO trade that its title names."""
    found = []
    if job.rome and (values := imported.named(OCCUPATION, f"{ROME}:{job.rome}")):
        found.append(_trade(values))
    if job.title:
        known = {one.code: one for one in _called(job.title, ESCO, imported)}
        found += [known[one.code] for one in trades(job.title, known.values(), 1)]
    essential_first = sorted((one for trade in found for one in trade.skills), key=lambda one: one.essential is False)
    return tuple(dict.fromkeys(one.title for one in essential_first))[:_SKILLS]


def _called(title: str, nomenclature: str, imported: ImportedDocuments) -> tuple[Occupation, ...]:
    stems = {stem for form in forms(title) for stem in stems_of(form)}
    found = map(_trade, imported.called(OCCUPATION, stems, _CANDIDATES))
    return tuple(one for one in found if one.nomenclature == nomenclature)


def _trade(values: Mapping[str, Any]) -> Occupation:
    return Occupation.model_validate({name: value for name, value in values.items() if name != "id"})
