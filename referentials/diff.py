"""Two versions → typed changes (*comparaison*), each with a sentence in plain French.

Parts are paired by their wording first, then by their code when the wordings are near; what stays alone was added or
retired. So a competency that changed block is *moved*, not lost and found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from referentials.model import Block, Competency, Referential
from referentials.rights import Recognition

NEAR = 0.6
"""From this likeness on (0 to 1, difflib ratio), two wordings under one code are the same part, reworded."""


class ChangeKind(StrEnum):
    """What kind of change."""

    ADDED = "added"
    RETIRED = "retired"
    MOVED = "moved"
    REWORDED = "reworded"
    HOURS = "hours"
    VALIDITY = "validity"
    AWARD = "award"
    ENTRY = "entry"
    DETAIL = "detail"
    RIGHT_ADDED = "right_added"
    RIGHT_RETIRED = "right_retired"
    RIGHT_CHANGED = "right_changed"


class Change(NamedTuple):
    """One change: its kind, where, and the values before and after (``None`` where there is none)."""

    kind: ChangeKind
    where: str
    before: Any
    after: Any

    @property
    def sentence(self) -> str:
        """The change as a person would say it."""
        return _SENTENCES[self.kind](self)


_SENTENCES: Mapping[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.ADDED: lambda c: f"{c.where} est nouveau : {_said(c.after)}",
    ChangeKind.RETIRED: lambda c: f"{c.where} disparaît : {_said(c.before)}",
    ChangeKind.MOVED: lambda c: f"{c.before} devient {c.after}, même intitulé",
    ChangeKind.REWORDED: lambda c: f"{c.where} change d'intitulé : {_said(c.before)} devient {_said(c.after)}",
    ChangeKind.HOURS: lambda c: f"{c.where} : les durées passent de {_said(c.before)} à {_said(c.after)}",
    ChangeKind.VALIDITY: lambda c: f"{c.where} : la validité passe de {_said(c.before)} à {_said(c.after)}",
    ChangeKind.AWARD: lambda c: f"{c.where} : les conditions d'obtention changent",
    ChangeKind.ENTRY: lambda c: f"{c.where} : les exigences à l'entrée changent",
    ChangeKind.DETAIL: lambda c: f"{c.where} passe de {_said(c.before)} à {_said(c.after)}",
    ChangeKind.RIGHT_ADDED: lambda c: f"Nouvelle passerelle {c.where} : {_said(c.after)}",
    ChangeKind.RIGHT_RETIRED: lambda c: f"La passerelle {c.where} n'existe plus : {_said(c.before)}",
    ChangeKind.RIGHT_CHANGED: lambda c: f"La passerelle {c.where} change : {_said(c.before)} devient {_said(c.after)}",
}


def _said(value: Any) -> str:
    return "non connu" if value in (None, "", (), {}) else f"« {value} »"


def diff(before: Referential, after: Referential) -> tuple[Change, ...]:
    """Every change from one version to another, from the whole down to the competencies."""
    return (*_whole(before, after), *_blocks(before, after), *_competencies(before, after))


_DETAILS = (
    "title",
    "short_title",
    "issuer",
    "level",
    "kind",
    "final_assessment",
    "scale",
    "codes",
    "complete",
    "replaces",
    "replaced_by",
)


def _whole(before: Referential, after: Referential) -> Iterator[Change]:
    for name in _DETAILS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            kind = ChangeKind.REWORDED if name == "title" else ChangeKind.DETAIL
            yield Change(kind, after.key if name == "title" else f"{after.key}, {name}", _plain(old), _plain(new))
    if before.valid != after.valid:
        yield Change(ChangeKind.VALIDITY, after.key, _plain(before.valid), _plain(after.valid))
    yield from _hours(after.key, before.hours, after.hours)
    if _shape(before.award, before.key) != _shape(after.award, after.key):
        yield Change(ChangeKind.AWARD, after.key, _plain(before.award), _plain(after.award))
    if before.entry != after.entry:
        yield Change(ChangeKind.ENTRY, after.key, _plain(before.entry), _plain(after.entry))


def _shape(requirement: Any, key: str) -> str:
    """A requirement as text, with the version's own references made local so that two versions compare."""
    return str(_plain(requirement)).replace(f"{key}/", "")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(str(_plain(part)) for part in value)
    if not hasattr(value, "model_dump"):
        return value
    values = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return ", ".join(f"{key}: {part}" for key, part in values.items()) if isinstance(values, dict) else values


def _hours(where: str, before: Any, after: Any) -> Iterator[Change]:
    if before.model_dump(exclude={"sources", "note", "confidence"}) != after.model_dump(
        exclude={"sources", "note", "confidence"}
    ):
        yield Change(ChangeKind.HOURS, where, _plain(before), _plain(after))


class _Part(NamedTuple):
    """A block or a competency with its local path (``CCP1`` or ``CCP1/C2``)."""

    path: str
    item: Block | Competency

    @property
    def title(self) -> str:
        return self.item.title or ""


def _blocks(before: Referential, after: Referential) -> Iterator[Change]:
    old = [_Part(block.code, block) for block in before.known_blocks]
    new = [_Part(block.code, block) for block in after.known_blocks]
    for was, now in _pairs(old, new):
        yield from _part(was, now, before, after)
        if was and now and isinstance(was.item, Block) and isinstance(now.item, Block):
            yield from _hours(f"{after.key}/{now.path}", was.item.hours, now.item.hours)
            yield from _attributes(
                f"{after.key}/{now.path}", was.item, now.item, ("assessment", "requires", "optional")
            )


def _competencies(before: Referential, after: Referential) -> Iterator[Change]:
    old, new = (
        [_Part(f"{b.code}/{c.code}", c) for b in version.known_blocks for c in b.known_competencies]
        for version in (before, after)
    )
    for was, now in _pairs(old, new):
        yield from _part(was, now, before, after)
        if was and now:
            yield from _attributes(f"{after.key}/{now.path}", was.item, now.item, ("elements", "criteria"))
            if _shape(getattr(was.item, "requires", None), before.key) != _shape(
                getattr(now.item, "requires", None), after.key
            ):
                where = f"{after.key}/{now.path}, requires"
                yield Change(ChangeKind.DETAIL, where, _plain(was.item.requires), _plain(now.item.requires))


def _part(was: _Part | None, now: _Part | None, before: Referential, after: Referential) -> Iterator[Change]:
    if was is None and now is not None:
        yield Change(ChangeKind.ADDED, f"{after.key}/{now.path}", None, now.title)
    elif now is None and was is not None:
        yield Change(ChangeKind.RETIRED, f"{before.key}/{was.path}", was.title, None)
    elif was is not None and now is not None:
        if was.path != now.path:
            yield Change(ChangeKind.MOVED, f"{after.key}/{now.path}", was.path, now.path)
        if was.title != now.title:
            yield Change(ChangeKind.REWORDED, f"{after.key}/{now.path}", was.title, now.title)


def _attributes(where: str, before: Any, after: Any, names: Sequence[str]) -> Iterator[Change]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(ChangeKind.DETAIL, f"{where}, {name}", _plain(old), _plain(new))


def _pairs(old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[tuple[_Part | None, _Part | None]]:
    """Each part of the old list with the part of the new one that it became; None where there is none."""
    pairs: dict[str, _Part] = {}
    taken: set[str] = set()
    for same in (_same_place, _same_words, _near_words):
        for was in old:
            if was.path not in pairs:
                found = next((now for now in new if now.path not in taken and same(was, now)), None)
                if found is not None:
                    pairs[was.path] = found
                    taken.add(found.path)
    for was in old:
        yield was, pairs.get(was.path)
    for now in new:
        if now.path not in taken:
            yield None, now


def _same_place(was: _Part, now: _Part) -> bool:
    return was.path == now.path and was.title == now.title


def _same_words(was: _Part, now: _Part) -> bool:
    return was.title != "" and was.title == now.title


def _near_words(was: _Part, now: _Part) -> bool:
    filled_in = not was.title or not now.title
    return was.path == now.path and (filled_in or SequenceMatcher(None, was.title, now.title).ratio() >= NEAR)


def rights_diff(before: Sequence[Recognition], after: Sequence[Recognition]) -> tuple[Change, ...]:
    """Every change between two lists of recognitions, paired by identifier."""
    old, new = ({item.id: item for item in items} for items in (before, after))
    changes = []
    for identifier in sorted(old.keys() | new.keys()):
        was, now = old.get(identifier), new.get(identifier)
        if was != now:
            kind = (
                ChangeKind.RIGHT_CHANGED if was and now else ChangeKind.RIGHT_ADDED if now else ChangeKind.RIGHT_RETIRED
            )
            changes.append(Change(kind, identifier, _right(was), _right(now)))
    return tuple(changes)


def _right(item: Recognition | None) -> str | None:
    return None if item is None else f"{item.effect} → {', '.join(item.grants)} ({item.source.title})"
