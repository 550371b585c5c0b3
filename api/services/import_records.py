"""A record of a file → a document that may be kept (*lecture d'un enregistrement*): checked as if somebody had written it by hand.

What is wrong is told with the place of the record in the file that came, and of the mistake inside the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from api.services.catalogue import folded
from api.services.import_entries import KEPT, Entry
from api.services.nearness import forms, stems_of
from api.store.keys import Key
from api.store.repositories.imported import Imported
from api.store.search import Found
from api.store.tables.imported import Role
from referentials.contents import codes_of, identities_of, squeezed
from referentials.diff import ChangeKind, diff, rights_diff
from referentials.document import Document
from referentials.findings import FileProblem, Finding, Place
from referentials.formats.exchange import OCCUPATION
from referentials.loader import load_document
from referentials.model import Referential, State
from referentials.neighbourhood import names_in
from referentials.occupations import Occupation
from referentials.offer import Offer
from referentials.registers import as_published
from referentials.requirement import references
from referentials.rights import Recognition
from referentials.source import Side
from reports.library_wording import label

_SENTENCES = 20
_LONGEST_TITLE = 1000


def item_of(entry: Entry) -> Any:
    """The referential, recognition, correspondence or offer that a record is.

    Raises
    ------
    FileProblem
        With one finding per thing that is wrong, each at its place.
    """
    try:
        return loaded(entry.key.kind, entry.values, entry.where.file)
    except FileProblem as problem:
        raise FileProblem(_placed(problem, entry.where)) from None


def loaded(kind: str, values: Mapping[str, Any], name: str | None = None) -> Any:
    """The model of some values."""
    form = KEPT[kind]
    plain = dict(values)
    if kind == OCCUPATION:
        plain.pop("id", None)
    return load_document(Document([plain] if form.is_list else plain, None, name), form).items[0]


def _placed(problem: FileProblem, where: Place) -> Iterator[Finding]:
    for finding in problem.findings:
        inside = finding.where.path.removeprefix("[1]").lstrip(".")
        path = ", ".join(part for part in (where.path, inside) if part)
        yield finding.model_copy(update={"where": where.model_copy(update={"path": path})})


# -- what is kept ---------------------------------------------------------------------------------------------------------


def document_of(entry: Entry, item: Any) -> Imported:
    """What is kept of a record: its values, and all that leads to them."""
    if isinstance(item, Referential):
        return _version(entry, item)
    if isinstance(item, Recognition):
        names = [(role, name) for side, role in _ROLES.items() for name in sorted(names_in(item, side))]
        return _kept(entry, title=title_of(item), names=tuple(names))
    if isinstance(item, Occupation):
        return _kept(entry, title=item.title, words=stemmed((item.title, *item.names)))
    return _kept(entry, title=title_of(item))


def stemmed(names: Iterable[str]) -> str:
    """The stems of some names, each once and between spaces, for a search in the database."""
    stems = dict.fromkeys(one for name in names for form in forms(name) for one in sorted(stems_of(form)))
    return f" {' '.join(stems)} "


_ROLES = {Side.GIVEN: Role.GIVEN, Side.GRANTS: Role.GRANTS}


def _kept(entry: Entry, **more: Any) -> Imported:
    return Imported(entry.key, entry.digest, entry.raw, **more)


def _version(entry: Entry, item: Referential) -> Imported:
    codes = dict.fromkeys(squeezed(code.code) for _ref, code in codes_of(item))
    identities = [squeezed(code.code) for _ref, code in identities_of(item)]
    names = (item.key, item.title, item.short_title or "", *item.aliases, label(item.kind), *codes)
    blocks = " ".join(block.title for block in item.known_blocks if block.title)
    return _kept(
        entry,
        title=item.title,
        place=f"{item.id} {(item.valid.start or item.valid.seen or date.min).isoformat()} {item.version}",
        nature=item.kind.value,
        level=item.level,
        active=item.state is not State.RETIRED,
        start=item.valid.start or item.valid.seen,
        end=item.valid.end,
        words=folded(" ".join(names)),
        names=tuple((Role.CODE, code) for code in dict.fromkeys((*codes, *identities))),
        found=Found("referential", item.key, item.title, " ".join((item.id, item.short_title or "", *codes, blocks))),
    )


def title_of(item: Any) -> str:
    """What people call it; a right without a title says what it gives and to whom."""
    if isinstance(item, Recognition) and not item.title:
        given, granted = (", ".join(map(as_published, side)) for side in (references(item.given), item.grants))
        return f"{given or '…'} → {granted}"[:_LONGEST_TITLE]
    return str(getattr(item, "title", None) or item.id)


def ref_of(key: Key) -> str:
    """A key as a reader writes it.

    Examples
    --------
    >>> ref_of(Key("referential", "rncp34137", "2019")), ref_of(Key("offer", "fabrique"))
    ('rncp34137@2019', 'fabrique')
    """
    return f"{key.identifier}@{key.version}" if key.version else key.identifier


class Change(NamedTuple):
    """What changed in a document, in sentences; nothing but the way it is written when ``editorial``."""

    sentences: tuple[str, ...]
    editorial: bool


def change(before: Any, after: Any) -> Change:
    """What changed from one state of a document to the next."""
    if isinstance(before, Referential) and isinstance(after, Referential):
        found = diff(before, after)
        content = [one for one in found if one.kind is not ChangeKind.EDITORIAL]
        return Change(tuple(one.sentence for one in (content or found)[:_SENTENCES]), not content)
    if isinstance(before, Recognition) and isinstance(after, Recognition):
        aside = {"source": after.source, "note": after.note}
        same = before.model_copy(update=aside) == after
        return Change(tuple(one.sentence for one in rights_diff([before], [after])), same)
    if isinstance(before, Offer) and isinstance(after, Offer):
        return Change((f"{len(after.modules)} modules, contre {len(before.modules)}",), False)
    return Change((), False)
