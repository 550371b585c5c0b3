"""What words may mean, as pages propose it (*propositions*): trades for a job, diplomas for a line of a CV, questions for a skill.

Nothing of it counts before the person says so.
"""

from __future__ import annotations

from pydantic import Field

from api.services.imported_trades import skills_of, trades_near
from api.services.recognising import How, recognised
from api.services.trades import questions
from api.store.repositories.imported import ImportedDocuments
from api.web.stages import name_of_target
from api.web.views.said import Said
from pathways.profile import Mention, MentionKind, Profile
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Referential
from referentials.provenance import Value
from reports.language import Words, say, to_say

_HOW = Words(
    {
        How.CODE: to_say("par son numéro"),
        How.TITLE: to_say("même intitulé"),
        How.NEAR: to_say("intitulé proche"),
    }
)
_ASKED = 5


class Trade(Value):
    """A trade that a job may be."""

    code: str = Field(description="Son code ROME.")
    title: Said = Field(description="Celui de ses noms qui ressemble au métier écrit.")


class JobTrades(Value):
    """The trades that one job may be."""

    rank: int = Field(description="Le rang de l'expérience.")
    job: Said = Field(description="Le métier, tel que la personne l'a écrit.")
    trades: tuple[Trade, ...] = Field(description="Les métiers probables, le plus proche d'abord.")


class Proposal(Value):
    """Something of the library that a line of a document may name."""

    ref: str = Field(description="Sa référence.")
    title: Said = Field(description="Son intitulé, et sa certification.")
    how: Said = Field(description="Ce qui les rapproche.")


class Asked(Value):
    """A competency of the target that a document may speak of."""

    title: Said = Field(description="Son intitulé.")
    because: Said = Field(description="Les mots du document, ou du métier.")


def trades_in(profile: Profile, imported: ImportedDocuments) -> tuple[JobTrades, ...]:
    """The trades that the jobs without a code may be; none for a job that nothing is near."""
    found = (
        (rank, job.title, trades_near(job.title, imported))
        for rank, job in enumerate(profile.experience)
        if job.title and job.rome is None
    )
    return tuple(
        JobTrades(rank=rank, job=title, trades=tuple(Trade(code=one.code, title=one.name) for one in near))
        for rank, title, near in found
        if near
    )


def proposals_for(mention: Mention, library: Library) -> tuple[Proposal, ...]:
    """What a line of a document may name."""
    return tuple(
        Proposal(ref=one.ref, title=_named(one.ref, one.title, library), how=_HOW[one.how])
        for one in recognised(mention, library)
    )


def _named(ref: str, title: str, library: Library) -> str:
    """Its title, with the certification of a part, or the version where there are several."""
    if "/" in ref:
        return f"{title} ({name_of_target(ref, library)})"
    identifier, _at, version = ref.partition("@")
    several = len(library.versions(identifier)) > 1
    return say("{title}, version {version}", title=title, version=version) if several else title


def questions_in(
    profile: Profile, target: str | None, library: Library, imported: ImportedDocuments
) -> tuple[Asked, ...]:
    """The competencies of the target that the documents or the trades of a profile may speak of, the nearest first."""
    said = [one.title for one in profile.mentions if one.kind is MentionKind.SKILL]
    if target is not None:
        said += [skill for job in profile.experience for skill in skills_of(job, imported)]
    if target is None or not said:
        return ()
    try:
        whole = library.find(target.partition("/")[0])
    except (UnknownReference, FileProblem, ValueError):
        return ()
    inside = target.partition("/")[2]
    pairs = whole.competencies() if isinstance(whole, Referential) else ()
    asked = [(ref, one.title) for ref, one in pairs if one.title and ref.partition("/")[2].startswith(inside)]
    return tuple(Asked(title=one.title, because=one.because) for one in questions(said, asked, _ASKED))
