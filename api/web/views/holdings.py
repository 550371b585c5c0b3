"""What somebody has, as pages list it (*ce que j'ai, en mots*): titles instead of references, since when, by which proof."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from pydantic import Field

from api.web.stages import name_of_target
from api.web.views.said import Said
from api.web.views.suggestions import Proposal, proposals_for
from pathways.profile import EvidenceKind, ExperienceDone, Mention, MentionKind, Profile
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.provenance import Value
from reports.language import Words, say, say_n, to_say
from reports.library_wording import at_level
from reports.reason_wording import EVIDENCE
from reports.wording import months, percent, plain_date

_SEARCH = "/parcours/acquis"
_PROVEN = (EvidenceKind.CERTIFIED, EvidenceKind.ASSESSED)


class Held(Value):
    """Something that somebody has said to have."""

    key: str = Field(description="De quoi la retirer : la liste, et le rang.")
    title: Said = Field(description="Ce que c'est.")
    told: Said = Field(description="Depuis quand, et par quelle preuve.")
    sure: bool = Field(description="Vrai quand une pièce le montre.")


class Mentioned(Value):
    """Something that a document speaks of."""

    key: str = Field(description="De quoi la retirer.")
    title: Said = Field(description="Ses mots.")
    told: Said = Field(description="Ce que c'est.")
    proposals: tuple[Proposal, ...] = Field(description="Ce que la bibliothèque a peut-être sous ces mots.")
    search: str = Field(description="Où le chercher dans la bibliothèque ; vide : rien à y chercher.")


def held_in(profile: Profile, library: Library) -> tuple[Held, ...]:
    """The diplomas and the blocks of a profile."""
    found = []
    for kind in ("qualifications", "blocks"):
        for rank, one in enumerate(getattr(profile.holds, kind)):
            found.append(
                Held(
                    key=f"{kind}:{rank}",
                    title=title_of(one.ref, library),
                    told=_since(one.on, one.evidence),
                    sure=one.evidence is EvidenceKind.CERTIFIED,
                )
            )
    return tuple(found)


def skills_in(profile: Profile, library: Library) -> tuple[Held, ...]:
    """The competencies of a profile."""
    return tuple(
        Held(
            key=f"competencies:{rank}",
            title=at_level(title_of(one.ref, library), one.level),
            told=EVIDENCE[one.evidence],
            sure=one.evidence in _PROVEN,
        )
        for rank, one in enumerate(profile.holds.competencies)
    )


def jobs_in(profile: Profile) -> tuple[Held, ...]:
    """The jobs of a profile."""
    return tuple(
        Held(
            key=f"experience:{rank}",
            title=one.title or one.rome or say("Métier non dit"),
            told=job_in_words(one),
            sure=True,
        )
        for rank, one in enumerate(profile.experience)
    )


def mentions_in(profile: Profile, library: Library) -> tuple[Mentioned, ...]:
    """What the documents of a profile speak of."""
    return tuple(
        Mentioned(
            key=f"mentions:{rank}",
            title=one.title,
            told=mention_in_words(one),
            proposals=proposals_for(one, library),
            search=f"{_SEARCH}?{urlencode({'q': one.title})}#resultats"
            if one.kind is MentionKind.QUALIFICATION
            else "",
        )
        for rank, one in enumerate(profile.mentions)
    )


_MENTIONED = Words(
    {
        MentionKind.QUALIFICATION: to_say("diplôme cité, à retrouver dans la bibliothèque"),
        MentionKind.SKILL: to_say("savoir-faire cité"),
        MentionKind.JOB: to_say("métier cité"),
    }
)


def mention_in_words(one: Mention) -> str:
    """What a document speaks of, its level and its day as it gives them."""
    day = say("le {day}", day=plain_date(one.on)) if one.on else ""
    return ", ".join(filter(None, (_MENTIONED[one.kind], one.level, day)))


def job_in_words(job: ExperienceDone) -> str:
    """How long a job lasted, at what share of full time, under which code."""
    years, rest = divmod(job.months, 12)
    length = [say_n("{count} an", "{count} ans", years)] if years else []
    length += [months(rest)] if rest or not years else []
    part = "" if job.share == 1 else say("à {share} du temps plein", share=percent(job.share * 100))
    code = say("métier {code}", code=job.rome) if job.rome and job.title else ""
    return ", ".join(filter(None, (" ".join(length), part, code)))


def _since(on: date | None, evidence: EvidenceKind) -> str:
    dated = say("obtenu le {day}", day=plain_date(on)) if on else ""
    return ", ".join(filter(None, (dated, EVIDENCE[evidence])))


def title_of(ref: str, library: Library) -> str:
    """What a qualification, a block or a competency is called, with the certification it belongs to."""
    try:
        item = library.find(ref)
    except (UnknownReference, FileProblem, ValueError):
        return ref
    title = getattr(item, "title", None)
    if "/" not in ref:
        return f"{title}" if title else ref
    name = name_of_target(ref, library)
    return f"{title} ({name})" if title else name
