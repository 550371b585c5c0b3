"""What remains, as text (*écart*): the blocks of a target with their state, the texts of the rights, the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.terminal.screen import Screen
from pathways.gap import BlockGap, EntryGap, Gap, State
from pathways.reasons import Caution
from referentials.model import Referential
from referentials.rights import Recognition
from reports.gap_wording import before, near_right, remaining, waiver
from reports.gap_wording import entry as worded_entry
from reports.library_wording import granted, source
from reports.notice_wording import version_notice
from reports.reason_wording import code_of, right, rights, state
from reports.wording import date_fr


def show_gap(screen: Screen, gap: Gap, target: Referential, texts: Iterable[Recognition] = ()) -> None:
    """The whole answer to ``gap``; ``texts`` name the reductions."""
    show_target(screen, gap.target, target)
    screen.line(f"Au {date_fr(gap.on)}.")
    screen.line()
    screen.line(remaining(gap), "bold")
    show_blocks(screen, gap.blocks, detailed=True)
    show_entry(screen, gap.entry)
    named = {text.id: text for text in texts}
    _list(screen, "Allègements qui jouent", (_reduction(one, named.get(one)) for one in gap.reductions))
    _list(screen, "Allègements à confirmer", (_reduction(one, named.get(one)) for one in gap.reductions_to_confirm))
    _list(screen, "Droits dont une partie est là", map(near_right, gap.near_rights))
    about = (gap.target, gap.on, target, gap.valid_until)
    _list(screen, "À savoir", (version_notice(code, *about) for code in gap.notices))


def _list(screen: Screen, title: str, texts: Iterable[str]) -> None:
    items = list(texts)
    if items:
        screen.title(title)
    for text in items:
        screen.item(text)


def _reduction(identifier: str, text: Recognition | None) -> str:
    if text is None:
        return identifier
    return f"{text.title or identifier} — {source(text.source)}"


def show_target(screen: Screen, ref: str, target: Referential) -> None:
    """What is aimed at."""
    part = f", {code_of(ref)}" if "/" in ref else ""
    screen.line(f"{target.title}{part} — {ref}", "bold")


def show_blocks(screen: Screen, blocks: Sequence[BlockGap], *, detailed: bool = False) -> None:
    """The blocks with their state and the texts of the rights; ``detailed``: their competencies too."""
    screen.title("Blocs")
    if not blocks:
        screen.line("Les blocs ne sont pas connus.", indent=2)
    told: dict[str, str] = {}
    column = max((len(code_of(block.ref)) for block in blocks), default=0) + 2
    for block in blocks:
        title = block.title or "intitulé non connu"
        screen.field(code_of(block.ref), f"{state(block.state)} — {title}", column=column, indent=2)
        _because(screen, block, 2 + column, told)
        for text in (*map(waiver, block.waivers), before(block)):
            screen.line(text, indent=2 + column) if text else None
        if not block.known:
            screen.line("compétences non connues en entier", indent=2 + column)
        if detailed:
            _competencies(screen, block, 2 + column)
        elif block.state is State.PARTIAL:
            held = sum(item.state is not State.MISSING for item in block.competencies)
            screen.line(f"{held} compétences sur {len(block.competencies)} acquises ou à confirmer", indent=2 + column)


def _because(screen: Screen, block: BlockGap, indent: int, told: dict[str, str]) -> None:
    """The texts of the rights to a block, each in full once, and the diploma that opens them."""
    held = [reason.fact for reason in block.because if reason.how == "held"]
    options = [reason.fact for reason in block.because if Caution.OPTIONAL_PART in reason.cautions]
    for reason in rights(block.because):
        text = " — ".join([right(reason), *_premises(held)])
        first = told.setdefault(text, code_of(block.ref))
        screen.line(text if first == code_of(block.ref) else f"même texte que {first}", indent=indent)
    if options:
        screen.line(f"il suffit que vous ayez eu : {granted(options)}", indent=indent)
    if held and block.state is State.BY_PROOF:
        screen.line(f"détenu : {granted(held)}", indent=indent)


def _premises(held: Sequence[str]) -> list[str]:
    """What opens a right: what is held, then the conditions that the person's file must confirm."""
    items = [fact for fact in held if not fact.startswith("?")]
    conditions = [fact[1:] for fact in held if fact.startswith("?")]
    told = [f"détenu : {granted(items)}"] if items else []
    return told + ([f"condition : {', '.join(conditions)}"] if conditions else [])


def _competencies(screen: Screen, block: BlockGap, indent: int) -> None:
    if block.state in (State.BY_RIGHT, State.BY_PROOF):
        return
    for item in block.competencies:
        level = "" if item.held is None else f", niveau {item.held} atteint"
        title = f" — {item.title}" if item.title else ""
        screen.item(f"{item.ref.rpartition('/')[2]} : {state(item.state)}{level}{title}", indent=indent)


def show_entry(screen: Screen, entry: EntryGap) -> None:
    """Where the person stands on what is asked at the door."""
    screen.title("Entrée")
    first, *rest = worded_entry(entry)
    screen.line(first, indent=2)
    for text in rest:
        screen.line(text, indent=4)
    for reason in rights(entry.because):
        screen.line(right(reason), indent=4)
    if entry.description:
        screen.line(entry.description, indent=4)
    for test in entry.tests:
        screen.item(f"épreuve : {test}", indent=4)
