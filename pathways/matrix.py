"""All passerelles at once (*matrice des passerelles*): what holding each thing alone gives of every version.

Sparse: only the pairs where something is known. Two closures per start; the cells are read off them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from pathways import facts
from pathways.clauses import Role, holder, nothing_held, spoken
from pathways.gap import ACQUIRED, State
from pathways.holdings import held
from pathways.policy import PRUDENT, Policy
from pathways.recognition import Closure, Rights
from pathways.standing import Closures, Standing
from referentials.library import Library
from referentials.model import Referential
from referentials.provenance import Value
from referentials.rights import Effect, Recognition

_WITH_RIGHT = {Effect.AWARD: "rights", Effect.EXEMPT: "exemptions", Effect.REDUCE: "reductions"}


class Cell(Value):
    """One pair of the matrix where something is known. Recognitions are named by their identifier."""

    start: str
    target: str
    by_right: int = Field(0, description="Blocs obtenus de droit.")
    to_confirm: int = Field(0, description="Blocs possibles, si ce qui est à confirmer l'est.")
    blocks: int = Field(0, description="Blocs connus de la cible.")
    competencies: int = Field(0, description="Compétences obtenues de droit, celles des blocs comprises.")
    whole: bool = Field(False, description="Vrai quand toute la cible est acquise.")
    entry_waived: bool = Field(False, description="Vrai quand l'entrée est dispensée.")
    rights: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    reductions: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    absences: tuple[str, ...] = ()
    preparations: tuple[str, ...] = ()


class Matrix(Value):
    """The map of passerelles: only the pairs where something is known, sorted."""

    on: date
    starts: tuple[str, ...]
    targets: tuple[str, ...]
    cells: tuple[Cell, ...]


def matrix(
    rights: Rights,
    on: date,
    *,
    starts: Iterable[str] | None = None,
    targets: Iterable[str] | None = None,
    blocks: bool = False,
    everything: bool = False,
    policy: Policy = PRUDENT,
) -> Matrix:
    """The passerelles between all loaded versions on a day.

    Parameters
    ----------
    starts : iterable of str, optional
        Versions or blocks held; by default every version, for one may hold an old title, and with ``blocks`` every block.
    targets : iterable of str, optional
        Keys of versions aimed at; by default those in force that day, and with ``everything`` all of them.

    Notes
    -----
    Two closures per start; the cells are read off them.
    """
    versions = {version.key: version for version in rights.library}
    chosen = (
        targets
        if targets is not None
        else (key for key, version in versions.items() if everything or rights.library.is_in_force(version, on))
    )
    aimed = frozenset(chosen)
    held_ones = tuple(sorted(starts if starts is not None else _every_start(rights.library, blocks)))
    nothing = nothing_held(rights, on, policy)
    cells = (cell for start in held_ones for cell in _cells(start, aimed, rights, on, policy, nothing))
    return Matrix(on=on, starts=held_ones, targets=tuple(sorted(aimed)), cells=tuple(cells))


def _every_start(library: Library, blocks: bool) -> Iterator[str]:
    for version in library:
        yield version.key
        yield from (f"{version.key}/{block.code}" for block in version.known_blocks if blocks)


def _cells(
    start: str, aimed: frozenset[str], rights: Rights, on: date, policy: Policy, nothing: Closure
) -> Iterator[Cell]:
    known = held(holder(start, rights.library, on), rights.library, on, policy)
    standing = Standing(known, rights, on, policy)
    shared = _drafts(standing.everywhere, rights, nothing)
    for key in sorted(aimed):
        version = rights.library.get(*_parts(key))
        drafts = shared if standing.is_shared(version) else _drafts(standing.towards(version), rights, nothing)
        if key in drafts and drafts[key].says_something(key, start):
            yield drafts[key].cell(start, version)


def _parts(key: str) -> tuple[str, str]:
    identifier, _at, version = key.partition("@")
    return identifier, version


def _drafts(closures: Closures, rights: Rights, nothing: Closure) -> dict[str, _Draft]:
    """What closures say of every version."""
    drafts: dict[str, _Draft] = defaultdict(_Draft)
    for fact, state in closures.states().items():
        if facts.is_item(fact) and "#" not in fact:
            drafts[fact.partition("/")[0]].count(fact, state, fact in nothing)
        elif fact.startswith("!entry:") and state in ACQUIRED:
            drafts[fact.removeprefix("!entry:").partition(" ")[0]].entry_waived = True
    for role, recognition, about in spoken(rights, *closures, nothing):
        for key in {full.partition("/")[0] for full in about}:
            drafts[key].names[_list_of(role, recognition)].add(recognition.id)
    return drafts


@dataclass
class _Draft:
    """A cell being counted."""

    by_right: int = 0
    to_confirm: int = 0
    competencies: int = 0
    whole: bool = False
    entry_waived: bool = False
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def count(self, fact: str, state: State, anyway: bool) -> None:
        depth = fact.count("/")
        self.whole |= depth == 0 and state in ACQUIRED
        self.by_right += depth == 1 and state is State.BY_RIGHT
        self.competencies += depth == 2 and state is State.BY_RIGHT
        self.to_confirm += depth == 1 and state is State.TO_CONFIRM and not anyway

    def says_something(self, key: str, start: str) -> bool:
        counted = self.by_right or self.to_confirm or self.competencies or self.entry_waived or any(self.names.values())
        return bool(counted or (self.whole and start.partition("/")[0] != key))

    def cell(self, start: str, target: Referential) -> Cell:
        return Cell(
            start=start,
            target=target.key,
            by_right=self.by_right,
            to_confirm=self.to_confirm,
            blocks=len(target.known_blocks),
            competencies=self.competencies,
            whole=self.whole,
            entry_waived=self.entry_waived,
            **{name: tuple(sorted(names)) for name, names in self.names.items()},
        )


def _list_of(role: Role, recognition: Recognition) -> str:
    """The list of a cell that a recognition belongs to."""
    return _WITH_RIGHT[recognition.effect] if role == "clauses" else role
