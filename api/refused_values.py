"""Values that do not fit (*valeurs refusées*): where each stands, and one sentence on what was expected; the value itself is not repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reports.language import Words, number, say, to_say, translated

_IN_THE_BODY = "body"

_SENTENCES = Words(
    {
        "missing": to_say("Cette valeur manque."),
        "extra_forbidden": to_say("Ce champ n'existe pas."),
        "enum": to_say("Cette valeur n'est pas dans la liste."),
        "literal_error": to_say("Cette valeur n'est pas dans la liste."),
        "union_tag": to_say("Cette forme n'est pas connue."),
        "date": to_say("On attend une date, écrite AAAA-MM-JJ."),
        "int_": to_say("On attend un nombre entier."),
        "float_": to_say("On attend un nombre."),
        "decimal_": to_say("On attend un nombre."),
        "finite_number": to_say("On attend un nombre."),
        "bool_": to_say("On attend true ou false."),
        "string_pattern_mismatch": to_say("Cette écriture n'est pas admise."),
        "string_": to_say("On attend un texte."),
        "list_type": to_say("On attend une liste."),
        "tuple_": to_say("On attend une liste."),
        "set_type": to_say("On attend une liste."),
        "dict_type": to_say("On attend un objet."),
        "model_": to_say("On attend un objet."),
        "mapping_type": to_say("On attend un objet."),
    }
)
"""By the start of the type of error, the more precise first."""

_BOUNDS = {
    "greater_than_equal": ("ge", to_say("Au moins {bound}.")),
    "greater_than": ("gt", to_say("Plus de {bound}.")),
    "less_than_equal": ("le", to_say("Au plus {bound}.")),
    "less_than": ("lt", to_say("Moins de {bound}.")),
    "string_too_short": ("min_length", to_say("Au moins {bound} caractères.")),
    "string_too_long": ("max_length", to_say("Au plus {bound} caractères.")),
    "too_short": ("min_length", to_say("Au moins {bound} éléments.")),
    "too_long": ("max_length", to_say("Au plus {bound} éléments.")),
}


def errors_of(details: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One entry for each value: ``pointer`` (RFC 6901) in a body, ``parameter`` elsewhere, the rule, and a sentence."""
    return [_place(detail["loc"]) | {"rule": detail["type"], "detail": sentence(detail)} for detail in details]


def _place(location: tuple[Any, ...]) -> dict[str, str]:
    """Where a value stands.

    Examples
    --------
    >>> _place(("body", "holds", 0, "a/b")), _place(("query", "limit"))
    ({'pointer': '#/holds/0/a~1b'}, {'parameter': 'limit', 'in': 'query'})
    """
    where, *path = location or (_IN_THE_BODY,)
    if where == _IN_THE_BODY:
        return {"pointer": "#" + "".join(f"/{_escaped(step)}" for step in path if not str(step).startswith("<"))}
    return {"parameter": str(path[0]) if path else "", "in": str(where)}


def _escaped(step: Any) -> str:
    return str(step)[:100].replace("~", "~0").replace("/", "~1")


def sentence(detail: Mapping[str, Any]) -> str:
    """What was expected, in the language of the request."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _BOUNDS and (bound := context.get(_BOUNDS[kind][0])) is not None:
        return _bound(kind, bound)
    if kind == "value_error" and isinstance(context.get("error"), ValueError):
        return f"{str(context['error']).rstrip('.')}."
    return next(
        (_SENTENCES[start] for start in _SENTENCES if kind.startswith(start)), say("Cette valeur ne convient pas.")
    )


def _bound(kind: str, bound: Any) -> str:
    shown = number(bound) if isinstance(bound, int | float) else str(bound)
    return translated(_BOUNDS[kind][1]).format(bound=shown)
