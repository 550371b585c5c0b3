"""The versions of a library (*versions*): opened one by one when someone asks, found by reference, by date and by code."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from referentials.absence import NotInForce, OnlyNamed, UnknownReference
from referentials.contents import Contents, codes_of, identities_of, squeezed
from referentials.findings import FileProblem
from referentials.loader import REFERENTIAL, load_file
from referentials.model import Block, Competency, Referential, State, Validity
from referentials.provenance import Code
from referentials.reference import ModuleRef, Ref, parse
from referentials.registers import FICHE, fiche_of, identifier_of, is_fiche, number_in

Key = tuple[str, str]
"""An identifier and a version."""

_LONGEST = 200
_MOST_NAMES = 4_000


class Versions:
    """The referentials of a library. ``_paths`` gives the files of each, the one in use last."""

    def __init__(self) -> None:
        self._paths: dict[Key, list[Path]] = {}
        self._referentials: dict[Key, Referential] = {}
        self._contents: dict[Key, Contents] = {}
        self._expanded: dict[str, tuple[str, ...]] = {}

    def put(self, item: Referential) -> None:
        """Use this value for its version, in place of what its file says."""
        self._referentials[item.id, item.version] = item
        self._contents.pop((item.id, item.version), None)
        self._expanded.clear()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every referential's identifier, sorted."""
        return tuple(sorted({identifier for identifier, _version in self._paths}))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every version as ``id@version``, sorted; nothing is opened."""
        return tuple(f"{identifier}@{version}" for identifier, version in sorted(self._paths))

    @cached_property
    def _versions(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for identifier, version in sorted(self._paths):
            found.setdefault(identifier, []).append(version)
        return {identifier: tuple(versions) for identifier, versions in found.items()}

    def versions(self, identifier: str) -> tuple[Referential, ...]:
        """Every version of a referential, the oldest first (those without dates before the others)."""
        if identifier not in self._versions:
            if (named := self._unread(identifier)) is None:
                raise UnknownReference(identifier, self.near(identifier))
            return (named,)
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
                return self._named_alone(*key)
            return self._keep(key, self._open(key))
        return self._referentials[key]

    def _named_alone(self, identifier: str, version: str) -> Referential:
        """The fiche that nobody read of a key."""
        found = self._unread(identifier) if version == FICHE else None
        if found is None:
            text = f"{identifier}@{version}"
            raise UnknownReference(text, self.near(text))
        return found

    def _unread(self, identifier: str) -> Referential | None:
        """What is known of a fiche that is not here and that rights name (see :mod:`referentials.named`)."""
        return None

    def _keep(self, key: Key, item: Referential) -> Referential:
        """Remember a version that was opened."""
        self._referentials[key] = item
        return item

    def _open(self, key: Key) -> Referential:
        """Read one version where it is kept."""
        item: Referential = load_file(self._paths[key][-1], REFERENTIAL).items[0]
        return item

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._versions

    def __iter__(self) -> Iterator[Referential]:
        for identifier, version in self._at_hand():
            if not self.described_by(identifier):
                yield self.get(identifier, version)

    def _at_hand(self) -> list[Key]:
        """The versions that may be opened one after the other."""
        return sorted(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def in_force(self, identifier: str, on: date) -> Referential:
        """The version in force on a day; of two, the one that started last, and a published one rather than a draft.

        Raises
        ------
        NotInForce
            No version is.
        """
        versions = self.versions(identifier)
        current = [version for version in versions if self.is_in_force(version, on)]
        if not current:
            raise NotInForce(identifier, on, versions, self.successors(identifier))
        published = [version for version in current if version.state is not State.DRAFT]
        return (published or current)[-1]

    def is_in_force(self, version: Referential, on: date) -> bool:
        """Whether a version is in force on a day; one whose end was not read is not, once what replaces it has started.

        Of one that nobody read, nobody can tell.
        """
        if version.state is State.NAMED:
            return False
        end = self.end_of(version)
        return version.valid.contains(on) and (end is None or on <= end)

    def end_of(self, version: Referential) -> date | None:
        """The last day of a version: the one that was read, else the eve of the first version that replaces it."""
        if version.valid.end is not None:
            return version.valid.end
        after = [self.get(*self._key(full)).valid for text in version.replaced_by for full in self._versions_of(text)]
        starts = [start for valid in after if (start := valid.start or valid.seen) is not None]
        return min(starts) - timedelta(days=1) if starts else None

    def successors(self, text: str) -> tuple[Referential, ...]:
        """The versions that replaced a version, then those that replaced these, and so on, each once.

        Notes
        -----
        Follows ``replaced_by`` alone, and opens only the files on the way. A successor that no file describes is left out.
        """
        found: dict[str, Referential] = {}
        waiting = [self.get(*self._key(full)) for full in self._versions_of(text)]
        starts = {version.key for version in waiting}
        while waiting:
            version = waiting.pop(0)
            for full in (full for after in version.replaced_by for full in self._versions_of(after)):
                if full not in found and full not in starts:
                    found[full] = self.get(*self._key(full))
                    waiting.append(found[full])
        return tuple(found.values())

    def _versions_of(self, text: str) -> tuple[str, ...]:
        """The versions that a text names, of those that were read."""
        whole = self._parsed(text).whole
        is_read = whole.referential in self._versions or bool(self.described_by(whole.referential))
        return self.expand(str(whole)) if is_read else ()

    @staticmethod
    def _key(full: str) -> Key:
        identifier, _at, version = full.partition("@")
        return identifier, version

    @cached_property
    def _codes(self) -> dict[str, list[tuple[str, Code, Validity]]]:
        """What every code names; opens every file that can be used."""
        found: dict[str, list[tuple[str, Code, Validity]]] = {}
        for key in self._at_hand():
            for ref, code, valid in self._codes_of(key):
                found.setdefault(squeezed(code.code), []).append((ref, code, valid))
        return found

    def _codes_of(self, key: Key) -> list[tuple[str, Code, Validity]]:
        with suppress(FileProblem):
            version = self.get(*key)
            return [(ref, code, version.valid) for ref, code in (*codes_of(version), *identities_of(version))]
        return []

    def _named_by(self, code: str) -> list[tuple[str, Code, Validity]]:
        """What a squeezed code names."""
        return self._codes.get(code, [])

    def by_code(self, code: str, on: date | None = None) -> tuple[str, ...]:
        """The references of the versions, or of the blocks, that an RNCP, RS or ministry code names.

        Parameters
        ----------
        code : str
            The code; spaces and case do not matter.
        on : date, optional
            Only what the code named on that day. A code without dates has those of its version.
        """
        found = tuple(
            ref
            for ref, named, valid in self._named_by(squeezed(code))
            if on is None or (named if named.start or named.end else valid).contains(on)
        )
        read = tuple(ref for ref in found if not is_fiche(ref.partition("@")[0])) or found
        return read or self._unread_by_code(code)

    def _unread_by_code(self, code: str) -> tuple[str, ...]:
        """What a code names in a fiche that is only named."""
        version = self._unread(fiche_of(squeezed(code)) or "")
        named = codes_of(version) if version else ()
        return tuple(ref for ref, own in named if squeezed(own.code) == squeezed(code))

    # -- fiches of a national directory ---------------------------------------------------------------------------

    @cached_property
    def _described(self) -> dict[str, tuple[str, ...]]:
        """The versions under names of their own that each fiche describes too; opens what is at hand, but for the fiches."""
        found: dict[str, dict[str, None]] = {}
        for key in (key for key in self._at_hand() if not is_fiche(key[0])):
            for ref, code, _valid in self._codes_of(key):
                if "/" not in ref and (number := number_in(code.code)) is not None:
                    found.setdefault(identifier_of(number), {})[ref] = None
        return {fiche: tuple(versions) for fiche, versions in found.items()}

    def described_by(self, identifier: str) -> tuple[str, ...]:
        """The versions under names of their own that have the number of a fiche: what names the fiche means them.

        A fiche that was imported too is no target of its own then: it says once more what they say.
        """
        return self._described.get(identifier, ()) if is_fiche(identifier) else ()

    def namesakes(self, identifier: str) -> frozenset[str]:
        """The identifiers under which the same certification may be named: its own, its numbers', those of the same numbers."""
        fiches = {
            fiche for fiche, keys in self._described.items() if any(self._key(key)[0] == identifier for key in keys)
        }
        names = {self._key(key)[0] for fiche in {identifier, *fiches} for key in self.described_by(fiche)}
        return frozenset({identifier, *fiches, *names})

    def target(self, text: str, on: date) -> Referential:
        """The referential that a target names: its version if it says one, else the one in force.

        Raises
        ------
        UnknownReference
            There is none, or nobody read it (:class:`referentials.absence.OnlyNamed`).
        NotInForce
            No version is in force.
        """
        ref = self._parsed(text)
        if described := [self.get(*self._key(key)) for key in self.described_by(ref.referential)]:
            return ([version for version in described if self.is_in_force(version, on)] or described)[-1]
        if ref.referential not in self._versions and self._unread(ref.referential) is not None:
            raise OnlyNamed(ref.referential)
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
        known = self._expanded.get(text)
        if known is None:
            known = self._meant(self._parsed(text))
            if known:  # what nothing has is not remembered: there is no end to it
                self._expanded[text] = known
        return known

    def _meant(self, ref: Ref) -> tuple[str, ...]:
        described = (self.get(*self._key(key)) for key in self.described_by(ref.referential))
        return self._all_within(described, ref) or self._all_within(self._named(ref), ref)

    def _named(self, ref: Ref) -> tuple[Referential, ...]:
        """The versions that a reference names by their own identifier."""
        if ref.referential not in self._versions:
            named = self._unread(ref.referential) if ref.version in (None, FICHE) else None
            return (named,) if named else ()
        if ref.version and (ref.referential, ref.version) not in self._paths:
            return ()
        return (self.get(ref.referential, ref.version),) if ref.version else self.versions(ref.referential)

    def _all_within(self, versions: Iterable[Referential], ref: Ref) -> tuple[str, ...]:
        return tuple(full for version in versions if (full := self._within(version, ref)) is not None)

    def _within(self, version: Referential, ref: Ref) -> str | None:
        """The full reference of what ``ref`` names inside a version, or None."""
        if ref.block is None:
            return version.key
        contents = self.contents(version)
        owners = contents.owners.get(ref.block, ())
        block = ref.block if ref.block in contents.blocks or owners else contents.named.get(squeezed(ref.block))
        if block in contents.blocks:
            if ref.competency is None:
                return f"{version.key}/{block}"
            known = ref.competency in contents.blocks[block].competencies
            return f"{version.key}/{block}/{ref.competency}" if known else None
        return f"{version.key}/{owners[0]}/{ref.block}" if len(owners) == 1 and ref.competency is None else None

    def contents(self, version: Referential) -> Contents:
        """The blocks and competencies of a version by their codes."""
        if version.state is State.NAMED:  # a few codes, more of them when more rights name it
            return Contents.of(version)
        key = (version.id, version.version)
        if key not in self._contents:
            self._contents[key] = Contents.of(version)
        return self._contents[key]

    def _item(self, ref: Ref) -> Referential | Block | Competency:
        version = self.get(ref.referential, ref.version or "")
        if ref.block is None:
            return version
        block, competencies = self.contents(version).blocks[ref.block]
        return competencies[ref.competency] if ref.competency else block

    def near(self, text: str) -> tuple[str, ...]:
        """References that look like a text, the nearest first."""
        whole, _slash, rest = text.partition("/")
        if rest and isinstance(parse_or_none(whole), Ref) and (inside := self._inside(whole)):
            return tuple(get_close_matches(text[:_LONGEST], inside, n=5, cutoff=0.4))
        identifier, at, _version = whole.partition("@")
        own = [f"{one}@{version}" for one, version in self._paths if at and one == identifier]
        if own:
            return tuple(get_close_matches(whole[:_LONGEST], own, n=5, cutoff=0.0))
        return tuple(get_close_matches(whole[:_LONGEST].lower(), self._names_near(whole[:_LONGEST].lower()), n=5))

    def _names_near(self, text: str) -> list[str]:
        """The names that a text is compared with: all of them, or those that stand around it where there are thousands."""
        names = self._sorted_names
        if len(names) > _MOST_NAMES:
            place = bisect_left(names, text)
            names = names[max(0, place - _MOST_NAMES // 2) : place + _MOST_NAMES // 2]
        return names

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted([*self._versions, *(f"{identifier}@{version}" for identifier, version in self._paths)])

    def _inside(self, whole: str) -> list[str]:
        """The references of the blocks, then of the competencies, of every version that a text names."""
        try:
            versions = [self.get(*self._key(full)) for full in self.expand(whole)]
        except FileProblem:
            return []
        return [f"{version.key}/{block.code}" for version in versions for block in version.known_blocks] + [
            key for version in versions for key, _competency in version.competencies()
        ]


def parse_or_none(text: str) -> Ref | ModuleRef | None:
    """The reference that a text is, if it is one."""
    try:
        return parse(text)
    except ValueError:
        return None
