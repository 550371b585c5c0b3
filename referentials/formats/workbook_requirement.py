"""A requirement ↔ one line that people write in a cell (*exigence en une ligne*).

::

    tp-mn@2025/CCP1 et (bafd ou deme@2007)
    au moins 2 parmi (tp-remn@2019/CCP1 ; tp-remn@2019/CCP2 ; tp-remn@2019/CCP3)
    compétence pix@2023/1.1 niveau 4
    expérience 6 mois rome G1239,K1601 champ « animation »
    condition deux-secteurs « A préparé les deux secteurs. »
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from referentials.document import shown

DEEPEST = 25
"""How many brackets one inside another a line may have."""

_TOKEN = re.compile(r"\s*(«(?:[^»\\]|\\.)*»|[();]|[^\s();«»]+)")
_CODE = re.compile(r"[A-Za-z0-9._-]+")
_JOINED = {"et": "all_of", "ou": "any_of"}


# -- out


def requirement_text(value: Any) -> str:
    """The line of a requirement's plain value.

    Examples
    --------
    >>> requirement_text({"all_of": ["bafd", {"any_of": ["deme", {"competency": "pix@2023/1.1", "level": 4}]}]})
    'bafd et (deme ou compétence pix@2023/1.1 niveau 4)'
    """
    if not isinstance(value, Mapping):
        return str(value)
    for word, key in _JOINED.items():
        if key in value:
            return _group(word, value[key])
    if "at_least" in value:
        return f"au moins {value['at_least']} parmi ({_listed(value['of'])})"
    return _leaf(value)


def _group(word: str, parts: Sequence[Any]) -> str:
    if len(parts) < 2:
        return f"{'tous' if word == 'et' else 'un parmi'} ({_listed(parts)})"
    return f" {word} ".join(
        f"({text})" if _is_joined(one) else text for one in parts for text in [requirement_text(one)]
    )


def _is_joined(value: Any) -> bool:
    return isinstance(value, Mapping) and any(len(value.get(key, ())) > 1 for key in _JOINED.values())


def _listed(parts: Sequence[Any]) -> str:
    return " ; ".join(map(requirement_text, parts))


def _leaf(value: Mapping[str, Any]) -> str:
    if "competency" in value:
        level = f" niveau {value['level']}" if value.get("level") is not None else ""
        return f"compétence {value['competency']}{level}"
    if "condition" in value:
        return f"condition {value['condition']} {_quoted(value.get('text', ''))}"
    asked = value["experience"]
    months = asked["months"]
    said = f"expérience {int(months) if float(months).is_integer() else months} mois"
    said += f" rome {_trades(asked['rome'])}" if asked.get("rome") else ""
    return said + (f" champ {_quoted(asked['field'])}" if asked.get("field") is not None else "")


def _trades(codes: Sequence[str]) -> str:
    """Codes after commas; in quotes when they are no codes."""
    return ",".join(codes) if all(_CODE.fullmatch(code) for code in codes) else " ".join(map(_quoted, codes))


def _quoted(text: str) -> str:
    escaped = re.sub(r"([\\»])", r"\\\1", text)
    return f"« {escaped} »"


# -- in


def requirement_of(text: str) -> Any:
    """The plain value of a line.

    Raises
    ------
    ValueError
        The line has no meaning, or two: the French message says where.

    Examples
    --------
    >>> requirement_of("bafd et (deme ou pix@2023/1.1 niveau 4)")
    {'all_of': ['bafd', {'any_of': ['deme', {'competency': 'pix@2023/1.1', 'level': 4}]}]}
    """
    reader = _Reader(_tokens(text))
    found = reader.expression()
    if reader.next is not None:
        raise ValueError(f"« {shown(reader.next)} » n'est pas attendu à cet endroit")
    return found


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    text = text.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise ValueError(f"« {shown(text[place:])} » ne se lit pas : un guillemet ouvre ou ferme de trop")
        tokens.append(found[1])
        place = found.end()
    return tokens


def _word(token: str | None) -> str:
    """A token as a keyword: without case and accents."""
    letters = unicodedata.normalize("NFKD", token or "").casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class _Reader:
    """Reads a line from left to right."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens, self._place, self._depth = tokens, 0, 0

    @property
    def next(self) -> str | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self, expected: str = "") -> str:
        token = self.next
        if token is None or (expected and _word(token) != expected):
            found = "la fin" if token is None else f"« {shown(token)} »"
            raise ValueError(f"on attend {f'« {expected} »' if expected else 'une référence'}, et l'on trouve {found}")
        self._place += 1
        return token

    def _has(self, *words: str) -> bool:
        if _word(self.next) in words:
            self._place += 1
            return True
        return False

    def expression(self) -> Any:
        first = self._term()
        word = _word(self.next)
        if word not in _JOINED:
            return first
        parts = [first]
        while self._has(word):
            parts.append(self._term())
        if _word(self.next) in _JOINED:
            raise ValueError("« et » et « ou » se suivent sans parenthèses : la ligne a deux sens")
        return {_JOINED[word]: parts}

    def _term(self) -> Any:
        if self._has("("):
            return self._inside(self.expression)
        if self._has("tous", "toutes"):
            return {"all_of": self._list()}
        if self._has("un", "une"):
            self._take("parmi")
            return {"any_of": self._list()}
        if self._has("au"):
            return self._at_least()
        if self._has("condition"):
            return {"condition": self._take(), "text": self._text()}
        if self._has("experience"):
            return {"experience": self._experience()}
        return self._held()

    def _inside(self, read: Any) -> Any:
        """What stands between brackets, the first of which was taken."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("trop de parenthèses les unes dans les autres")
        found = read()
        self._take(")")
        self._depth -= 1
        return found

    def _list(self) -> list[Any]:
        self._take("(")
        return list(self._inside(self._items))

    def _items(self) -> list[Any]:
        found: list[Any] = []
        while self.next != ")":
            if found:
                self._take(";")
            found.append(self.expression())
        return found

    def _at_least(self) -> dict[str, Any]:
        self._take("moins")
        count = self._whole()
        self._take("parmi")
        return {"at_least": count, "of": self._list()}

    def _experience(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"months": self._months()}
        self._take("mois")
        if self._has("rome"):
            asked["rome"] = self._trades()
        if self._has("champ"):
            asked["field"] = self._text()
        return asked

    def _trades(self) -> list[str]:
        if not (self.next or "").startswith("«"):
            return self._take().split(",")
        codes = []
        while (self.next or "").startswith("«"):
            codes.append(self._text())
        return codes

    def _months(self) -> float:
        token = self._take()
        if not re.fullmatch(r"\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", token):
            raise ValueError(f"« {shown(token)} » n'est pas un nombre de mois")
        months = float(token.replace(",", "."))
        return int(months) if months.is_integer() else months

    def _held(self) -> Any:
        named = self._has("competence")
        reference = self._take()
        if reference in "();" or reference.startswith("«"):
            raise ValueError(f"on attend une référence, et l'on trouve « {shown(reference)} »")
        if self._has("niveau"):
            return {"competency": reference, "level": self._whole()}
        return {"competency": reference} if named else reference

    def _whole(self) -> int:
        token = self._take()
        if not (token.isascii() and token.isdigit() and len(token) < 10):
            raise ValueError(f"« {shown(token)} » n'est pas un nombre entier")
        return int(token)

    def _text(self) -> str:
        token = self._take()
        if not token.startswith("«"):
            raise ValueError(f"on attend un texte entre guillemets « », et l'on trouve « {shown(token)} »")
        return re.sub(r"\\(.)", r"\1", token[1:-1].strip(), flags=re.DOTALL)
