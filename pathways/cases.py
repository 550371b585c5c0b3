"""Domain cases (*cas*): sentences that a jurist could dispute, each with a profile, a date and what must follow.

They live under ``referentials/data/cases`` and are run by ``passerelles cases`` and by the test suite, one item each. A case
says what follows by right, what remains for a target (*écart*), or which plan is the best (*parcours*). It is written from the
texts, never from what the program answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from pathways.gap import Gap, Remaining, State, gap, position
from pathways.holdings import held
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.recognition import Closure, Rights
from referentials.provenance import Value
from referentials.reference import IDENTIFIER
from referentials.yaml_source import read_file


class ExpectedRights(Value):
    """What must, and must not, follow by right."""

    acquired: tuple[str, ...] = Field((), description="Ce qui doit être acquis : diplômes, blocs, compétences.")
    not_acquired: tuple[str, ...] = Field((), description="Ce qui ne doit pas l'être.")
    to_confirm: tuple[str, ...] = Field((), description="Ce qui ne l'est que si ce qui est à confirmer l'est.")
    lapsed: tuple[str, ...] = Field((), description="Ce qui est détenu mais ne compte plus par lui-même.")
    waived: tuple[str, ...] = Field((), description="Dispenses attendues : « entry bpjeps-as@2005 ».")
    not_waived: tuple[str, ...] = Field((), description="Dispenses qui ne doivent pas jouer.")
    waivers_to_confirm: tuple[str, ...] = Field((), description="Dispenses possibles, que rien n'assure encore.")
    reduced_by: tuple[str, ...] = Field((), description="Passerelles d'allègement attendues, par leur identifiant.")
    not_reduced_by: tuple[str, ...] = Field((), description="Passerelles d'allègement qui ne doivent pas jouer.")
    reductions_to_confirm: tuple[str, ...] = Field((), description="Allègements possibles, que rien n'assure encore.")
    by: tuple[str, ...] = Field((), description="Passerelles dont la preuve doit se servir.")
    not_by: tuple[str, ...] = Field((), description="Passerelles dont aucune preuve ne doit se servir.")


class ExpectedGap(Value):
    """What must remain for the target. What is left out is not judged."""

    acquired: bool | None = Field(None, description="Vrai quand la cible est acquise.")
    blocks: dict[str, State] = Field({}, description="L'état de chaque bloc, par son code.")
    competencies: dict[str, State] = Field({}, description="L'état de compétences : « CCP1/C1.1 ».")
    entry: State | None = Field(None, description="L'état des exigences d'entrée.")
    remaining: Remaining | None = Field(None, description="Blocs et compétences connues qui restent.")
    reductions: tuple[str, ...] | None = Field(None, description="Toutes les passerelles d'allègement qui jouent.")
    notices: tuple[str, ...] | None = Field(None, description="Avertissements attendus : not_in_force, replaced.")


class ExpectedTotals(Value):
    """What the plan must take in all. What is left out is not judged."""

    hours: float | None = Field(None, ge=0, description="Heures de la personne.")
    cost: float | None = Field(None, ge=0, description="Coût, en euros, avant tout financement.")
    weeks: float | None = Field(None, ge=0, description="Semaines jusqu'à la dernière étape.")
    modules: int | None = Field(None, ge=0, description="Nombre de modules.")


class ExpectedPlan(Value):
    """What the best plan must be; computed by hand, by reading the offers."""

    status: str = Field(
        pattern="^(held|optimal|infeasible)$",
        description="held (rien à faire), optimal (le meilleur parcours) ou infeasible (aucun parcours).",
    )
    minimise: tuple[str, ...] = Field(
        ("hours",), description="Ce qu'on réduit, dans l'ordre : hours, cost, weeks, modules, peak_load."
    )
    totals: ExpectedTotals = Field(ExpectedTotals(), description="Les totaux du parcours.")
    includes: tuple[str, ...] = Field((), description="Étapes qui doivent y être : modules, passerelles.")
    excludes: tuple[str, ...] = Field((), description="Étapes qui ne doivent pas y être.")


class Case(Value):
    """One sentence, and what makes it true or false."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant.")
    sentence: str = Field(min_length=20, description="La phrase, telle qu'un juriste la discuterait.")
    on: date = Field(description="Le jour où la question est posée.")
    profile: Profile = Field(Profile(), description="La personne.")
    policy: Policy = Field(PRUDENT, description="Ce qui compte, quand ce n'est pas la lecture prudente.")
    rights: ExpectedRights | None = Field(None, description="Ce qui suit par droit.")
    target: str | None = Field(None, description="Le diplôme visé, pour un écart ou un parcours.")
    gap: ExpectedGap | None = Field(None, description="L'écart attendu.")
    plan: ExpectedPlan | None = Field(None, description="Le parcours attendu.")
    offers: tuple[str, ...] | None = Field(
        None, description="Offres retenues, par leur identifiant ; liste vide : aucune ; absent : toutes."
    )
    note: str | None = Field(None, description="La lecture retenue, ou le calcul fait à la main.")

    @model_validator(mode="after")
    def _says_something(self) -> Case:
        if self.rights is None and self.gap is None and self.plan is None:
            raise ValueError("un cas dit ce qui suit : « rights », « gap » ou « plan »")
        if self.target is None and (self.gap is not None or self.plan is not None):
            raise ValueError("« gap » et « plan » demandent une cible : « target »")
        return self


def read_cases(folder: Path) -> Iterator[Case]:
    """Every case of a folder, by file name and order.

    Raises
    ------
    ValueError
        A file is not a list of cases, or two cases share an identifier; the message says which one and why.
    """
    adapter = TypeAdapter(tuple[Case, ...])
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            cases = adapter.validate_python(read_file(path).value)
        except ValidationError as problem:
            raise ValueError(f"{path.name} : {problem}") from None
        for case in cases:
            if case.id in seen:
                raise ValueError(f"{path.name} : le cas « {case.id} » existe déjà dans {seen[case.id]}")
            seen[case.id] = path.name
            yield case


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
    pairs = {
        "la cible acquise": (expected.acquired, answer.acquired),
        "l'entrée": (expected.entry, answer.entry.state),
        "ce qui reste": (expected.remaining, answer.remaining),
        "les allègements": (_sorted(expected.reductions), _sorted(answer.reductions)),
        "les avertissements": (_sorted(expected.notices), _sorted(answer.notices)),
    }
    for name, (wished, given) in pairs.items():
        if wished is not None and wished != given:
            yield f"{name} : attendu {wished}, obtenu {given}"


def _sorted(texts: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if texts is None else tuple(sorted(texts))
