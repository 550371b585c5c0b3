"""Files → everything that is wrong with them (*contrôle*): read alone, then checked inside the whole library.

A profile is checked for what it names, domain cases for their form alone. A folder laid out like ``referentials/data`` is read as such; any other folder gives all its YAML and JSON files, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from api.services.formats import format_of
from api.services.planning import NotPlannable, check_limits, located
from pathways.cases import CASES, repeated
from pathways.holdings import ProfileProblem, held
from pathways.profile import PROFILE
from referentials.findings import FileProblem, Finding, Severity, error
from referentials.library import SHIPPED, Library
from referentials.loader import FORMATS, SUFFIXES, Loaded, files_of, load_document
from referentials.yaml_source import read_file

Tell = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, of how many."""

LAYOUT = frozenset(name for kind in FORMATS for name in kind.folders)
NOT_DATA = frozenset({"cases"})
"""Folders of a data folder that hold something else, read elsewhere."""


class Report(NamedTuple):
    """What was checked, what was found, and the files of data folders that stand where nothing is read."""

    files: int
    findings: tuple[Finding, ...]
    ignored: tuple[Path, ...]

    @property
    def errors(self) -> int:
        """How many findings forbid the use of a file."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def _silent(_what: str, _done: int, _all: int) -> None:
    return


def validate(places: Iterable[Path], tell: Tell = _silent) -> Report:
    """Every problem of some files and folders; of the shipped library when none is given.

    What is wrong in other files because of these is reported too, for instance a right to a block that is no longer there.
    """
    asked = tuple(places) or (SHIPPED,)
    folders = [place for place in asked if is_data_folder(place)]
    singles = [file for place in asked if place not in folders for file in _files(place)]
    read, problems = _read(singles)
    usable = [file for file, loaded in read.items() if loaded.format in FORMATS]
    library = Library.read(*(folder for folder in folders if folder.resolve() != SHIPPED.resolve()), *usable)
    wanted = {file.resolve() for file in singles} | {
        path.resolve() for folder in folders for path, _k in files_of(folder)
    }
    found = [*problems, *_persons(read.values(), library), *_cases(read)]
    found += _checked(library, tell) if folders or usable else ()
    mine = [finding for finding in found if finding.where.file is None or Path(finding.where.file).resolve() in wanted]
    if len(mine) < len(found):
        known = {_mark(finding) for finding in _checked(Library.read(), _silent)}
        mine += [finding for finding in found if finding not in mine and _mark(finding) not in known]
    return Report(len(wanted), tuple(sorted(mine, key=_order)), tuple(sorted(_ignored(folders, wanted))))


def is_data_folder(place: Path) -> bool:
    """Whether a folder is laid out like ``referentials/data``."""
    return place.is_dir() and any((place / name).is_dir() for name in LAYOUT)


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(path for path in place.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    else:
        yield place


def _read(files: Iterable[Path]) -> tuple[dict[Path, Loaded], list[Finding]]:
    read: dict[Path, Loaded] = {}
    problems: list[Finding] = []
    for file in files:
        try:
            document = read_file(file)
            read[file] = load_document(document, None if document.value is None else format_of(document))
        except FileProblem as problem:
            problems += problem.findings
    return read, problems


def _persons(files: Iterable[Loaded], library: Library) -> Iterator[Finding]:
    """What profiles name that the library hasn't, whatever the day."""
    for loaded in files:
        if loaded.format == PROFILE:
            yield from _person(loaded, library)


def _person(loaded: Loaded, library: Library) -> Sequence[Finding]:
    (profile,) = loaded.items
    try:
        held(profile, library, date.max)
        check_limits(profile.can_give, date.min, library)
    except ProfileProblem as problem:
        return located(problem, loaded.document).findings
    except NotPlannable as problem:
        remedy = f"Vouliez-vous écrire « {' », « '.join(problem.near)} » ?" if problem.near else "Corrigez le profil."
        line = loaded.line(("can_give",))
        return [error("profil-limites", str(problem), remedy, file=loaded.document.file, line=line, path="can_give")]
    return ()


def _cases(files: Mapping[Path, Loaded]) -> Iterator[Finding]:
    """The identifiers that cases share."""
    seen: dict[str, str] = {}
    for path, loaded in files.items():
        if loaded.format == CASES:
            yield from repeated(path, loaded, seen)


def _checked(library: Library, tell: Tell) -> list[Finding]:
    from referentials.checks import RULES

    steps = len(RULES) + 1
    tell(f"Lecture de {len(library.files())} fichiers", 0, steps)
    found = list(library.open_all())
    for done, rule in enumerate(RULES, start=1):
        tell(rule.label, done, steps)
        found += rule.findings(library)
    return found


def _mark(finding: Finding) -> tuple[str, str | None, str]:
    return finding.rule, finding.where.file, finding.message


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.where.file or "", finding.where.line or 0, finding.rule, finding.message


def _ignored(folders: Iterable[Path], wanted: set[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            aside = path.relative_to(folder).parts[0] in NOT_DATA
            if path.suffix in SUFFIXES and path.is_file() and not aside and path.resolve() not in wanted:
                yield path
