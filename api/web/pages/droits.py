"""Rights written by a designer (*passerelles de droit*): listed, written with their legal source and their direction, tried on people made up.

The name of this file comes before that of the drafts: its addresses are read first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, NamedTuple
from urllib.parse import quote

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services import outcomes
from api.services.catalogue import folded
from api.services.effects import caused_by, refuse_errors
from api.services.kept import Shelf
from api.services.reference_choice import Found, references_for
from api.store.conflict import Absent, Conflict, Taken
from api.web.messages import go
from api.web.own_draft import revision_in
from api.web.page import Page, pages, show
from api.web.sent import Form, Sent
from api.web.views.draft_findings import Told
from api.web.views.draft_requirement import MODES, TypedRequirement
from api.web.views.outcomes import EffectRow, effect_rows
from api.web.views.right_form import (
    FIELDS,
    GIVEN,
    at_fields,
    given_in,
    options,
    requirement_shown,
    right_in,
    typed_in,
    typed_of,
)
from api.web.views.rights import LikenessView, RightView, likeness_view, right_view
from api.web.views.said import Said
from referentials.findings import FileProblem, Severity
from referentials.neighbourhood import right_named
from referentials.requirement import references
from referentials.rights import Correspondence, Recognition
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.RIGHTS_WRITE)]
Writing = Annotated[Permit, allowed(Action.RIGHTS_WRITE)]
Name = Annotated[str, Query(max_length=200)]
_MOST = 30
_HERE = "/redaction/droits"


class RightsPage(Page):
    """The rights and the likenesses that a designer may write, and those that ship."""

    template: ClassVar[str] = "pages/redaction/droits.html"
    here: ClassVar[str] = "redaction"

    query: str = Field(description="Ce qui est cherché.")
    own: tuple[RightView, ...] = Field(description="Les passerelles de droit écrites ici.")
    others: tuple[RightView, ...] = Field(description="Celles qui répondent à la recherche et ne sont pas d'ici.")
    likenesses: tuple[tuple[str, LikenessView], ...] = Field(
        description="Les proximités écrites ici : identifiant, proximité."
    )
    more: int = Field(description="Combien d'autres réponses ne sont pas montrées.")


class RightPage(Page):
    """A right being written, what it says in words, and what it changes."""

    template: ClassVar[str] = "pages/redaction/droit.html"
    here: ClassVar[str] = "redaction"

    new: bool = Field(description="Vrai tant qu'elle n'est pas enregistrée ici.")
    identifier: str = Field(description="Son identifiant ; vide : à choisir.")
    revision: int = Field(description="Sa révision ; 0 : elle n'est pas enregistrée ici.")
    action: str = Field(description="Où le formulaire est envoyé.")
    typed: dict[str, str] = Field(description="Ce qui est tapé, champ par champ.")
    given: TypedRequirement = Field(description="Ce qu'il faut avoir, tel que c'est tapé.")
    modes: tuple[tuple[str, Said], ...] = Field(description="Comment se combinent les éléments : valeur, mots.")
    options: dict[str, tuple[tuple[str, Said], ...]] = Field(description="Les choix de chaque liste : valeur, mots.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")
    findings: tuple[Told, ...] = Field(description="Ce que les contrôles en disent.")
    reads: RightView | None = Field(description="Ce qu'elle dit, en mots ; vide : elle ne se lit pas encore.")
    effects: tuple[EffectRow, ...] = Field(description="Ce qu'elle change pour des personnes d'essai.")
    stands: RightView | None = Field(description="Ce que quelqu'un d'autre a enregistré entre-temps ; vide : personne.")
    query: str = Field(description="La référence qui est cherchée.")
    found: tuple[Found, ...] = Field(description="Ce qui répond.")


class _State(NamedTuple):
    """What is shown of a right: where it comes from, and what is typed."""

    identifier: str
    revision: int
    typed: dict[str, str]
    given: TypedRequirement
    right: Recognition | None
    errors: dict[str, str]
    stands: Recognition | None = None
    query: str = ""


@router.get(_HERE)
def list_rights(request: Request, permit: Reading, q: Name = "") -> Response:
    """What was written here, and what answers a search."""
    library, on = permit.library, today(permit)
    with permit.reading() as room:
        own, near = _own_keys(room.recognitions.keys()), _own_keys(room.correspondences.keys())
    rights = [one for one in library.own_recognitions if _answers(one, q)]
    mine, others = [one for one in rights if one.id in own], [one for one in rights if one.id not in own and q.strip()]
    likenesses = [one for one in library.correspondences if one.id in near and _alike(one, q)]
    page = RightsPage(
        query=q,
        own=tuple(right_view(one, library, on) for one in mine[:_MOST]),
        others=tuple(right_view(one, library, on) for one in others[:_MOST]),
        likenesses=tuple((one.id, likeness_view(one, library)) for one in likenesses[:_MOST]),
        more=sum(max(0, len(some) - _MOST) for some in (mine, others, likenesses)),
    )
    return show(request, permit.services, permit.actor, page)


def _own_keys(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(keys)


def _answers(one: Recognition, text: str) -> bool:
    named = (one.id, one.title or "", one.source.title, *one.grants, *references(one.given))
    return _says(named, text)


def _alike(one: Correspondence, text: str) -> bool:
    return _says((one.id, one.start, one.end, one.reason or ""), text)


def _says(named: Iterable[str], text: str) -> bool:
    whole = folded(" ".join(named))
    return all(folded(word) in whole for word in text.split())


@router.get(f"{_HERE}/nouveau")
def ask_right(request: Request, permit: Writing, de: Name = "", vers: Name = "") -> Response:
    """A right to write; ``de`` and ``vers`` are what it is about."""
    typed = dict.fromkeys(FIELDS, "") | {"donne": vers, "effet": "award", "confiance": "to_confirm"}
    given = TypedRequirement(mode="tous", others=de)
    return _shown(request, permit, _State("", 0, typed, given, None, {}))


@router.post(f"{_HERE}/nouveau")
def add_right(request: Request, permit: Writing, form: Sent) -> Response:
    """Look at a right, or keep it."""
    return _received(request, permit, form, "")


@router.get(f"{_HERE}/{{identifier}}")
def read_right(request: Request, permit: Writing, identifier: str) -> Response:
    """A right as it stands; one that ships may be written again under its name, for the organisation alone."""
    right, revision = _kept(permit, identifier)
    return _shown(request, permit, _State(identifier, revision, typed_of(right), requirement_shown(right), right, {}))


@router.post(f"{_HERE}/{{identifier}}")
def change_right(request: Request, permit: Writing, identifier: str, form: Sent) -> Response:
    """Look at a changed right, or keep it."""
    _kept(permit, identifier)
    return _received(request, permit, form, identifier)


@router.post(f"{_HERE}/{{identifier}}/supprimer")
def delete_right(request: Request, permit: Writing, identifier: str, form: Sent) -> Response:
    """Take a right out of what the organisation has written."""
    right, revision = _kept(permit, identifier)
    state = _State(identifier, revision, typed_of(right), requirement_shown(right), right, {})
    if not form.has("certain"):
        errors = {"certain": say("Cochez la case pour confirmer.")}
        return _shown(request, permit, state._replace(errors=errors), 422)
    try:
        with permit.writing() as room:
            Shelf(room.recognitions).remove(identifier, revision_in(form))
    except Conflict:
        return _shown(request, permit, state._replace(stands=right), 409)
    return go(_HERE, permit.services, "droit-supprime")


def _kept(permit: Permit, identifier: str) -> tuple[Recognition, int]:
    """A right of the library, and its revision here; 0 for one that others keep."""
    right = right_named(permit.library, identifier)
    if right is None:
        raise Absent("recognition", identifier)
    with permit.reading() as room:
        row = Shelf(room.recognitions).row(identifier)
        own = row is not None and row.organisation_id == permit.actor.organisation
        return right, row.revision if row is not None and own else 0


# -- what was sent --------------------------------------------------------------------------------------------------------


def _received(request: Request, permit: Permit, form: Form, identifier: str) -> Response:
    typed, given = typed_in(form), given_in(form)
    asked, added, parts = form.text("faire"), form.text("ajouter"), form.text("parties")
    if identifier:
        typed["id"] = identifier
    state = _State(identifier, max(revision_in(form), 0), typed, given, None, {}, query=parts or form.text("cherche"))
    if added or parts or asked == "chercher":
        return _shown(request, permit, _with(state, added))
    right = right_in(form, identifier)
    if right is None:
        status = 200 if asked == "voir" else 422
        return _shown(request, permit, state._replace(errors=form.errors), status)
    state = state._replace(right=right)
    return _shown(request, permit, state) if asked == "voir" else _kept_now(request, permit, state)


def _with(state: _State, added: str) -> _State:
    """The same form with one reference more: « il-faut tp-mn@2025/CCP1 »."""
    where, _space, ref = added.partition(" ")
    if where == GIVEN and ref:
        mode = state.given.mode if state.given.mode in ("tous", "un", "nombre") else "tous"
        others = "\n".join(filter(None, (state.given.others, ref)))
        return state._replace(given=state.given.model_copy(update={"mode": mode, "others": others}))
    if where == "donne" and ref:
        grants = "\n".join(filter(None, (state.typed["donne"], ref)))
        return state._replace(typed=state.typed | {"donne": grants})
    return state


def _kept_now(request: Request, permit: Permit, state: _State) -> Response:
    right = state.right
    assert right is not None
    if not state.identifier and right_named(permit.library, right.id) is not None:
        errors = {"id": say("Une passerelle porte déjà cet identifiant : choisissez-en un autre.")}
        return _shown(request, permit, state._replace(errors=errors), 422)
    try:
        refuse_errors(right, permit.library)
        with permit.writing() as room:
            if state.revision:
                Shelf(room.recognitions).replace(right.id, state.revision, right, right.title or "")
            else:
                room.recognitions.write(right, right.title or "")
    except FileProblem as problem:
        return _shown(request, permit, state._replace(errors=at_fields(problem.findings, FIELDS)), 422)
    except Taken:
        errors = {"id": say("Une passerelle porte déjà cet identifiant : choisissez-en un autre.")}
        return _shown(request, permit, state._replace(errors=errors), 422)
    except Conflict:
        stands, revision = _kept(permit, right.id)
        return _shown(request, permit, state._replace(stands=stands, revision=revision), 409)
    return go(f"{_HERE}/{quote(right.id)}", permit.services, "droit-garde")


def _shown(request: Request, permit: Permit, state: _State, status: int = 0) -> Response:
    library, on, right = permit.library, today(permit), state.right
    own = bool(state.revision)
    page = RightPage(
        new=not own,
        identifier=state.identifier,
        revision=state.revision,
        action=f"{_HERE}/{quote(state.identifier)}" if state.identifier else f"{_HERE}/nouveau",
        typed=state.typed,
        given=state.given,
        modes=tuple((name, MODES[name]) for name in ("tous", "un", "nombre", "yaml")),
        options=options(),
        errors=state.errors,
        findings=_told(right, permit) if right else (),
        reads=right_view(right, library, on) if right else None,
        effects=effect_rows(outcomes.of_right(library, right, on), library) if right else (),
        stands=right_view(state.stands, library, on) if state.stands else None,
        query=state.query,
        found=_found(permit, state.query),
    )
    return show(request, permit.services, permit.actor, page, status=status or (422 if state.errors else 200))


def _told(right: Recognition, permit: Permit) -> tuple[Told, ...]:
    some: Any = caused_by(right, permit.library)
    return tuple(Told(error=one.severity is Severity.ERROR, message=one.message, remedy=one.remedy) for one in some)


def _found(permit: Permit, query: str) -> tuple[Found, ...]:
    if not query:
        return ()
    with permit.reading() as room:
        return references_for(room.search, permit.library, query, today(permit))
