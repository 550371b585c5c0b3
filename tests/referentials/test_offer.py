"""Modules: their hours, their modalities, and what they develop."""

from typing import Any

from referentials.offer import Modality, Module, ModuleHours, Offer
from referentials.requirement import CompetencyAt

MODULE: dict[str, Any] = {"id": "m", "title": "M"}


def test_hours_add_up_and_name_their_modalities() -> None:
    hours = ModuleHours(onsite=14, self_paced=3.5)
    assert hours.total == 17.5
    assert hours.modalities == (Modality.ONSITE, Modality.SELF_PACED)
    assert (ModuleHours().total, ModuleHours().modalities) == (0, ())


def test_every_modality_counts() -> None:
    hours = ModuleHours(**dict.fromkeys(ModuleHours.model_fields, 1))
    assert hours.total == len(Modality)
    assert set(hours.modalities) == set(Modality)


def test_unknown_hours_are_not_none() -> None:
    assert Module.model_validate(MODULE).hours is None


def test_a_developed_competency_may_be_its_reference_alone() -> None:
    module = Module.model_validate(MODULE | {"develops": ["t@1/A/C1", {"competency": "pix@2023/1.1", "level": "4"}]})
    assert module.develops == (CompetencyAt(competency="t@1/A/C1"), CompetencyAt(competency="pix@2023/1.1", level=4))


def test_a_made_up_offer_or_module_says_so() -> None:
    plain, made_up = (Module.model_validate(MODULE | {"illustrative": value}) for value in (False, True))
    offer = {"id": "o", "title": "O", "body": {"name": "B"}, "modules": [], "confidence": "to_confirm"}
    real, demonstration = (Offer.model_validate(offer | {"illustrative": value}) for value in (False, True))
    assert [real.is_illustrative(plain), real.is_illustrative(made_up)] == [False, True]
    assert [demonstration.is_illustrative(plain), demonstration.is_illustrative(made_up)] == [True, True]
