"""Files → one library of versions (*bibliothèque*): several folders merged, read lazily, asked by reference and by date.

A :class:`Library` knows every file at once by its name and opens a referential only when someone asks for it, so that a
request for one target does not load thousands of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from referentials.findings import FileProblem, Finding, Place
from referentials.loader import (
    CORRESPONDENCES,
    OFFER,
    RECOGNITIONS,
    REFERENTIAL,
    RULES,
    Format,
    Loaded,
    files_of,
    load_document,
    load_file,
    recognise,
)
from referentials.model import Block, Competency, Referential
from referentials.offer import Module, Offer
from referentials.reference import ModuleRef, Ref, parse
from referentials.rights import Correspondence, Recognition, Rule
from referentials.yaml_source import DataPath, Document, path_text, read_file

SHIPPED = Path(__file__).parent / "data"
"""The library that comes with the program."""

LISTS = (RECOGNITIONS, CORRESPONDENCES, RULES, OFFER)
"""The formats of which a library merges many files."""

Item = Referential | Block | Competency | Module


class UnknownReference(LookupError):
    """Nothing has that reference; ``near`` lists what it may have meant."""

    def __init__(self, text: str, near: Iterable[str] = ()) -> None:
        self.text, self.near = text, tuple(near)
        hint = f" Peut-être : {', '.join(self.near)}." if self.near else ""
        super().__init__(f"« {text} » n'existe pas dans la bibliothèque.{hint}")


class NotInForce(LookupError):
    """No version of that referential is in force on that day; ``versions`` lists those there are."""

    def __init__(self, identifier: str, on: date, versions: Iterable[Referential]) -> None:
        self.identifier, self.on, self.versions = identifier, on, tuple(versions)
        known = ", ".join(f"{version.key} ({_years(version)})" for version in self.versions)
        super().__init__(
            f"Aucune version de « {identifier} » n'est en vigueur le {on:%d/%m/%Y}. Versions connues : {known}."
        )


def _years(version: Referential) -> str:
    start, end = (
        f"{day:%d/%m/%Y}" if day else "?" for day in (version.valid.start or version.valid.seen, version.valid.end)
    )
    return f"du {start} au {end}"


class Origin(NamedTuple):
    """The file of an item, and the path of the item inside it."""

    file: Path
    prefix: DataPath = ()


class Library:
    """Referentials by version, recognitions, correspondences, rules and offers.

    Parameters
    ----------
    files : iterable of (Path, Format)
        The data files; a later file replaces an earlier one that defines the same key.
    """

    def __init__(self, files: Iterable[tuple[Path, Format]] = ()) -> None:
        self._paths: dict[tuple[str, str], Path] = {}
        self._referentials: dict[tuple[str, str], Referential] = {}
        self._lists: dict[str, list[Path]] = {kind.name: [] for kind in LISTS}
        self._origins: dict[tuple[str, str], list[Origin]] = {}
        for path, kind in files:
            if kind is REFERENTIAL:
                self._paths[path.parent.name, path.stem] = path
            else:
                self._lists[kind.name].append(path)

    @classmethod
    def read(cls, *places: Path, shipped: bool = True) -> Library:
        """A library of folders laid out like ``referentials/data``, and of single files.

        Raises
        ------
        FileProblem
            A single file can't be used. Files of folders are read when they are needed.
        """
        folders = ([SHIPPED] if shipped else []) + [place for place in places if place.is_dir()]
        library = cls(entry for folder in folders for entry in files_of(folder))
        for place in places:
            if not place.is_dir():
                document = read_file(place)
                library._add(load_document(document, recognise(document)), place)
        return library

    def _add(self, loaded: Loaded, path: Path) -> None:
        if loaded.format is REFERENTIAL:
            item = loaded.items[0]
            self._paths[item.id, item.version] = path
            self._referentials[item.id, item.version] = item
        else:
            self._lists[loaded.format.name].append(path)

    # -- referentials ---------------------------------------------------------------------------------------------

    @property
    def ids(self) -> tuple[str, ...]:
        """Every referential's identifier, sorted."""
        return tuple(sorted({identifier for identifier, _version in self._paths}))

    @cached_property
    def _versions(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for identifier, version in sorted(self._paths):
            found.setdefault(identifier, []).append(version)
        return {identifier: tuple(versions) for identifier, versions in found.items()}

    def versions(self, identifier: str) -> tuple[Referential, ...]:
        """Every version of a referential, the oldest first (those without dates before the others)."""
        if identifier not in self._versions:
            raise UnknownReference(identifier, self.near(identifier))
        found = [self.get(identifier, version) for version in self._versions[identifier]]
        return tuple(sorted(found, key=lambda item: (item.valid.start or item.valid.seen or date.min, item.version)))

    def get(self, identifier: str, version: str) -> Referential:
        """One version.

        Raises
        ------
        UnknownReference
            There is no such version; near names are given.
        FileProblem
            Its file can't be used.
        """
        key = (identifier, version)
        if key not in self._referentials:
            if key not in self._paths:
                text = f"{identifier}@{version}"
                raise UnknownReference(text, self.near(text))
            self._referentials[key] = load_file(self._paths[key], REFERENTIAL).items[0]
        return self._referentials[key]

    def __iter__(self) -> Iterator[Referential]:
        for identifier, version in sorted(self._paths):
            yield self.get(identifier, version)

    def __len__(self) -> int:
        return len(self._paths)

    def in_force(self, identifier: str, on: date) -> Referential:
        """The version in force on a day; of two, the one that started last.

        Raises
        ------
        NotInForce
            No version is.
        """
        versions = self.versions(identifier)
        current = [version for version in versions if version.valid.contains(on)]
        if not current:
            raise NotInForce(identifier, on, versions)
        return current[-1]

    def target(self, text: str, on: date) -> Referential:
        """The referential that a target names: its version if it says one, else the one in force."""
        ref = self._parsed(text)
        return self.get(ref.referential, ref.version) if ref.version else self.in_force(ref.referential, on)

    def _parsed(self, text: str) -> Ref:
        try:
            ref = parse(text)
        except ValueError:
            raise UnknownReference(text, self.near(text)) from None
        if isinstance(ref, ModuleRef):
            raise UnknownReference(text)
        return ref

    def expand(self, text: str) -> tuple[str, ...]:
        """The full references that a reference means: one per version that has it, oldest first; none when nothing has.

        A competency of a framework may be named without its block; the answer always has it.
        """
        ref = self._parsed(text)
        if (ref.version and (ref.referential, ref.version) not in self._paths) or ref.referential not in self._versions:
            return ()
        candidates = (self.get(ref.referential, ref.version),) if ref.version else self.versions(ref.referential)
        return tuple(full for version in candidates if (full := _within(version, ref)) is not None)

    def find(self, text: str) -> Item:
        """What a reference names (in its last version, when it names none).

        Raises
        ------
        UnknownReference
            Nothing has that reference; near names are given.
        """
        if isinstance(_parse_or_none(text), ModuleRef):
            found = self.modules.get(text)
            if found is None:
                raise UnknownReference(text, get_close_matches(text, self.modules, n=5))
            return found
        full = self.expand(text)
        if not full:
            raise UnknownReference(text, self.near(text))
        return _item(self, self._parsed(full[-1]))

    def near(self, text: str) -> tuple[str, ...]:
        """References that look like a text, the nearest first."""
        whole, _slash, rest = text.partition("/")
        if rest and _parse_or_none(whole) and (versions := self.expand(whole)):
            inside = [key for version in versions for key in _inside(_item(self, self._parsed(version)))]
            return tuple(get_close_matches(text, inside, n=5, cutoff=0.4))
        names = [*self.ids, *(f"{identifier}@{version}" for identifier, version in self._paths)]
        return tuple(get_close_matches(whole.lower(), names, n=5))

    # -- lists ----------------------------------------------------------------------------------------------------

    def _read_list(self, kind: Format) -> tuple[Any, ...]:
        found: dict[str, Any] = {}
        for path in self._lists[kind.name]:
            for index, item in enumerate(load_file(path, kind).items):
                found[item.id] = item
                self._origins.setdefault((kind.name, item.id), []).append(
                    Origin(path, (index,) if kind.is_list else ())
                )
        return tuple(found[key] for key in sorted(found))

    def open_all(self) -> tuple[Finding, ...]:
        """Open every file; leave aside those that can't be used, and return every problem of each."""
        findings: list[Finding] = []
        for key in sorted(self._paths):
            try:
                self.get(*key)
            except FileProblem as problem:
                findings += problem.findings
                del self._paths[key]
        for kind in LISTS:
            for path in list(self._lists[kind.name]):
                try:
                    load_file(path, kind)
                except FileProblem as problem:
                    findings += problem.findings
                    self._lists[kind.name].remove(path)
        self.__dict__.pop("_versions", None)
        return tuple(findings)

    @cached_property
    def recognitions(self) -> tuple[Recognition, ...]:
        """Every recognition, by identifier."""
        return self._read_list(RECOGNITIONS)

    @cached_property
    def correspondences(self) -> tuple[Correspondence, ...]:
        """Every correspondence, by identifier."""
        return self._read_list(CORRESPONDENCES)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of law, by identifier."""
        return self._read_list(RULES)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every offer, by identifier."""
        return self._read_list(OFFER)

    @cached_property
    def modules(self) -> dict[str, Module]:
        """Every module by its reference ``offer:module``."""
        return {f"{offer.id}:{module.id}": module for offer in self.offers for module in offer.modules}

    # -- places ---------------------------------------------------------------------------------------------------

    def files(self) -> tuple[tuple[Path, Format], ...]:
        """Every file of the library, with its format."""
        lists = [(path, kind) for kind in LISTS for path in self._lists[kind.name]]
        return (*((path, REFERENTIAL) for _key, path in sorted(self._paths.items())), *lists)

    def origins(self, item: Any) -> tuple[Origin, ...]:
        """The files that define an item, the one in use last; none for an item made elsewhere."""
        if isinstance(item, Referential):
            path = self._paths.get((item.id, item.version))
            return () if path is None else (Origin(path),)
        kind = next(kind for kind in LISTS if isinstance(item, kind.item))
        return tuple(self._origins.get((kind.name, item.id), ()))

    def place(self, item: Any, path: DataPath = ()) -> Place:
        """Where a part of an item stands: its file is read again to find the line."""
        origins = self.origins(item)
        if not origins:
            return Place(path=path_text(path))
        file, prefix = origins[-1]
        return Place(file=str(file), line=self._document(file).line(prefix + path), path=path_text(prefix + path))

    def _document(self, file: Path) -> Document:
        documents: dict[Path, Document] = self.__dict__.setdefault("_documents", {})
        if file not in documents:
            documents.clear()
            documents[file] = read_file(file)
        return documents[file]


def _parse_or_none(text: str) -> Ref | ModuleRef | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _within(version: Referential, ref: Ref) -> str | None:
    """The full reference of what ``ref`` names inside a version, or None."""
    if ref.block is None:
        return version.key
    block = version.block(ref.block)
    if block is None:
        found = [key for key, competency in version.competencies() if competency.code == ref.block]
        return found[0] if len(found) == 1 and ref.competency is None else None
    if ref.competency is None:
        return f"{version.key}/{block.code}"
    known = any(competency.code == ref.competency for competency in block.known_competencies)
    return f"{version.key}/{block.code}/{ref.competency}" if known else None


def _item(library: Library, ref: Ref) -> Item:
    version = library.get(ref.referential, ref.version or "")
    block = version.block(ref.block) if ref.block else None
    if block is None:
        return version
    return next((item for item in block.known_competencies if item.code == ref.competency), block)


def _inside(version: Item) -> list[str]:
    if not isinstance(version, Referential):
        return []
    return [f"{version.key}/{block.code}" for block in version.known_blocks] + [
        key for key, _item in version.competencies()
    ]
