"""What was done to a draft, in words (*historique en phrases*): each act in a few words, each field that it changed in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from api.store.tables.draft_changes import ChangeKind, DraftChange
from api.web.views.draft_fields import CHOICES, Spec, options, spec_of
from api.web.views.draft_requirement import readable
from api.web.views.draft_values import typed_of
from api.web.views.names import lines
from referentials.editing.delta import ABSENT, Delta, Edit
from referentials.editing.entries import ORDER, Path
from referentials.library import Library
from referentials.writer import values_to_yaml
from reports.language import say, say_n

_MOST = 60
_LONGEST = 300


# -- acts -----------------------------------------------------------------------------------------------------------------------


def act_told(change: DraftChange, changes: Mapping[int, DraftChange]) -> str:
    """What a line of the history did, in a few words."""
    about = changes.get(change.about or 0)
    if change.kind == ChangeKind.START:
        return say("Brouillon commencé")
    if change.kind == ChangeKind.REVERT:
        return say("Retour à l'état {number}", number=change.about or "")
    if change.kind in (ChangeKind.UNDO, ChangeKind.REDO):
        inner = act_told(about, changes) if about else say("un changement")
        undone = change.kind == ChangeKind.UNDO
        return say("Annulé : {what}", what=inner) if undone else say("Rétabli : {what}", what=inner)
    told = _ACTS.get(str(change.act.get("act")))
    return told(change.act) if told else say("Brouillon modifié")


Told = Mapping[str, Any]


def _written(act: Told) -> str:
    at = str(act.get("at", ""))
    names = [_label(at, str(name)) for name in act.get("fields") or {}]
    return say(
        "{fields} — {place}", fields=", ".join(names[:3]) + (" …" if len(names) > 3 else ""), place=place_told(at)
    )


def _label(place: str, name: str) -> str:
    found = spec_of(place, name)
    return found.label if found else say("Sources") if name.startswith("sources") else name


def place_told(place: str) -> str:
    """A place in words: « CCP1 › C1 », or the whole."""
    return place.replace("/", " › ") if place else say("l'ensemble")


def _added(act: Told) -> str:
    what = act.get("title") or act.get("code") or ""
    return (
        say("Compétence ajoutée : {what}", what=what) if act.get("parent") else say("Bloc ajouté : {what}", what=what)
    )


_ACTS: Mapping[str, Callable[[Told], str]] = {
    "write": _written,
    "add": _added,
    "move": lambda act: say("{place} déplacé", place=place_told(act["at"])),
    "recode": lambda act: say("{place} a pour code {code}", place=place_told(act["at"]), code=act["code"]),
    "rekey": lambda act: say("La clé devient {key}", key=f"{act['id']}@{act['version']}"),
    "split": lambda act: say("{place} scindé en deux", place=place_told(act["at"])),
    "merge": lambda act: say("{place} fusionné avec {into}", place=place_told(act["at"]), into=act["into"]),
    "retire": lambda act: say("{place} retiré", place=place_told(act["at"])),
    "replace": lambda _act: say("Texte du brouillon réécrit"),
}


# -- fields ---------------------------------------------------------------------------------------------------------------------


class Named(NamedTuple):
    """What a path names: the place of an item, and one of its fields, which is empty for the item itself."""

    place: str
    field: str
    spec: Spec | None

    @property
    def label(self) -> str:
        """Both in words."""
        if not self.field:
            return place_told(self.place)
        name = self.spec.label if self.spec else _label(self.place, self.field)
        return say("{fields} — {place}", fields=name, place=place_told(self.place))


def named(path: Path) -> Named:
    """What a path names.

    Examples
    --------
    >>> named(("blocks", "B1", "competencies", "C1", "title"))[:2], named(("codes", "rncp", "37274", "from"))[:2]
    (('B1/C1', 'title'), ('', 'codes/rncp'))
    """
    codes, rest = [], list(path)
    for name in ("blocks", "competencies"):
        if len(rest) > 1 and rest[0] == name and rest[1] != ORDER:
            codes.append(rest[1])
            rest = rest[2:]
    place = "/".join(codes)
    longer = ("/".join(rest[:size]) for size in range(len(rest), 0, -1))
    found = next(((name, spec) for name in longer if (spec := spec_of(place, name))), ("/".join(rest), None))
    return Named(place, *found)


def value_told(spec: Spec | None, value: Any, library: Library) -> tuple[str, ...]:
    """A value in words, a line or several; nothing for nothing."""
    if value is ABSENT or value is None or value in ("", [], {}):
        return ()
    if spec and spec.kind == "requirement" and (found := readable(value)) is not None:
        return tuple("· " * one.depth + one.text for one in lines(library, found))
    if spec and spec.kind in CHOICES:
        return (dict(options(spec)).get(typed_of(spec, value), str(value)),)
    if spec and not isinstance(value, dict):
        listed = value if isinstance(value, list) else None
        texts = [str(one) for one in listed] if listed and spec.kind in ("cited", "before") else None
        return tuple(texts or typed_of(spec, value).split("\n"))
    text = values_to_yaml(value).rstrip() if isinstance(value, dict | list) else _scalar(value)
    return tuple(text.split("\n"))


def _scalar(value: Any) -> str:
    return {True: say("oui"), False: say("non")}.get(value, str(value)) if isinstance(value, bool) else str(value)


def sentences(delta: Delta, library: Library) -> tuple[str, ...]:
    """What a change did, field by field; the fields of what was added or taken away are not told one by one."""
    found = list(_sentences(delta, library))
    more = len(found) - _MOST
    return (*found[:_MOST], *((say_n("et {count} autre", "et {count} autres", more),) if more > 0 else ()))


def _sentences(delta: Delta, library: Library) -> Iterator[str]:
    whole = {edit.at[:-1]: edit for edit in delta if _is_whole(edit)}
    titles = {edit.at[:-1]: edit for edit in delta if edit.at[-1] == "title"}
    for path, edit in whole.items():
        if any(path[:size] in whole for size in range(1, len(path))):
            continue
        title = titles.get(path)
        came = edit.before is ABSENT
        value = (title.after if came else title.before) if title else ABSENT
        words = say("{code} « {title} »", code=_item(path), title=value) if isinstance(value, str) else _item(path)
        yield say("Ajouté : {what}.", what=words) if came else say("Retiré : {what}.", what=words)
    for edit in delta:
        if any(edit.at[:size] in whole for size in range(1, len(edit.at))):
            continue
        if edit.at[-1] == ORDER:
            if _same_names(edit):
                yield say("L'ordre change : {order}.", order=", ".join(edit.after))
        else:
            yield _sentence(edit, library)


def _is_whole(edit: Edit) -> bool:
    listed = len(edit.at) > 2 and edit.at[-1] in ("code", "id") and edit.at[-3] in _LISTS
    return listed and (edit.before is ABSENT or edit.after is ABSENT)


_LISTS = ("blocks", "competencies", "sources")


def _item(path: Path) -> str:
    if path[0] == "sources":
        return say("source {name}", name=path[1])
    return place_told(named(path).place)


def _same_names(edit: Edit) -> bool:
    sides = (edit.before, edit.after)
    return all(isinstance(one, list) for one in sides) and sorted(edit.before) == sorted(edit.after)


def _sentence(edit: Edit, library: Library) -> str:
    name = named(edit.at)
    before, after = (value_told(name.spec, one, library) for one in (edit.before, edit.after))
    if len(before) > 1 or len(after) > 1:
        gone = [one for one in before if one not in after]
        come = [one for one in after if one not in before]
        sides = [say("retiré « {text} »", text=_cut(one)) for one in gone]
        sides += [say("ajouté « {text} »", text=_cut(one)) for one in come]
        return say("{field} : {what}.", field=name.label, what=" ; ".join(sides) or say("l'ordre change"))
    if not before:
        return say("{field} : « {after} » (rien avant).", field=name.label, after=_cut("".join(after)))
    if not after:
        return say("{field} : « {before} » effacé.", field=name.label, before=_cut(before[0]))
    return say(
        "{field} : « {before} » devient « {after} ».", field=name.label, before=_cut(before[0]), after=_cut(after[0])
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
