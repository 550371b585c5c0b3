"""A file of an outside standard → the library (*import*): record after record, a few hundred at a time, and the account of it.

::

    read → key and digest → the same as what stands: left alone
                          → else checked like a file of ours → new, changed, or wrong (told, and the rest goes in)

A second import of the same file changes nothing. In the strict way the whole file is read first, and refused whole if anything is wrong.
Memory does not grow with the file, but for the keys that were seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from api.services.import_entries import KEPT, UNNAMED, Entry
from api.services.import_reading import CUT, Part, parts
from api.services.import_records import change, document_of, item_of, ref_of, title_of
from api.store.keys import Key
from api.store.repositories.imported import Imported
from api.store.repositories.imports import Note
from referentials.findings import FileProblem, Finding, Severity, error
from referentials.formats.exchange import Standard, Upload
from referentials.formats.lheo_codes import in_library
from referentials.library import Library
from referentials.offer import Offer
from referentials.writer import plain

AT_ONCE = 500
MOST_OF_A_SORT = 5_000
"""Lines of the account that tell what is wrong, or what is gone; the rest is counted."""


class Outcome(StrEnum):
    """What became of a record."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    """Nothing changed but sources and notes."""
    UNCHANGED = "unchanged"
    GONE = "gone"
    """The same file brought it before, and has it no more; it stays."""
    REFUSED = "refused"
    """A record that can't be used."""
    PROBLEM = "problem"
    REMARK = "remark"


class Step(NamedTuple):
    """What a few hundred records come to: documents to keep, lines of the account, and how far the import is then.

    ``items`` has the models of the kinds that the destination asks for.
    """

    documents: Sequence[Imported]
    items: Mapping[Key, Any]
    notes: Sequence[Note]
    expected: int
    position: int
    counts: Mapping[str, int]


class Destination(Protocol):
    """Where documents are kept: the database, or a folder."""

    modelled: Collection[str]
    """The kinds that are kept by their models; hundreds of others would only wait in memory."""

    def standing(self, keys: Iterable[Key]) -> Mapping[Key, str]:
        """The digests of those that are there."""

    def item(self, key: Key) -> Any:
        """One of those, as it stands."""

    def keep(self, step: Step) -> None:
        """Keep a step, whole or not at all."""

    def without(self, standard: str, seen: set[Key]) -> Iterator[tuple[Key, str]]:
        """What the same file brought before, whatever its date, and is not among those that were seen, with its title."""


class Report(NamedTuple):
    """How many of what, and whether the file was read to its end."""

    counts: Mapping[str, int]
    complete: bool


Tell = Callable[[int, int], None]
"""Told how many bytes of how many are done."""
Hear = Callable[[Note], None]


def _silent(*_any: Any) -> None:
    return


def _goes_on() -> bool:
    return False


class Import(NamedTuple):
    """One import.

    Parameters
    ----------
    dry : bool
        Say what would change, and change nothing.
    kinds : collection of str
        The kinds of record that whoever asks may bring; others are refused.
    tell, hear : callable
        Told how far it is, and each line of its account.
    stop : callable
        Whether it must stop; what was kept stays.
    library : callable, optional
        Gives the library whose blocks stand for the codes of the national directories in an offer.
    """

    standard: Standard
    upload: Upload
    destination: Destination
    dry: bool = False
    kinds: Collection[str] = tuple(KEPT)
    tell: Tell = _silent
    hear: Hear = _silent
    stop: Callable[[], bool] = _goes_on
    library: Callable[[], Library] | None = None

    def check(self) -> None:
        """Read everything, and keep nothing.

        Raises
        ------
        FileProblem
            Something is wrong: the first findings are told.
        """
        found = [one for part in parts(self.standard, self.upload, AT_ONCE) for one in self._errors(part)]
        if found:
            raise FileProblem(found[:MOST_OF_A_SORT])

    def run(self, position: int = 0, counts: Mapping[str, int] | None = None) -> Report:
        """Read and keep everything, after the first ``position`` records, which were kept before.

        Raises
        ------
        FileProblem
            Nothing of the file can be used.
        """
        walk = _Walk(self, position, Counter(counts or {}))
        complete = walk.run()
        return Report(dict(walk.counts), complete)

    def _errors(self, part: Part) -> Iterator[Finding]:
        for one in part.found:
            if isinstance(one, Finding):
                if one.severity is Severity.ERROR:
                    yield one
                continue
            if one.key.kind not in self.kinds:
                yield _not_theirs(one)
                continue
            try:
                item_of(one)
            except FileProblem as problem:
                yield from problem.findings
        self.tell(part.done, self.upload.size)


class _Walk:
    """One way through a file."""

    def __init__(self, asked: Import, position: int, counts: Counter[str]) -> None:
        self.asked, self.position, self.counts = asked, position, counts
        self.seen: set[Key] = set()
        self.whole = True
        self._library: Library | None = None

    def run(self) -> bool:
        """Walk to the end; whether it was reached and the file was whole."""
        place = 0
        for part, read in parts(self.asked.standard, self.asked.upload, AT_ONCE):
            if self.asked.stop():
                return False
            done = max(0, min(len(part), self.position - place))
            self._skip(part[:done])
            if done < len(part):
                self._step(part[done:], place + len(part))
            place += len(part)
            self.asked.tell(read, self.asked.upload.size)
        if self.whole:
            self._gone()
        return self.whole

    def _skip(self, part: Sequence[Entry | Finding]) -> None:
        """Records that were kept before; only their keys matter."""
        for one in part:
            if isinstance(one, Finding):
                self.whole &= one.rule != CUT
            else:
                self.seen.add(one.key)

    def _step(self, part: Sequence[Entry | Finding], position: int) -> None:
        notes: list[Note] = []
        entries = [entry for one in part if (entry := self._entry(one, notes)) is not None]
        standing = self.asked.destination.standing(entry.key for entry in entries)
        documents: list[Imported] = []
        items: dict[Key, Any] = {}
        for entry in entries:
            if standing.get(entry.key) == entry.digest:
                self.counts[Outcome.UNCHANGED] += 1
                continue
            item = self._item(entry, notes)
            if item is not None and self._differs(entry, item, entry.key in standing, notes):
                documents.append(document_of(entry, item))
                if entry.key.kind in self.asked.destination.modelled:
                    items[entry.key] = item
        self._keep(documents, items, notes, position)

    def _keep(
        self, documents: Sequence[Imported], items: Mapping[Key, Any], notes: Sequence[Note], position: int
    ) -> None:
        for note in notes:
            self.asked.hear(note)
        kept = () if self.asked.dry else documents
        self.asked.destination.keep(Step(kept, items, notes, self.position, position, dict(self.counts)))
        self.position = position

    def _entry(self, one: Entry | Finding, notes: list[Note]) -> Entry | None:
        """What is to be looked at; what can't be is told."""
        if isinstance(one, Finding):
            self.whole &= one.rule != CUT
            self.counts[Outcome.REFUSED] += one.rule == UNNAMED
            self._found([one], notes)
            return None
        wrong = self._wrong(one)
        if wrong is not None:
            self.counts[Outcome.REFUSED] += 1
            self._found([wrong], notes)
            return None
        self.seen.add(one.key)
        return one

    def _wrong(self, entry: Entry) -> Finding | None:
        if entry.key.kind not in self.asked.kinds:
            return _not_theirs(entry)
        return _twice(entry) if entry.key in self.seen else None

    def _item(self, entry: Entry, notes: list[Note]) -> Any:
        try:
            return self._at_home(item_of(entry))
        except FileProblem as problem:
            self.counts[Outcome.REFUSED] += 1
            self._found(problem.findings, notes)
            return None

    def _at_home(self, item: Any) -> Any:
        """An offer with the blocks of the library in place of the codes of the national directories."""
        if not (isinstance(item, Offer) and self.asked.standard.in_codes and self.asked.library):
            return item
        self._library = self._library or self.asked.library()
        return Offer.model_validate(in_library(plain(item), self._library))

    def _differs(self, entry: Entry, item: Any, stands: bool, notes: list[Note]) -> bool:
        """Whether a document must be written; what is new or changed is told."""
        ref, title = ref_of(entry.key), title_of(item)
        if not stands:
            self.counts[Outcome.NEW] += 1
            notes.append(Note(Outcome.NEW.value, ref, title))
            return True
        before = self.asked.destination.item(entry.key)
        if before == item:
            self.counts[Outcome.UNCHANGED] += 1
            return False
        found = change(before, item)
        outcome = Outcome.CONFIRMED if found.editorial else Outcome.CHANGED
        self.counts[outcome] += 1
        if outcome is Outcome.CHANGED:
            notes.append(Note(outcome.value, ref, title, list(found.sentences)))
        return True

    def _found(self, findings: Iterable[Finding], notes: list[Note]) -> None:
        for finding in findings:
            outcome = Outcome.PROBLEM if finding.severity is Severity.ERROR else Outcome.REMARK
            self.counts[outcome] += 1
            if self.counts[outcome] <= MOST_OF_A_SORT:
                notes.append(Note(outcome.value, str(finding.where), finding.rule, finding.model_dump(mode="json")))

    def _gone(self) -> None:
        notes = []
        self.counts[Outcome.GONE] = 0
        for key, title in self.asked.destination.without(self.asked.standard.id, self.seen):
            self.counts[Outcome.GONE] += 1
            if self.counts[Outcome.GONE] <= MOST_OF_A_SORT:
                notes.append(Note(Outcome.GONE.value, ref_of(key), title))
        if notes:
            self._keep((), {}, notes, self.position)


def _twice(entry: Entry) -> Finding:
    where = entry.where
    message = f"« {ref_of(entry.key)} » est déjà dans ce fichier : seul le premier est pris."
    return error(
        "import-en-double", message, "Gardez un seul des deux.", file=where.file, line=where.line, path=where.path
    )


def _not_theirs(entry: Entry) -> Finding:
    where = entry.where
    message = f"« {ref_of(entry.key)} » n'est pas une offre : votre compte importe des offres seulement."
    remedy = "Demandez-le à un concepteur de référentiels, ou à qui administre le service."
    return error("import-hors-role", message, remedy, file=where.file, line=where.line, path=where.path)
