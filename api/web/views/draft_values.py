"""The values of a draft as people type them (*saisie d'un champ*): a text for each field, and back; requirements and boxes apart.

::

    37274 du 01/03/2023 au 28/02/2028     a code with its dates
    3 : Intermédiaire                     a level of a scale

What can't be read is told in a sentence (:class:`~api.web.entries.Unreadable`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from api.web.entries import Unreadable, day, number
from api.web.views.draft_fields import Spec, options
from referentials.versions import parse_or_none
from reports.language import say
from reports.wording import number as figure

_CODE = re.compile(r"(?P<code>\S+)(?:\s+du\s+(?P<start>\S+))?(?:\s+au\s+(?P<end>\S+))?")
_LEVEL = re.compile(r"(\d{1,3})\s*(?::\s*(.*))?")
_DAY_SHOWN = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def at(values: Mapping[str, Any], name: str) -> Any:
    """The value of a field, by its path; None when there is none."""
    found: Any = values
    for part in name.split("/"):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def typed_of(spec: Spec, value: Any) -> str:
    """What the control of a field shows."""
    if spec.kind in ("yes", "no"):
        return "oui" if value is None and spec.kind == "yes" else _yes_or_no(value)
    if value is None or value in ([], {}, ""):
        return ""
    if spec.kind == "known":
        return _yes_or_no(value)
    if spec.kind in ("lines", "references", "codes", "levels") and isinstance(value, list):
        return "\n".join(_line(spec.kind, one) for one in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return figure(value).replace("\u202f", " ")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _yes_or_no(value: Any) -> str:
    """In words; a text that was read wrong says « true » or « false »."""
    return {"true": "oui", "false": "non", "none": "non"}.get(str(value).lower(), str(value))


def _line(kind: str, one: Any) -> str:
    if not isinstance(one, Mapping):
        return " ".join(str(one).split())
    if kind == "levels":
        return f"{one.get('rank', '')} : {one['label']}" if one.get("label") else str(one.get("rank", ""))
    dates = ((" du ", one.get("from")), (" au ", one.get("to")))
    return str(one.get("code", "")) + "".join(word + _french(value) for word, value in dates if value)


def _french(value: Any) -> str:
    found = _DAY_SHOWN.fullmatch(str(value))
    return "/".join(reversed(found.groups())) if found else str(value)


def plain_text(spec: Spec, text: str) -> str:
    """A text without what changes nothing: spaces around, ends of lines, empty lines of a list."""
    lines = [one.strip() for one in text.replace("\r\n", "\n").split("\n")]
    if spec.kind in ("lines", "references", "codes", "levels"):
        lines = [" ".join(one.split()) for one in lines if one]
    return "\n".join(lines).strip()


def value_of(spec: Spec, text: str, before: Any = None) -> Any:
    """The value of what was typed; None when it is empty.

    Parameters
    ----------
    before : value, optional
        What stood there: a code keeps its confidence.

    Raises
    ------
    Unreadable
        It can't be read.
    """
    reading = _READING.get(spec.kind)
    return reading(spec, text, before) if reading else (text or None)


def _number(spec: Spec, text: str, _before: Any) -> float | None:
    return number(text)


def _whole(spec: Spec, text: str, _before: Any) -> int | None:
    found = number(text)
    if found is not None and found != int(found):
        raise Unreadable(say("Écrivez un nombre entier."))
    return None if found is None else int(found)


def _day(spec: Spec, text: str, _before: Any) -> str | None:
    found: date | None = day(text)
    return found.isoformat() if found else None


def _choice(spec: Spec, text: str, _before: Any) -> str | None:
    if text and text not in dict(options(spec)):
        raise Unreadable(say("Choisissez dans la liste."))
    return text or None


def _known(spec: Spec, text: str, _before: Any) -> bool | None:
    return {"oui": True, "non": False}.get(text)


def _usual(spec: Spec, text: str, _before: Any) -> bool | None:
    """A field that is nearly always the same: only the other answer is written."""
    return None if text == ("oui" if spec.kind == "yes" else "non") else spec.kind == "no"


def _lines(spec: Spec, text: str, _before: Any) -> list[str] | None:
    return text.split("\n") if text else None


def _references(spec: Spec, text: str, before: Any) -> list[str] | None:
    found = _lines(spec, text, before)
    for one in found or []:
        if parse_or_none(one) is None:
            raise Unreadable(say("« {text} » n'est pas une référence, comme tp-mn@2025.", text=one))
    return found


def _codes(spec: Spec, text: str, before: Any) -> list[Any] | None:
    known = {str(one["code"]): one for one in before or [] if isinstance(one, Mapping) and "code" in one}
    return [_code(one, known) for one in text.split("\n")] if text else None


def _code(line: str, known: Mapping[str, Mapping[str, Any]]) -> Any:
    found = _CODE.fullmatch(line)
    if found is None:
        raise Unreadable(
            say("« {text} » ne se lit pas : un code, puis « du … » et « au … » s'il a des dates.", text=line)
        )
    bounds = {"from": found["start"], "to": found["end"]}
    dates = {name: day(text).isoformat() for name, text in bounds.items() if text}  # type: ignore[union-attr]
    kept = {name: value for name, value in known.get(found["code"], {}).items() if name not in ("code", "from", "to")}
    values = {"code": found["code"]} | dates | kept
    return values if len(values) > 1 or found["code"] in known else found["code"]


def _levels(spec: Spec, text: str, _before: Any) -> list[Any] | None:
    return [_level(one) for one in text.split("\n")] if text else None


def _level(line: str) -> dict[str, Any]:
    found = _LEVEL.fullmatch(line)
    if found is None:
        raise Unreadable(say("« {text} » ne se lit pas : un rang, puis « : » et son nom.", text=line))
    return {"rank": int(found[1])} | ({"label": found[2]} if found[2] else {})


_READING: Mapping[str, Callable[[Spec, str, Any], Any]] = {
    "number": _number,
    "whole": _whole,
    "day": _day,
    "kind": _choice,
    "confidence": _choice,
    "known": _known,
    "yes": _usual,
    "no": _usual,
    "lines": _lines,
    "references": _references,
    "codes": _codes,
    "levels": _levels,
}
