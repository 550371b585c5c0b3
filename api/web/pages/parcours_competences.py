"""What I can already do (*auto-évaluation*): the competencies of the target, or of a framework, one block at a time.

Nothing here is proof: a competency that is done alone is written down as declared, or attested, and the plan says what its confirmation
would save. With help, or not yet, counts for nothing, and is remembered so that nobody has to answer twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.self_assessment import BlockQuestions, Question, questions
from api.web.journey import Answers, Journey, Mastery
from api.web.page import pages, show
from api.web.sent import Form, Sent
from api.web.stages import HELD, JourneyPage, go_on, stages
from api.web.views.said import Said
from pathways.holdings import ProfileProblem
from pathways.profile import EvidenceKind, HeldCompetency
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Referential
from referentials.provenance import Value
from reports.language import say
from reports.reason_wording import STATES

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis/competences"

ALONE, UNKNOWN = "seul", ""
_EVIDENCE = (EvidenceKind.DECLARED, EvidenceKind.ATTESTED, EvidenceKind.ASSESSED, EvidenceKind.CERTIFIED)


class Asked(Value):
    """A question, and the answer so far."""

    name: Said = Field(description="Le nom de son champ.")
    question: Question = Field(description="La question.")
    told: Said = Field(description="L'état, en mots.")
    said: str = Field(description="« seul », « aide », « non » ou vide.")
    level: str = Field(description="Le niveau dit ; vide : aucun.")
    evidence: str = Field(description="La preuve dite.")


class BlockRow(Value):
    """A block in the list of those to answer."""

    href: str = Field(description="Sa page.")
    code: str = Field(description="Son code.")
    title: Said = Field(description="Son intitulé ; vide : non lu.")
    state: str = Field(description="L'état, par son nom.")
    told: Said = Field(description="L'état, en mots.")
    asked: int = Field(description="Combien de compétences sont demandées.")
    answered: int = Field(description="À combien la personne a répondu.")


class SkillsPage(JourneyPage):
    """The blocks, and how far the answers are."""

    template: ClassVar[str] = "pages/parcours/skills.html"

    name: Said = Field(description="Ce dont ce sont les compétences.")
    blocks: tuple[BlockRow, ...] = Field(description="Les blocs.")
    first: str = Field(description="La page du premier bloc sans réponse ; vide : tout est répondu.")


class BlockPage(JourneyPage):
    """The questions of one block."""

    template: ClassVar[str] = "pages/parcours/skills_block.html"

    name: Said = Field(description="Ce dont c'est un bloc.")
    of: str = Field(description="La référence de ce dont c'est un bloc.")
    block: BlockQuestions = Field(description="Le bloc.")
    rank: int = Field(description="Le rang du bloc.")
    count: int = Field(description="Combien de blocs.")
    asked: tuple[Asked, ...] = Field(description="Les questions.")
    levels: tuple[tuple[str, str], ...] = Field(description="L'échelle du cadre ; vide : pas d'échelle.")
    evidences: tuple[str, ...] = Field(description="Les preuves que l'on peut nommer.")
    back: str = Field(description="La page de la liste.")


@router.get(_HERE)
def read(
    request: Request,
    permit: Anybody,
    answers: Answers,
    de: Annotated[str, Query(max_length=200)] = "",
    bloc: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """The blocks, or the questions of one."""
    target = de or answers.target
    if target is None:
        return RedirectResponse("/parcours/cible", 303)
    try:
        blocks = questions(answers.profile, target, permit.library, today(permit))
    except ProfileProblem:
        return RedirectResponse("/parcours/acquis", 303)
    except (UnknownReference, NotInForce):
        if de:
            raise
        return RedirectResponse("/parcours/cible", 303)
    chosen = next((rank for rank, one in enumerate(blocks) if one.code == bloc), 0 if len(blocks) == 1 else None)
    page = _list(permit, answers, target, blocks) if chosen is None else _block(permit, answers, target, blocks, chosen)
    return show(request, permit.services, permit.actor, page)


@router.post(_HERE)
def write(permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Keep the answers about one block, and go to the next."""
    target = form.text("de") or answers.target or ""
    blocks = questions(answers.profile, target, permit.library, today(permit))
    rank = next((rank for rank, one in enumerate(blocks) if one.code == form.text("bloc")), None)
    if rank is None:
        return RedirectResponse(_address(target, answers), 303)
    changed = _answered(permit, answers, blocks[rank], form)
    rest = [one for one in blocks[rank + 1 :] if any(not each.acquired for each in one.questions)]
    following = rest[0].code if rest and form.text("faire") != "finir" else ""
    return go_on(_address(target, answers, following), permit, changed, "" if following else "competences-gardees")


def _answered(permit: Permit, answers: Journey, block: BlockQuestions, form: Form) -> Journey:
    """The answers with those about one block, in place of what they said of it."""
    asked, scale = [one for one in block.questions if not one.acquired], _version(permit, block.ref).scale
    ranks = {one.rank for one in scale.levels} if scale else set()
    refs, before = {one.ref for one in asked}, answers.profile.holds.competencies
    kept = [one for one in before if full_reference(one.ref, permit.library) not in refs]
    said = {ref: word for ref, word in answers.said.items() if ref not in refs}
    for one in asked:
        name = field_of(one)
        word, level = form.text(name), _level(form.text(f"{name}-niveau"), ranks)
        if word == ALONE or (not word and level is not None):
            kept.append(HeldCompetency(ref=one.ref, level=level, evidence=_evidence(form.text(f"{name}-preuve"))))
        elif word in set(Mastery):
            said[one.ref] = Mastery(word)
    holds = answers.profile.holds.model_dump() | {"competencies": tuple(one.model_dump() for one in kept)}
    return answers.with_profile(holds=holds).model_copy(update={"said": said})


def full_reference(ref: str, library: Library) -> str:
    """The whole reference of a competency, which a file may name more shortly."""
    try:
        found = library.expand(ref)
    except (UnknownReference, FileProblem):
        return ref
    return found[-1] if found else ref


def _level(text: str, ranks: set[int]) -> int | None:
    """A level of the scale; None for anything else."""
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
    return found if found in ranks else None


def _evidence(text: str) -> EvidenceKind:
    return EvidenceKind(text) if text in set(EvidenceKind) else EvidenceKind.DECLARED


def field_of(question: Question) -> str:
    """The name of the field of a question."""
    return f"c-{question.code}"


def _address(target: str, answers: Journey, block: str = "") -> str:
    query = {"de": target if target != answers.target else "", "bloc": block}
    text = urlencode({name: value for name, value in query.items() if value})
    return f"{_HERE}?{text}" if text else _HERE


# -- to the pages ---------------------------------------------------------------------------------------------------------


def _list(permit: Permit, answers: Journey, target: str, blocks: tuple[BlockQuestions, ...]) -> SkillsPage:
    rows = tuple(_row(permit, answers, target, one) for one in blocks)
    first = next((one.href for one in rows if one.answered < one.asked), "")
    return SkillsPage(
        stages=stages(answers, HELD, permit.library), name=_name(permit, target), blocks=rows, first=first
    )


def _row(permit: Permit, answers: Journey, target: str, block: BlockQuestions) -> BlockRow:
    asked = [one for one in block.questions if not one.acquired]
    told = _said_of(permit, answers)
    return BlockRow(
        href=_address(target, answers, block.code),
        code=block.code,
        title=block.title,
        state=block.state.value,
        told=STATES[block.state],
        asked=len(asked),
        answered=sum(one.ref in told or one.ref in answers.said for one in asked),
    )


def _said_of(permit: Permit, answers: Journey) -> dict[str, HeldCompetency]:
    return {full_reference(one.ref, permit.library): one for one in answers.profile.holds.competencies}


def _block(permit: Permit, answers: Journey, target: str, blocks: tuple[BlockQuestions, ...], rank: int) -> BlockPage:
    block, version, told = blocks[rank], _version(permit, target), _said_of(permit, answers)
    levels = version.scale.levels if version.scale else ()
    return BlockPage(
        stages=stages(answers, HELD, permit.library),
        name=version.name,
        of=target,
        block=block,
        rank=rank + 1,
        count=len(blocks),
        asked=tuple(_asked(answers, told.get(one.ref), one) for one in block.questions),
        levels=tuple((str(one.rank), one.label or str(one.rank)) for one in levels),
        evidences=tuple(kind.value for kind in _offered(levels != (), told.values())),
        back=_address(target, answers) if len(blocks) > 1 else "/parcours/acquis",
    )


def _offered(framework: bool, told: Iterable[HeldCompetency]) -> list[EvidenceKind]:
    """The evidence that one may name: a certificate where competencies are certified one by one, or what a file has said."""
    plain = {EvidenceKind.DECLARED, EvidenceKind.ATTESTED, *(one.evidence for one in told)}
    return [one for one in _EVIDENCE if one in plain or (framework and one is EvidenceKind.CERTIFIED)]


def _asked(answers: Journey, told: HeldCompetency | None, question: Question) -> Asked:
    said = answers.said.get(question.ref)
    return Asked(
        name=field_of(question),
        question=question,
        told=STATES[question.state],
        said=ALONE if told else said.value if said else UNKNOWN,
        level=str(told.level) if told and told.level is not None else "",
        evidence=(told.evidence if told else EvidenceKind.DECLARED).value,
    )


def _version(permit: Permit, target: str) -> Referential:
    return permit.library.target(target.partition("/")[0], today(permit))


def _name(permit: Permit, target: str) -> str:
    version = _version(permit, target)
    return (
        say("{title}, bloc {code}", title=version.title, code=target.partition("/")[2])
        if "/" in target
        else version.title
    )
