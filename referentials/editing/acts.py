"""The acts of a designer (*actes de rédaction*), each from the plain values of a draft to new ones.

An act is done on the draft as it stands now, even when its author had read an older state (``seen``): only what somebody else has written
otherwise since then stops it (:class:`Clashing`). All leave the draft's own references true.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from copy import deepcopy
from typing import Annotated, Any, Literal

from pydantic import Field

from referentials.editing.delta import ABSENT
from referentials.editing.mentions import doubled, dropped, renamed
from referentials.editing.merge import Clash, merged
from referentials.editing.places import (
    NewCode,
    Place,
    code_of,
    free_code,
    item_at,
    list_under,
    parent_of,
    path_of,
    put,
    taken,
    within,
)
from referentials.findings import FileProblem, error
from referentials.local_references import expanded
from referentials.provenance import Value
from referentials.reference import IDENTIFIER, VERSION

_FIRST = {0: "BC1", 1: "C1"}
_STRUCTURE = frozenset({"id", "version", "code", "blocks", "competencies"})
Values = Mapping[str, Any]


class Clashing(Exception):
    """Somebody else has written otherwise what an act would change; ``clashes`` says what, from both sides."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        self.clashes = clashes
        super().__init__("two people changed the same thing")


class Act(Value):
    """One thing that a designer does to a draft."""

    @abstractmethod
    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        """The draft afterwards.

        Parameters
        ----------
        values : mapping
            The draft as it stands.
        seen : mapping
            The draft as the author of the act had read it.

        Raises
        ------
        FileProblem
            It can't be done: no such item, a code already taken.
        Clashing
            Somebody else has written otherwise what it changes.
        """


class Write(Act):
    """Fields of the referential, of a block or of a competency; an empty one is taken away."""

    act: Literal["write"] = "write"
    at: Place = Field("", description="L'élément : vide (le référentiel), CCP1 ou CCP1/C1.")
    fields: dict[str, Any] = Field(min_length=1, description="Valeur de chaque champ : title, valid/from, hours/total…")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _copied(values)
        refused = sorted({name.partition("/")[0] for name in self.fields} & _STRUCTURE)
        if refused:
            message = f"Le champ « {refused[0]} » ne s'écrit pas ainsi."
            raise FileProblem(
                [error("redaction-champ", message, "Utilisez l'action prévue : code, ajout, déplacement.")]
            )
        before = _item_or_nothing(seen, self.at)
        now = _item_or_nothing(result, self.at)
        if now is None and before is not None:
            mine = _with_fields(before, self.fields)
            raise Clashing((Clash(path_of(self.at), before, mine, ABSENT),))
        item = item_at(result, self.at)
        clashes = tuple(self._clashes(before if before is not None else item.values, item.values))
        if clashes:
            raise Clashing(clashes)
        changed = _with_fields(item.values, self.fields)
        item.values.clear()
        item.values.update(changed)
        return result

    def _clashes(self, before: Values, now: Values) -> Any:
        for name, mine in self.fields.items():
            base, theirs = _at(before, name), _at(now, name)
            wanted = ABSENT if _is_empty(mine) else mine
            if theirs not in (base, wanted) and base != wanted:
                yield Clash((*path_of(self.at), *name.split("/")), base, wanted, theirs)


class Add(Act):
    """A new block, or a new competency of a block."""

    act: Literal["add"] = "add"
    parent: Place = Field("", description="Ce qui le contiendra : vide pour un bloc, CCP1 pour une compétence.")
    code: NewCode | None = Field(None, description="Son code ; vide : celui qui vient après.")
    title: str | None = Field(None, max_length=4_000, description="Son intitulé.")
    before: NewCode | None = Field(None, description="Le code devant lequel il se place ; vide : à la fin.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _copied(values)
        siblings = list_under(result, self.parent)
        code = self.code or free_code(siblings, _FIRST[1 if self.parent else 0])
        put(siblings, {"code": code} | ({"title": self.title} if self.title else {}), self.before)
        return result


class Move(Act):
    """A block or a competency, elsewhere in its list or into another block."""

    act: Literal["move"] = "move"
    at: Place = Field(min_length=1, description="L'élément : CCP1 ou CCP1/C1.")
    parent: Place | None = Field(None, description="Le bloc où le mettre ; vide : le sien.")
    before: NewCode | None = Field(None, description="Le code devant lequel il se place ; vide : à la fin.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _full(values)
        parent = parent_of(self.at) if self.parent is None else self.parent
        if bool(parent) != ("/" in self.at):
            message = "Un bloc reste parmi les blocs, une compétence dans un bloc."
            raise FileProblem([error("redaction-deplacement", message, "Choisissez un autre endroit.")])
        item, siblings = item_at(result, self.at), list_under(result, parent)
        if self.before == code_of(self.at) and parent == parent_of(self.at):
            return result
        del item.siblings[item.rank]
        put(siblings, item.values, self.before)
        return renamed(result, _ref(result, self.at), _ref(result, within(parent, code_of(self.at))))


class Recode(Act):
    """Another code for a block or a competency; whatever names it follows."""

    act: Literal["recode"] = "recode"
    at: Place = Field(min_length=1, description="L'élément : CCP1 ou CCP1/C1.")
    code: NewCode = Field(description="Son nouveau code.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _full(values)
        item = item_at(result, self.at)
        if any(
            one.get("code") == self.code for one in item.siblings if one is not item.values and isinstance(one, dict)
        ):
            raise taken(self.code)
        item.values["code"] = self.code
        return renamed(result, _ref(result, self.at), _ref(result, within(parent_of(self.at), self.code)))


class Rekey(Act):
    """Another identifier or version for the referential; its own references follow."""

    act: Literal["rekey"] = "rekey"
    id: str = Field(pattern=rf"^{IDENTIFIER}$", max_length=100, description="Identifiant : tp-mn.")
    version: str = Field(pattern=rf"^{VERSION}$", max_length=90, description="Version : 2027.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _full(values)
        before = _ref(result, "")
        return renamed({**result, "id": self.id, "version": self.version}, before, f"{self.id}@{self.version}")


class Split(Act):
    """One item becomes two: the first keeps the code, the second stands right after it with what is given to it."""

    act: Literal["split"] = "split"
    at: Place = Field(min_length=1, description="L'élément : CCP1 ou CCP1/C1.")
    code: NewCode | None = Field(None, description="Le code du second ; vide : le premier libre.")
    title: str | None = Field(None, max_length=4_000, description="L'intitulé que garde le premier ; vide : le sien.")
    second: str = Field(min_length=1, max_length=4_000, description="L'intitulé du second.")
    given: dict[Literal["elements", "criteria", "competencies"], tuple[str, ...]] = Field(
        default_factory=dict, description="Ce qui passe au second : savoirs, critères (en toutes lettres), codes."
    )

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _full(values)
        item = item_at(result, self.at)
        code = self.code or free_code(item.siblings, "C1")
        new: dict[str, Any] = {"code": code, "title": self.second}
        if self.title:
            item.values["title"] = self.title
        for name, chosen in self.given.items():
            there = item.values.get(name) or []
            new[name] = [one for one in there if _word(one) in chosen]
            item.values[name] = [one for one in there if _word(one) not in chosen]
        following = item.siblings[item.rank + 1 : item.rank + 2]
        put(item.siblings, new, following[0].get("code") if following else None)
        first, other = _ref(result, self.at), _ref(result, within(parent_of(self.at), code))
        for moved in self.given.get("competencies", ()):
            result = renamed(result, f"{first}/{moved}", f"{other}/{moved}")
        return doubled(result, first, other)


class Merge(Act):
    """Two items of one list become one: the first goes into the other, with all it holds and all that named it."""

    act: Literal["merge"] = "merge"
    at: Place = Field(min_length=1, description="L'élément qui disparaît : CCP1 ou CCP1/C1.")
    into: NewCode = Field(description="Le code de celui qui reste, dans la même liste.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _full(values)
        kept_at = within(parent_of(self.at), self.into)
        if kept_at == self.at:
            raise FileProblem(
                [error("redaction-fusion", "On ne fusionne pas un élément avec lui-même.", "Choisissez-en un autre.")]
            )
        gone, kept = item_at(result, self.at), item_at(result, kept_at)
        for name in ("elements", "criteria", "aliases"):
            texts = [*(kept.values.get(name) or []), *(gone.values.get(name) or [])]
            if texts:
                kept.values[name] = list(dict.fromkeys(texts))
        for one in gone.values.get("competencies") or []:
            put(list_under(result, kept_at), one, None)
        del gone.siblings[gone.rank]
        return renamed(result, _ref(result, self.at), _ref(result, kept_at))


class Retire(Act):
    """A block or a competency that is no more; its successors, if it has any, are confirmed as links of the version."""

    act: Literal["retire"] = "retire"
    at: Place = Field(min_length=1, description="L'élément : CCP1 ou CCP1/C1.")
    successors: tuple[Place, ...] = Field((), max_length=50, description="Ce qui le remplace dans le brouillon.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        result = _full(values)
        item = item_at(result, self.at)
        if (before := _item_or_nothing(seen, self.at)) is not None and before != item.values:
            raise Clashing((Clash(path_of(self.at), before, ABSENT, item.values),))
        for successor in self.successors:
            item_at(result, successor)
        del item.siblings[item.rank]
        return dropped(result, _ref(result, self.at))


class Replace(Act):
    """The whole draft, written again; merged with what others have written since."""

    act: Literal["replace"] = "replace"
    document: dict[str, Any] = Field(description="Les valeurs du référentiel, comme dans un fichier.")

    def done(self, values: Values, seen: Values) -> dict[str, Any]:
        found = merged(seen, self.document, values)
        if found.clashes:
            raise Clashing(found.clashes)
        return found.values


AnyAct = Annotated[Write | Add | Move | Recode | Rekey | Split | Merge | Retire | Replace, Field(discriminator="act")]
"""An act, told by its ``act``."""


def _copied(values: Values) -> dict[str, Any]:
    return deepcopy(dict(values))


def _full(values: Values) -> dict[str, Any]:
    """A copy whose local codes are written in full, so that its references can be followed."""
    return dict(_lists(deepcopy(expanded(dict(values)))))


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lists(part) for name, part in value.items()}
    return [_lists(part) for part in value] if isinstance(value, list | tuple) else value


def _ref(values: Values, place: str) -> str:
    key = f"{values.get('id')}@{values.get('version')}"
    return f"{key}/{place}" if place else key


def _word(item: Any) -> str:
    return str(item.get("code")) if isinstance(item, dict) else str(item)


def _item_or_nothing(values: Values, place: str) -> dict[str, Any] | None:
    try:
        return item_at(dict(values), place).values
    except FileProblem:
        return None


def _at(values: Values, name: str) -> Any:
    """The value of a field, whose parts are told by « / »; ``ABSENT`` when it is empty."""
    found: Any = values
    for part in name.split("/"):
        found = found.get(part) if isinstance(found, Mapping) else None
    return ABSENT if _is_empty(found) else found


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _with_fields(values: Values, fields: Mapping[str, Any]) -> dict[str, Any]:
    result = deepcopy(dict(values))
    for name, value in fields.items():
        _set(result, name.split("/"), value)
    return result


def _set(group: dict[str, Any], parts: list[str], value: Any) -> None:
    head, *rest = parts
    if not rest:
        if _is_empty(value):
            group.pop(head, None)
        else:
            group[head] = value
        return
    inner = group.get(head)
    group[head] = dict(inner) if isinstance(inner, dict) else {}
    _set(group[head], rest, value)
    if not group[head]:
        del group[head]
