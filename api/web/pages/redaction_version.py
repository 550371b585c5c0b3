"""From an old version to a new one (*remplacé par*): links confirmed one by one before publication; afterwards, the plans to compute again."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.jobs.plans import ask_for_plans_again
from api.services import draft_links
from api.services import drafts as drafting
from api.services.draft_links import REOPENED, Link
from api.services.versions import version_named
from api.store.tables import Role
from api.web.following import team
from api.web.messages import go
from api.web.own_draft import OwnDraft, names_of, own_draft
from api.web.page import Page, pages, show
from api.web.pages.redaction_effets import PlanCount, plan_count
from api.web.pages.redaction_relecture import AboutDraftPage
from api.web.sent import Sent
from api.web.views.draft_tree import competency_refs, named
from api.web.views.names import anchors, called
from api.web.views.said import Anchor, Said
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.model import Referential
from referentials.provenance import Value
from referentials.rights import Relation
from reports.language import say
from reports.library_wording import label

router = pages()
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
Planning = Annotated[Permit, allowed(Action.PLANS_WRITE)]
Version = Annotated[str, Path(max_length=200)]


class LinkView(Value):
    """A link, proposed or decided."""

    start: str = Field(description="La référence de l'ancienne compétence.")
    old: Said = Field(description="Son nom.")
    end: str = Field(description="La place de la nouvelle.")
    new: Said = Field(description="Son nom.")
    why: str = Field(
        description="Pourquoi il est proposé : « same », « reworded », « successor », « near » ou « chosen »."
    )
    relation: str = Field(description="La relation, confirmée ou proposée.")
    state: str = Field(description="« waiting », « confirmed » ou « refused ».")
    by: str = Field(description="Qui en a décidé ; vide : personne.")


class LinksPage(AboutDraftPage):
    """The links of a draft with the version it starts from."""

    template: ClassVar[str] = "pages/redaction/liens.html"

    base: Said = Field(description="L'ancienne version ; vide : aucune.")
    readable: bool = Field(description="Faux quand le brouillon ne se lit pas assez.")
    waiting: tuple[LinkView, ...] = Field(description="Ce qui attend une décision.")
    confirmed: tuple[LinkView, ...] = Field(description="Ce qui est confirmé.")
    refused: tuple[LinkView, ...] = Field(description="Ce qui est refusé.")
    alone: tuple[Said, ...] = Field(description="Les anciennes compétences sans aucun lien.")
    relations: tuple[tuple[str, Said], ...] = Field(description="Les relations : valeur, mots.")
    olds: tuple[tuple[str, Said], ...] = Field(description="Les anciennes compétences : référence, nom.")
    news: tuple[tuple[str, Said], ...] = Field(description="Les nouvelles : place, nom.")
    sealed: bool = Field(description="Vrai quand l'ancienne version reste scellée telle quelle.")
    wrong: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class PublishedPage(Page):
    """What follows a publication."""

    template: ClassVar[str] = "pages/redaction/publiee.html"
    here: ClassVar[str] = "redaction"

    ref: str = Field(description="La version.")
    name: Said = Field(description="Son nom.")
    replaces: tuple[Anchor, ...] = Field(description="Ce qu'elle remplace.")
    plans: tuple[PlanCount, ...] = Field(description="Les plans qui reposent sur ce qu'elle remplace.")
    marked: int = Field(description="Combien sont à recalculer.")
    advises: bool = Field(description="Vrai pour qui peut les faire recalculer.")
    likenesses: int = Field(description="Combien de proximités y mènent.")


@router.get("/redaction/{draft_id}/liens")
def read_links(request: Request, permit: Reading, draft_id: str) -> Response:
    """What takes the place of what."""
    return _shown(request, permit, draft_id, {})


@router.post("/redaction/{draft_id}/liens")
def decide(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Confirm a link, refuse it, or propose it again."""
    draft = own_draft(permit, draft_id)
    start, end, asked = form.text("ancien"), form.text("nouveau"), form.text("faire")
    decided = {"confirmer": form.text("relation"), "refuser": "", "reprendre": REOPENED}.get(asked)
    old, new = _sides(permit, draft)
    if old is None or start not in {ref for ref, _ in old.competencies()}:
        form.errors["ancien"] = say("Choisissez dans la liste.")
    if new is None or f"{new.key}/{end}" not in {ref for ref, _ in new.competencies()}:
        form.errors["nouveau"] = say("Choisissez dans la liste.")
    if decided is None or (asked == "confirmer" and decided not in set(Relation)):
        form.errors["relation"] = say("Choisissez dans la liste.")
    if form.errors:
        return _shown(request, permit, draft_id, form.errors)
    with permit.writing() as room:
        room.draft_links.add(draft_id, start, end, decided or "")
    message = {"confirmer": "lien-confirme", "refuser": "lien-refuse"}.get(asked, "lien-repropose")
    return go(f"{draft.address}/liens", permit.services, message)


def _sides(permit: Permit, draft: OwnDraft) -> tuple[Referential | None, Referential | None]:
    """The old version and the draft, as far as they can be read."""
    try:
        old = version_named(permit.library, draft.base) if draft.base else None
    except (UnknownReference, FileProblem):
        old = None
    try:
        return old, drafting.referential_of(draft.values)
    except FileProblem:
        return old, None


def _shown(request: Request, permit: Permit, draft_id: str, wrong: dict[str, str]) -> Response:
    draft = own_draft(permit, draft_id)
    old, new = _sides(permit, draft)
    with permit.reading() as room:
        changes, decided = room.drafts.changes(draft_id), room.draft_links.of_draft(draft_id)
        row = room.published.current(old.id, old.version) if old else None
        own = row is not None and row.organisation_id == permit.actor.organisation
    found = draft_links.links(old, new, changes, decided) if old and new else ()
    names = names_of(permit, {one.by for one in found if one.by})
    views = [_view(permit, draft, one, names) for one in found]
    linked = {one.start for one in found if one.relation != ""}
    olds = tuple((ref, called(permit.library, ref)) for ref, _ in old.competencies()) if old else ()
    page = LinksPage(
        address=draft.address,
        name=draft.name,
        base=called(permit.library, old.key) if old else "",
        readable=new is not None,
        waiting=tuple(one for one in views if one.state == "waiting"),
        confirmed=tuple(one for one in views if one.state == "confirmed"),
        refused=tuple(one for one in views if one.state == "refused"),
        alone=tuple(name for ref, name in olds if ref not in linked),
        relations=tuple((one.value, label(one)) for one in Relation),
        olds=olds,
        news=tuple((_local(ref), named(draft.values, _local(ref))) for ref in competency_refs(draft.values)),
        sealed=not own,
        wrong=wrong,
    )
    return show(request, permit.services, permit.actor, page, status=422 if wrong else 200)


def _local(ref: str) -> str:
    return ref.partition("/")[2]


def _view(permit: Permit, draft: OwnDraft, one: Link, names: dict[str, str]) -> LinkView:
    state = "waiting" if one.relation is None else "confirmed" if one.relation else "refused"
    return LinkView(
        start=one.start,
        old=called(permit.library, one.start),
        end=one.end,
        new=named(draft.values, one.end),
        why=one.why.value,
        relation=one.relation or one.likely.value,
        state=state,
        by=names.get(one.by, ""),
    )


# -- after the publication ------------------------------------------------------------------------------------------------


@router.get("/redaction/publications/{ref}")
def read_published(request: Request, permit: Reading, ref: Version) -> Response:
    """What a publication touched, and where to go from there."""
    version = version_named(permit.library, ref)
    with permit.reading() as room:
        touched = room.published.touched(version.key, *version.replaces)
    page = PublishedPage(
        ref=version.key,
        name=called(permit.library, version.key),
        replaces=anchors(permit.library, version.replaces),
        plans=tuple(plan_count(one, permit.library) for one in touched),
        marked=sum(one.marked for one in touched),
        advises=permit.actor.has(Role.ADVISER),
        likenesses=sum(one.end.startswith(f"{version.key}/") for one in permit.library.correspondences),
    )
    return show(request, permit.services, permit.actor, page)


@router.post("/redaction/publications/recalculer")
def compute_again(permit: Planning) -> Response:
    """Ask that every plan to compute again be so, among those of the people whom one follows."""
    team(permit)
    with permit.unit(writes=True) as unit:
        ask_for_plans_again(unit, permit.actor, None, today(permit))
    return go("/equipes?refaire=oui", permit.services, "recalcul-demande")
