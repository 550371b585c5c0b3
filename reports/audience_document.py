"""Who an offer leads to a target on paper (*publics d'une offre*): those who get there and in how much, the others, and what to add.

Each line is a public that holds one thing and nothing else. What is acquired by right names its text; what is missing is named, and
what is not known says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from pathways.audience import Audience, Public
from pathways.one_more import Needed, OneMore
from pathways.pathway import Status
from referentials.library import Library
from referentials.model import Referential
from referentials.provenance import Value
from reports import cells
from reports.document import Document
from reports.impasse_wording import lacks
from reports.language import say, say_n, spoken
from reports.library_wording import source
from reports.names import called, in_words
from reports.notice_wording import version_notice
from reports.paper import Block, Cell, ColumnKind, Facts, Items, Notice, Paper, Section, Table, Text, Tone
from reports.reason_wording import code_of
from reports.typesetting import set_in_type
from reports.wording import date_in_letters, enumeration


class Publics(Value):
    """The publics of an offer in front of a target, and what one more module would open."""

    audience: Audience = Field(description="Les publics, un par un.")
    one_more: OneMore = Field(description="Ce qu'ouvrirait un module de plus.")


def audience_document(publics: Publics, library: Library) -> Document:
    """The sheet of the publics of an offer, in the language that is spoken.

    Parameters
    ----------
    library : Library
        The one that the publics were worked out from: it has the titles and the texts.

    Returns
    -------
    Document
        Its main table has a line for each public that reaches the target.
    """
    found, told = publics.audience, _Telling(publics.audience, library)
    titles = {one.id: one.title for one in library.offers}
    paper = Paper(
        kind=say("Publics d'une offre"),
        title=say("Vers {target} : quels publics ?", target=called(found.target, library)),
        subtitle=say(
            "Avec {offers}, le {day}",
            offers=enumeration([titles.get(one, one) for one in found.offers]),
            day=date_in_letters(found.on),
        ),
        language=spoken(),
        day=found.on,
        reference=" · ".join([*found.offers, found.target]),
        illustrative=any(one.illustrative for one in found.publics),
        opening=tuple(_opening(publics, told)),
        sections=tuple(_sections(publics, told)),
    )
    return set_in_type(Document(paper=paper, data=publics, main=say("Publics amenés")))


def _opening(publics: Publics, told_of: _Telling) -> Iterator[Block]:
    every = publics.audience.publics
    led = [one for one in every if one.is_led]
    yield Text(text=_sentence(len(led), len(every)), strong=True)
    told = (
        (say("publics amenés"), len(led)),
        (say("publics pas encore amenés"), len(every) - len(led)),
        (say("trous de l'offre"), len(publics.one_more.holes)),
    )
    yield Facts(facts=tuple(cells.fact(name, cells.count(count)) for name, count in told), large=True)
    for sentence in told_of.notices():
        yield Notice(text=sentence, tone=Tone.WARNING)
    if any(one.illustrative for one in every):
        yield Notice(text=say("Des modules de cette offre sont inventés, pour la démonstration."), tone=Tone.WARNING)


def _sentence(led: int, every: int) -> str:
    if not led:
        return say("Cette offre ne mène encore personne à elle seule jusqu'au bout.")
    return say_n(
        "Cette offre mène {count} public sur {every} jusqu'au bout.",
        "Cette offre mène {count} publics sur {every} jusqu'au bout.",
        led,
        every=every,
    )


def _sections(publics: Publics, told: _Telling) -> Iterator[Section]:
    led = [one for one in publics.audience.publics if one.is_led]
    others = [one for one in publics.audience.publics if not one.is_led]
    nobody: Block = Text(text=say("Personne encore."))
    yield Section(id="amenes", title=say("Ceux que l'offre amène"), blocks=(_led(led, told) if led else nobody,))
    if others:
        yield Section(
            id="pas-encore",
            title=say("Ceux qu'elle n'amène pas encore"),
            blocks=(_not_led(others, publics.one_more, told),),
        )
    yield Section(
        id="un-module-de-plus",
        title=say("Ce qu'un module de plus ouvrirait"),
        blocks=tuple(_openings(publics.one_more, told)),
    )
    yield _reading(publics)


def _led(some: list[Public], told: _Telling) -> Table:
    return Table(
        name=say("Publics amenés"),
        caption=say("Chaque public, de celui qui arrive avec le moins d'heures à celui qui en demande le plus"),
        columns=(
            cells.column(say("Qui détient"), weight=2.2),
            cells.column(say("Heures"), ColumnKind.HOURS),
            cells.column(say("Prix"), ColumnKind.EUROS),
            cells.column(say("Modules"), ColumnKind.COUNT, weight=0.8),
            cells.column(say("Acquis de droit"), weight=1.4),
            cells.column(say("Par quel texte"), weight=2.4),
            cells.column(say("Réponse"), weight=1.4),
        ),
        rows=tuple(told.led(one) for one in some),
    )


def _not_led(some: list[Public], more: OneMore, told: _Telling) -> Table:
    needed = {one.ref: one for one in more.publics}
    return Table(
        name=say("Pas encore amenés"),
        caption=say("Ce qui manque à chaque public"),
        columns=(
            cells.column(say("Qui détient"), weight=2.2),
            cells.column(say("Acquis de droit"), weight=1.4),
            cells.column(say("Ce qui manque"), weight=4),
            cells.column(say("Modules à ajouter, au moins"), ColumnKind.COUNT, weight=1.2),
        ),
        rows=tuple(told.not_led(one, needed.get(one.start)) for one in some),
    )


def _openings(more: OneMore, told: _Telling) -> Iterator[Block]:
    if not more.openings:
        sentence = say("Aucun module seul n'ouvrirait ni ce titre à un public de plus, ni un bloc de plus.")
        yield Text(text=sentence if more.holes else say("L'offre n'a pas de trou face à ce titre."))
    else:
        yield Items(items=tuple(told.opening(one.hole, len(one.publics), len(one.blocks)) for one in more.openings))
        yield Table(
            name=say("Modules à ajouter"),
            caption=say("Ce qu'ouvrirait un module de plus, tout le reste étant inchangé"),
            columns=(
                cells.column(say("Un module sur"), weight=3),
                cells.column(say("Publics amenés au titre"), weight=3),
                cells.column(say("Blocs qui deviennent accessibles"), weight=3),
            ),
            rows=tuple(
                (
                    cells.text(told.named(one.hole)),
                    cells.text("\n".join(told.start(start) for start in one.publics)),
                    cells.text("\n".join(told.named(ref) for ref in one.blocks)),
                )
                for one in more.openings
            ),
        )
    if not more.complete:
        yield Notice(text=say("Toutes les possibilités n'ont pas pu être essayées."), tone=Tone.WARNING)


def _reading(publics: Publics) -> Section:
    silent = say_n(
        "Aucun texte lu ne dit rien de {count} autre diplôme : qui le détient part comme sans diplôme.",
        "Aucun texte lu ne dit rien des {count} autres diplômes : qui les détient part comme sans diplôme.",
        publics.audience.silent,
    )
    items = (
        say("Chaque public détient ce diplôme et rien d'autre : ni autre titre, ni expérience."),
        say("Ce qui est à confirmer n'est pas compté comme acquis."),
        silent,
        say("La durée d'un module à ajouter n'est pas connue : elle n'est pas comptée."),
    )
    return Section(id="lecture", title=say("Pour lire ce document"), blocks=(Items(items=items),))


class _Telling:
    """The words of one audience."""

    def __init__(self, found: Audience, library: Library) -> None:
        self.found, self.library, self.target = found, library, found.target
        version = library.find(found.target)
        assert isinstance(version, Referential)
        self.version = version
        blocks = {f"{found.target}/{block.code}": block for block in version.known_blocks}
        self.titles: Mapping[str, str | None] = {ref: block.title for ref, block in blocks.items()}
        self.rights = {one.id: one for one in library.recognitions}

    def notices(self) -> Iterator[str]:
        """What must be known of the version aimed at."""
        for code in self.found.notices:
            sentence = version_notice(code, self.target, self.found.on, self.version, self.found.valid_until)
            yield in_words(sentence, self.library)

    def start(self, ref: str) -> str:
        """What a public holds."""
        return called(ref, self.library) if ref else say("Rien : sans diplôme")

    def named(self, ref: str) -> str:
        """A part of the target."""
        return called(ref, self.library, within=self.target)

    def opening(self, hole: str, publics: int, blocks: int) -> str:
        """What a module on a hole would open, in a sentence."""
        title = called(self.target, self.library)
        if publics:
            return say_n(
                "Un module sur {hole} ouvrirait {target} à {count} public.",
                "Un module sur {hole} ouvrirait {target} à {count} publics.",
                publics,
                hole=self.named(hole),
                target=title,
            )
        return say_n(
            "Un module sur {hole} rendrait {count} bloc accessible.",
            "Un module sur {hole} rendrait {count} blocs accessibles.",
            blocks,
            hole=self.named(hole),
        )

    def led(self, one: Public) -> tuple[Cell, ...]:
        """The line of a public that reaches the target."""
        told = one.totals
        return (
            cells.text(self.start(one.start)),
            cells.in_hours(told.hours, at_least=bool(told.unknown_hours or told.unknown_assessment_hours)),
            cells.in_euros(told.cost, at_least=bool(told.unknown_cost or told.unknown_assessment_cost)),
            cells.count(told.modules),
            self._by_right(one),
            cells.text(self._texts(one)),
            _answer(one.status),
        )

    def not_led(self, one: Public, needed: Needed | None) -> tuple[Cell, ...]:
        """The line of a public that does not."""
        count = needed.count if needed else None
        more = cells.count(count) if count is not None else cells.text(say("même tous n'y suffiraient pas"))
        missing = "\n".join(lacks(one.lacks, self.titles)) or say("La réponse n'est pas connue : le temps a manqué.")
        return (
            cells.text(self.start(one.start)),
            self._by_right(one),
            cells.text(in_words(missing, self.library, self.target)),
            cells.unknown() if one.status is Status.UNKNOWN else more,
        )

    def _by_right(self, one: Public) -> Cell:
        if not one.by_right:
            return cells.text("")
        if len(one.by_right) == one.blocks:
            return cells.text(say("tous les blocs"), Tone.BY_RIGHT)
        return cells.text(enumeration([code_of(ref) for ref in one.by_right]), Tone.BY_RIGHT)

    def _texts(self, one: Public) -> str:
        texts = (self.rights[name].source for name in one.rights if name in self.rights)
        return "\n".join(source(text.model_copy(update={"url": None, "checked_on": None})) for text in texts)


def _answer(status: Status) -> Cell:
    if status is Status.HELD:
        return cells.text(say("tout est acquis"), Tone.BY_RIGHT)
    if status is Status.OPTIMAL:
        return cells.text(say("prouvée la meilleure"), Tone.BY_PROOF)
    return cells.text(say("trouvée, peut-être pas la meilleure"), Tone.TO_CONFIRM)
