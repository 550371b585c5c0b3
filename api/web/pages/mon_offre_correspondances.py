"""The matrix of an offer (*correspondances*): which module brings which competency, ticked cell by cell, suggestions beside.

The form holds the revision that it was made from. When somebody else has saved since, nothing is written over: the page shows what they
changed, keeps what was ticked and unticked here, and holds the new revision.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Annotated, ClassVar

from fastapi import Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.errors import showing
from api.services import offers as offering
from api.services.kept import Shelf
from api.services.mapping_changes import (
    Changes,
    Pair,
    between,
    changed,
    last_act,
    pairs_of,
    refused,
    still_to_do,
    undo_last,
    write_mapping,
)
from api.services.offer_history import NotUndone, state_before
from api.store.conflict import Conflict
from api.store.rooms import Room
from api.store.tables.mapping_decisions import MappingDecision, Verdict
from api.store.tables.offer_changes import OfferChange
from api.web.messages import go
from api.web.own_offer import own_row, revision_in
from api.web.page import Page, pages, show
from api.web.pages.offre import Asked, OfferName, referential
from api.web.sent import Form, Sent
from api.web.views.choosing import choice, choices
from api.web.views.mapping import (
    ROWS,
    Group,
    PairLine,
    Row,
    Shown,
    block_shown,
    groups,
    matrix_address,
    pair_lines,
    problems,
    rows,
    ticked_in,
)
from api.web.views.offer_history import told
from api.web.views.offers import offer_address
from api.web.views.said import Anchor, Said
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Block
from referentials.offer import Offer
from referentials.versions import parse_or_none
from reports.language import say

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
PageNumber = Annotated[int, Query(ge=1, le=1000)]
_FIELDS = 12_000
"""More fields than a page of the matrix has boxes."""


async def _sent_widely(request: Request) -> Form:
    return Form(await request.form(max_fields=_FIELDS))


SentWidely = Annotated[Form, Depends(_sent_widely)]


class MatrixPage(Page):
    """The modules of an offer in front of the competencies of a certification."""

    template: ClassVar[str] = "pages/offre/correspondances.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    revision: int = Field(description="La révision de l'offre sur laquelle porte le formulaire.")
    key: str = Field(description="La version choisie ; vide : aucune.")
    target: str = Field(description="Le référentiel tel qu'il a été écrit.")
    already: tuple[Anchor, ...] = Field(description="Les référentiels que l'offre touche déjà.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    block: str = Field(description="Le bloc montré ; vide : tous.")
    blocks: tuple[tuple[bool, Anchor], ...] = Field(
        description="Les blocs : vrai pour celui qui est montré, son adresse."
    )
    whole: str = Field(description="L'adresse de tous les blocs ; vide : ils sont trop nombreux.")
    page: int = Field(description="La page de modules, à partir de 1.")
    earlier: str = Field(description="La page précédente ; vide : il n'y en a pas.")
    later: str = Field(description="La page suivante ; vide : il n'y en a pas.")
    groups: tuple[Group, ...] = Field(description="Les blocs et les compétences, en tête des colonnes.")
    rows: tuple[Row, ...] = Field(description="Les modules et leurs cases.")
    refused: tuple[PairLine, ...] = Field(description="Les suggestions refusées pour ce référentiel.")
    undo: Said = Field(description="La dernière opération, si qui demande peut l'annuler ; vide : aucune.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    theirs: tuple[tuple[PairLine, ...], tuple[PairLine, ...]] = Field(
        description="Ce que l'autre a ajouté, puis retiré, entre-temps."
    )
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


# -- to read ------------------------------------------------------------------------------------------------------------------


@router.get("/offre/{name}/correspondances")
def read_matrix(
    request: Request, permit: Writing, name: OfferName, cible: Asked = "", bloc: Asked = "", page: PageNumber = 1
) -> Response:
    """The matrix, or the choice of a certification."""
    return _matrix(request, permit, name, (cible, bloc, page))


def _matrix(
    request: Request,
    permit: Permit,
    name: str,
    asked: tuple[str, str, int],
    *,
    ticked: Collection[Pair] | None = None,
    theirs: Changes | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    wrong, library = errors or {}, permit.library
    version = referential(permit, asked[0], wrong)
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        offer, no, last = offering.offer_of(row), refused(room, row.id), last_act(room, name, permit.actor.name)
    shown = version and Shown(library, offer, version, block_shown(version, asked[1]), asked[2])
    key = version.key if version else ""
    many = bool(version) and block_shown(version, "") != ""  # type: ignore[arg-type]
    here = partial(matrix_address, name, key)
    page = MatrixPage(
        address=offer_address(name),
        name=offer.title,
        revision=row.revision,
        key=key,
        target=choice(version) if version else asked[0],
        already=_already(offer, library),
        choices=choices(library),
        block=shown.block if shown else "",
        blocks=tuple(
            (bool(shown and shown.block == one.code), Anchor(href=here(one.code), label=_block_name(one)))
            for one in (version.known_blocks if version else ())
            if one.known_competencies
        ),
        whole=here("") if version and not many else "",
        page=asked[2],
        earlier=here(shown.block, asked[2] - 1) if shown and asked[2] > 1 else "",
        later=here(shown.block, asked[2] + 1) if shown and asked[2] * ROWS < len(offer.modules) else "",
        groups=groups(shown) if shown else (),
        rows=rows(shown, no, ticked) if shown else (),
        refused=pair_lines((library, offer), [one for one in no if key and one.ref.startswith(f"{key}/")]),
        undo=act_in_words(last, library, offer),
        conflict=theirs is not None,
        theirs=tuple(pair_lines((library, offer), one) for one in theirs) if theirs else ((), ()),
        errors=wrong,
    )
    return show(
        request, permit.services, permit.actor, page, status=409 if theirs is not None else 422 if wrong else 200
    )


def _block_name(block: Block) -> str:
    return say("{code} — {title}", code=block.code, title=block.title) if block.title else block.code


def _already(offer: Offer, library: Library) -> tuple[Anchor, ...]:
    """The versions that the modules of an offer speak of, each with its matrix."""
    refs = (ref for one in offer.modules for ref in (*one.prepares, *(part.competency for part in one.develops)))
    keys = {full.partition("/")[0] for ref in dict.fromkeys(refs) if parse_or_none(ref) for full in library.expand(ref)}
    names = {key: choice(library.find(key)) for key in keys}  # type: ignore[arg-type]
    return tuple(
        Anchor(href=matrix_address(offer.id, key), label=names[key]) for key in sorted(keys, key=names.__getitem__)
    )


def act_in_words(act: OfferChange | MappingDecision | None, library: Library, offer: Offer) -> str:
    """An act that may be undone, in words; empty for none."""
    if act is None:
        return ""
    if isinstance(act, OfferChange):
        return told(act.what, act.arguments)
    (line,) = pair_lines((library, offer), [Pair(act.module, act.competency)])
    words = {"module": line.module, "competency": line.competency}
    if act.verdict == Verdict.REFUSED:
        return say("{competency} refusée pour « {module} ».", **words)
    return say("{competency} proposée de nouveau pour « {module} ».", **words)


# -- to write -----------------------------------------------------------------------------------------------------------------


@router.post("/offre/{name}/correspondances")
def write_matrix(request: Request, permit: Writing, name: OfferName, form: SentWidely) -> Response:
    """Keep the boxes as they were ticked, for the modules and the competencies of the page."""
    library, number = permit.library, form.text("page")
    asked = (form.text("cible"), form.text("bloc"), int(number) if number.isdecimal() and len(number) < 4 else 1)
    version = referential(permit, asked[0], form.errors)
    if version is None:
        return _matrix(request, permit, name, asked, errors=form.errors)
    with permit.reading() as room:
        base, now = _base(room, name, revision_in(form))
    boxes = Shown(library, base, version, block_shown(version, asked[1]), max(1, asked[2])).pairs()
    ticked = ticked_in(form, version) & boxes
    changes = between(pairs_of(base, library) & boxes, ticked)
    try:
        if changes:
            with permit.writing() as room, showing(offering.offer_of):
                write_mapping(room, library, name, revision_in(form), changes)
    except Conflict:
        left = still_to_do(changes, now, library)
        typed = pairs_of(changed(now, left, library), library)
        return _matrix(
            request, permit, name, asked, ticked=typed, theirs=between(pairs_of(base, library), pairs_of(now, library))
        )
    except FileProblem as problem:
        told_of = {"t": problems(problem.findings)}
        return _matrix(request, permit, name, asked, ticked=ticked, errors=told_of)
    return go(matrix_address(name, version.key, asked[1], asked[2]), permit.services, "correspondances-gardees")


def _base(room: Room, name: str, revision: int) -> tuple[Offer, Offer]:
    """The offer that a form was made from, as far as its history goes, and the offer as it stands."""
    row = own_row(Shelf(room.offers), name)
    now = offering.offer_of(row)
    since = next((one for one in room.offers.changes(row.id) if one.revision == revision), None)
    return (state_before(room.offers, row, since.number) if since else now), now


@router.post("/offre/{name}/correspondances/annuler")
def undo_mapping(permit: Writing, name: OfferName, form: Sent) -> Response:
    """Undo the last act of whoever asks; when somebody else was faster, the history says so."""
    library = permit.library
    try:
        with permit.writing() as room:
            undo_last(room, library, name, revision_in(form))
    except (Conflict, NotUndone):
        return go(f"{offer_address(name)}/historique", permit.services, "offre-changee-ailleurs")
    return go(matrix_address(name, form.text("cible"), form.text("bloc")), permit.services, "offre-annulee")
