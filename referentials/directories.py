"""The versions of sources too large to be gone through (*répertoires*): reached by name and by code, the last ones kept in memory.

A fiche that nothing here describes, but that a right names, is known as far as the right names it (see :mod:`referentials.named`).
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from referentials.contents import squeezed
from referentials.document import Document
from referentials.findings import FileProblem
from referentials.loader import RECOGNITIONS, load_document
from referentials.model import Referential, Validity
from referentials.named import blocks_named, unread
from referentials.provenance import Code
from referentials.registers import is_fiche
from referentials.rights import Recognition
from referentials.source import Directory, Side
from referentials.versions import Key, Versions

_VERSIONS_KEPT = 500

FEW = 1_000
"""A directory with no more versions than these is gone through like any other source."""


REMEMBERED = ("_unread_kept", "_named_at_hand")
"""What is worked out once from the rights at hand."""


class Directories(Versions):
    """Versions of which some come from directories."""

    def __init__(self) -> None:
        super().__init__()
        self._directories: dict[Path, Directory] = {}
        self._brought: frozenset[str] = frozenset()
        self._kept_of_directories: OrderedDict[Key, None] | None = OrderedDict()

    @cached_property
    def recognitions(self) -> tuple[Recognition, ...]:
        """Every recognition, by identifier."""
        raise NotImplementedError

    @cached_property
    def own_recognitions(self) -> tuple[Recognition, ...]:
        """The recognitions that are not in a directory, by identifier."""
        raise NotImplementedError

    @property
    def directories(self) -> tuple[Directory, ...]:
        """The sources that are asked about one thing at a time."""
        return tuple(self._directories.values())

    def _keep(self, key: Key, item: Referential) -> Referential:
        """As :class:`Versions`; of what comes from a directory, only the last ones."""
        if self._paths[key][-1] in self._directories and self._kept_of_directories is not None:
            self._kept_of_directories[key] = None
            if len(self._kept_of_directories) > _VERSIONS_KEPT:
                oldest, _nothing = self._kept_of_directories.popitem(last=False)
                self._referentials.pop(oldest, None)
                self._contents.pop(oldest, None)
        return super()._keep(key, item)

    def _at_hand(self) -> list[Key]:
        """All but the versions of a directory of thousands, which are reached by their names and codes alone."""
        large = self._large
        return sorted(key for key, paths in self._paths.items() if paths[-1] not in large or key[0] in self._brought)

    @property
    def _large(self) -> frozenset[Path]:
        """The places of the directories that are not gone through."""
        sizes = Counter(paths[-1] for paths in self._paths.values()) if self._directories else {}
        return frozenset(place for place in self._directories if sizes[place] > FEW)

    @property
    def is_wide(self) -> bool:
        """Whether it has a directory that is not gone through: going through the library leaves out what is in it."""
        return bool(self._large)

    def _named_by(self, code: str) -> list[tuple[str, Code, Validity]]:
        keys = {key for place, one in self._directories.items() for key in one.coded(code) if self._is_from(key, place)}
        here = [entry for entry in super()._named_by(code) if self._key(entry[0].partition("/")[0]) not in keys]
        there = (entry for key in sorted(keys) for entry in self._codes_of(key))
        return here + [entry for entry in there if squeezed(entry[1].code) == code]

    def _is_from(self, key: Key, place: Path) -> bool:
        return key in self._paths and self._paths[key][-1] == place

    # -- fiches that are only named ----------------------------------------------------------------------------------

    def _unread(self, identifier: str) -> Referential | None:
        if identifier not in self._unread_kept:
            if not is_fiche(identifier) or identifier in self or self._named_by(identifier.upper()):
                return None
            codes = self._codes_named(identifier)
            if codes is None:  # what nothing names is not remembered: there is no end to it
                return None
            self._unread_kept[identifier] = unread(identifier, codes)
        return self._unread_kept[identifier]

    @cached_property
    def _unread_kept(self) -> dict[str, Referential]:
        return {}

    def _codes_named(self, identifier: str) -> frozenset[str] | None:
        """The blocks that rights name under an identifier, if any names it."""
        named, is_all = self._named_at_hand
        found = [named] if is_all else [named, blocks_named(self._asking(identifier))]
        codes = [one[identifier] for one in found if identifier in one]
        return frozenset().union(*codes) if codes else None

    @cached_property
    def _named_at_hand(self) -> tuple[Mapping[str, frozenset[str]], bool]:
        """What the rights at hand name, and whether these are all: directories are asked for one fiche at a time."""
        is_all = not self._directories or "recognitions" in self.__dict__
        with suppress(FileProblem):
            return blocks_named(self.recognitions if is_all else self.own_recognitions), is_all
        return {}, is_all

    def _asking(self, identifier: str) -> tuple[Recognition, ...]:
        """The rights of directories that ask for something of a fiche."""
        values = [dict(value) for one in self.directories for value in one.rights(Side.GIVEN, {identifier})]
        return load_document(Document(values, None, self.directories[0].name), RECOGNITIONS).items if values else ()
