"""The requirement algebra (*exigence*): what an award, an entry, a right or a module asks for.

A requirement is a tree. Leaves: something held (a qualification, a block, a competency, a module done), a competency at a
level, an experience, a condition that only the person can confirm. Nodes: ``all_of``, ``any_of``, ``at_least`` *k* ``of``.
In a file::

    all_of:
      - deme@2007                                        # held
      - {competency: pix@2023/1.1, level: 4}
      - {experience: {months: 6, field: animation}}
      - {condition: deux-secteurs, text: A préparé les deux secteurs.}
      - {at_least: 2, of: [tp-remn@2019/CCP1, tp-remn@2019/CCP2, tp-remn@2019/CCP3]}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag

from referentials.reference import ItemReference, Reference


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Held(RootModel[Reference]):
    """A qualification, block or competency held, or a module done; written as its reference alone."""

    model_config = ConfigDict(frozen=True)


class CompetencyAt(_Node):
    """A competency reached, at a level of its scale when one is given."""

    competency: ItemReference = Field(description="Référence de la compétence.")
    level: int | None = Field(None, ge=0, description="Niveau demandé sur l'échelle du référentiel (nombre entier).")


class ExperienceAsked(_Node):
    """A minimum of professional experience."""

    months: float = Field(ge=0, description="Durée minimale, en mois à temps plein.")
    rome: tuple[str, ...] = Field((), description="Codes ROME admis ; vide : tout métier du champ.")
    field: str | None = Field(None, description="Champ professionnel, en toutes lettres.")


class Experience(_Node):
    """The leaf that holds an :class:`ExperienceAsked`."""

    experience: ExperienceAsked


class Condition(_Node):
    """A condition that no data can establish: true only when the person's file says so."""

    condition: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", description="Identifiant de la condition.")
    text: str = Field(description="La condition, en une phrase, telle que le texte la pose.")


class AllOf(_Node):
    """Every part is needed."""

    all_of: tuple[Requirement, ...]


class AnyOf(_Node):
    """One part is enough."""

    any_of: tuple[Requirement, ...]


class AtLeast(_Node):
    """At least ``at_least`` of the parts are needed (*k* of *n*)."""

    at_least: int = Field(ge=0, description="Combien d'éléments suffisent.")
    of: tuple[Requirement, ...] = Field(description="Parmi lesquels.")


# Tags stand in angle brackets, so that an error's location tells them from the keys of a file.
_BY_KEY = ("all_of", "any_of", "at_least", "competency", "experience", "condition")
_TAGS: dict[type, str] = {
    Held: "<held>",
    AllOf: "<all_of>",
    AnyOf: "<any_of>",
    AtLeast: "<at_least>",
    CompetencyAt: "<competency>",
    Experience: "<experience>",
    Condition: "<condition>",
}


def _tag(value: Any) -> str | None:
    if isinstance(value, str):
        return "<held>"
    if isinstance(value, Mapping):
        return next((f"<{key}>" for key in _BY_KEY if key in value), None)
    return _TAGS.get(type(value))


Requirement = Annotated[
    Annotated[Held, Tag("<held>")]
    | Annotated[AllOf, Tag("<all_of>")]
    | Annotated[AnyOf, Tag("<any_of>")]
    | Annotated[AtLeast, Tag("<at_least>")]
    | Annotated[CompetencyAt, Tag("<competency>")]
    | Annotated[Experience, Tag("<experience>")]
    | Annotated[Condition, Tag("<condition>")],
    Discriminator(_tag),
]
"""Any requirement."""

Leaf = Held | CompetencyAt | Experience | Condition

for _model in (AllOf, AnyOf, AtLeast):
    _model.model_rebuild()


def parts(requirement: Requirement) -> tuple[Requirement, ...]:
    """The direct parts of a node; nothing for a leaf."""
    if isinstance(requirement, AllOf):
        return requirement.all_of
    if isinstance(requirement, AnyOf):
        return requirement.any_of
    return requirement.of if isinstance(requirement, AtLeast) else ()


def leaves(requirement: Requirement) -> Iterator[Leaf]:
    """Every leaf, from left to right.

    Examples
    --------
    >>> tree = AllOf(all_of=(Held("bafd"), AnyOf(any_of=(Held("beatep"), Held("bees")))))
    >>> [leaf.root for leaf in leaves(tree)]
    ['bafd', 'beatep', 'bees']
    """
    if isinstance(requirement, Held | CompetencyAt | Experience | Condition):
        yield requirement
    for part in parts(requirement):
        yield from leaves(part)


def references(requirement: Requirement) -> Iterator[str]:
    """Every reference that the leaves name, from left to right."""
    for leaf in leaves(requirement):
        if isinstance(leaf, Held):
            yield leaf.root
        elif isinstance(leaf, CompetencyAt):
            yield leaf.competency


def holds(requirement: Requirement, is_true: Callable[[Leaf], bool]) -> bool:
    """Whether a requirement is met, given which leaves are true.

    Examples
    --------
    >>> two = AtLeast(at_least=2, of=(Held("a"), Held("b"), Held("c")))
    >>> holds(two, lambda leaf: leaf.root != "b"), holds(two, lambda leaf: leaf.root == "b")
    (True, False)
    """
    if isinstance(requirement, AllOf):
        return all(holds(part, is_true) for part in requirement.all_of)
    if isinstance(requirement, AnyOf):
        return any(holds(part, is_true) for part in requirement.any_of)
    if isinstance(requirement, AtLeast):
        return sum(holds(part, is_true) for part in requirement.of) >= requirement.at_least
    return is_true(requirement)


def is_possible(requirement: Requirement) -> bool:
    """Whether some set of true leaves meets the requirement (an ``at_least`` 3 of 2 never is)."""
    return holds(requirement, lambda _leaf: True)
