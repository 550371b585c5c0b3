"""A training plan as text (*plan de formation*): three numbers, one sentence, then blocks, steps, and what could change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from api.terminal.gap_page import show_blocks, show_entry, show_target
from api.terminal.screen import Screen
from pathways.gap import State
from pathways.offering import SetAside
from pathways.pathway import Front, Pathway, Status, Step, StepKind, Totals, Without
from pathways.profile import CanGive, PeriodUnit
from referentials.library import Library
from referentials.model import Referential
from reports import front_wording
from reports.impasse_wording import core, notices, way_out
from reports.pathway_wording import (
    brought,
    exchange,
    figures,
    if_confirmed,
    quality,
    set_aside,
    shortened_by,
    step_dates,
    step_load,
    step_title,
    summary,
    sums,
    unit_of,
    without,
)
from reports.reason_wording import caution, code_of, enumeration
from reports.wording import date_fr

MOST_SHOWN = 8
"""How many confirmations and alternatives are shown; all are in the JSON."""


class PlanPage:
    """The page of one answer.

    Parameters
    ----------
    give : CanGive
        The limits the answer was computed with.
    """

    def __init__(self, screen: Screen, pathway: Pathway, give: CanGive, library: Library) -> None:
        self.screen, self.pathway, self.give, self.library = screen, pathway, give, library
        self.unit: PeriodUnit = unit_of(give)
        item = library.find(pathway.target.partition("/")[0])
        assert isinstance(item, Referential)
        self.target = item

    def show(self) -> None:
        """Write the whole page."""
        self._head()
        if self.pathway.conflict is not None:
            self._impasse()
        elif self.pathway.status is Status.INFEASIBLE:
            self.screen.line("Pour savoir ce qui l'empêche, relancez sans --no-explain.")
        show_blocks(self.screen, self.pathway.gap.blocks)
        entry = self.pathway.gap.entry
        if self.pathway.status is not Status.HELD and (entry.state is not State.BY_PROOF or entry.tests):
            show_entry(self.screen, entry)
        self._steps()
        self._list("À confirmer", (if_confirmed(one, self.unit) for one in self.pathway.if_confirmed))
        self._without()
        self._alternatives()
        self._front()
        self._list("Modules écartés", set_aside(self._set_aside()))
        self._list("À savoir", (*notices(self.pathway, self.target), *self._where_to_look()))
        self._foot()

    def _where_to_look(self) -> Iterator[str]:
        """The command that tells more, for what a notice leaves open."""
        if "holes" in self.pathway.notices:
            yield f"Ce qui n'est pas connu : passerelles show {self.target.key} --holes"

    def _head(self) -> None:
        path = self.pathway
        show_target(self.screen, path.target, self.target)
        starts = f", premier jour possible le {date_fr(path.start)}" if path.start and path.start != path.on else ""
        self.screen.line(f"Demandé pour le {date_fr(path.on)}{starts}.")
        self.screen.line()
        if path.steps:
            self._figures(path.totals)
        self.screen.line(summary(path), "bold")
        if quality(path):
            verified = " Vérifié." if path.verified else ""
            self.screen.line(quality(path) + verified)

    def _figures(self, totals: Totals) -> None:
        told = figures(totals, self.unit)
        widths = [max(len(name), len(value)) + 2 for name, value in told]
        self.screen.row([value for _name, value in told], widths, "bold")
        self.screen.row([name for name, _value in told], widths, "dim")
        self.screen.line()

    def _impasse(self) -> None:
        conflict = self.pathway.conflict
        assert conflict is not None
        self._list("Ce qui l'empêche", core(conflict, self.pathway, self.give))
        end = self.target.valid.award_until or self.target.valid.end
        if end is not None and any(name in ("weekly_hours", "calendar") for name in conflict.core):
            self.screen.item(f"{self.target.key} peut être obtenu jusqu'au {date_fr(end)}.")
        self._list("Pour que ce soit possible", (way_out(way, self.give) for way in conflict.ways_out))

    # -- steps ------------------------------------------------------------------------------------------------------

    def _steps(self) -> None:
        near = self.pathway.within_reach
        if self.pathway.steps:
            self.screen.title("Étapes")
            self._numbered(self.pathway.steps)
        elif near is not None:
            parts = enumeration([code_of(ref) for ref in near.parts])
            self.screen.title(f"Ce qui peut déjà se préparer : {parts}")
            self.screen.line(sums(near.totals, self.unit), indent=2)
            self._numbered(near.steps)

    def _numbered(self, steps: Sequence[Step]) -> None:
        titles = {step.ref: step.title for step in steps if step.kind is StepKind.MODULE and step.title}
        for number, step in enumerate(steps, start=1):
            self.screen.line(step_title(step), lead=f"  {number:>2}. ", hang=6)
            details = (step_dates(step), step_load(step, titles))
            self.screen.line(" · ".join(part for part in details if part), indent=6) if any(details) else None
            self._grants(step)
            for one in step.cautions:
                self.screen.line(f"Attention : {caution(one)}", indent=6)
            if step.reduced_by:
                self.screen.line(f"allégé par : {shortened_by(step)}", indent=6)

    def _grants(self, step: Step) -> None:
        """What a step brings; an assessment brings its own block, which needs no line."""
        if step.kind is StepKind.MODULE and not step.grants:
            self.screen.line("apporte : ce que la suite demande d'abord", indent=6)
        elif step.kind is not StepKind.ASSESSMENT and step.grants and step.grants != (step.ref,):
            self.screen.line(f"apporte : {brought(step, self.pathway.gap)}", indent=6, hang=2)

    def _set_aside(self) -> Mapping[str, int]:
        """The modules left out, where that could matter: made-up ones are only missed by who has no plan."""
        path = self.pathway
        if path.status is Status.HELD:
            return {}
        found = path.status in (Status.OPTIMAL, Status.FEASIBLE)
        return {why: count for why, count in path.set_aside.items() if not found or why != SetAside.ILLUSTRATIVE}

    # -- what could change ------------------------------------------------------------------------------------------

    def _without(self) -> None:
        """What doing without each module costs; those that nothing replaces on one line."""
        valued = [one for one in self.pathway.without if not one.irreplaceable]
        said = [f"{self._swap(one)} : {without(one, self.unit)}" for one in valued]
        alone = [self._module(one.module) for one in self.pathway.without if one.irreplaceable]
        if alone:
            said.append(f"Sans {'lui' if len(alone) == 1 else 'eux'}, aucun parcours : {' ; '.join(alone)}")
        self._list("Sans ce module", said)

    def _swap(self, one: Without) -> str:
        """A module, and what takes its place."""
        mine = self._module(one.module)
        if not one.instead:
            return mine
        return f"{mine}, remplacé par {enumeration([self._module(ref) for ref in one.instead])}"

    def _alternatives(self) -> None:
        said = [f"{sums(one.totals, self.unit)} : {self._compared(one.modules)}" for one in self.pathway.alternatives]
        self._list("Autres parcours", said)

    def _front(self) -> None:
        """Every compromise, its figures in columns, then how its modules differ from those of the plan."""
        front = self.pathway.front
        if front is None:
            return
        self.screen.title(front_wording.title(front))
        if front.points:
            self._points(front)
        self.screen.line(front_wording.whole(front), indent=2)

    def _points(self, front: Front) -> None:
        rows = [front_wording.heads(front, self.unit), *(front_wording.cells(one, front) for one in front.points)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        self._columns(rows[0], widths, "", "dim")
        for row, point in zip(rows[1:], front.points, strict=True):
            self._columns(row, widths, self._compared(point.modules))

    def _columns(self, cells: Sequence[str], widths: Sequence[int], text: str, *styles: str) -> None:
        lead = "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        self.screen.line(text, *styles, lead=f"  {lead}  ", hang=len(lead) + 4)

    def _compared(self, modules: Sequence[str]) -> str:
        mine = [step.ref for step in self.pathway.steps if step.kind is StepKind.MODULE]
        if set(mine) == set(modules):
            return "ce parcours"
        return exchange(
            [self._module(ref) for ref in modules if ref not in mine],
            [self._module(ref) for ref in mine if ref not in modules],
        )

    def _module(self, ref: str) -> str:
        module = self.library.modules.get(ref)
        if module is None:
            return ref
        offer = next(one for one in self.library.offers if one.id == ref.partition(":")[0])
        made_up = ", illustratif" if offer.is_illustrative(module) else ""
        return f"{module.title} [{ref}{made_up}]"

    def _list(self, title: str, sentences: Iterable[str]) -> None:
        found = list(sentences)
        if found:
            self.screen.title(title)
        for sentence in found[:MOST_SHOWN]:
            self.screen.item(sentence)
        if len(found) > MOST_SHOWN:
            self.screen.item(f"et {len(found) - MOST_SHOWN} autres, tous donnés par --json")

    def _foot(self) -> None:
        path = self.pathway
        self.screen.line()
        checked = "Vérifié : rejoué étape par étape depuis le profil, sans le calcul. " if path.verified else ""
        made = f"Passerelles {path.engine} ; données : {', '.join(path.versions)}."
        self.screen.line(checked + made, "dim")
        if path.status is not Status.HELD and path.steps:
            self.screen.line("Coûts avant tout financement.", "dim")
