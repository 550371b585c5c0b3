"""Domain cases (*cas*): sentences that a jurist could dispute, each with a profile, a date and what must follow.

They live under ``referentials/data/cases`` and are run by ``passerelles cases`` and by the test suite, one item each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from pathways.holdings import held
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.recognition import Closure, Rights
from referentials.library import Library
from referentials.provenance import Value
from referentials.reference import IDENTIFIER
from referentials.yaml_source import read_file


class ExpectedRights(Value):
    """What must, and must not, follow by right."""

    acquired: tuple[str, ...] = Field((), description="Ce qui doit être acquis : diplômes, blocs, compétences.")
    not_acquired: tuple[str, ...] = Field((), description="Ce qui ne doit pas l'être.")
    to_confirm: tuple[str, ...] = Field((), description="Ce qui ne l'est que si ce qui est à confirmer l'est.")
    waived: tuple[str, ...] = Field((), description="Dispenses attendues : « entry bpjeps-as@2005 ».")
    not_waived: tuple[str, ...] = Field((), description="Dispenses qui ne doivent pas jouer.")
    reduced_by: tuple[str, ...] = Field((), description="Passerelles d'allègement attendues, par leur identifiant.")
    not_reduced_by: tuple[str, ...] = Field((), description="Passerelles d'allègement qui ne doivent pas jouer.")
    by: tuple[str, ...] = Field((), description="Passerelles dont la preuve doit se servir.")


class Case(Value):
    """One sentence, and what makes it true or false."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant.")
    sentence: str = Field(min_length=20, description="La phrase, telle qu'un juriste la discuterait.")
    on: date = Field(description="Le jour où la question est posée.")
    profile: Profile = Field(Profile(), description="La personne.")
    policy: Policy = Field(PRUDENT, description="Ce qui compte, quand ce n'est pas la lecture prudente.")
    rights: ExpectedRights | None = Field(None, description="Ce qui suit par droit.")
    target: str | None = Field(None, description="Le diplôme visé, pour un écart ou un parcours.")
    gap: dict[str, Any] | None = Field(None, description="L'écart attendu : l'état de chaque bloc.")
    plan: dict[str, Any] | None = Field(None, description="Le parcours attendu : état, totaux, étapes.")
    offers: tuple[str, ...] | None = Field(None, description="Offres retenues (identifiants) ; vide : toutes.")


def read_cases(folder: Path) -> Iterator[Case]:
    """Every case of a folder, by file name and order.

    Raises
    ------
    ValueError
        A file is not a list of cases; the message says which one and why.
    """
    adapter = TypeAdapter(tuple[Case, ...])
    for path in sorted(folder.glob("*.yaml")):
        try:
            yield from adapter.validate_python(read_file(path).value)
        except ValidationError as problem:
            raise ValueError(f"{path.name} : {problem}") from None


def failures(case: Case, library: Library, rights: Rights) -> tuple[str, ...]:
    """What is false in a case, in sentences; nothing when it holds."""
    return tuple(_rights_failures(case, library, rights)) if case.rights is not None else ()


def _rights_failures(case: Case, library: Library, rights: Rights) -> Iterator[str]:
    assert case.rights is not None
    start = held(case.profile, library, case.on, case.policy, rights.experiences)
    sure = rights.close(start.sure, case.on, case.policy)
    hopeful = rights.close(start.hopeful.union(rights.conditions), case.on, case.policy, hopeful=True)
    expected = case.rights
    yield from (f"{text} devrait être acquis" for text in _full(library, expected.acquired) if text not in sure)
    yield from (f"{text} ne devrait pas être acquis" for text in _full(library, expected.not_acquired) if text in sure)
    for text in _full(library, expected.to_confirm):
        if text in sure or text not in hopeful:
            yield f"{text} devrait être à confirmer"
    yield from (f"la dispense « {text} » devrait jouer" for text in expected.waived if _waiver(text) not in sure)
    yield from (f"la dispense « {text} » ne devrait pas jouer" for text in expected.not_waived if _waiver(text) in sure)
    yield from (f"l'allègement {text} devrait jouer" for text in expected.reduced_by if text not in sure.reductions)
    yield from (
        f"l'allègement {text} ne devrait pas jouer" for text in expected.not_reduced_by if text in sure.reductions
    )
    used = _used(sure, library, expected.acquired, expected.waived)
    yield from (f"la preuve devrait passer par {identifier}" for identifier in expected.by if identifier not in used)


def _full(library: Library, texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        reference, mark, level = text.partition("#")
        found = library.expand(reference)
        yield from ((full + mark + level for full in found) if found else (f"{text} (référence inconnue)",))


def _waiver(text: str) -> str:
    what, _space, rest = text.partition(" ")
    return f"!{what}:{rest}"


def _used(closure: Closure, library: Library, acquired: tuple[str, ...], waived: tuple[str, ...]) -> set[str]:
    wanted = [*_full(library, acquired), *(_waiver(text) for text in waived)]
    return {proof.by for fact in wanted if fact in closure for _fact, proof in closure.chain(fact)} | set(
        closure.reductions
    )
