"""What a person brings in a file (*fichier apporté*): a profile of ours, or any outside standard that says what somebody has.

::

    file → claims, each to accept or not, and what could not be read

No name, address or picture is taken from a file: a claim is a diploma, a block, a competency, a job or what can be given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from pathways.profile import (
    PROFILE,
    CanGive,
    ExperienceDone,
    HeldCompetency,
    HeldItem,
    Mention,
    Profile,
)
from referentials.findings import FileProblem, Finding, error
from referentials.formats import standards
from referentials.formats.exchange import PROFILE as A_PROFILE
from referentials.formats.exchange import Record, Standard, Upload
from referentials.loader import SUFFIXES, load_document
from referentials.provenance import Value
from referentials.reference import Reference
from referentials.yaml_source import MAX_BYTES, read_bytes

MOST_CLAIMS = 300
MOST_MENTIONS = 60
"""What a document only speaks of, a browser can keep so many of."""
_OURS = SUFFIXES


class Claim(Value):
    """One thing that a file says; exactly one part is filled."""

    sort: Literal[
        "qualifications", "blocks", "competencies", "modules", "experience", "mentions", "can_give", "confirms"
    ]
    item: HeldItem | None = None
    competency: HeldCompetency | None = None
    module: Reference | None = None
    job: ExperienceDone | None = None
    mention: Mention | None = None
    give: CanGive | None = None
    condition: str | None = Field(None, max_length=200)

    @property
    def thing(self) -> Any:
        """The part that is filled."""
        return self.item or self.competency or self.module or self.job or self.mention or self.give or self.condition


class Brought(NamedTuple):
    """The claims of a file, what could not be taken, and the standard that it follows."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    standard: str


def readable_standards() -> tuple[Standard, ...]:
    """The outside standards that say what somebody has."""
    return tuple(one for one in standards().values() if one.read is not None and A_PROFILE in one.reads)


def suffixes() -> tuple[str, ...]:
    """The ends of the names of files that are read."""
    return tuple(dict.fromkeys((*_OURS, *(end for one in readable_standards() for end in one.suffixes))))


def brought(upload: Upload) -> Brought:
    """The claims of a file.

    Raises
    ------
    FileProblem
        Nothing of it can be used.
    """
    refused: list[Finding] = []
    for standard in _likely(upload.name):
        upload.stream.seek(0)
        try:
            profiles, findings = _through(standard, upload)
        except FileProblem as problem:
            refused += problem.findings
            continue
        if profiles:
            return Brought(_all(profiles), tuple(findings), standard.title)
        refused += findings
    if upload.name.lower().endswith(tuple(_OURS)):
        return Brought(_all([_own(upload)]), (), "")
    raise FileProblem(refused or [_unknown(upload)])


def _likely(name: str) -> Iterator[Standard]:
    lower = name.lower()
    return (one for one in readable_standards() if lower.endswith(tuple(end.lower() for end in one.suffixes)))


def _through(standard: Standard, upload: Upload) -> tuple[list[Profile], list[Finding]]:
    assert standard.read is not None
    profiles: list[Profile] = []
    findings: list[Finding] = []
    for one in standard.read(upload):
        if isinstance(one, Record):
            if one.kind == A_PROFILE:
                profiles.append(_profile(one))
        else:
            findings.append(one)
    return profiles, findings


def _profile(record: Record) -> Profile:
    try:
        return Profile.model_validate(dict(record.values))
    except ValidationError:
        message = "Ce que dit ce fichier ne peut pas être repris tel quel."
        remedy = "Saisissez vos diplômes et vos expériences à la main."
        raise FileProblem([error("fichier-apporte", message, remedy, file=record.where.file)]) from None


def _own(upload: Upload) -> Profile:
    upload.stream.seek(0)
    document = read_bytes(upload.stream.read(MAX_BYTES + 1), file=upload.name)
    item: Profile = load_document(document, PROFILE).items[0]
    return item


def _unknown(upload: Upload) -> Finding:
    message = "Ce genre de fichier ne se lit pas ici."
    remedy = f"Choisissez un fichier qui finit par {', '.join(suffixes())}."
    return error("fichier-apporte", message, remedy, file=upload.name)


# -- claims ---------------------------------------------------------------------------------------------------------------


def _all(profiles: list[Profile]) -> tuple[Claim, ...]:
    return tuple(claim for profile in profiles for claim in claims_of(profile))[:MOST_CLAIMS]


def claims_of(profile: Profile) -> Iterator[Claim]:
    """What a profile says, one thing at a time."""
    holds = profile.holds
    yield from (Claim(sort="qualifications", item=one) for one in holds.qualifications)
    yield from (Claim(sort="blocks", item=one) for one in holds.blocks)
    yield from (Claim(sort="competencies", competency=one) for one in holds.competencies)
    yield from (Claim(sort="modules", module=one) for one in holds.modules)
    yield from (Claim(sort="experience", job=one) for one in profile.experience)
    yield from (Claim(sort="mentions", mention=one) for one in profile.mentions[:MOST_MENTIONS])
    yield from (Claim(sort="confirms", condition=one) for one in profile.confirms)
    if profile.can_give != CanGive():
        yield Claim(sort="can_give", give=profile.can_give)


def accepted(profile: Profile, claims: list[Claim]) -> Profile:
    """A profile with the claims that the person accepts; what it had of the same thing is replaced."""
    holds = profile.holds.model_dump()
    values = profile.model_dump()
    for claim in claims:
        thing = claim.thing.model_dump() if isinstance(claim.thing, Value) else claim.thing
        if claim.sort == "can_give":
            values["can_give"] = thing
        elif claim.sort in ("experience", "mentions", "confirms"):
            values[claim.sort] = _added(values[claim.sort], thing)
        else:
            holds[claim.sort] = _added(holds[claim.sort], thing)
    return Profile.model_validate(values | {"holds": holds})


def _added(before: tuple[Any, ...], thing: Any) -> tuple[Any, ...]:
    """The same list with a thing, in place of the one that has the same reference."""
    key = thing.get("ref") if isinstance(thing, dict) else None
    kept = [one for one in before if one != thing and (key is None or one.get("ref") != key)]
    return (*kept, thing)
