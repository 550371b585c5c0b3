"""One of our offers → a LHEO or an EDOF catalogue (*catalogue de formations*), with the codes of the blocks that it prepares.

A module is a *formation*; its sessions are grouped in *actions* by place. What a catalogue asks for and that we do not know stays out
of the file, and is told: nothing is made up to please a schema. For the same reason, a module invented for a demonstration is never
written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from referentials.absence import UnknownReference
from referentials.formats.lheo_action import write_actions
from referentials.formats.lheo_codes import is_block_code
from referentials.formats.lheo_sheet import Sheet, Style
from referentials.formats.losses import Losses
from referentials.library import Library
from referentials.model import Block, Competency, Referential
from referentials.offer import Module, Offer
from referentials.requirement import AllOf, Held, Requirement
from referentials.writer import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

_HELD = {"id", "title", "hours", "price", "prepares", "develops", "requires", "languages", "sessions", "available"}
_INVENTED = "Un module inventé pour la démonstration ne va pas dans un catalogue : il n'est pas écrit"


def catalogue(
    library: Library, offers: Sequence[tuple[Offer, Sequence[Module]]], style: Style, losses: Losses
) -> bytes:
    """The file of these modules. What its encoding cannot write (œ, ’) becomes a numeric entity: no letter is lost."""
    from lxml import etree

    namespaces: Any = {None: style.namespace}
    root = etree.Element("lheo", nsmap=namespaces)
    home = etree.SubElement(root, "offres")
    for offer, modules in offers:
        losses.fields(plain(offer), {"body", "modules", "illustrative"}, offer.id)
        for module in modules:
            reference = f"{offer.id}:{module.id}"
            if offer.is_illustrative(module):
                losses.add("demonstration", _INVENTED, reference, "Retirez la mention si le module est réel.")
            else:
                _Formation(library, offer, module, Sheet(style, losses, reference)).write(home)
    etree.indent(root)
    content: Any = etree.tostring(root, encoding=style.encoding, xml_declaration=True)
    return bytes(content) + b"\n"


class _Formation:
    """One module on its way into the file."""

    def __init__(self, library: Library, offer: Offer, module: Module, sheet: Sheet) -> None:
        self._library, self._offer, self._module, self._sheet = library, offer, module, sheet
        self._add, self._style = sheet.add, sheet.style
        self._blocks = self._coded_blocks()

    def write(self, home: _Element) -> None:
        module, add, style = self._module, self._add, self._style
        is_held = style.is_edof and module.funding.cpf is not False and not module.funding.note
        held = _HELD | ({"funding"} if is_held else set())
        self._sheet.losses.fields(plain(module), held, self._sheet.where)
        formation = add(home, "formation", numero=module.id)
        add(formation, "intitule-formation", self._sheet.cut(module.title, style.title))
        self._sheet.told(formation, "objectif-formation", self._aim())
        self._sheet.missing("resultats-attendus", "contenu-formation")
        if not style.is_edof:
            add(formation, "certifiante", "1" if module.prepares else "0")
        self._certifications(formation)
        write_actions(formation, module, self._blocks, self._sheet)
        self._body(formation)
        if not style.is_edof:
            add(formation, "identifiant-module", module.id)
            self._prerequisites(formation)
        elif module.requires is not None:
            self._sheet.lost("requires", "EDOF n'a pas de place pour les modules préalables")
        if style.is_edof or not (
            module.sessions or (module.available and module.available.start and module.available.end)
        ):
            self._extra_blocks(formation)

    # -- what it leads to

    def _aim(self) -> str:
        """The competencies that the module develops, by their titles: a fact, and what a reader of a catalogue looks for."""
        titles = []
        for one in self._module.develops:
            item = self._item(one.competency)
            title = item.title if isinstance(item, Competency) else None
            titles.append(f"- {title or one.competency}" + (f" (niveau {one.level})" if one.level is not None else ""))
        if titles:
            self._sheet.lost("develops", "Les compétences développées ne sont écrites qu'en texte")
        return "\n".join(titles)

    def _item(self, reference: str) -> Any:
        try:
            return self._library.find(reference)
        except UnknownReference:
            return None

    def _coded_blocks(self) -> dict[str, list[tuple[str, str]]]:
        """The code and the title of each block prepared, by the code of its fiche."""
        found: dict[str, list[tuple[str, str]]] = {}
        for reference in self._module.prepares:
            block = self._item(reference)
            own = reference.rpartition("/")[2]
            codes = [code.code for code in block.codes] if isinstance(block, Block) else []
            code = next((code for code in [own, *reversed(codes)] if is_block_code(code)), None)
            if code is None:
                message = "Des blocs préparés n'ont pas de code au répertoire national"
                self._sheet.losses.add("code-bloc", message, reference)
                continue
            title = (block.title if isinstance(block, Block) else None) or code
            found.setdefault(code.partition("BC")[0], []).append((code, title))
        return found

    def _certifications(self, formation: _Element) -> None:
        fiches = list(self._blocks) or list(self._fiches())
        for fiche in fiches:
            name = "code-RS" if fiche.startswith("RS") else "code-RNCP"
            self._add(self._add(formation, "certification"), name, fiche)
        if not fiches:
            self._sheet.missing("certification")

    def _fiches(self) -> Iterator[str]:
        """The number of each certification that is prepared whole: named alone, a fiche means every block of it."""
        prepared = set(self._module.prepares)
        for key in dict.fromkeys(reference.partition("/")[0] for reference in self._module.prepares):
            item = self._item(key)
            if isinstance(item, Referential) and item.known_blocks and item.complete:
                whole = {f"{key}/{block.code}" for block in item.known_blocks} <= prepared
                codes = item.codes.rncp or item.codes.rs
                if whole and codes:
                    yield codes[-1].code

    def _extra_blocks(self, formation: _Element) -> None:
        codes = [code for blocks in self._blocks.values() for code, _title in blocks]
        if codes:
            extras = self._add(self._add(formation, "extras", info="formation"), "extras", info="blocs-competences")
            for code in codes:
                self._add(extras, "extra", code, info="code-bloc")

    def _prerequisites(self, formation: _Element) -> None:
        modules = list(self._modules_before(self._module.requires))
        if modules:
            home = self._add(formation, "modules-prerequis")
            for module in modules:
                self._add(home, "reference-module", module)

    def _modules_before(self, requirement: Requirement | None) -> Iterator[str]:
        """The modules of this offer that all come before; any other condition is told as lost."""
        for part in requirement.all_of if isinstance(requirement, AllOf) else filter(None, [requirement]):
            own = f"{self._offer.id}:"
            if isinstance(part, Held) and part.root.startswith(own):
                yield part.root.removeprefix(own)
            else:
                message = "Des conditions autres que des modules préalables ne sont pas écrites"
                self._sheet.lost("conditions", message)

    # -- the body

    def _body(self, formation: _Element) -> None:
        body = self._offer.body
        home = self._add(formation, "organisme-formation-responsable")
        if body.siret:
            self._add(self._add(home, "SIRET-organisme-formation"), "SIRET", body.siret)
        else:
            self._sheet.missing("SIRET")
        self._add(home, "nom-organisme", self._sheet.cut(body.name, self._style.title))
        location: dict[str, Any] = plain(body.location) if body.location else {}
        if location:
            address = self._add(self._add(self._add(home, "coordonnees-organisme"), "coordonnees"), "adresse")
            for ours, theirs in (("postcode", "codepostal"), ("city", "ville")):
                if ours in location:
                    self._add(address, theirs, location[ours])
