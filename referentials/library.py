"""Files → one library of versions (*bibliothèque*): several folders merged, read lazily, asked by reference and by date.

A :class:`Library` knows every file at once by its name and opens a referential only when someone asks for it, so that a
request for one target does not load thousands of others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from copy import copy
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from referentials.absence import NotInForce, UnknownReference
from referentials.directories import REMEMBERED, Directories
from referentials.document import DataPath, Document, path_text
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
)
from referentials.model import Block, Competency, Referential
from referentials.offer import Module, Offer
from referentials.reference import ModuleRef, parse
from referentials.rights import Correspondence, Recognition, Rule
from referentials.source import Directory, Source
from referentials.versions import Key, parse_or_none
from referentials.yaml_source import read_file

__all__ = ["LISTS", "SHIPPED", "Item", "Library", "NotInForce", "Origin", "UnknownReference"]

SHIPPED = Path(__file__).parent / "data"
"""The library that comes with the program."""

LISTS = (RECOGNITIONS, CORRESPONDENCES, RULES, OFFER)
"""The formats of which a library merges many files."""

Item = Referential | Block | Competency | Module

_DOCUMENTS_KEPT = 16

_REMEMBERED = (
    "_versions",
    "_codes",
    "_described",
    "_sorted_names",
    "own_recognitions",
    "recognitions",
    "correspondences",
    "rules",
    "offers",
    "modules",
    *REMEMBERED,
)


class Origin(NamedTuple):
    """The file of an item, and the path of the item inside it."""

    file: Path
    prefix: DataPath = ()


_NOWHERE = Path("<values>")
"""The folder of what is in no file."""


class Library(Directories):
    """Referentials by version, recognitions, correspondences, rules and offers.

    Parameters
    ----------
    files : iterable of (Path, Format)
        The data files; a later file replaces an earlier one that defines the same key.
    """

    def __init__(self, files: Iterable[tuple[Path, Format]] = ()) -> None:
        super().__init__()
        self._lists: dict[str, list[Path]] = {kind.name: [] for kind in LISTS}
        self._items: dict[Path, tuple[Any, ...]] = {}
        self._origins: dict[tuple[str, str], list[Origin]] = {}
        self._documents: OrderedDict[Path, Document] = OrderedDict()
        self._unusable: set[Key | str] = set()
        self._sources: dict[Path, Source] = {}
        for path, kind in files:
            if kind is REFERENTIAL:
                self._paths.setdefault((path.parent.name, path.stem), []).append(path)
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
        once = {folder.resolve(): folder for folder in folders}
        library = cls(entry for folder in once.values() for entry in files_of(folder))
        for place in places:
            if not place.is_dir():
                library._add(load_file(place), place)
        return library

    @classmethod
    def of(cls, *items: Referential | Recognition | Correspondence | Rule | Offer) -> Library:
        """A library of values made elsewhere: drafts, generated problems, rows of a database. They have no place in a file."""
        library = cls()
        for item in items:
            if isinstance(item, Referential):
                library._paths.setdefault((item.id, item.version), [_NOWHERE])
                library._referentials[item.id, item.version] = item
        for kind in LISTS:
            path = _NOWHERE / kind.name
            library._lists[kind.name].append(path)
            library._items[path] = tuple(item for item in items if isinstance(item, kind.item))
        return library

    def branched(self) -> Library:
        """Another library that has all that this one has, and need not open again what was opened here; what it uses besides stays its own."""
        found = copy(self)
        found._paths = {key: list(paths) for key, paths in self._paths.items()}
        found._lists = {kind: list(paths) for kind, paths in self._lists.items()}
        found._referentials, found._contents = dict(self._referentials), dict(self._contents)
        found._items, found._expanded, found._origins = dict(self._items), {}, {}
        found._documents, found._unusable = OrderedDict(), set(self._unusable)
        found._sources, found._directories = dict(self._sources), dict(self._directories)
        found._kept_of_directories = OrderedDict()
        found._forget_lists()
        return found

    def use(self, source: Source) -> None:
        """Use what a source has, beside what is here and in place of what has the same key. Nothing is opened yet."""
        place = _NOWHERE / str(len(self._sources))
        for key in source.versions():
            self._paths.setdefault(key, []).append(place)
            self._referentials.pop(key, None)
            self._contents.pop(key, None)
        self._sources[place] = source
        for kind in LISTS:
            self._lists[kind.name].append(place / kind.name)
            self._sources[place / kind.name] = source
        if isinstance(source, Directory):
            self._directories[place] = source
        self._forget_lists()

    def _forget_lists(self) -> None:
        for name in _REMEMBERED:
            self.__dict__.pop(name, None)
        self._expanded.clear()

    def _open(self, key: Key) -> Referential:
        source = self._sources.get(self._paths[key][-1])
        if source is None:
            return super()._open(key)
        item: Referential = load_document(Document(source.referential(*key), None, source.name), REFERENTIAL).items[0]
        return item

    @cached_property
    def own_recognitions(self) -> tuple[Recognition, ...]:
        """The recognitions that are not in a directory, by identifier."""
        if not self._directories:
            return self.recognitions
        own = [path for path in self._lists[RECOGNITIONS.name] if self._sources.get(path) not in self.directories]
        return self._items_in(own, RECOGNITIONS)

    def with_recognitions(self, recognitions: Iterable[Recognition], named: Iterable[str] = ()) -> Library:
        """The same library with no other recognitions, and some referentials at hand: what is opened in it goes with it."""
        found = copy(self)
        found._referentials, found._contents, found._expanded = dict(self._referentials), dict(self._contents), {}
        found._kept_of_directories, found._brought = None, frozenset(named)
        found.__dict__.pop("_named_at_hand", None)
        found.__dict__["_unread_kept"] = {name: one for name in found._brought if (one := self._unread(name))}
        found.__dict__["recognitions"] = tuple(sorted(recognitions, key=lambda item: item.id))
        return found

    def _add(self, loaded: Loaded, path: Path) -> None:
        """Add one file, once: it may be one of a folder that was given too."""
        self._expanded.clear()
        if loaded.format is REFERENTIAL:
            item = loaded.items[0]
            paths = self._paths.setdefault((item.id, item.version), [])
            self._referentials[item.id, item.version] = item
        else:
            paths = self._lists[loaded.format.name]
            self._items[path] = loaded.items
        paths[:] = [*(other for other in paths if not (other.name == path.name and other.samefile(path))), path]

    def find(self, text: str) -> Item:
        """What a reference names (in its last version, when it names none).

        Raises
        ------
        UnknownReference
            Nothing has that reference; near names are given.
        """
        if isinstance(parse_or_none(text), ModuleRef):
            found = self.modules.get(text)
            if found is None:
                raise UnknownReference(text, get_close_matches(text, self.modules, n=5))
            return found
        full = self.expand(text)
        if not full:
            raise UnknownReference(text, self.near(text))
        return self._item(self._parsed(full[-1]))

    # -- lists ----------------------------------------------------------------------------------------------------

    def _read_list(self, kind: Format) -> tuple[Any, ...]:
        return self._items_in(self._lists[kind.name], kind)

    def _items_in(self, paths: Iterable[Path], kind: Format) -> tuple[Any, ...]:
        found: dict[str, Any] = {}
        for path in paths:
            for index, item in enumerate(self._opened(path, kind)):
                found[item.id] = item
                self._origins.setdefault((kind.name, item.id), []).append(
                    Origin(path, (index,) if kind.is_list else ())
                )
        return tuple(found[key] for key in sorted(found))

    def _opened(self, path: Path, kind: Format) -> tuple[Any, ...]:
        if path not in self._items:
            source = self._sources.get(path)
            self._items[path] = load_file(path, kind).items if source is None else _items_of(source, kind)
        return self._items[path]

    def open_all(self) -> tuple[Finding, ...]:
        """Open every file; leave aside those that can't be used, and return every problem of each."""
        findings: list[Finding] = []
        for key in self._at_hand():
            try:
                self._file_under_its_key(key, self.get(*key))
            except FileProblem as problem:
                findings += problem.findings
                del self._paths[key]
                self._unusable.add(key)
        for kind in LISTS:
            for path in list(self._lists[kind.name]):
                try:
                    self._opened(path, kind)
                except FileProblem as problem:
                    findings += problem.findings
                    self._lists[kind.name].remove(path)
                    self._unusable.add(kind.name)
        for name in ("_versions", "_codes", "_described", "_sorted_names"):
            self.__dict__.pop(name, None)
        self._expanded.clear()
        return tuple(findings)

    def _file_under_its_key(self, key: Key, item: Referential) -> None:
        """A file named after something else than what it holds is known by what it holds."""
        own = (item.id, item.version)
        if own != key:
            self._paths.setdefault(own, []).extend(self._paths.pop(key))
            self._referentials[own] = self._referentials.pop(key)

    def may_be_unusable(self, text: str) -> bool:
        """Whether a reference leads, or may lead, into a file that :meth:`open_all` left aside."""
        ref = parse(text)
        if isinstance(ref, ModuleRef):
            return OFFER.name in self._unusable and all(offer.id != ref.offer for offer in self.offers)
        keys = (key for key in self._unusable if isinstance(key, tuple))
        return any(key[0] == ref.referential and ref.version in (None, key[1]) for key in keys)

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
        """Every file of the library that is in use, with its format."""
        lists = [(path, kind) for kind in LISTS for path in self._lists[kind.name]]
        every = (*((paths[-1], REFERENTIAL) for _key, paths in sorted(self._paths.items())), *lists)
        return tuple((path, kind) for path, kind in every if _is_file(path))

    def origins(self, item: Any) -> tuple[Origin, ...]:
        """The files that define an item, the one in use last; none for an item made elsewhere."""
        if isinstance(item, Referential):
            found = [Origin(path) for path in self._paths.get((item.id, item.version), ())]
        else:
            kind = next(kind for kind in LISTS if isinstance(item, kind.item))
            found = self._origins.get((kind.name, item.id), [])
        if not found or not _is_file(found[-1].file):
            return ()
        return tuple(origin for origin in found if _is_file(origin.file))

    def place(self, item: Any, path: DataPath = ()) -> Place:
        """Where a part of an item stands: its file is read again to find the line. A place stands where it is."""
        if isinstance(item, Place):
            return item
        origins = self.origins(item)
        if not origins:
            return Place(path=path_text(path))
        file, prefix = origins[-1]
        return Place(file=str(file), line=self._document(file).line(prefix + path), path=path_text(prefix + path))

    def _document(self, file: Path) -> Document:
        if file not in self._documents:
            self._documents[file] = read_file(file)
            if len(self._documents) > _DOCUMENTS_KEPT:
                self._documents.popitem(last=False)
        return self._documents[file]


def _is_file(path: Path) -> bool:
    return _NOWHERE not in (path, *path.parents)


def _items_of(source: Source, kind: Format) -> tuple[Any, ...]:
    """Every item that a source has of a kind; all that is wrong with them is told at once."""
    values = [dict(value) for value in source.items(kind.name)]
    if kind.is_list:
        return load_document(Document(values, None, source.name), kind).items
    return tuple(load_document(Document(value, None, source.name), kind).items[0] for value in values)
