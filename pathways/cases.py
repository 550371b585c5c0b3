"""Domain cases (*cas*): sentences that a jurist could dispute, each with a profile, a date and what must follow.

They live under ``referentials/data/cases`` and are run by ``passerelles cases`` and by the test suite, one item each. A case
says what follows by right, what remains for a target (*écart*), or which plan is the best (*parcours*). It is written from the
texts, never from what the program answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import Field, model_validator

from pathways.gap import Remaining, State
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from referentials.findings import FileProblem, Finding, error
from referentials.loader import Format, Loaded, load_file
from referentials.provenance import Value
from referentials.reference import IDENTIFIER


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
    reductions_to_confirm: tuple[str, ...] | None = Field(None, description="Tous les allègements à confirmer.")
    waivers: dict[str, State] = Field(
        {}, description="L'état de dispenses : « INI training » pour un bloc, « entry » pour l'entrée."
    )
    near_rights: tuple[str, ...] | None = Field(
        None, description="Toutes les passerelles dont une partie seulement de ce qu'elles demandent est là."
    )
    expected: tuple[str, ...] | None = Field(None, description="Tous les textes attendus, non lus, qui parlent d'elle.")
    notices: tuple[str, ...] | None = Field(
        None, description="Tous les avertissements : not_in_force, replaced, end_not_read."
    )


class ExpectedTotals(Value):
    """What the plan must take in all. What is left out is not judged."""

    hours: float | None = Field(None, ge=0, description="Heures de la personne.")
    cost: float | None = Field(None, ge=0, description="Coût, en euros, avant tout financement.")
    weeks: float | None = Field(None, ge=0, description="Semaines jusqu'à la dernière étape.")
    modules: int | None = Field(None, ge=0, description="Nombre de modules.")
    unknown_assessment_hours: int | None = Field(None, ge=0, description="Évaluations dont la durée n'a pas été lue.")
    unknown_assessment_cost: int | None = Field(None, ge=0, description="Évaluations dont le prix n'a pas été lu.")


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
    notices: tuple[str, ...] = Field((), description="Avertissements que le parcours doit donner.")
    workplace: float | None = Field(None, ge=0, description="Heures en entreprise que les textes demandent.")


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


CASES = Format("cases", ("cases",), Case, True)
"""What a file of cases is, for the reader of files."""


def read_cases(folder: Path) -> Iterator[Case]:
    """Every case of a folder, by file name and order.

    Raises
    ------
    FileProblem
        A file can't be used, or two cases share an identifier; each finding says the file, the line and what to do.
    """
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        loaded = load_file(path, CASES)
        found = list(repeated(path, loaded, seen))
        if found:
            raise FileProblem(found)
        yield from loaded.items


def repeated(path: Path, loaded: Loaded, seen: dict[str, str]) -> Iterator[Finding]:
    """The cases of a file whose identifier is already taken; ``seen``, the file of each identifier, is completed."""
    for index, case in enumerate(loaded.items):
        if case.id in seen:
            yield _repeated(path, loaded.line((index, "id")), case.id, seen[case.id])
        seen.setdefault(case.id, path.name)


def _repeated(path: Path, line: int | None, identifier: str, first: str) -> Finding:
    return error(
        "cas-repete",
        f"Le cas « {identifier} » existe déjà dans {first}.",
        "Donnez à chaque cas son identifiant.",
        file=path,
        line=line,
        path="id",
    )
