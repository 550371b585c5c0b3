"""Hypothesis strategies of every value of a file: referentials, rights, likenesses, rules, offers.

Texts are the ones that files lose first: what looks like a number, a date or a null, YAML's own signs, spaces at both ends,
line separators of Unicode. References are well formed; they need not lead anywhere.
"""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from referentials.model import (
    Assessment,
    Block,
    Codes,
    Competency,
    Entry,
    Hours,
    Kind,
    Level,
    Prerequisites,
    Referential,
    Scale,
    State,
    Validity,
)
from referentials.offer import Body, Funding, Location, Modality, Module, ModuleHours, Offer, Session
from referentials.provenance import Code, Confidence, Source, Window
from referentials.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    CompetencyAt,
    Condition,
    Experience,
    ExperienceAsked,
    Held,
    Requirement,
)
from referentials.rights import (
    Amount,
    Combination,
    Correspondence,
    CorrespondenceState,
    Effect,
    Recognition,
    Reduction,
    Relation,
    Rule,
    RuleKind,
    Waived,
    Wording,
)

TREACHEROUS = (
    "2019",
    "1.10",
    "012",
    "0x1F",
    "1e3",
    ".5",
    "-7",
    "2019-07-13",
    "12:30",
    "null",
    "Null",
    "~",
    "true",
    "NO",
    "on",
    "=",
    "<<",
    "a: b",
    "a:",
    ": a",
    "- x",
    "-",
    "? y",
    "# pas un commentaire",
    "fin # non plus",
    "&ancre",
    "*renvoi",
    "!étiquette",
    "%YAML",
    "@x",
    "`x`",
    "{a, b}",
    "[a, b]",
    "a, b",
    "|",
    ">",
    "---",
    "...",
    "« guillemets »",
    "l'apostrophe",
    'les "deux"',
    "anti\\slash \\n",
    " espace avant",
    "espace après ",
    "\ttabulation",
    "deux\nlignes",
    "\nligne vide avant",
    "ligne vide après\n\n",
    "retrait\n  puis\n texte",
    "NEL\x85ici",
    "séparateur\u2028de ligne",
    "séparateur\u2029de paragraphe",
    "marque\ufeffd'ordre",
    "insécable\u00a0:\u202ffine",
    "emoji 🎓 et 👩🏽‍🏫",
    "e\u0301 décomposé",
    "שלום عربى",
    "x" * 300,
)

# Every character that a document can hold: no control character but tab and line ends, no surrogate.
_characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "\t\n\x85"
)
texts = st.sampled_from(TREACHEROUS) | st.text(_characters, min_size=1, max_size=30)
identifiers = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
versions = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,6}", fullmatch=True)
codes = st.sampled_from(("CCP1", "UC5", "DC2", "1.1", "1", "null", "1e3")) | st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9._+-]{0,5}", fullmatch=True
)
days = st.dates(date(1950, 1, 1), date(2080, 12, 31))
hours = st.floats(0, 1e6, allow_nan=False) | st.integers(0, 3000).map(float)
shares = st.floats(0, 1, allow_nan=False)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or none."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], at_most: int = 3, at_least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few values."""
    return st.lists(strategy, min_size=at_least, max_size=at_most).map(tuple)


def partly(model: type[BaseModel], needed: dict[str, Any] | None = None, **optional: Any) -> st.SearchStrategy[Any]:
    """A model with its needed fields, and any of the others; those left out keep their default."""
    fields = st.fixed_dictionaries(needed or {}, optional=optional)
    return fields.map(lambda values: model(**values))


_at_a_version = st.just("") | versions.map("@{}".format)  # made once: made at each draw, it takes most of the time
_depths = st.integers(0, 2)


@st.composite
def references(draw: st.DrawFn) -> str:
    """A reference to a referential, a block or a competency."""
    text: str = draw(identifiers) + draw(_at_a_version)
    for _step in range(draw(_depths)):
        text += f"/{draw(codes)}"
    return text


module_references = st.tuples(identifiers, identifiers).map(":".join)

# -- requirements

held = (references() | module_references).map(Held)
competencies_at = partly(CompetencyAt, {"competency": references()}, level=maybe(st.integers(0, 8)))
experiences = partly(ExperienceAsked, {"months": hours}, rome=some(texts), field=maybe(texts)).map(
    lambda asked: Experience(experience=asked)
)
conditions = partly(Condition, {"condition": identifiers, "text": texts})
leaves = held | competencies_at | experiences | conditions


def trees(leaf: st.SearchStrategy[Any], max_leaves: int = 6) -> st.SearchStrategy[Requirement]:
    """Requirements over these leaves, impossible and empty ones included."""
    return st.recursive(
        leaf,
        lambda part: (
            some(part).map(lambda parts: AllOf(all_of=parts))
            | some(part).map(lambda parts: AnyOf(any_of=parts))
            | st.tuples(st.integers(0, 4), some(part)).map(lambda pair: AtLeast(at_least=pair[0], of=pair[1]))
        ),
        max_leaves=max_leaves,
    )


requirements = trees(leaves)

# -- referentials

confidences = st.sampled_from(Confidence)
stated = {"confidence": maybe(confidences), "sources": some(texts, 2), "note": maybe(texts)}
sources = partly(
    Source,
    {"title": texts},
    id=maybe(texts),
    reference=maybe(texts),
    article=maybe(texts),
    url=maybe(texts),
    checked_on=maybe(days),
    note=maybe(texts),
)
window_fields = {"start": maybe(days), "end": maybe(days), "seen": maybe(days)}
windows = partly(Window, **window_fields)
outside_codes = partly(Code, {"code": texts}, start=maybe(days), end=maybe(days), confidence=maybe(confidences))
all_hours = partly(
    Hours, total=maybe(hours), theory=maybe(hours), practice=maybe(hours), workplace_min=maybe(hours), **stated
)
assessments = partly(Assessment, form=maybe(texts), hours=maybe(hours), cost=maybe(hours), **stated)
prerequisites = partly(Prerequisites, strict=some(references(), 2), advised=some(references(), 2))
competencies = partly(
    Competency,
    {"code": codes},
    title=maybe(texts),
    elements=some(texts),
    criteria=some(texts),
    requires=prerequisites,
    **stated,
)
blocks = partly(
    Block,
    {"code": codes},
    title=maybe(texts),
    aliases=some(texts, 2),
    codes=some(outside_codes, 2),
    competencies=maybe(some(competencies)),
    complete=st.booleans(),
    assessment=assessments,
    hours=all_hours,
    requires=maybe(requirements),
    optional=st.booleans(),
    **stated,
)
entries = partly(
    Entry,
    requirement=maybe(requirements),
    known=st.booleans(),
    tests=some(texts, 2),
    description=maybe(texts),
    **stated,
)
all_codes = partly(Codes, **{name: some(outside_codes, 2) for name in Codes.model_fields})
validities = partly(
    Validity, **window_fields, award_until=maybe(days), confidence=maybe(confidences), note=maybe(texts)
)
scales = partly(
    Scale, {"levels": some(partly(Level, {"rank": st.integers(0, 9)}, label=maybe(texts)), 4, at_least=1)}, **stated
)
referentials = partly(
    Referential,
    {
        "id": identifiers,
        "version": versions,
        "title": texts,
        "kind": st.sampled_from(Kind),
        "confidence": confidences,
    },
    short_title=maybe(texts),
    aliases=some(texts),
    issuer=maybe(texts),
    level=maybe(st.integers(1, 8)),
    state=st.sampled_from([state for state in State if state is not State.NAMED]),  # nobody writes that one
    codes=all_codes,
    valid=validities,
    replaces=some(references(), 2),
    replaced_by=some(references(), 2),
    sources=some(sources, 2),
    note=maybe(texts),
    scale=maybe(scales),
    award=maybe(requirements),
    final_assessment=maybe(assessments),
    entry=maybe(entries),
    hours=all_hours,
    blocks=maybe(some(blocks)),
    complete=st.booleans(),
    facts=some(texts, 2),
    unread=some(texts, 2),
)

# -- rights

reductions = partly(Reduction, hours=maybe(hours), fraction=maybe(shares), at_most=st.booleans())
recognitions = partly(
    Recognition,
    {
        "id": identifiers,
        "given": requirements,
        "grants": some(references(), 3, at_least=1),
        "effect": st.sampled_from(Effect),
        "in_force": windows,
        "source": sources,
        "confidence": confidences,
    },
    title=maybe(texts),
    waives=maybe(st.sampled_from(Waived)),
    part=maybe(texts),
    by=maybe(reductions),
    wording=maybe(st.sampled_from(Wording)),
    proof=maybe(texts),
    discretionary=st.booleans(),
    note=maybe(texts),
)
correspondences = partly(
    Correspondence,
    {
        "id": identifiers,
        "start": references(),
        "end": references(),
        "relation": st.sampled_from(Relation),
        "author": texts,
        "state": st.sampled_from(CorrespondenceState),
    },
    reason=maybe(texts),
    source=maybe(sources),
)
amounts = partly(
    Amount,
    {"name": identifiers, "value": st.floats(-1e9, 1e9, allow_nan=False), "unit": texts},
    in_force=maybe(windows),
)
combinations = partly(
    Combination,
    final_assessment=maybe(st.booleans()),
    keeps_blocks=maybe(st.booleans()),
    grace_months=maybe(st.integers(0, 60)),
    reduction_cap=maybe(shares),
)
rules = partly(
    Rule,
    {
        "id": identifiers,
        "kind": st.sampled_from(RuleKind),
        "text": texts,
        "in_force": windows,
        "source": sources,
        "confidence": confidences,
    },
    applies_to=some(st.sampled_from(Kind) | references()),
    combination=maybe(combinations),
    amounts=some(amounts, 2),
    superseded=st.booleans(),
    note=maybe(texts),
)

# -- offers

sessions = partly(
    Session,
    {"id": identifiers, "start": days, "end": days},
    weekly_hours=maybe(st.floats(0.5, 60, allow_nan=False)),
    seats=maybe(st.integers(0, 500)),
    modality=maybe(st.sampled_from(Modality)),
    place=maybe(texts),
    days=some(texts, 2),
)
modules = partly(
    Module,
    {"id": identifiers, "title": texts},
    hours=maybe(partly(ModuleHours, **dict.fromkeys(ModuleHours.model_fields, hours))),
    price=maybe(hours),
    group_price=maybe(hours),
    develops=some(competencies_at),
    prepares=some(references(), 2),
    requires=maybe(requirements),
    includes_assessment=some(references(), 2),
    languages=some(texts, 2),
    sessions=some(sessions, 2),
    available=maybe(windows),
    funding=partly(Funding, cpf=maybe(st.booleans()), note=maybe(texts)),
    illustrative=st.booleans(),
    confidence=maybe(confidences),
    note=maybe(texts),
)
bodies = partly(
    Body,
    {"name": texts},
    siret=maybe(st.from_regex(r"[0-9]{14}", fullmatch=True)),
    location=maybe(partly(Location, postcode=maybe(texts), city=maybe(texts))),
)
offers = partly(
    Offer,
    {"id": identifiers, "title": texts, "body": bodies, "modules": some(modules), "confidence": confidences},
    sources=some(sources, 2),
    illustrative=st.booleans(),
    note=maybe(texts),
)
