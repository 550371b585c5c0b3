"""Comments on a draft (*commentaires*): said of an item or of the whole, settled or reopened by anybody who reviews."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field, TypeAdapter, ValidationError
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.store.conflict import Absent
from api.web.messages import go
from api.web.own_draft import names_of, own_draft
from api.web.page import pages, show
from api.web.pages.redaction_relecture import AboutDraftPage, words_in
from api.web.sent import Sent
from api.web.views.draft_tree import named, places
from api.web.views.reviews import CommentView, comment_views
from api.web.views.said import Said
from referentials.editing.places import Place
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Reviewing = Annotated[Permit, allowed(Action.DRAFTS_REVIEW)]
_PLACE: TypeAdapter[str] = TypeAdapter(Place)


class CommentsPage(AboutDraftPage):
    """What is said of a draft, and a form to say something."""

    template: ClassVar[str] = "pages/redaction/commentaires.html"

    open: tuple[CommentView, ...] = Field(description="Ce qui n'est pas réglé.")
    settled: tuple[CommentView, ...] = Field(description="Ce qui est réglé.")
    places: tuple[tuple[str, Said], ...] = Field(description="Les éléments du brouillon : place, nom.")
    typed: dict[str, str] = Field(description="Ce qui a été tapé, champ par champ.")
    wrong: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/redaction/{draft_id}/commentaires")
def read_comments(
    request: Request, permit: Reading, draft_id: str, element: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Every comment; ``element`` is chosen in the form."""
    return _shown(request, permit, draft_id, {"element": element, "texte": ""}, {})


@router.post("/redaction/{draft_id}/commentaires")
def add_comment(request: Request, permit: Reviewing, draft_id: str, form: Sent) -> Response:
    """Say something."""
    typed = {"element": form.text("element"), "texte": words_in(form, "texte")}
    if not typed["texte"]:
        form.errors["texte"] = say("Écrivez votre commentaire (4 000 caractères au plus).")
    if not _is_place(typed["element"]):
        form.errors["element"] = say("Choisissez dans la liste.")
    if form.errors:
        return _shown(request, permit, draft_id, typed, form.errors)
    with permit.writing() as room:
        room.draft_comments.add(draft_id, typed["element"], typed["texte"])
    return _back(permit, draft_id, "commentaire-ajoute")


@router.post("/redaction/{draft_id}/commentaires/{comment_id}")
def settle(permit: Reviewing, draft_id: str, comment_id: Annotated[str, Path(max_length=32)], form: Sent) -> Response:
    """Say that a comment is settled, or that it is not."""
    resolved = form.text("faire") != "rouvrir"
    with permit.writing() as room:
        if room.draft_comments.get(comment_id).draft_id != draft_id:
            raise Absent("draft-comment", comment_id)
        room.draft_comments.resolve(comment_id, resolved=resolved)
    return _back(permit, draft_id, "commentaire-regle" if resolved else "commentaire-rouvert")


def _back(permit: Permit, draft_id: str, message: str) -> Response:
    return go(f"/redaction/{draft_id}/commentaires", permit.services, message)


def _is_place(text: str) -> bool:
    try:
        _PLACE.validate_python(text)
    except ValidationError:
        return False
    return True


def _shown(request: Request, permit: Permit, draft_id: str, typed: dict[str, str], wrong: dict[str, str]) -> Response:
    draft = own_draft(permit, draft_id)
    with permit.reading() as room:
        some = room.draft_comments.of_draft(draft_id)
    names = names_of(permit, {name for one in some for name in (one.by, one.resolved_by) if name})
    listed = ((place, named(draft.values, place)) for place in places(draft.values))
    page = CommentsPage(
        address=draft.address,
        name=draft.name,
        open=comment_views((one for one in some if one.resolved_at is None), draft, names),
        settled=comment_views((one for one in some if one.resolved_at is not None), draft, names),
        places=(("", say("Le référentiel entier")), *listed),
        typed=typed,
        wrong=wrong,
    )
    return show(request, permit.services, permit.actor, page, status=422 if wrong else 200)
