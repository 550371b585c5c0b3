"""How a module is given, in a LHEO or EDOF file (*actions et sessions*): places, dates, hours, price.

The sessions of a module make one *action* for each place. A module that starts freely has entries all year round, and for session the
period in which it is offered, when both its days are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from referentials.formats.lheo_codes import MIXED, ONSITE, REMOTE
from referentials.formats.lheo_sheet import Sheet
from referentials.offer import Module, ModuleHours, Session
from referentials.writer import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

Blocks = Mapping[str, Sequence[tuple[str, str]]]
"""The code and the title of each block, by the code of its fiche."""

_HELD = {"id", "start", "end", "place"}
_LANGUAGE = re.compile(r"[a-z]{2}")


def write_actions(formation: _Element, module: Module, blocks: Blocks, sheet: Sheet) -> None:
    """Every action of a module."""
    for place, sessions in _places(module.sessions):
        _Action(module, blocks, sheet).write(formation, place, sessions)


def _places(sessions: Sequence[Session]) -> Iterable[tuple[str, list[Session]]]:
    ordered = sorted(sessions, key=lambda one: (one.place or "", one.start, one.id))
    return [(place, list(some)) for place, some in groupby(ordered, key=lambda one: one.place or "")] or [("", [])]


class _Action:
    """One action on its way into the file."""

    def __init__(self, module: Module, blocks: Blocks, sheet: Sheet) -> None:
        self._module, self._blocks, self._sheet = module, blocks, sheet
        self._add = sheet.add

    def write(self, formation: _Element, place: str, sessions: Sequence[Session]) -> None:
        module, add = self._module, self._add
        action = add(formation, "action", numero=module.id)
        self._way(action)
        if place:
            add(add(add(add(action, "lieu-de-formation"), "coordonnees"), "adresse"), "ville", place)
        else:
            self._sheet.missing("lieu-de-formation")
        add(action, "modalites-entrees-sorties", "0" if sessions else "1")
        self._sessions(action, sessions)
        written = next((one for one in module.languages if _LANGUAGE.fullmatch(one.lower())), None)
        if written:
            add(action, "langue-formation", written.upper())
        if module.languages != (written,):
            self._sheet.lost("langues", "Une seule langue s'écrit, par son code de deux lettres")
        if not self._sheet.style.is_edof and module.price is not None:
            add(action, "prix-total-TTC", f"{module.price:.2f}")
        self._hours(action)
        if self._sheet.style.is_edof:
            self._fees(action)

    def _way(self, action: _Element) -> None:
        way = _way(self._module.hours)
        if way is None:
            self._sheet.missing("modalites-enseignement")
        else:
            self._add(action, "modalites-enseignement", way)

    def _sessions(self, action: _Element, sessions: Sequence[Session]) -> None:
        window = self._module.available
        for session in sessions:
            self._sheet.losses.fields(plain(session), _HELD, f"{self._sheet.where} {session.id}")
            self._session(action, session.id, session.start, session.end)
        if not sessions and window and window.start and window.end:
            self._session(action, self._module.id, window.start, window.end)
        elif not sessions:
            self._sheet.missing("session")
        if sessions and window:
            self._sheet.lost("available", "La période d'un module qui a des sessions n'est pas écrite")
        elif window and (window.start is None) != (window.end is None):
            self._sheet.lost("available", "La période d'un module n'est écrite que si ses deux jours sont connus")

    def _session(self, action: _Element, numero: str, start: Any, end: Any) -> None:
        home = self._add(action, "session", numero=numero)
        period = self._add(home, "periode")
        self._add(period, "debut", f"{start:%Y%m%d}")
        self._add(period, "fin", f"{end:%Y%m%d}")
        if not self._sheet.style.is_edof:
            self._session_blocks(home)

    def _session_blocks(self, home: _Element) -> None:
        add = self._add
        for fiche, blocks in self._blocks.items():
            group = add(home, "blocs-competences")
            name = "reference-code-RS" if fiche.startswith("RS") else "reference-code-RNCP"
            add(add(group, "reference-certification"), name, fiche)
            for code, title in blocks:
                block = add(group, "bloc-competences")
                add(block, "libelle-bloc", self._sheet.cut(title, self._sheet.style.title))
                add(block, "code-bloc", code)

    def _hours(self, action: _Element) -> None:
        hours, is_edof = self._module.hours, self._sheet.style.is_edof
        if hours is None:
            self._sheet.missing("nombre-heures-centre")
            return
        centre, firm = hours.onsite + hours.remote + hours.self_paced, hours.workplace + hours.placement
        named = [("total", hours.total)] if not is_edof else []
        if not hours.unspecified:
            named = [("centre", centre), ("entreprise", firm), *named]
        elif is_edof:
            self._sheet.missing("nombre-heures-centre")
        for name, value in named:
            self._add(action, f"nombre-heures-{name}", str(int(value + 0.5)))
            if value != int(value):
                self._sheet.lost("heures", "Les catalogues comptent en heures entières : les durées sont arrondies")
        if hours.modalities not in ((), ("onsite",), ("unspecified",)):
            self._sheet.lost("modalites", "Le détail des heures par modalité n'est pas écrit")

    def _fees(self, action: _Element) -> None:
        if self._module.price is None:
            self._sheet.missing("frais-pedagogiques")
            return
        extras = self._add(self._add(action, "extras", info="action"), "extras", info="frais-pedagogiques")
        self._add(extras, "extra", f"{self._module.price:.2f}", info="frais-ttc")
        self._sheet.missing("taux-tva", "frais-ht")


def _way(hours: ModuleHours | None) -> str | None:
    """On site, at a distance or both; unknown when any hour's modality is."""
    if hours is None or hours.unspecified:
        return None
    distant = bool(hours.remote or hours.self_paced)
    present = bool(hours.onsite or hours.workplace or hours.placement)
    return MIXED if distant and present else REMOTE if distant else ONSITE if present else None
