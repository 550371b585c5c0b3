"""The form of an item of a draft (*formulaire d'un élément*): its fields by groups, what is wrong beside each; what was typed, and what it changes.

Only what differs from the state that the form was made from is written, so that two people who fill the same form lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import Field

from api.web.entries import Unreadable
from api.web.sent import Form
from api.web.views.draft_fields import CHOICES, GROUPS, LONG, TICKED, Spec, help_of, options, specs
from api.web.views.draft_findings import Told
from api.web.views.draft_requirement import (
    MODES,
    Candidate,
    TypedRequirement,
    readable,
    requirement_in,
    requirement_of,
    typed_requirement,
)
from api.web.views.draft_tree import block_refs, competency_refs, title_at
from api.web.views.draft_values import at, plain_text, typed_of, value_of
from api.web.views.names import Line, lines
from api.web.views.said import Said
from referentials.editing.places import item_at
from referentials.library import Library
from referentials.provenance import Value
from reports.language import say

LONGEST = 60_000


class DraftField(Value):
    """A field of the form."""

    id: str = Field(description="Le nom de son contrôle.")
    kind: str = Field(description="`text`, `area`, `day`, `choice`, `ticks` ou `requirement`.")
    label: Said = Field(description="Son nom.")
    help: Said = Field(description="Ce que c'est.")
    unit: str = Field(description="Son unité.")
    value: str = Field(description="Ce qu'il montre.")
    rows: int = Field(description="Sa hauteur, en lignes.")
    options: tuple[tuple[str, Said], ...] = Field(description="Ce qui se choisit.")
    chosen: tuple[str, ...] = Field(description="Ce qui est coché.")
    candidates: tuple[Candidate, ...] = Field(description="Ce qui peut être coché.")
    requirement: TypedRequirement | None = Field(description="Une exigence, telle qu'on l'écrit.")
    lines: tuple[Line, ...] = Field(description="Cette exigence, en mots.")
    error: Said = Field(description="Pourquoi ce qui a été tapé ne se lit pas.")
    findings: tuple[Told, ...] = Field(description="Ce que les contrôles en disent.")


class Group(Value):
    """Fields that go together."""

    key: str = Field(description="Son nom stable.")
    title: Said = Field(description="Ses mots.")
    fields: tuple[DraftField, ...] = Field(description="Ses champs.")
    open: bool = Field(description="Vrai quand il se montre déplié.")


class Item(NamedTuple):
    """An item of a draft: where it stands, its own values, those of the whole draft."""

    place: str
    own: Mapping[str, Any]
    values: Mapping[str, Any]


def item_of(values: Mapping[str, Any], place: str) -> Item:
    """The item of a place.

    Raises
    ------
    FileProblem
        There is none.
    """
    return Item(place, item_at(dict(values), place).values, values)


# -- what is shown --------------------------------------------------------------------------------------------------------------


def groups(
    item: Item, library: Library, findings: Mapping[str, tuple[Told, ...]], form: Form | None = None
) -> tuple[Group, ...]:
    """The form of an item, with what was typed when a form was sent."""
    found: dict[str, list[DraftField]] = {}
    for spec in specs(item.place):
        found.setdefault(spec.group, []).append(_field(spec, item, library, findings.get(spec.name, ()), form))
    shown = sorted(found, key=[*GROUPS].index)
    return tuple(
        Group(key=key, title=GROUPS[key], fields=tuple(found[key]), open=key == "essentiel" or _is_told(found[key]))
        for key in shown
    )


def _is_told(fields: list[DraftField]) -> bool:
    return any(one.error or one.findings for one in fields)


def _field(spec: Spec, item: Item, library: Library, told: tuple[Told, ...], form: Form | None) -> DraftField:
    value = at(item.own, spec.name)
    sent = form if form is not None and _is_sent(form, spec) else None
    text = typed_of(spec, value) if spec.kind not in TICKED and spec.kind != "requirement" else ""
    if sent is not None and spec.kind not in TICKED:
        text = sent.whole_text(spec.id, LONGEST)
    typed = _requirement_shown(spec, item, value, sent)
    return DraftField(
        id=spec.id,
        kind=_shape(spec, text),
        label=spec.label,
        help=help_of(item.place, spec.name),
        unit=spec.unit,
        value=text,
        rows=min(12, max(2, len(text) // 80 + text.count("\n") + 1)),
        options=tuple(MODES.items()) if typed else _options(spec, text),
        chosen=typed.refs if typed else sent.texts(spec.id) if sent else _ticked(value),
        candidates=candidates(spec, item),
        requirement=typed,
        lines=lines(library, readable(value)) if typed else (),
        error=form.errors.get(spec.id, "") if form else "",
        findings=told,
    )


def _options(spec: Spec, text: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen, and what stands there when it is something else."""
    found = options(spec)
    return found if not found or text in dict(found) else (*found, (text, text))


def _shape(spec: Spec, text: str) -> str:
    """The kind of the control; a day that can't be read is shown as the text that it is."""
    if spec.kind == "requirement":
        return "requirement"
    if spec.kind in TICKED:
        return "ticks"
    if spec.kind in CHOICES:
        return "choice"
    if spec.kind == "day":
        return "day" if not text or (len(text) == 10 and text[4] == text[7] == "-") else "text"
    return "area" if spec.kind in LONG else "text"


def _ticked(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def candidates(spec: Spec, item: Item) -> tuple[Candidate, ...]:
    """What a field of boxes chooses among."""
    if spec.kind == "cited":
        found = item.values.get("sources")
        some = [one for one in found if isinstance(one, dict) and one.get("id")] if isinstance(found, list) else []
        pairs = [
            (str(one["id"]), say("{code} — {title}", code=one["id"], title=one.get("title") or "")) for one in some
        ]
    elif spec.kind == "before":
        pairs = [(ref, title_at(item.values, ref)) for ref in competency_refs(item.values) if not _is_own(ref, item)]
    elif spec.kind == "requirement":
        pairs = [(ref, title_at(item.values, ref)) for ref in block_refs(item.values) if not _is_own(ref, item)]
    else:
        return ()
    known = {ref for ref, _words in pairs}
    others = (one for one in _ticked(at(item.own, spec.name)) if one not in known)
    return tuple(Candidate(ref=ref, label=words) for ref, words in (*pairs, *((one, one) for one in others)))


def _is_own(ref: str, item: Item) -> bool:
    return bool(item.place) and ref.partition("/")[2] == item.place


def _requirement_shown(spec: Spec, item: Item, value: Any, sent: Form | None) -> TypedRequirement | None:
    if spec.kind != "requirement":
        return None
    own = tuple(one.ref for one in candidates(spec, item))
    return typed_requirement(value, own) if sent is None else requirement_in(sent, spec.id)


# -- what was typed -------------------------------------------------------------------------------------------------------------


def _is_sent(form: Form, spec: Spec) -> bool:
    name = f"{spec.id}-mode" if spec.kind == "requirement" else spec.id
    return name in form.names(name)


def changed(form: Form, seen: Item) -> dict[str, Any]:
    """The fields that were typed otherwise than they stood when the form was made; the form says what can't be read."""
    return dict(_changed(form, seen))


def _changed(form: Form, seen: Item) -> Iterator[tuple[str, Any]]:
    for spec in specs(seen.place):
        if not _is_sent(form, spec):
            continue
        before = at(seen.own, spec.name)
        try:
            value = _read(form, spec, seen, before)
        except Unreadable as problem:
            form.errors[spec.id] = str(problem)
            continue
        if value != before and not (_is_nothing(value) and _is_nothing(before)):
            yield spec.name, value


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _read(form: Form, spec: Spec, seen: Item, before: Any) -> Any:
    """The value of a field; what stood there when nothing was typed anew."""
    if spec.kind == "requirement":
        typed = requirement_in(form, spec.id)
        shown = typed_requirement(before, tuple(one.ref for one in candidates(spec, seen)))
        return before if _same(typed, shown) else requirement_of(typed, seen.values)
    if spec.kind in TICKED:
        ticked, shown_ticks = form.texts(spec.id), _ticked(before)
        kept = [one for one in shown_ticks if one in ticked]
        return before if set(ticked) == set(shown_ticks) else kept + [one for one in ticked if one not in kept]
    raw = form.whole_text(spec.id, LONGEST)
    if not raw and form.text(spec.id):
        raise Unreadable(say("Ce texte est trop long."))
    text = plain_text(spec, raw)
    return before if text == plain_text(spec, typed_of(spec, before)) else value_of(spec, text, before)


def _same(typed: TypedRequirement, shown: TypedRequirement) -> bool:
    """Whether two say the same, as far as their mode goes."""
    if typed.mode != shown.mode:
        return False
    if typed.mode in ("rien", "yaml"):
        return typed.mode == "rien" or typed.yaml.split() == shown.yaml.split()
    count = typed.count == shown.count or typed.mode != "nombre"
    return count and set(typed.refs) == set(shown.refs) and typed.others.split() == shown.others.split()
