"""Review and publication of a draft (*relire et publier*): what is wrong, what changes, what was said of it, what publishing it will do."""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import quote

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action, permitted
from api.days import today
from api.deps import Permit, allowed
from api.services import drafts as drafting
from api.services import review as reviewing
from api.services.comparison import Comparison
from api.services.review import ReviewNeeded
from api.store.conflict import Conflict, WrongState
from api.store.tables.draft_reviews import Opinion
from api.web.messages import go
from api.web.own_draft import OwnDraft, findings_of, names_of, own_draft, revision_in
from api.web.page import Page, pages, show
from api.web.sent import Form, Sent
from api.web.views.draft_findings import Placed, placed
from api.web.views.draft_tree import named
from api.web.views.names import anchor
from api.web.views.reviews import CommentView, OpinionView, comment_views, opinion_views, who
from api.web.views.said import Anchor, Said
from referentials.absence import UnknownReference
from referentials.diff import ChangeKind
from referentials.findings import FileProblem
from referentials.provenance import Value
from reports.language import say, say_n

router = pages()
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Reviewing = Annotated[Permit, allowed(Action.DRAFTS_REVIEW)]
Publishing = Annotated[Permit, allowed(Action.VERSIONS_PUBLISH)]
_LONGEST = 4_000
_OPINIONS = {"demander": Opinion.ASKED, "approuver": Opinion.APPROVED, "changer": Opinion.CHANGES}
_TEXTS = (ChangeKind.REWORDED, ChangeKind.ADDED, ChangeKind.RETIRED)


class AboutDraftPage(Page):
    """A page about a draft, with its tabs."""

    here: ClassVar[str] = "redaction"

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son nom.")


class Remark(Value):
    """Something wrong, where, and what can be done."""

    href: str = Field(description="Où cela s'écrit.")
    where: Said = Field(description="De quel élément il s'agit.")
    message: Said = Field(description="Ce qui ne va pas.")
    remedy: Said = Field(description="Ce qu'on peut faire.")


class TextChange(Value):
    """A text before and after."""

    where: str = Field(description="L'élément, par ses codes ; la référence pour le tout.")
    before: Said = Field(description="Avant ; vide : rien.")
    after: Said = Field(description="Après ; vide : rien.")


class ReviewPage(AboutDraftPage):
    """All that a second person needs to say yes or no."""

    template: ClassVar[str] = "pages/redaction/relecture.html"

    revision: int = Field(description="Sa révision.")
    errors: tuple[Remark, ...] = Field(description="Ce qui empêche de publier.")
    remarks: tuple[Remark, ...] = Field(description="Ce qui mérite un regard.")
    base: Anchor | None = Field(description="La version dont il est parti ; vide : aucune, ou elle n'est plus là.")
    readable: bool = Field(description="Faux quand le brouillon ne se lit pas assez pour être comparé.")
    texts: tuple[TextChange, ...] = Field(description="Les textes qui changent.")
    sentences: tuple[Said, ...] = Field(description="Le reste de ce qui change, une phrase chacun.")
    orphans: tuple[Anchor, ...] = Field(description="Les passerelles qui ne nomment que l'ancienne version.")
    plans: int = Field(description="Combien de plans gardés reposent sur ce que la publication remplace.")
    comments: tuple[CommentView, ...] = Field(description="Les commentaires qui ne sont pas réglés.")
    opinions: tuple[OpinionView, ...] = Field(
        description="Ce qui a été dit du brouillon, du plus récent au plus ancien."
    )
    asked: bool = Field(description="Vrai quand une relecture est demandée, sans réponse.")
    approved: bool = Field(description="Vrai quand une seconde personne l'a approuvé tel qu'il est.")
    wrote: bool = Field(description="Vrai quand la personne qui regarde y a écrit depuis la dernière approbation.")
    second: tuple[str, ...] = Field(description="Qui d'autre pourrait l'approuver.")
    publishes: bool = Field(description="Vrai pour qui a le droit de publier.")
    will: tuple[Said, ...] = Field(description="Ce que la publication fera.")
    typed: dict[str, str] = Field(description="Ce qui a été tapé, champ par champ.")
    wrong: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/redaction/{draft_id}/relecture")
def read_review(request: Request, permit: Reading, draft_id: str) -> Response:
    """Everything about a draft, for who wrote it and for who reviews it."""
    return _shown(request, permit, draft_id)


@router.post("/redaction/{draft_id}/relecture")
def give_opinion(request: Request, permit: Reviewing, draft_id: str, form: Sent) -> Response:
    """Ask for a review, approve, or ask for changes."""
    opinion, words = _OPINIONS.get(form.text("faire")), words_in(form, "mots")
    if opinion is None:
        return go(f"/redaction/{draft_id}/relecture", permit.services)
    if opinion is Opinion.CHANGES and not words:
        form.errors["mots"] = say("Dites ce qui est à changer.")
        return _shown(request, permit, draft_id, form, 422)
    try:
        with permit.writing() as room:
            reviewing.give_opinion(room, draft_id, revision_in(form), opinion, words)
    except (Conflict, ReviewNeeded) as problem:
        form.errors["mots"] = _refusal(problem)
        return _shown(request, permit, draft_id, form, 409)
    return go(f"/redaction/{draft_id}/relecture", permit.services, f"relecture-{opinion.value}")


@router.post("/redaction/{draft_id}/publier")
def publish(request: Request, permit: Publishing, draft_id: str, form: Sent) -> Response:
    """Seal the draft as a version."""
    reason = words_in(form, "motif", 2_000)
    if len(reason) < 3:
        form.errors["motif"] = say("Dites en quelques mots pourquoi cette version est publiée.")
        return _shown(request, permit, draft_id, form, 422)
    library, on = permit.library, today(permit)
    try:
        with permit.writing() as room:
            row = drafting.publish_draft(room, library, draft_id, revision_in(form), on=on, reason=reason)
            ref = row.key
    except FileProblem:
        form.errors["motif"] = say("Ce brouillon a encore des erreurs : corrigez-les d'abord.")
        return _shown(request, permit, draft_id, form, 422)
    except (Conflict, ReviewNeeded, WrongState) as problem:
        form.errors["motif"] = _refusal(problem)
        return _shown(request, permit, draft_id, form, 409)
    return go(f"/redaction/publications/{quote(ref, safe='@')}", permit.services, "version-publiee")


def words_in(form: Form, name: str, longest: int = _LONGEST) -> str:
    """A text on several lines; empty when it is too long."""
    return form.whole_text(name, longest).replace("\r\n", "\n").strip()


def _refusal(problem: Exception) -> str:
    if isinstance(problem, Conflict):
        return say("Quelqu'un a changé ce brouillon pendant que vous le lisiez : voici ce qui est là maintenant.")
    if isinstance(problem, WrongState):
        return say("Cette version est déjà publiée, sans aucun changement depuis.")
    return str(problem)


# -- the page -------------------------------------------------------------------------------------------------------------


def _shown(request: Request, permit: Permit, draft_id: str, form: Form | None = None, status: int = 200) -> Response:
    draft = own_draft(permit, draft_id)
    found = placed(draft.values, findings_of(permit, draft))
    comparison, readable = _compared(permit, draft)
    with permit.unit() as unit:
        room = unit.of(permit.scope)
        row = room.drafts.get(draft_id)
        standing = reviewing.standing_of(room, row)
        opinions, comments = room.draft_reviews.of_draft(draft_id), room.draft_comments.of_draft(draft_id)
        second = reviewing.second_people(unit, permit.actor.organisation, standing.writers)
        plans = sum(one.plans for one in room.published.touched(draft.key, *drafting.replaced_in(draft.values)))
    names = names_of(permit, {one.by for one in opinions} | {one.by for one in comments})
    texts, sentences = _changes(comparison)
    page = ReviewPage(
        address=draft.address,
        name=draft.name,
        revision=draft.revision,
        errors=tuple(_remark(draft, one) for one in found if one.told.error),
        remarks=tuple(_remark(draft, one) for one in found if not one.told.error),
        base=anchor(permit.library, draft.base) if comparison and draft.base else None,
        readable=readable,
        texts=texts,
        sentences=sentences,
        orphans=_orphans(comparison),
        plans=plans,
        comments=comment_views((one for one in comments if one.resolved_at is None), draft, names),
        opinions=opinion_views(opinions, draft.revision, names),
        asked=standing.asked,
        approved=standing.approved,
        wrote=permit.actor.name in standing.writers,
        second=tuple(one.name for one in second),
        publishes=Action.VERSIONS_PUBLISH in permitted(permit.actor),
        will=tuple(_will(draft, plans, standing.verdict.by if standing.verdict else "", names)),
        typed={"mots": words_in(form, "mots"), "motif": words_in(form, "motif")} if form else {"mots": "", "motif": ""},
        wrong=form.errors if form else {},
    )
    return show(request, permit.services, permit.actor, page, status=status)


def _compared(permit: Permit, draft: OwnDraft) -> tuple[Comparison | None, bool]:
    """What changes from its base; none when it has none. False: it can't be read enough."""
    if draft.base is None:
        return None, True
    try:
        return drafting.compared(permit.library, draft.base, draft.values), True
    except UnknownReference:
        return None, True
    except FileProblem:
        return None, False


def _changes(found: Comparison | None) -> tuple[tuple[TextChange, ...], tuple[str, ...]]:
    """The texts that change, side by side, and a sentence for each other change."""
    pairs = tuple(zip(found.changes, found.sentences, strict=True)) if found else ()
    texts = tuple(
        TextChange(
            where=one.where.partition("/")[2].replace("/", " › ") or one.where,
            before=str(one.before or ""),
            after=str(one.after or ""),
        )
        for one, _said in pairs
        if one.kind in _TEXTS
    )
    return texts, tuple(said for one, said in pairs if one.kind not in _TEXTS)


def _orphans(found: Comparison | None) -> tuple[Anchor, ...]:
    """The rights towards the old version alone: none leads to the new one as long as nobody writes it."""
    some = found.first_only if found else ()
    return tuple(Anchor(href=f"/redaction/droits/{one.id}", label=one.title or one.source.title) for one in some)


def _remark(draft: OwnDraft, one: Placed) -> Remark:
    return Remark(
        href=draft.at(one.place),
        where=named(draft.values, one.place),
        message=one.told.message,
        remedy=one.told.remedy,
    )


def _will(draft: OwnDraft, plans: int, approver: str, names: dict[str, str]) -> list[str]:
    """What publishing does, one sentence each."""
    found = [
        say("La version {key} est scellée : elle ne changera plus que par une nouvelle publication.", key=draft.key),
        say("Le brouillon disparaît, avec ses commentaires ; son historique d'actes aussi."),
    ]
    if approver:
        found.append(
            say("Le journal garde qui l'a écrite, qui l'a approuvée ({name}) et pourquoi.", name=who(approver, names))
        )
    if plans:
        found.append(
            say_n(
                "{count} plan gardé est marqué « à recalculer » : rien n'y change tant que personne ne le recalcule.",
                "{count} plans gardés sont marqués « à recalculer » : rien n'y change tant que personne ne les recalcule.",
                plans,
            )
        )
    return found
