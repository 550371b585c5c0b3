"""An item of a draft is moved (*déplacement*): by a form that names every place, a step up or down, or the mouse, which sends the same form."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.web.messages import go
from api.web.own_draft import OwnDraft, own_draft
from api.web.page import pages, show
from api.web.pages.redaction_element import done, shown
from api.web.pages.redaction_structure import ActPage, Choice, act_of, common, siblings_of
from api.web.sent import Sent
from api.web.views.draft_tree import named
from referentials.editing.acts import Move
from referentials.editing.places import code_of, parent_of, within
from reports.language import say

router = pages()
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
Element = Annotated[str, Query(max_length=200)]
_SEPARATOR = "|"


class MovePage(ActPage):
    """Where to put an item."""

    template: ClassVar[str] = "pages/redaction/deplacer.html"

    options: tuple[Choice, ...] = Field(description="Les endroits.")


@router.get("/redaction/{draft_id}/deplacer")
def ask_move(request: Request, permit: Writing, draft_id: str, element: Element) -> Response:
    """Ask where to put an item."""
    return _move_page(request, permit, own_draft(permit, draft_id), element, {})


@router.post("/redaction/{draft_id}/deplacer")
def move(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Move an item one step (« sens »), or to a place (« vers »: a block, then the code that it goes before)."""
    draft, place = own_draft(permit, draft_id), form.text("element")
    step, aim = form.text("sens"), form.text("vers")
    if not step and _SEPARATOR not in aim:
        return _move_page(request, permit, draft, place, {"vers": say("Choisissez un endroit.")})
    if step:
        before = _a_step(draft, place, step)
        if before is None:
            return go(f"{draft.at(place)}#arbre-courant", permit.services)
        parent, _separator, code = before.partition(_SEPARATOR)
    else:
        parent, _separator, code = aim.partition(_SEPARATOR)
    act = act_of(form, lambda: Move(at=place, parent=parent if "/" in place else None, before=code or None))
    if act is None:
        return shown(request, permit, draft, place, form)
    answer = done(request, permit, draft_id, form, act, "")
    if answer.status_code != 303:
        return answer
    there = within(parent if "/" in place else "", code_of(place))
    return go(f"{own_draft(permit, draft_id).at(there)}#arbre-courant", permit.services, "brouillon-deplace")


def _a_step(draft: OwnDraft, place: str, step: str) -> str | None:
    """Where an item goes by one step up or down: beyond the end of a block, a competency goes into the next one."""
    siblings, code, parent = siblings_of(draft, place), code_of(place), parent_of(place)
    if code not in siblings:
        return None
    rank = siblings.index(code)
    if step == "haut" and rank:
        return f"{parent}|{siblings[rank - 1]}"
    if step == "bas" and rank + 1 < len(siblings):
        return f"{parent}|{siblings[rank + 2] if rank + 2 < len(siblings) else ''}"
    blocks = siblings_of(draft, parent) if parent else []
    aim = blocks.index(parent) + (-1 if step == "haut" else 1) if parent in blocks else -1
    if not 0 <= aim < len(blocks):
        return None
    inside = siblings_of(draft, f"{blocks[aim]}/")
    return f"{blocks[aim]}|{'' if step == 'haut' or not inside else inside[0]}"


def _move_page(request: Request, permit: Permit, draft: OwnDraft, place: str, errors: dict[str, str]) -> Response:
    if "/" in place:
        options = [one for block in siblings_of(draft, place.partition("/")[0]) for one in _inside(draft, block, place)]
    else:
        options = _inside(draft, "", place)
    page = MovePage(**common(draft, place, errors), options=tuple(options))
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _inside(draft: OwnDraft, parent: str, place: str) -> list[Choice]:
    """Every place in a list, but the one where the item is."""
    siblings, here = siblings_of(draft, f"{parent}/" if parent else ""), parent_of(place) == parent
    options = []
    for rank, code in enumerate((*siblings, "")):
        if here and (code == code_of(place) or (rank and siblings[rank - 1] == code_of(place))):
            continue
        words = {
            (True, True): say("dans {block}, devant {code}", block=parent, code=code),
            (True, False): say("dans {block}, à la fin", block=parent),
            (False, True): say("devant {code}", code=named(draft.values, code)),
            (False, False): say("à la fin"),
        }
        options.append(Choice(value=f"{parent}|{code}", label=words[bool(parent), bool(code)]))
    return options
