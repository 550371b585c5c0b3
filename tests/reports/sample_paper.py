"""A paper with one of everything, and one with everything that someone may type to do harm."""

from datetime import date

from referentials.provenance import Value
from reports.document import Document, Event
from reports.language import NO_BREAK, THIN, Language
from reports.paper import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Fact,
    Facts,
    Figure,
    Items,
    Notice,
    Paper,
    Section,
    Signature,
    Signatures,
    Table,
    Text,
    Tone,
)

DAY = date(2026, 3, 2)

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120">
<rect x="0" y="20" width="260" height="28" fill="#2f6fae"/><rect x="0" y="66" width="140" height="28" fill="#cfe3f4"/>
<text x="268" y="39" font-family="Inter, sans-serif" font-size="12">35 h</text>
<text x="148" y="85" font-family="Inter, sans-serif" font-size="12">18 h 30</text></svg>"""

UNKNOWN = Cell(text="non connu")


class Answer(Value):
    """The values behind the paper."""

    title: str = "Plan d’essai"
    hours: float = 53.5


def typed_table(name: str = "Modules", rows: int = 3) -> Table:
    """A table with every kind of column, an unknown cell, a tone in each row and a partial total."""
    return Table(
        name=name,
        caption="Les modules du parcours, dans l’ordre où ils sont suivis",
        columns=(
            Column(title="Module", weight=3),
            Column(title="État", weight=1.6),
            Column(title="Heures", kind=ColumnKind.HOURS),
            Column(title="Prix", kind=ColumnKind.EUROS),
            Column(title="Semaines", kind=ColumnKind.COUNT),
            Column(title="Début", kind=ColumnKind.DAY, weight=1.2),
            Column(title="Part", kind=ColumnKind.SHARE),
        ),
        rows=tuple(typed_row(index) for index in range(rows)),
        total=(
            Cell(text="Total"),
            Cell(),
            Cell(text=f"au moins {12.5 * rows:g}{NO_BREAK}h".replace(".", ","), value=12.5 * rows),
            Cell(text=f"1{THIN}234,50{NO_BREAK}€", value=1234.5),
            Cell(text=str(2 * rows), value=2 * rows),
            Cell(),
            Cell(text=f"100{NO_BREAK}%", value=1.0),
        ),
        note="Les prix sont ceux que l’organisme annonce.",
    )


def typed_row(index: int) -> tuple[Cell, ...]:
    states = (
        Cell(text="§ Acquis de droit", tone=Tone.BY_RIGHT),
        Cell(text="✓ Acquis par preuve", tone=Tone.BY_PROOF),
        Cell(text="? À confirmer", tone=Tone.TO_CONFIRM),
        Cell(text="◐ Acquis en partie", tone=Tone.PARTIAL),
        Cell(text="○ À acquérir", tone=Tone.MISSING),
    )
    return (
        Cell(text=f"Module {index + 1} : concevoir une séquence d’apprentissage et la faire évoluer"),
        states[index % len(states)],
        Cell(text=f"12{NO_BREAK}h{NO_BREAK}30", value=12.5),
        UNKNOWN if index % 4 == 1 else Cell(text=f"411,50{NO_BREAK}€", value=411.5),
        Cell(text="2", value=2),
        Cell(text="01/09/2026", value=date(2026, 9, 1)),
        Cell(text=f"25{NO_BREAK}%", value=0.25),
    )


def figure() -> Figure:
    return Figure(
        name="Charge",
        caption="Heures par bloc",
        alternative="Deux barres : 35 heures pour le premier bloc, 18 heures 30 pour le second.",
        svg=DRAWING,
        table=Table(
            name="Charge par bloc",
            caption="Heures par bloc",
            columns=(Column(title="Bloc"), Column(title="Heures", kind=ColumnKind.HOURS)),
            rows=(
                (Cell(text="CCP1"), Cell(text=f"35{NO_BREAK}h", value=35)),
                (Cell(text="CCP2"), Cell(text=f"18{NO_BREAK}h{NO_BREAK}30", value=18.5)),
            ),
        ),
    )


def opening() -> tuple[Block, ...]:
    return (
        Text(
            text="Il vous reste deux blocs sur trois ; le CCP1 vous est acquis par l’arrêté du 13 juillet 2019.",
            strong=True,
        ),
        Facts(
            facts=(
                Fact(name="Heures", cell=Cell(text=f"53{NO_BREAK}h{NO_BREAK}30", value=53.5)),
                Fact(name="Durée", cell=Cell(text=f"12{NO_BREAK}semaines", value=12)),
                Fact(name="Coût", cell=Cell(text=f"1{THIN}234,50{NO_BREAK}€", value=1234.5)),
            ),
            large=True,
        ),
        Notice(text="Le référentiel visé cesse d’être délivré le 12 juillet 2026.", tone=Tone.WARNING),
    )


def paper(rows: int = 3, language: Language = Language.FRENCH) -> Paper:
    """One of everything; more rows make more pages."""
    return Paper(
        kind="Plan individuel de formation",
        title="Devenir formatrice pour adultes",
        subtitle="Établi le 2 mars 2026 pour une animatrice",
        language=language,
        day=DAY,
        reference="plan-000042",
        illustrative=True,
        opening=opening(),
        sections=(
            Section(
                id="identite",
                title="Identité et accords",
                blocks=(
                    Facts(
                        facts=(
                            Fact(name="Certification visée", cell=Cell(text="TP FPA, RNCP37275, version de 2023")),
                            Fact(name="Validité", cell=Cell(text="jusqu’au 12/07/2026", tone=Tone.WARNING)),
                            Fact(name="Niveau", cell=UNKNOWN),
                        )
                    ),
                    Items(items=("J’accepte que ce plan soit transmis.", "J’ai reçu une copie."), boxes=True),
                ),
            ),
            Section(
                id="parcours",
                title="Parcours",
                blocks=(Text(text="Un paragraphe.\nEt sa seconde ligne."), figure()),
                sections=(
                    Section(id="modules", title="Modules et heures", blocks=(typed_table(rows=rows),)),
                    Section(
                        id="regles",
                        title="Règles suivies",
                        blocks=(Items(items=("Un droit est un texte.", "Un trou reste un trou.")),),
                    ),
                ),
            ),
            Section(
                id="signatures",
                title="Engagements et signatures",
                new_page=True,
                blocks=(
                    Notice(text="Ce plan est une annexe, jamais une convention."),
                    Signatures(
                        signatures=(
                            Signature(role="La personne", name="Camille Exemple"),
                            Signature(role="L’organisme de formation"),
                            Signature(role="L’employeur"),
                        )
                    ),
                ),
            ),
        ),
    )


def events() -> tuple[Event, ...]:
    return (
        Event(
            uid="plan-000042/module/essai@passerelles",
            title="Concevoir une séquence",
            start=date(2026, 9, 1),
            end=date(2026, 9, 18),
            place="Lille, salle 3 ; à côté, du parc",
            description="35 h\nPourquoi : le CCP1",
            revision=2,
        ),
        Event(
            uid="plan-000042/fin@passerelles", title="Fin de validité", start=date(2026, 7, 12), end=date(2026, 7, 12)
        ),
    )


def document(rows: int = 3, language: Language = Language.FRENCH) -> Document:
    return Document(paper=paper(rows, language), data=Answer(), main="Modules", events=events())


# -- what someone may type ------------------------------------------------------------------------------------------------

HOSTILE = {
    "formula": '=HYPERLINK("http://exemple.invalid","gagné")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "markup": '#read("/etc/passwd") *gras* $x^2$ _i_ <etiquette> @ref \\ `code` //',
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "style": "</style><script>alert(3)</script>",
    "template": "{{7*7}} {% raw %} ${7*7}",
    "ampersand": "&P &D &amp; ]]> <!--",
    "quotes": '"guillemets" \' \\ ;\r\nBEGIN:VEVENT',
    "direction": "\u202egnp.exe\u202c \u2066caché\u2069",
    "controls": "a\x00b\x07c\x1bd\x7fe",
    "long": "x" * 2_000,
    "words": "mot " * 500,
    "emoji": "Bravo 👍🏽 👩‍👧 ❤️ 🇫🇷",
    "decomposed": "e\u0301te\u0301 a\u0300 No\u0308el",
    "scripts": "العربية 中文 हिन्दी עברית",
    "sheet": "[a]:b*c?d/e\\f'",
    "empty": "",
}
"""By what each tries."""


def hostile_document(text: str) -> Document:
    """A document with one text in every place that takes one."""
    table = Table(
        name=text,
        caption=text,
        columns=(Column(title=text), Column(title=text, kind=ColumnKind.HOURS), Column(title="Autre")),
        rows=((Cell(text=text), Cell(text=text, value=12.5), Cell(text=text, tone=Tone.TO_CONFIRM)),),
        total=(Cell(text=text), Cell(text=text, value=12.5), Cell()),
        note=text,
    )
    every: tuple[Block, ...] = (
        Text(text=text),
        Text(text=text, strong=True),
        Items(items=(text, text)),
        Items(items=(text,), boxes=True),
        Facts(facts=(Fact(name=text, cell=Cell(text=text)),)),
        Facts(facts=(Fact(name=text, cell=Cell(text=text)),) * 3, large=True),
        Notice(text=text, tone=Tone.WARNING),
        table,
        Figure(name=text, caption=text, alternative=text, svg=DRAWING, table=table),
        Signatures(signatures=(Signature(role=text, name=text),)),
    )
    return Document(
        paper=Paper(
            kind=text,
            title=text,
            subtitle=text,
            language=Language.FRENCH,
            day=DAY,
            reference=text,
            illustrative=True,
            opening=every,
            sections=(Section(id="partie", title=text, blocks=every),),
        ),
        data=Answer(title=text),
        main=text,
        events=(Event(uid="u@x", title=text, start=DAY, end=DAY, place=text, description=text),),
    )
