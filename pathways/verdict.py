"""A domain case → what is false in it (*verdict*): the rights and the gap that follow, against what the case says."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.cases import Case, ExpectedGap, ExpectedRights
from pathways.gap import Gap, State, gap, position
from pathways.holdings import held
from pathways.recognition import Closure, Rights


def failures(case: Case, rights: Rights) -> tuple[str, ...]:
    """What is false in a case, in sentences; nothing when it holds. Plans are not judged here."""
    found: list[str] = []
    if case.rights is not None:
        found += _RightsVerdict(case, case.rights, rights).failures()
    if case.gap is not None and case.target is not None:
        answer = gap(position(case.profile, case.target, rights, case.on, case.policy))
        found += _gap_failures(case.gap, answer)
    return tuple(found)


# -- rights ---------------------------------------------------------------------------------------------------------------


class _RightsVerdict:
    """What follows for the person of a case, against what the case says."""

    def __init__(self, case: Case, expected: ExpectedRights, rights: Rights) -> None:
        start = held(case.profile, rights.library, case.on, case.policy, rights.experiences)
        hopes = start.hopeful.union(rights.conditions)
        self.expected, self.rights, self.library = expected, rights, rights.library
        self.sure = rights.close(start.sure, case.on, case.policy)
        self.hopeful = rights.close(hopes, case.on, case.policy, hopeful=True)

    def failures(self) -> Iterator[str]:
        yield from self._facts()
        yield from self._waivers()
        yield from self._reductions()
        yield from self._proofs()

    def _full(self, texts: tuple[str, ...]) -> Iterator[str]:
        for text in texts:
            reference, mark, level = text.partition("#")
            found = self.library.expand(reference)
            yield from ((full + mark + level for full in found) if found else (f"{text} (référence inconnue)",))

    def _is_possible(self, fact: str) -> bool:
        return fact in self.hopeful and fact not in self.sure

    def _facts(self) -> Iterator[str]:
        known = set(self._full(self.expected.not_acquired))
        yield from (
            f"{text} devrait être acquis" for text in self._full(self.expected.acquired) if text not in self.sure
        )
        yield from (f"{text} ne devrait pas être acquis" for text in sorted(known) if text in self.sure)
        yield from (f"{text}" for text in sorted(known) if text.endswith("(référence inconnue)"))
        for text in self._full(self.expected.to_confirm):
            if not self._is_possible(text):
                yield f"{text} devrait être à confirmer"
        lapsed = self._full(self.expected.lapsed)
        yield from (f"{text} ne devrait plus compter par lui-même" for text in lapsed if text not in self.sure.lapsed)

    def _waivers(self) -> Iterator[str]:
        for text in self.expected.waived:
            if _waiver(text) not in self.sure:
                yield f"la dispense « {text} » devrait jouer"
        for text in self.expected.not_waived:
            if _waiver(text) in self.sure:
                yield f"la dispense « {text} » ne devrait pas jouer"
        for text in self.expected.waivers_to_confirm:
            if not self._is_possible(_waiver(text)):
                yield f"la dispense « {text} » devrait être à confirmer"

    def _reductions(self) -> Iterator[str]:
        sure, hopeful = self.sure.reductions, self.hopeful.reductions
        for one in self.expected.reduced_by:
            if one not in sure:
                yield f"l'allègement {one} devrait jouer"
        for one in self.expected.not_reduced_by:
            if one in sure or one not in self.rights.by_id:
                yield f"l'allègement {one} ne devrait pas jouer"
        for one in self.expected.reductions_to_confirm:
            if one in sure or one not in hopeful:
                yield f"l'allègement {one} devrait être à confirmer"

    def _proofs(self) -> Iterator[str]:
        wanted, expected = self._used(), self.expected
        yield from (f"la preuve devrait passer par {one}" for one in expected.by if one not in wanted)
        for one in expected.not_by:
            recognition = self.rights.by_id.get(one)
            closure = self.hopeful if recognition and recognition.discretionary else self.sure
            if recognition is None or one in _applied(closure):
                yield f"rien ne devrait passer par {one}"

    def _used(self) -> set[str]:
        """The recognitions behind what is expected."""
        expected = self.expected
        sure = [*self._full(expected.acquired), *map(_waiver, expected.waived)]
        hopes = [*self._full(expected.to_confirm), *map(_waiver, expected.waivers_to_confirm)]
        used = {*self.sure.reductions, *expected.reductions_to_confirm}
        for closure, facts in ((self.sure, sure), (self.hopeful, hopes)):
            used |= {proof.by for fact in facts if fact in closure for _fact, proof in closure.chain(fact)}
        return used


def _waiver(text: str) -> str:
    what, _space, rest = text.partition(" ")
    return f"!{what}:{rest}"


def _applied(closure: Closure) -> set[str]:
    return {proof.by for proof in closure.proofs.values()} | set(closure.reductions)


# -- gap ------------------------------------------------------------------------------------------------------------------


def _gap_failures(expected: ExpectedGap, answer: Gap) -> Iterator[str]:
    blocks = {block.ref.partition("/")[2]: block.state for block in answer.blocks}
    competencies = {item.ref.partition("/")[2]: item.state for block in answer.blocks for item in block.competencies}
    for wanted, found in ((expected.blocks, blocks), (expected.competencies, competencies)):
        for code, state in wanted.items():
            if found.get(code) is not state:
                yield f"{code} devrait être « {state} », non « {found.get(code, 'inconnu')} »"
    waivers = _waivers(answer)
    for name, state in expected.waivers.items():
        if waivers.get(name) is not state:
            yield f"la dispense « {name} » devrait être « {state} », non « {waivers.get(name, 'absente')} »"
    pairs = {
        "la cible acquise": (expected.acquired, answer.acquired),
        "l'entrée": (expected.entry, answer.entry.state),
        "ce qui reste": _remaining(expected, answer),
        "les allègements": (_sorted(expected.reductions), _sorted(answer.reductions)),
        "les allègements à confirmer": (_sorted(expected.reductions_to_confirm), answer.reductions_to_confirm),
        "les droits ouverts à demi": (
            _sorted(expected.near_rights),
            tuple(sorted(one.clause.id for one in answer.near_rights)),
        ),
        "les textes attendus": (_sorted(expected.expected), tuple(sorted(one.id for one in answer.expected))),
        "les avertissements": (_sorted(expected.notices), _sorted(answer.notices)),
    }
    for name, (wished, given) in pairs.items():
        if wished is not None and wished != given:
            yield f"{name} : attendu {wished}, obtenu {given}"


def _waivers(answer: Gap) -> dict[str, State]:
    """Every waiver of a gap by its name: the block and what is waived, or what is waived alone for the whole."""
    found = {
        f"{block.ref.partition('/')[2]} {one.what.value}": one.state for block in answer.blocks for one in block.waivers
    }
    return found | {one.what.value: one.state for one in answer.entry.waivers}


def _remaining(expected: ExpectedGap, answer: Gap) -> tuple[dict[str, int] | None, dict[str, int] | None]:
    """What is said to remain, and what does; only the numbers that the case gives."""
    if expected.remaining is None:
        return None, None
    wished = expected.remaining.model_dump(exclude_unset=True)
    return wished, {name: getattr(answer.remaining, name) for name in wished}


def _sorted(texts: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if texts is None else tuple(sorted(texts))
