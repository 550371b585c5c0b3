"""Every code of the engine has its French words, and a plan is praised only as far as it is proved."""

import re
from datetime import date

import pytest

from pathways.gap import BlockGap, CompetencyGap, EntryGap, Gap, Remaining, State
from pathways.impasse import LIMITS
from pathways.objectives import Objective
from pathways.offering import SetAside
from pathways.pathway import (
    Alternative,
    Attained,
    Conflict,
    IfConfirmed,
    Pathway,
    Rivals,
    Status,
    Step,
    StepKind,
    Totals,
    WayOut,
    Without,
    Workplace,
)
from pathways.profile import CanGive, EvidenceKind, Periods, PeriodUnit
from pathways.reasons import Caution, Reason
from referentials.offer import Modality
from referentials.provenance import Source
from reports import impasse_wording, pathway_wording, reason_wording
from reports.wording import NO_BREAK, THIN

GAP = Gap(
    target="mini@2024",
    on=date(2026, 11, 21),
    versions=("mini@2024",),
    acquired=False,
    blocks=(
        BlockGap(ref="mini@2024/B1", title="Premier bloc", state=State.MISSING),
        BlockGap(
            ref="mini@2024/B2",
            title="Second bloc",
            state=State.MISSING,
            competencies=tuple(
                CompetencyGap(ref=f"mini@2024/B2/C{number}", title=None, state=State.MISSING) for number in (1, 2)
            ),
        ),
    ),
    entry=EntryGap(),
    remaining=Remaining(blocks=2, competencies=2),
)
HELD = GAP.model_copy(update={"acquired": True})
GIVES = CanGive(
    weekly_hours=6,
    budget=500,
    hours=40,
    deadline=date(2027, 12, 31),
    modalities=(Modality.REMOTE,),
    places=("Lyon",),
    languages=("fr",),
    days=("lundi",),
)


def pathway(status: Status, **values: object) -> Pathway:
    base = {"target": "mini@2024", "title": "Mini", "on": GAP.on, "versions": ("mini@2024",), "engine": "0", "gap": GAP}
    return Pathway.model_validate(base | {"status": status} | values)


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace(THIN, " ")


def hours(value: float, bound: float, proved: bool = False) -> Attained:
    return Attained(name=Objective.HOURS, value=value, bound=bound, proved=proved)


# ------------------------------------------------------------------------------------------------------ nothing is mute


def test_every_closed_value_has_its_words() -> None:
    assert set(reason_wording.STATES) == set(reason_wording.SYMBOLS) == set(State)
    assert set(reason_wording.EVIDENCE) == set(EvidenceKind)
    assert set(reason_wording.CAUTIONS) == set(Caution)
    assert set(pathway_wording.SET_ASIDE) == set(SetAside)
    assert set(pathway_wording.STEPS) == set(StepKind)
    assert set(pathway_wording.UNITS) == set(PeriodUnit)


def test_no_two_states_look_alike() -> None:
    assert len(set(reason_wording.SYMBOLS.values())) == len(set(reason_wording.STATES.values())) == len(State)


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_and_its_lifting_have_words(name: str) -> None:
    give = GIVES if name != "calendar" else CanGive(calendar=Periods(period=PeriodUnit.MONTH, count=3))
    assert impasse_wording.limit(name, give) != name
    assert not re.search("[a-z]_[a-z]", impasse_wording.limit(name, give))
    assert not impasse_wording.way_out(WayOut(change=f"without_{name}"), give).startswith("en changeant")


@pytest.mark.parametrize(
    "code",
    [
        *("not_in_force", "replaced", "illustrative", "leans_on_to_confirm", "partial_totals", "holes"),
        "ends_after_validity",
        *("sessions_not_considered", "end_not_read"),
    ],
)
def test_every_notice_is_a_sentence(code: str) -> None:
    text = impasse_wording.notice(code, pathway(Status.OPTIMAL))
    assert text.endswith(".")
    assert code not in text


def test_the_notice_of_a_workplace_minimum_has_its_hours_and_its_text() -> None:
    asked = Workplace(ref="tp-x@2020", blocks=(), hours=315, planned=70, sources=(Source(title="Un arrêté"),))
    text = plain(impasse_wording.notice("workplace_minimum", pathway(Status.OPTIMAL, workplace=(asked,))))
    assert text.startswith("tp-x@2020 demande 315 h en entreprise au moins (Un arrêté) : ")
    assert "en comptent 70 h" in text


# --------------------------------------------------------------------------------------------------- how good a plan is


def test_only_a_proved_plan_is_the_best() -> None:
    proved = pathway(Status.OPTIMAL, objective=(hours(10, 10, proved=True),), totals=Totals(hours=10))
    assert pathway_wording.quality(proved) == "Meilleur parcours possible."
    open_one = pathway(Status.FEASIBLE, objective=(hours(10, 9),))
    assert plain(pathway_wording.quality(open_one)).startswith("À 12 % au plus du meilleur")


def test_another_plan_as_good_makes_it_one_of_the_best() -> None:
    totals = Totals(hours=10, cost=5)
    same = pathway(
        Status.OPTIMAL,
        objective=(hours(10, 10, proved=True),),
        totals=totals,
        alternatives=(Alternative(totals=Totals(hours=10, cost=90), modules=("o:x",)),),
    )
    assert pathway_wording.quality(same).startswith("L'un des plus courts")
    spare = same.model_copy(
        update={"alternatives": (), "without": (Without(module="o:m", irreplaceable=False, hours=0, cost=20),)}
    )
    assert pathway_wording.quality(spare).startswith("L'un des plus courts")


@pytest.mark.parametrize(
    ("rivals", "said"),
    [
        (Rivals.NONE, "Meilleur parcours possible."),
        (Rivals.SOME, "L'un des plus courts : d'autres parcours font aussi bien."),
        (Rivals.NOT_KNOWN, "Aucun parcours ne fait mieux ; un autre fait peut-être aussi bien."),
    ],
)
def test_a_plan_is_alone_at_the_top_only_when_that_is_proved(rivals: Rivals, said: str) -> None:
    proved = pathway(Status.OPTIMAL, objective=(hours(10, 10, proved=True),), totals=Totals(hours=10), rivals=rivals)
    assert pathway_wording.quality(proved) == said


def test_a_worse_plan_is_no_tie_and_what_is_not_measured_neither() -> None:
    one = pathway(
        Status.OPTIMAL,
        objective=(hours(10, 10, proved=True),),
        totals=Totals(hours=10),
        alternatives=(Alternative(totals=Totals(hours=11), modules=()),),
        without=(
            Without(module="o:m", irreplaceable=True),
            Without(module="o:n", irreplaceable=False, hours=None, cost=0),
        ),
    )
    assert not pathway_wording.ties(one)


@pytest.mark.parametrize(("value", "bound"), [(10, 0), (0, 0)])
def test_without_a_bound_no_distance_is_claimed(value: float, bound: float) -> None:
    assert "%" not in pathway_wording.distance([hours(value, bound)])


def test_what_is_held_asks_for_nothing() -> None:
    assert "rien à faire" in pathway_wording.summary(pathway(Status.HELD, gap=HELD))


def test_a_search_that_was_stopped_does_not_say_that_nothing_exists() -> None:
    assert "peut-être" in pathway_wording.summary(pathway(Status.UNKNOWN))


def test_a_right_is_named_with_its_text() -> None:
    reason = Reason(fact="mini@2024/B1", how="right", by="d", source=Source(title="Arrêté d'essai", article="art. 2"))
    block = GAP.blocks[0].model_copy(update={"state": State.BY_RIGHT, "because": (reason,)})
    told = GAP.model_copy(update={"blocks": (block, GAP.blocks[1]), "remaining": Remaining(blocks=1, competencies=2)})
    assert pathway_wording.remaining(told) == (
        "Il vous reste 1 bloc sur 2 ; le bloc B1 vous est acquis de droit par le texte suivant : Arrêté d'essai."
    )


# -------------------------------------------------------------------------------------------------------- steps, numbers


def test_what_is_not_known_is_said_and_sums_say_at_least() -> None:
    step = Step(kind=StepKind.MODULE, ref="o:m", title="M", body="B", hours=None, cost=None)
    assert pathway_wording.step_load(step) == "durée non connue, prix non connu"
    assert plain(pathway_wording.sums(Totals(hours=7, cost=20, unknown_hours=1))) == "au moins 7 h, 20 €"
    assert plain(dict(pathway_wording.figures(Totals(cost=20, unknown_cost=2)))["coût"]) == "au moins 20 €"


def test_a_step_brings_whole_blocks_parts_levels_and_waivers() -> None:
    grants = ("mini@2024/B2/C1", "mini@2024/B2/C2", "mini@2024/B1", "pix@2023/1/1.1", "pix@2023/1/1.1#1")
    step = Step(kind=StepKind.MODULE, ref="o:m", grants=(*grants, "pix@2023/1/1.1#3", "!entry:deme@2007"))
    assert pathway_wording.brought(step, GAP) == (
        "toutes les compétences de B2 ; B1 ; dispense d'entrée (deme@2007) ; pix@2023/1/1.1 (niveau 3)"
    )
    alone = GAP.blocks[1].model_copy(update={"competencies": GAP.blocks[1].competencies[:1]})
    one = GAP.model_copy(update={"target": "mini@2024/B2/C1", "blocks": (alone,)})
    assert pathway_wording.brought(step.model_copy(update={"grants": grants[:1]}), one).startswith("B2/C1")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            IfConfirmed(fact="?deux", what="condition", text="deux secteurs", hours=7),
            "Si « deux secteurs » est confirmé",
        ),
        (IfConfirmed(fact="+36:G1239:", what="experience", opens=True), "un parcours devient possible"),
        (IfConfirmed(fact="deme@2007", what="qualification", text="DEME", weeks=2), "2 semaines de moins"),
    ],
)
def test_what_a_confirmation_saves_is_a_sentence(one: IfConfirmed, said: str) -> None:
    assert said in plain(pathway_wording.if_confirmed(one))


def test_modules_set_aside_are_counted_by_reason_the_most_numerous_first() -> None:
    told = [plain(text) for text in pathway_wording.set_aside({"illustrative": 68, "place": 1, "refused": 3})]
    assert [text.split(" :")[0] for text in told] == ["68 modules", "3 modules", "1 module"]


# ------------------------------------------------------------------------------------------------------------- impasses


def test_limits_that_contradict_each_other_are_named_with_their_values() -> None:
    told = list(impasse_wording.core(Conflict(core=("budget", "weekly_hours")), pathway(Status.INFEASIBLE), GIVES))
    assert [plain(text) for text in told] == [
        "Aucun parcours ne tient à la fois avec un budget de 500 € et avec 6 h par semaine."
    ]


def test_what_is_missing_is_told_block_by_block() -> None:
    codes = ("hole:mini@2024/B1", "no_module:mini@2024/B2/C1", "no_module:mini@2024/B2/C2", "entry:mini@2024")
    told = list(impasse_wording.core(Conflict(core=codes), pathway(Status.INFEASIBLE), GIVES))
    assert told == [
        "B1 (Premier bloc) : ses compétences ne sont pas connues, et aucun module retenu ne prépare ce bloc en entier.",
        "B2 (Second bloc) : aucun module retenu ne fait acquérir C1 et C2.",
        "Ce qui est demandé à l'entrée de mini@2024 n'est pas rempli.",
    ]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (WayOut(change="budget", value=810.0), "avec 310 € de plus"),
        (WayOut(change="hours", value=61.5), "avec 21 h 30 de plus en tout"),
        (WayOut(change="weekly_hours", value=8.0), "avec 8 h par semaine au lieu de 6 h"),
        (WayOut(change="deadline", value="2028-03-12"), "en finissant le 12/03/2028 au lieu du 31/12/2027"),
        (WayOut(change="modalities", value="self_paced"), "en acceptant le distanciel à votre rythme"),
        (WayOut(change="without_deadline"), "sans date limite"),
        (WayOut(change="nouveau", value="trois"), "en changeant nouveau : trois"),
    ],
)
def test_a_way_out_has_its_number(way: WayOut, said: str) -> None:
    assert plain(impasse_wording.way_out(way, GIVES)) == said


@pytest.mark.parametrize("modality", Modality)
def test_every_modality_may_be_accepted(modality: Modality) -> None:
    text = impasse_wording.way_out(WayOut(change="modalities", value=modality.value), GIVES)
    assert text.startswith("en acceptant")


# -------------------------------------------------------------------------------------------------------------- reasons


@pytest.mark.parametrize("how", ["held", "contained", "level", "right", "award", "likeness"])
def test_every_step_of_a_proof_is_told(how: str) -> None:
    by = "certified" if how == "held" else "d"
    text = reason_wording.proof(Reason(fact="mini@2024/B1", how=how, by=by, premises=("bafd@toutes",)))
    assert text.startswith("mini@2024/B1 : ")
    assert how not in text


def test_a_right_says_what_a_careful_reader_should_know() -> None:
    reason = Reason(
        fact="x@1/B1",
        how="right",
        by="d",
        source=Source(title="Arrêté"),
        document="livret",
        cautions=(Caution.CHAINED, Caution.DOCUMENT_NEEDED),
    )
    assert reason_wording.right(reason) == (
        "Arrêté ; ce droit s'appuie sur un autre droit ; le texte ne dit pas si l'un ouvre l'autre ; "
        "une pièce est à fournir : livret"
    )
