"""Rights and rules: which effects are rights, and whom a rule is about."""

from typing import Any

import pytest
from pydantic import ValidationError

from referentials.model import Kind
from referentials.rights import Effect, Rule

RULE: dict[str, Any] = {
    "id": "r",
    "kind": "validity",
    "text": "Une règle.",
    "in_force": {},
    "source": {"title": "Arrêté"},
    "confidence": "official",
}


def test_a_preparation_an_absence_and_a_text_not_read_are_no_rights() -> None:
    assert {effect for effect in Effect if effect.is_right} == {Effect.AWARD, Effect.EXEMPT, Effect.REDUCE}


def test_a_rule_is_about_families_and_certifications() -> None:
    rule = Rule.model_validate(RULE | {"applies_to": ["titre-professionnel", "tp-mn", "tp-mn@2025/CCP1"]})
    assert rule.applies_to == (Kind.TITRE_PROFESSIONNEL, "tp-mn", "tp-mn@2025/CCP1")
    assert [type(item) for item in rule.applies_to] == [Kind, str, str]


@pytest.mark.parametrize("value", ["Titre professionnel", "", "corps:module", None, 3, ["tp-mn"]])
def test_what_a_rule_is_about_is_refused_once(value: Any) -> None:
    with pytest.raises(ValidationError) as problem:
        Rule.model_validate(RULE | {"applies_to": [value]})
    assert problem.value.error_count() == 1
