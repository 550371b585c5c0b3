"""Rules about references: every one leads to exactly what it means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referentials.checks.rule import Problem, rule
from referentials.document import DataPath
from referentials.library import Library
from referentials.model import Referential
from referentials.reference import ModuleRef, Ref, parse
from referentials.registers import is_fiche
from referentials.requirement import AllOf, AnyOf, AtLeast, CompetencyAt, Held, Requirement
from referentials.rights import Recognition

Found = tuple[Any, DataPath, str]


def in_requirement(requirement: Requirement | None, path: DataPath) -> Iterator[tuple[DataPath, str, int | None]]:
    """Every reference of a requirement, with its path and the level asked."""
    if isinstance(requirement, Held):
        yield path, requirement.root, None
    elif isinstance(requirement, CompetencyAt):
        yield (*path, "competency"), requirement.competency, requirement.level
    elif isinstance(requirement, AllOf | AnyOf | AtLeast):
        name = "of" if isinstance(requirement, AtLeast) else "all_of" if isinstance(requirement, AllOf) else "any_of"
        for index, part in enumerate(getattr(requirement, name)):
            yield from in_requirement(part, (*path, name, index))


def _requirements(library: Library) -> Iterator[tuple[Any, DataPath, Requirement | None]]:
    for item in library:
        yield item, ("award",), item.award
        yield item, ("entry", "requirement"), item.entry.requirement if item.entry else None
        for index, block in enumerate(item.known_blocks):
            yield item, ("blocks", index, "requires"), block.requires
    for recognition in library.recognitions:
        yield recognition, ("given",), recognition.given
    for offer in library.offers:
        for index, module in enumerate(offer.modules):
            yield offer, ("modules", index, "requires"), module.requires


def _plain(library: Library) -> Iterator[Found]:
    for item in library:
        yield from (
            (item, (name, index), text)
            for name in ("replaces", "replaced_by")
            for index, text in enumerate(getattr(item, name))
        )
        yield from _prerequisites(item)
    for recognition in library.recognitions:
        yield from ((recognition, ("grants", index), text) for index, text in enumerate(recognition.grants))
    for correspondence in library.correspondences:
        yield correspondence, ("from",), correspondence.start
        yield correspondence, ("to",), correspondence.end
    for rule_of_law in library.rules:
        yield from (
            (rule_of_law, ("applies_to", i), text) for i, text in enumerate(rule_of_law.applies_to) if type(text) is str
        )
    for offer in library.offers:
        for number, module in enumerate(offer.modules):
            here: DataPath = ("modules", number)
            yield from ((offer, (*here, "develops", i), item.competency) for i, item in enumerate(module.develops))
            for name in ("prepares", "includes_assessment"):
                yield from ((offer, (*here, name, i), text) for i, text in enumerate(getattr(module, name)))


def _prerequisites(item: Referential) -> Iterator[Found]:
    for number, block in enumerate(item.known_blocks):
        for index, competency in enumerate(block.known_competencies):
            for name in ("strict", "advised"):
                for place, text in enumerate(getattr(competency.requires, name)):
                    yield item, ("blocks", number, "competencies", index, "requires", name, place), text


def _all(library: Library) -> Iterator[Found]:
    yield from _plain(library)
    for item, path, requirement in _requirements(library):
        yield from ((item, full, text) for full, text, _level in in_requirement(requirement, path))


def _exists(library: Library, text: str) -> bool:
    """Whether a reference leads somewhere, or need not: two meanings, a file left aside (told elsewhere), a fiche not imported."""
    found = text in library.modules if ":" in text else bool(library.expand(text))
    return (
        found or _is_fiche_elsewhere(library, text) or bool(_meanings(library, text)) or library.may_be_unusable(text)
    )


def _is_fiche_elsewhere(library: Library, text: str) -> bool:
    """A number of a national directory names something, whether its fiche was imported or not."""
    ref = parse(text)
    if not isinstance(ref, Ref) or not is_fiche(ref.referential):
        return False
    return ref.referential not in library and not library.described_by(ref.referential)


def _meanings(library: Library, text: str) -> list[tuple[Referential, list[str]]]:
    """For a competency written without its block: the versions where several blocks have it, with these blocks."""
    ref = parse(text)
    if isinstance(ref, ModuleRef) or ref.block is None or ref.competency is not None:
        return []
    found = [(version, library.contents(version)) for version in _versions(library, text)]
    return [
        (version, contents.owners[ref.block])
        for version, contents in found
        if ref.block not in contents.blocks and len(contents.owners.get(ref.block, ())) > 1
    ]


class _Remedies:
    """What to do about each unknown reference; the first ones get near names, which take time to find."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, str] = {}

    def __call__(self, text: str, otherwise: str) -> str:
        if text not in self._known:
            near = self._library.near(text) if ":" not in text and len(self._known) < _WITH_NEAR_NAMES else ()
            self._known[text] = f"Vouliez-vous écrire {' ou '.join(near)} ?" if near else otherwise
        return self._known[text]


_WITH_NEAR_NAMES = 50


@rule("reference-inconnue", "Une référence mène à quelque chose")
def references_resolve(library: Library) -> Iterator[Problem]:
    remedy = _Remedies(library)
    for item, path, text in _all(library):
        if isinstance(item, Recognition) and path[0] == "grants":
            continue
        if not _exists(library, text):
            otherwise = "Corrigez la référence, ou ajoutez le fichier qui manque."
            yield Problem(item, path, f"« {text} » n'existe pas.", remedy(text, otherwise))


@rule("droit-sur-inconnu", "Une passerelle n'accorde que ce qui existe")
def rights_on_what_exists(library: Library) -> Iterator[Problem]:
    remedy = _Remedies(library)
    for recognition in library.recognitions:
        for index, text in enumerate(recognition.grants):
            if not _exists(library, text):
                message = f"La passerelle accorde « {text} », qui n'existe pas."
                otherwise = "Ajoutez ce référentiel ou ce bloc, ou corrigez la référence."
                yield Problem(recognition, ("grants", index), message, remedy(text, otherwise))


@rule("reference-ambigue", "Un code de compétence écrit sans son bloc n'est pas dans deux blocs")
def references_unambiguous(library: Library) -> Iterator[Problem]:
    for item, path, text in _all(library):
        for version, blocks in _meanings(library, text):
            yield Problem(
                item,
                path,
                f"« {text} » peut désigner une compétence de {' ou de '.join(blocks)}.",
                f"Écrivez le bloc : {version.key}/{blocks[0]}/{text.rpartition('/')[2]}.",
            )


def _versions(library: Library, text: str) -> list[Referential]:
    found = [library.find(full) for full in library.expand(text.partition("/")[0])]
    return [item for item in found if isinstance(item, Referential)]


@rule("niveau-hors-echelle", "Un niveau demandé ou visé existe sur l'échelle")
def levels_on_scale(library: Library) -> Iterator[Problem]:
    asked = [
        (i, full, text, level)
        for i, path, req in _requirements(library)
        for full, text, level in in_requirement(req, path)
    ]
    for offer in library.offers:
        for number, module in enumerate(offer.modules):
            asked += [
                (offer, ("modules", number, "develops", i), d.competency, d.level)
                for i, d in enumerate(module.develops)
            ]
    for item, path, text, level in asked:
        for version in _versions(library, text) if level is not None else ():
            ranks = [step.rank for step in version.scale.levels] if version.scale else []
            if level not in ranks:
                known = (
                    f"Niveaux de {version.key} : {', '.join(map(str, ranks))}."
                    if ranks
                    else f"{version.key} n'a pas d'échelle."
                )
                yield Problem(item, path, f"Le niveau {level} de « {text} » n'existe pas.", known)
