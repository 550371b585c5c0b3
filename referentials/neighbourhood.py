"""Library + a question → the rights that can bear on it (*voisinage*), where a directory holds too many to read them all.

::

    back(ends)    = ends and, as long as there are more, whatever the rights towards them, their texts and their modules ask for
    forth(starts) = starts and, as long as there are more, whatever the rights that ask for them give
    kept rights   = those of the library itself, those towards ``back``, and those that ask for something of ``forth``

A right that is left out starts from nothing that the person has, and leads to nothing that the target needs: no plan changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress

from referentials.document import Document
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.loader import RECOGNITIONS, load_document
from referentials.model import Referential
from referentials.offer import Module
from referentials.reference import ModuleRef, parse
from referentials.requirement import Condition, Experience, Requirement, leaves, references
from referentials.rights import Recognition
from referentials.source import Side

ALWAYS = frozenset({"+", "?"})
"""The names of an experience and of a condition: anybody may have them."""


def name_of(reference: str) -> str:
    """The name under which the rights about a reference are found: its referential, or the module.

    Examples
    --------
    >>> name_of("tp-remn@2019/CCP1"), name_of("fabrique:accueil")
    ('tp-remn', 'fabrique:accueil')
    """
    ref = parse(reference)
    return str(ref) if isinstance(ref, ModuleRef) else ref.referential


def names_in(recognition: Recognition, side: Side) -> frozenset[str]:
    """The names that a right has on one side."""
    if side is Side.GRANTS:
        return frozenset(map(name_of, recognition.grants))
    marks = {Experience: "+", Condition: "?"}
    asked = {marks[type(leaf)] for leaf in leaves(recognition.given) if type(leaf) in marks}
    return frozenset({*_names(recognition.given), *asked})


def rights_with(library: Library, side: Side, names: Collection[str]) -> tuple[Recognition, ...]:
    """The rights that have one of some names on one side, by identifier."""
    found = {item.id: item for item in _of_directories(library, side, names)}
    found |= {item.id: item for item in library.own_recognitions if not names_in(item, side).isdisjoint(names)}
    return tuple(found[identifier] for identifier in sorted(found))


def right_named(library: Library, identifier: str) -> Recognition | None:
    """The right of an identifier; a directory is asked for it alone."""
    own = next((item for item in library.own_recognitions if item.id == identifier), None)
    if own is not None:
        return own
    values = (directory.right(identifier) for directory in library.directories)
    return next((item for value in values if value is not None for item in _loaded([value])), None)


def rights_after(library: Library, identifier: str, count: int) -> tuple[Recognition, ...]:
    """The rights after an identifier, in their order, so many at most; directories are asked for no more."""
    values = (value for directory in library.directories for value in directory.rights_after(identifier, count))
    found = {item.id: item for item in _loaded(values)}
    found |= {item.id: item for item in library.own_recognitions if item.id > identifier}
    return tuple(found[name] for name in sorted(found)[:count])


def around(library: Library, ends: Iterable[str], starts: Iterable[str]) -> Library:
    """The library with the rights that can bear on a question alone; itself where it has no directory.

    Parameters
    ----------
    ends : iterable of str
        References of what is aimed at; none: anything, and whatever rights lead to is at hand.
    starts : iterable of str
        References of what is held.
    """
    if not library.directories:
        return library
    kept = {item.id: item for item in library.own_recognitions}
    asked = _Asked(library)

    def back(names: Collection[str]) -> set[str]:
        found = rights_with(library, Side.GRANTS, names)
        kept.update((item.id, item) for item in found)
        return {name for item in found for name in _names(item.given)} | asked.by(names)

    def forth(names: Collection[str]) -> set[str]:
        found = rights_with(library, Side.GIVEN, names)
        kept.update((item.id, item) for item in found)
        return {name for item in found for name in names_in(item, Side.GRANTS)}

    there, here = set(map(name_of, ends)), set(map(name_of, starts))
    _closed(library, there, back)
    reached = _closed(library, here | ALWAYS, forth)
    return library.with_recognitions(kept.values(), there | here if there else reached | here)


def behind(library: Library, ends: Iterable[str]) -> frozenset[str]:
    """The names of all that can bear on what is aimed at: what the rights towards it, the texts and the modules ask for, and so on."""
    asked = _Asked(library)

    def back(names: Collection[str]) -> set[str]:
        return {name for item in rights_with(library, Side.GRANTS, names) for name in _names(item.given)} | asked.by(
            names
        )

    return frozenset(_closed(library, map(name_of, ends), back))


def _closed(library: Library, names: Iterable[str], step: Callable[[Collection[str]], set[str]]) -> set[str]:
    """Names, and what follows from them; a certification goes with the numbers that it has in a national directory."""
    known: set[str] = set()
    waiting = set(names)
    while waiting:
        waiting = {one for name in waiting for one in library.namesakes(name)} - known
        known |= waiting
        waiting = step(waiting) - known
    return known


class _Asked:
    """What texts and modules ask for beside rights."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._modules: Mapping[str, set[str]] = _asked_by_modules(library.modules)

    def by(self, names: Iterable[str]) -> set[str]:
        """What the versions of some referentials, and the modules that train for them, ask for."""
        found: set[str] = set()
        for name in names:
            found |= self._modules.get(name, set())
            with suppress(FileProblem):
                versions = self._library.versions(name) if name in self._library else ()
                found |= {one for version in versions for one in map(name_of, _asked_in(version))}
        return found


def _asked_by_modules(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for ref, module in modules.items():
        asked = set() if module.requires is None else _names(module.requires)
        for name in {ref, *map(name_of, _given_by(module))}:
            found[name] |= {*asked, ref}
    return found


def _given_by(module: Module) -> Iterator[str]:
    yield from (one.competency for one in module.develops)
    yield from module.prepares
    yield from module.includes_assessment


def _asked_in(version: Referential) -> Iterator[str]:
    whole = (version.award, version.entry.requirement if version.entry else None)
    for requirement in (*whole, *(block.requires for block in version.known_blocks)):
        if requirement is not None:
            yield from references(requirement)
    for _key, competency in version.competencies():
        yield from (*competency.requires.strict, *competency.requires.advised)


def _names(requirement: Requirement) -> set[str]:
    return {name_of(text) for text in references(requirement)}


def _of_directories(library: Library, side: Side, names: Collection[str]) -> Iterator[Recognition]:
    for directory in library.directories:
        yield from _loaded(directory.rights(side, names), directory.name)


def _loaded(values: Iterable[Mapping[str, object]], name: str = "") -> tuple[Recognition, ...]:
    found = [dict(value) for value in values]
    return load_document(Document(found, None, name), RECOGNITIONS).items if found else ()
