"""A version of a referential as a page shows it (*fiche d'un référentiel*): identity, blocks, competencies, sources, holes.

Each statement has its own sources and confidence beside it where they are not those of the whole; what nobody has read says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import Field

from api.web.views.names import Line, anchor, anchors, called, lines, version_name
from api.web.views.rights import SourceView, source_view
from api.web.views.said import Anchor, Fact, Said
from api.web.views.versions import blocks_said, standing, summary
from referentials.holes import Hole, holes
from referentials.library import Library
from referentials.model import Assessment, Block, Codes, Competency, Referential, State
from referentials.provenance import Code, Confidence, Stated, Value
from referentials.registers import FICHE
from reports.language import Words, say, say_n, to_say
from reports.library_wording import assessment, code, durations, label, window
from reports.wording import labelled, plain_date

_HOLES = Words(
    {
        "début de validité": to_say("début de validité"),
        "numéro RNCP": to_say("numéro RNCP"),
        "blocs": to_say("blocs"),
        "liste complète des blocs": to_say("liste complète des blocs"),
        "règle d'obtention": to_say("règle d'obtention"),
        "exigences à l'entrée": to_say("exigences à l'entrée"),
        "intitulé du bloc": to_say("intitulé du bloc"),
        "compétences du bloc": to_say("compétences du bloc"),
        "liste complète des compétences du bloc": to_say("liste complète des compétences du bloc"),
        "forme de l'évaluation": to_say("forme de l'évaluation"),
        "intitulé de la compétence": to_say("intitulé de la compétence"),
    }
)
"""What every file may lack; the rest are sentences of the file itself."""


class CompetencyView(Value):
    """A competency."""

    id: str = Field(description="Ce qui la nomme dans la page.")
    code: str = Field(description="Son code.")
    title: Said = Field(description="Son intitulé ; vide : non lu.")
    sure: Said = Field(description="Sa confiance, si elle n'est pas celle de l'ensemble.")
    cites: tuple[int, ...] = Field(description="Numéros de ses sources.")
    elements: tuple[Said, ...] = Field(description="Savoirs et savoir-faire.")
    criteria: tuple[Said, ...] = Field(description="Critères d'évaluation.")
    before: tuple[Anchor, ...] = Field(description="Compétences qu'il faut avoir avant.")
    advised: tuple[Anchor, ...] = Field(description="Compétences qu'il vaut mieux avoir avant.")

    @property
    def has_more(self) -> bool:
        """Whether there is something to unfold."""
        return bool(self.elements or self.criteria or self.before or self.advised)


class BlockView(Value):
    """A block with its competencies."""

    id: str = Field(description="Ce qui le nomme dans la page.")
    ref: str = Field(description="Sa référence.")
    code: str = Field(description="Son code.")
    title: Said = Field(description="Son intitulé ; vide : non lu.")
    sure: Said = Field(description="Sa confiance, si elle n'est pas celle de l'ensemble.")
    cites: tuple[int, ...] = Field(description="Numéros de ses sources.")
    optional: bool = Field(description="Vrai quand le diplôme ne l'exige pas.")
    facts: tuple[Fact, ...] = Field(description="Évaluation, durées, autres codes, remarque.")
    before: tuple[Line, ...] = Field(description="Ce qu'il faut avant son évaluation.")
    competencies: tuple[CompetencyView, ...] = Field(description="Ses compétences.")
    known: bool = Field(description="Faux quand ses compétences n'ont pas été lues.")
    complete: bool = Field(description="Faux quand leur liste n'est pas entière.")
    count: Said = Field(description="Combien de compétences, en mots.")


class HolesView(Value):
    """What nobody has read, about one part."""

    where: Anchor = Field(description="De quoi il s'agit.")
    what: tuple[Said, ...] = Field(description="Ce qui manque.")


class VersionView(Value):
    """A version, but for its rights and the modules that train for it."""

    ref: str = Field(description="Sa référence.")
    id: str = Field(description="L'identifiant du référentiel.")
    title: Said = Field(description="Intitulé officiel.")
    short: Said = Field(description="Sigle ou nom court ; vide : aucun.")
    summary: Said = Field(description="Nature, niveau, autorité, en une ligne.")
    standing: Said = Field(description="Si elle est en vigueur ce jour-là.")
    in_force: bool = Field(description="Vrai quand elle l'est.")
    is_dated: bool = Field(description="Faux pour une fiche du répertoire : un titre renouvelé change de numéro.")
    is_read: bool = Field(description="Faux pour une fiche que des passerelles nomment, sans que personne l'ait lue.")
    facts: tuple[Fact, ...] = Field(description="Identité : dates, codes, autres noms, durées, confiance.")
    before: tuple[Anchor, ...] = Field(description="Les versions qu'elle remplace.")
    after: tuple[Anchor, ...] = Field(description="Celles qui la remplacent.")
    award: tuple[Line, ...] = Field(description="Ce qui donne l'ensemble ; vide : non lu.")
    award_known: bool = Field(description="Faux quand la règle d'obtention n'a pas été lue.")
    final: tuple[Fact, ...] = Field(description="L'épreuve finale, s'il y en a une.")
    entry: tuple[Line, ...] = Field(description="Ce qui est demandé à l'entrée.")
    entry_facts: tuple[Fact, ...] = Field(description="Épreuves d'entrée, précisions, ou que ce n'est pas connu.")
    blocks: tuple[BlockView, ...] = Field(description="Ses blocs.")
    blocks_said: Said = Field(description="Combien de blocs et de compétences, et ce qui n'en est pas connu.")
    read: tuple[Said, ...] = Field(description="Autres faits lus.")
    note: Said = Field(description="La remarque de qui a lu.")
    holes: tuple[HolesView, ...] = Field(description="Ce que personne n'a encore lu.")
    lacking: int = Field(description="Combien de choses ne sont pas connues.")
    sources: tuple[SourceView, ...] = Field(description="Les textes lus.")
    sure: Said = Field(description="Confiance dans l'ensemble.")


def version_view(version: Referential, library: Library, on: date) -> VersionView:
    """A version with every word chosen."""
    numbers = {one.id: rank for rank, one in enumerate(version.sources, start=1) if one.id}
    lacking = holes(version)
    return VersionView(
        ref=version.key,
        id=version.id,
        title=version.title,
        short=version.short_title if version.short_title and version.short_title != version.title else "",
        summary=summary(version),
        standing=standing(library, version, on),
        in_force=library.is_in_force(version, on),
        is_dated=version.version != FICHE,
        is_read=version.state is not State.NAMED,
        facts=tuple(_identity(version, numbers)),
        before=anchors(library, version.replaces),
        after=anchors(library, version.replaced_by),
        award=_own(lines(library, version.award), version),
        award_known=version.award is not None,
        final=tuple(_final(version, numbers)),
        entry=lines(library, version.entry.requirement) if version.entry else (),
        entry_facts=tuple(_entry(version, numbers)),
        blocks=tuple(_block(block, version, library, numbers) for block in version.known_blocks),
        blocks_said=blocks_said(version),
        read=version.facts,
        note=version.note or "" if version.state is not State.NAMED else "",
        holes=_holes(lacking, library),
        lacking=len(lacking),
        sources=tuple(source_view(one, rank) for rank, one in enumerate(version.sources, start=1)),
        sure=label(version.confidence),
    )


def _own(asked: tuple[Line, ...], version: Referential) -> tuple[Line, ...]:
    """The parts of the version itself by their code and title alone."""
    own, here = f" — {version_name(version)}", f"/referentiels/{version.key}#"
    return tuple(
        Line(depth=one.depth, text=one.text.removesuffix(own), href=f"#{one.href.removeprefix(here)}")
        if one.href.startswith(here)
        else one
        for one in asked
    )


# -- statements -----------------------------------------------------------------------------------------------------------


def _stated(name: str, text: str, value: Stated, around: Confidence, numbers: Mapping[str, int]) -> Fact:
    """A statement with its own sources and confidence."""
    return Fact(
        name=name, lines=(text,), cites=_cites(value, numbers), sure=_sure(value, around), note=value.note or ""
    )


def _cites(value: Stated, numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(numbers[one] for one in value.sources if one in numbers)


def _sure(value: Stated, around: Confidence) -> str:
    return label(value.confidence) if value.confidence not in (None, around) else ""


def _identity(version: Referential, numbers: Mapping[str, int]) -> Iterator[Fact]:
    valid = version.valid
    sure = label(valid.confidence) if valid.confidence not in (None, version.confidence) else ""
    until = (say("peut être délivré jusqu'au {day}", day=plain_date(valid.award_until)),) if valid.award_until else ()
    dates = window(valid) if version.state is not State.NAMED else say("non connue")
    yield Fact(name=say("Validité"), lines=(dates, *until), sure=sure, note=valid.note or "")
    yield from _codes(version.codes)
    if version.aliases:
        yield Fact(name=say("Autres noms"), lines=version.aliases)
    if told := durations(version.hours):
        yield _stated(say("Durées"), told, version.hours, version.confidence, numbers)
    if version.scale is not None:
        steps = (
            labelled(str(one.rank), one.label) if one.label and one.label != str(one.rank) else str(one.rank)
            for one in version.scale.levels
        )
        yield _stated(say("Niveaux"), ", ".join(steps), version.scale, version.confidence, numbers)
    if version.vae is not None:
        yield Fact(
            name=say("Par l'expérience"), lines=(say("oui, par la VAE") if version.vae else say("non, pas par la VAE"),)
        )
    yield Fact(name=say("État du texte"), lines=(label(version.state),))
    yield Fact(name=say("Confiance"), lines=(label(version.confidence),))


def _codes(codes: Codes) -> Iterator[Fact]:
    """The codes of the directories; a code of the RNCP is shown as it is looked up."""
    told: tuple[tuple[str, tuple[Code, ...]], ...] = (
        (say("Code RNCP"), codes.rncp),
        (say("Répertoire spécifique"), codes.rs),
        (say("Code du ministère"), codes.ministry),
        (say("Métiers (ROME)"), codes.rome),
        (say("Domaine (NSF)"), codes.nsf),
        (say("Formacode"), codes.formacode),
    )
    return (Fact(name=name, lines=(", ".join(map(code, values)),)) for name, values in told if values)


def _final(version: Referential, numbers: Mapping[str, int]) -> Iterator[Fact]:
    if version.final_assessment is not None:
        told = assessment(version.final_assessment)
        yield _stated(say("En plus des blocs"), told, version.final_assessment, version.confidence, numbers).model_copy(
            update={"unknown": not _is_known(version.final_assessment)}
        )


def _entry(version: Referential, numbers: Mapping[str, int]) -> Iterator[Fact]:
    entry = version.entry
    name = say("À l'entrée")
    if entry is None or not entry.known:
        yield Fact(name=name, lines=(say("Ce qui est demandé à l'entrée n'a pas été lu."),), unknown=True)
    elif entry.requirement is None:
        yield _stated(name, say("Rien n'est exigé."), entry, version.confidence, numbers)
    if entry is None:
        return
    if entry.tests:
        yield Fact(name=say("Épreuves d'entrée"), lines=entry.tests)
    if entry.description:
        yield _stated(say("Précisions"), entry.description, entry, version.confidence, numbers)


# -- blocks ---------------------------------------------------------------------------------------------------------------


def _block(block: Block, version: Referential, library: Library, numbers: Mapping[str, int]) -> BlockView:
    around = block.confidence or version.confidence
    return BlockView(
        id=block.code,
        ref=f"{version.key}/{block.code}",
        code=block.code,
        title=block.title or "",
        sure=_sure(block, version.confidence),
        cites=_cites(block, numbers),
        optional=block.optional,
        facts=tuple(_of_block(block, version, numbers)),
        before=_own(lines(library, block.requires), version),
        competencies=tuple(
            _competency(one, f"{block.code}-{one.code}", around, library, numbers) for one in block.known_competencies
        ),
        known=block.competencies is not None,
        complete=block.complete,
        count=_count(block),
    )


def _count(block: Block) -> str:
    if block.competencies is None:
        return say("compétences non lues")
    return say_n("{count} compétence", "{count} compétences", len(block.competencies))


def _of_block(block: Block, version: Referential, numbers: Mapping[str, int]) -> Iterator[Fact]:
    if block.aliases:
        yield Fact(name=say("Autres intitulés"), lines=block.aliases)
    if block.codes:
        yield Fact(name=say("Ailleurs"), lines=(", ".join(map(code, block.codes)),))
    if _is_known(block.assessment) or version.award is not None:
        told = _stated(say("Évaluation"), assessment(block.assessment), block.assessment, version.confidence, numbers)
        yield told.model_copy(update={"unknown": not _is_known(block.assessment)})
    if told_hours := durations(block.hours):
        yield _stated(say("Durées"), told_hours, block.hours, version.confidence, numbers)
    if block.prerequisites:
        yield Fact(name=say("Avant ce bloc"), lines=(block.prerequisites,))
    if block.note:
        yield Fact(name=say("Remarque"), lines=(block.note,))


def _is_known(value: Assessment) -> bool:
    return any(one is not None for one in (value.form, value.hours, value.cost))


def _competency(
    one: Competency, id: str, around: Confidence, library: Library, numbers: Mapping[str, int]
) -> CompetencyView:
    return CompetencyView(
        id=id,
        code=one.code,
        title=one.title or "",
        sure=_sure(one, around),
        cites=_cites(one, numbers),
        elements=one.elements,
        criteria=one.criteria,
        before=anchors(library, one.requires.strict),
        advised=anchors(library, one.requires.advised),
    )


# -- holes ----------------------------------------------------------------------------------------------------------------


def _holes(found: tuple[Hole, ...], library: Library) -> tuple[HolesView, ...]:
    """What is not known, part by part; of the whole first."""
    places: dict[str, list[str]] = {}
    for hole in found:
        places.setdefault(hole.where, []).append(_HOLES.get(hole.what, hole.what))
    return tuple(HolesView(where=_place(where, library), what=tuple(what)) for where, what in places.items())


def _place(where: str, library: Library) -> Anchor:
    if "/" not in where:
        return Anchor(href="", label=say("La certification"))
    inside = where.partition("/")[2]
    full = anchor(library, where)
    return Anchor(href=f"#{inside.replace('/', '-')}", label=called(library, where).partition(" — ")[0] or full.label)
