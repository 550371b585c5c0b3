"""Two versions → typed changes (*comparaison*), each with a sentence in plain French.

Parts are paired by their wording first, then by their code when the wordings are near; what stays alone was added or
retired. So a competency that changed block is *moved*, not lost and found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel

from referentials.model import Block, Competency, Hours, Referential
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
    EDITORIAL = "editorial"
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
    ChangeKind.EDITORIAL: lambda c: f"{c.where} : la rédaction change",
    ChangeKind.RIGHT_ADDED: lambda c: f"Nouvelle passerelle {c.where} : {_said(c.after)}",
    ChangeKind.RIGHT_RETIRED: lambda c: f"La passerelle {c.where} n'existe plus : {_said(c.before)}",
    ChangeKind.RIGHT_CHANGED: lambda c: f"La passerelle {c.where} change : {_said(c.before)} devient {_said(c.after)}",
}


def _said(value: Any) -> str:
    return "non connu" if value in (None, "", (), {}) else f"« {value} »"


def diff(before: Referential, after: Referential) -> tuple[Change, ...]:
    """Every change from one version to another, from the whole down to the competencies.

    Nothing changes between two equal values, and something does between any two others of one ``id@version``.
    """
    blocks = _pairs(_block_parts(before), _block_parts(after))
    codes = {was.path: now.path for was, now in blocks if was and now}
    competencies = _pairs(_competency_parts(before, codes), _competency_parts(after, {}))
    return (
        *_whole(before, after),
        *_parts(blocks, before, after, "ordre des blocs"),
        *_parts(competencies, before, after, "ordre des compétences"),
    )


def counterparts(before: Referential, after: Referential) -> tuple[tuple[str, str, bool], ...]:
    """The competencies of one version and what each became in the other: two local paths, and whether the words are the same."""
    blocks = _pairs(_block_parts(before), _block_parts(after))
    codes = {was.path: now.path for was, now in blocks if was and now}
    pairs = _pairs(_competency_parts(before, codes), _competency_parts(after, {}))
    return tuple((was.path, now.path, was.title == now.title != "") for was, now in pairs if was and now)


_SPECIAL = ("id", "version", "code", "title", "valid", "hours", "award", "entry", "requires", "blocks", "competencies")
"""What has its own kind of change, or is compared part by part."""

_EDITORIAL = ("aliases", "sources", "confidence", "note", "facts", "unread", "origins", "raw_competencies")
"""What tells a reader how the file was written, and changes nothing to what is required."""


def _whole(before: Referential, after: Referential) -> Iterator[Change]:
    yield from _title(after.key, before.title, after.title)
    yield from _attributes(after.key, before, after)
    if before.valid != after.valid:
        yield Change(ChangeKind.VALIDITY, after.key, _plain(before.valid), _plain(after.valid))
    yield from _hours(after.key, before.hours, after.hours)
    if _shape(before.award, before.key) != _shape(after.award, after.key):
        yield Change(ChangeKind.AWARD, after.key, _plain(before.award), _plain(after.award))
    if _shape(before.entry, before.key) != _shape(after.entry, after.key):
        yield Change(ChangeKind.ENTRY, after.key, _plain(before.entry), _plain(after.entry))
    yield from _known(f"{after.key}, blocks", before.blocks, after.blocks)


def _title(where: str, before: str | None, after: str | None) -> Iterator[Change]:
    if before != after:
        yield Change(ChangeKind.REWORDED, where, before, after)


def _attributes(where: str, before: BaseModel, after: BaseModel) -> Iterator[Change]:
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if name not in _SPECIAL and old != new:
            kind = ChangeKind.EDITORIAL if name in _EDITORIAL else ChangeKind.DETAIL
            yield Change(kind, f"{where}, {name}", _plain(old), _plain(new))


def _hours(where: str, before: Hours, after: Hours) -> Iterator[Change]:
    old, new = (_plain(hours.model_dump(exclude=set(_EDITORIAL), exclude_none=True)) for hours in (before, after))
    if old != new:
        yield Change(ChangeKind.HOURS, where, old, new)
    elif before != after:
        yield Change(ChangeKind.EDITORIAL, f"{where}, hours", _plain(before), _plain(after))


def _known(where: str, before: Sequence[Any] | None, after: Sequence[Any] | None) -> Iterator[Change]:
    """An empty list is not an unknown one."""
    if before != after and not before and not after:
        yield Change(
            ChangeKind.DETAIL, where, *("non connu" if value is None else "aucun" for value in (before, after))
        )


def _shape(value: Any, key: str) -> str:
    """A requirement as text, with the version's own references made local so that two versions compare."""
    return "" if value is None else str(value.model_dump_json(by_alias=True)).replace(f"{key}/", "")


def _plain(value: Any) -> Any:
    """A value as a person reads it."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_inside(part)}" for key, part in value.items())
    return ", ".join(_inside(part) for part in value) if isinstance(value, tuple | list) else value


def _inside(value: Any) -> str:
    text = str(_plain(value))
    return f"({text})" if isinstance(value, BaseModel | Mapping | tuple | list) else text


class _Part(NamedTuple):
    """A block or a competency: its local path (``CCP1`` or ``CCP1/C2``), and that path in the codes of the new version."""

    path: str
    path_now: str
    item: Block | Competency
    place: int

    @property
    def title(self) -> str:
        return self.item.title or ""


_Pair = tuple[_Part | None, _Part | None]


def _block_parts(version: Referential) -> list[_Part]:
    return [_Part(block.code, block.code, block, place) for place, block in enumerate(version.known_blocks)]


def _competency_parts(version: Referential, codes: Mapping[str, str]) -> list[_Part]:
    return [
        _Part(f"{block.code}/{item.code}", f"{codes.get(block.code, block.code)}/{item.code}", item, place)
        for block in version.known_blocks
        for place, item in enumerate(block.known_competencies)
    ]


def _parts(pairs: Sequence[_Pair], before: Referential, after: Referential, order: str) -> Iterator[Change]:
    for was, now in pairs:
        if was is None and now is not None:
            yield Change(ChangeKind.ADDED, f"{after.key}/{now.path}", None, now.title)
        elif now is None and was is not None:
            yield Change(ChangeKind.RETIRED, f"{before.key}/{was.path}", was.title, None)
        elif was is not None and now is not None:
            yield from _kept(was, now, before.key, after.key)
    if _is_reordered(pairs):
        yield Change(ChangeKind.EDITORIAL, f"{after.key}, {order}", None, None)


def _is_reordered(pairs: Sequence[_Pair]) -> bool:
    """Whether parts that kept their code stand in another order beside each other."""
    last: dict[str, int] = {}
    for was, now in pairs:
        if was and now and was.path_now == now.path:
            around = now.path.rpartition("/")[0]
            if now.place < last.get(around, 0):
                return True
            last[around] = now.place
    return False


def _kept(was: _Part, now: _Part, before: str, after: str) -> Iterator[Change]:
    where = f"{after}/{now.path}"
    if was.path_now != now.path:
        yield Change(ChangeKind.MOVED, where, was.path, now.path)
    yield from _title(where, was.item.title, now.item.title)
    yield from _attributes(where, was.item, now.item)
    if _shape(was.item.requires, before) != _shape(now.item.requires, after):
        yield Change(ChangeKind.DETAIL, f"{where}, requires", _plain(was.item.requires), _plain(now.item.requires))
    if isinstance(was.item, Block) and isinstance(now.item, Block):
        yield from _hours(where, was.item.hours, now.item.hours)
        yield from _known(f"{where}, competencies", was.item.competencies, now.item.competencies)


def _pairs(old: Sequence[_Part], new: Sequence[_Part]) -> list[_Pair]:
    """Each part of the old list with the part of the new one that it became; None where there is none.

    Same place and same words first, then same words, then same place and near words. Linear.
    """
    became: dict[int, int] = {}
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    for key, agree in _PASSES:
        waiting: dict[Any, list[int]] = {}
        for place in reversed(left_new):
            waiting.setdefault(key(new[place]), []).append(place)
        for place in left_old:
            candidates = waiting.get(key(old[place]))
            if candidates and agree(old[place], new[candidates[-1]]):
                became[place] = candidates.pop()
        left_old = [place for place in left_old if place not in became]
        taken = set(became.values())
        left_new = [place for place in left_new if place not in taken]
    kept: list[_Pair] = [(part, new[became[place]] if place in became else None) for place, part in enumerate(old)]
    return kept + [(None, new[place]) for place in left_new]


def _near_words(was: _Part, now: _Part) -> bool:
    if not was.title or not now.title:
        return True
    matcher = SequenceMatcher(None, was.title, now.title)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


_PASSES: tuple[tuple[Callable[[_Part], Any], Callable[[_Part, _Part], bool]], ...] = (
    (lambda part: (part.path_now, part.title), lambda was, now: True),
    (lambda part: part.title, lambda was, now: was.title != ""),
    (lambda part: part.path_now, _near_words),
)


def rights_diff(before: Sequence[Recognition], after: Sequence[Recognition]) -> tuple[Change, ...]:
    """Every change between two lists of recognitions, paired by identifier (of two with the same one, the last)."""
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
    return None if item is None else str(_plain(item))
