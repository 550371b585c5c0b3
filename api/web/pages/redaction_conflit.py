"""Two people wrote otherwise at the same place (*conflit de rédaction*): what stood there, what the other wrote, what one wrote; one chooses.

Nothing is written before that, and nothing typed is lost: the page holds the act, and what is settled is done on the draft as it stands then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, NamedTuple

from fastapi import Request
from pydantic import Field, TypeAdapter, ValidationError
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.problem import Problem
from api.services import editing
from api.store.conflict import WrongState
from api.store.rooms import Room
from api.store.tables.drafts import Draft
from api.web.entries import Unreadable
from api.web.messages import go
from api.web.own_draft import OwnDraft, lines_of, names_of, own_draft, revision_in
from api.web.page import pages, show
from api.web.pages.redaction import DraftPage
from api.web.sent import Form, Sent
from api.web.views.draft_fields import CHOICES, TICKED, Spec
from api.web.views.draft_values import plain_text, typed_of, value_of
from api.web.views.draft_words import named, value_told
from api.web.views.moments import moment
from api.web.views.said import Said
from referentials.editing.acts import Act, AnyAct, Replace, Retire
from referentials.editing.delta import ABSENT
from referentials.editing.entries import Path, name_in_list
from referentials.editing.merge import Clash, merged
from referentials.editing.places import path_of
from referentials.library import Library
from referentials.provenance import Value
from reports.language import say

router = pages()
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
_LONGEST = 2_000_000
_ACT: TypeAdapter[Act] = TypeAdapter(AnyAct)


class Wanted(NamedTuple):
    """What could not be done: an act (« acte »), or taking the last one back or forth (« annuler », « retablir »), on a revision."""

    sort: str
    revision: int
    act: Act | None = None

    @property
    def place(self) -> str:
        """Where to go back to."""
        return str(getattr(self.act, "at", ""))


class Row(Value):
    """One place where two people wrote otherwise."""

    name: str = Field(description="Le nom de ses contrôles.")
    path: str = Field(description="Son chemin.")
    label: Said = Field(description="De quoi il s'agit.")
    base: tuple[Said, ...] = Field(description="Ce qui était là.")
    theirs: tuple[Said, ...] = Field(description="Ce que l'autre a écrit.")
    by: Said = Field(description="Qui l'a écrit, et quand.")
    mine: tuple[Said, ...] = Field(description="Ce que l'on a écrit.")
    chosen: str = Field(description="Ce qui est choisi : `eux`, `moi`, `autre` ; vide : rien encore.")
    free: bool = Field(description="Vrai quand autre chose peut s'écrire.")
    other: str = Field(description="Cette autre chose.")


class ConflictPage(DraftPage):
    """What to keep, place by place."""

    template: ClassVar[str] = "pages/redaction/conflit.html"

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son intitulé.")
    back: str = Field(description="Où revenir.")
    rows: tuple[Row, ...] = Field(description="Les endroits.")
    sort: str = Field(description="Ce qui n'a pas pu se faire : `acte`, `annuler`, `retablir`.")
    act: str = Field(description="L'acte, tel quel.")
    seen: int = Field(description="La révision sur laquelle il portait.")
    revision: int = Field(description="La révision qui est là.")
    again: bool = Field(description="Vrai quand quelqu'un a encore écrit pendant que l'on choisissait.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class Meeting(NamedTuple):
    """The three states that meet, and what they make."""

    row: Draft
    base: Mapping[str, Any]
    mine: Mapping[str, Any]
    values: dict[str, Any]
    clashes: tuple[Clash, ...]


def conflict(request: Request, permit: Permit, draft_id: str, wanted: Wanted) -> Response:
    """The page of a conflict; what meets without any, once looked at entry by entry, is done at once."""
    with permit.writing() as room:
        found = _meeting(room, draft_id, wanted, permit.actor.name)
        if not found.clashes:
            editing.edit(room, draft_id, found.row.revision, Replace(document=found.values))
    if not found.clashes:
        return go(own_draft(permit, draft_id).at(wanted.place), permit.services, "brouillon-enregistre")
    return _shown(request, permit, own_draft(permit, draft_id), wanted, found.clashes)


def _meeting(room: Room, draft_id: str, wanted: Wanted, author: str) -> Meeting:
    row = room.drafts.locked(draft_id)
    if wanted.act is not None:
        base = editing.state_at(room, row, wanted.revision)
        mine: Mapping[str, Any] = wanted.act.done(base, base)
    else:
        base, mine = _taken_back(room, row, wanted.sort, author)
    found = merged(base, mine, row.document)
    return Meeting(row, base, mine, found.values, found.clashes)


def _taken_back(room: Room, row: Draft, sort: str, author: str) -> tuple[dict[str, Any], dict[str, Any]]:
    steps = editing.steps(room.drafts.changes(row.id), author)
    some = steps.done if sort == "annuler" else steps.undone
    if not some:
        raise WrongState(sort)
    after, before = editing.state_at(room, row, some[-1]), {}
    if some[-1] > 1:
        before = editing.state_at(room, row, some[-1] - 1)
    return (after, before) if sort == "annuler" else (before, after)


@router.post("/redaction/{draft_id}/conflit")
def settle(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Do what was chosen, place by place, on the draft as it stands; ask again when somebody has written there since."""
    own_draft(permit, draft_id)
    wanted = _wanted(form)
    with permit.writing() as room:
        found = _meeting(room, draft_id, wanted, permit.actor.name)
        again = not _was_shown(room, found, form)
        choices = {} if again else dict(_choices(form, found.clashes))
        if not again and not form.errors and not _leaves_it(wanted, choices):
            values = found.values
            for clash in found.clashes:
                if clash.at in choices:
                    put_at(values, clash.at, choices[clash.at])
            act = wanted.act if isinstance(wanted.act, Retire) else Replace(document=values)
            editing.edit(room, draft_id, found.row.revision, act)
    draft = own_draft(permit, draft_id)
    if again or form.errors:
        return _shown(request, permit, draft, wanted, found.clashes, form, again=again)
    place = wanted.place if not isinstance(wanted.act, Retire) else ""
    return go(draft.at(place), permit.services, "brouillon-tranche")


def _leaves_it(wanted: Wanted, choices: Mapping[Path, Any]) -> bool:
    """Whether what was to be retired stays."""
    return isinstance(wanted.act, Retire) and not choices


def _wanted(form: Form) -> Wanted:
    seen = form.text("vu")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    sort = form.text("sorte")
    if sort in ("annuler", "retablir"):
        return Wanted(sort, revision)
    try:
        return Wanted("acte", revision, _ACT.validate_json(form.whole_text("acte", _LONGEST)))
    except ValidationError:
        raise Problem("request", say("Ce qui devait être enregistré n'est pas arrivé entier."), near=[]) from None


def _was_shown(room: Room, found: Meeting, form: Form) -> bool:
    """Whether the choices were made on what clashes now."""
    revision = revision_in(form)
    if revision == found.row.revision:
        return True
    before = merged(found.base, found.mine, editing.state_at(room, found.row, revision))
    return before.clashes == found.clashes


def _choices(form: Form, clashes: tuple[Clash, ...]) -> Iterator[tuple[Path, Any]]:
    """What takes the place of what the other wrote, where it does; the form says what is not chosen or can't be read."""
    answers = {form.text(f"c{rank}-chemin"): f"c{rank}" for rank in range(len(clashes) + 50)}
    for clash in clashes:
        name = answers.get(json.dumps(clash.at), "")
        choice = form.text(name) if name else ""
        if choice == "moi":
            yield clash.at, clash.mine
        elif choice == "autre" and (spec := _written_freely(clash)):
            try:
                value = value_of(spec, plain_text(spec, form.whole_text(f"{name}-autre", _LONGEST)), clash.theirs)
            except Unreadable as problem:
                form.errors[f"{name}-autre"] = str(problem)
            else:
                yield clash.at, ABSENT if value is None else value
        elif choice != "eux":
            form.errors[name or "c0"] = say("Choisissez ce qu'il faut garder.")


def _written_freely(clash: Clash) -> Spec | None:
    """The field where something else can be written, which is neither chosen nor a part of a field."""
    found = named(clash.at)
    whole = "/".join((*path_of(found.place), found.field)) == "/".join(clash.at)
    chosen = found.spec is not None and found.spec.kind in (*TICKED, *CHOICES, "requirement")
    return found.spec if whole and not chosen else None


def put_at(values: dict[str, Any], path: Path, value: Any) -> None:
    """Write a value at a path; ``ABSENT`` takes away what is there.

    Examples
    --------
    >>> values = {"blocks": [{"code": "B1", "title": "U"}]}
    >>> put_at(values, ("blocks", "B1", "title"), "V")
    >>> put_at(values, ("blocks", "B2"), {"code": "B2"})
    >>> values
    {'blocks': [{'code': 'B1', 'title': 'V'}, {'code': 'B2'}]}
    """
    holder: Any = values
    for part in path[:-1]:
        if isinstance(holder, list):
            holder = next((one for one in holder if name_in_list(one) == part), {})
        else:
            if holder.get(part) is None:
                holder[part] = {}
            holder = holder[part]
    if isinstance(holder, list):
        rank = next((rank for rank, one in enumerate(holder) if name_in_list(one) == path[-1]), len(holder))
        holder[rank : rank + 1] = [] if value is ABSENT else [value]
    elif value is ABSENT:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = value


def _shown(
    request: Request,
    permit: Permit,
    draft: OwnDraft,
    wanted: Wanted,
    clashes: tuple[Clash, ...],
    form: Form | None = None,
    *,
    again: bool = False,
) -> Response:
    with permit.reading() as room:
        lines = lines_of(room, draft.id, wanted.revision)
    names = names_of(permit, {change.by for change, _delta in lines})
    who = {clash.at: _who(clash.at, lines, names) for clash in clashes}
    page = ConflictPage(
        address=draft.address,
        name=draft.name,
        back=draft.at(wanted.place),
        rows=tuple(_row(rank, one, who[one.at], permit.library, form) for rank, one in enumerate(clashes)),
        sort=wanted.sort,
        act=_ACT.dump_json(wanted.act).decode() if wanted.act is not None else "",
        seen=wanted.revision,
        revision=draft.revision,
        again=again,
        errors=form.errors if form else {},
    )
    return show(request, permit.services, permit.actor, page, status=409)


def _who(path: Path, lines: tuple[Any, ...], names: Mapping[str, str]) -> str:
    """Who wrote last at a path, and when."""
    for change, delta in reversed(lines):
        if any(edit.at[: len(path)] == path or path[: len(edit.at)] == edit.at for edit in delta):
            name = names.get(change.by) or say("un programme, ou un compte qui n'existe plus")
            return say("{name}, {when}", name=name, when=moment(change.at))
    return say("quelqu'un d'autre")


def _row(rank: int, clash: Clash, who: str, library: Library, form: Form | None) -> Row:
    found, name = named(clash.at), f"c{rank}"
    spec = found.spec
    free = _written_freely(clash) is not None
    told = [value_told(spec, one, library) for one in (clash.base, clash.theirs, clash.mine)]
    typed = form.whole_text(f"{name}-autre", _LONGEST) if form else ""
    mine = typed_of(spec, clash.mine) if spec and free and clash.mine is not ABSENT else ""
    return Row(
        name=name,
        path=json.dumps(clash.at),
        label=found.label,
        base=told[0],
        theirs=told[1],
        by=who,
        mine=told[2],
        chosen=form.text(name) if form else "",
        free=free,
        other=typed or mine,
    )
