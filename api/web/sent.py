"""A form that was sent (*formulaire reçu*): its texts, read as numbers and days, and a sentence at each field that can't be."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.web.entries import Unreadable, day, number
from reports.language import say
from reports.wording import number as figure

_MOST_FIELDS = 2_000
_LONGEST = 2_000
_LONGEST_HIDDEN = 20_000


class Form:
    """The texts of a form, and what is wrong with them.

    Attributes
    ----------
    errors : dict of str to str
        The sentence to show at a field, by its name.
    """

    def __init__(self, given: FormData) -> None:
        self._given = given
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        """What was typed in a field, without the spaces around."""
        found = self._given.get(name, "")
        return found.strip()[:_LONGEST] if isinstance(found, str) else ""

    def secret(self, name: str) -> str:
        """A password, exactly as it was typed."""
        found = self._given.get(name, "")
        return found[:_LONGEST] if isinstance(found, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Everything that was chosen in a list, each once."""
        found = (one.strip()[:_LONGEST] for one in self._given.getlist(name) if isinstance(one, str))
        return tuple(dict.fromkeys(filter(None, found)))

    def whole_texts(self, name: str) -> tuple[str, ...]:
        """The same, where a text is longer than what people type."""
        found = (one for one in self._given.getlist(name) if isinstance(one, str) and len(one) <= _LONGEST_HIDDEN)
        return tuple(dict.fromkeys(found))

    def whole_text(self, name: str, longest: int) -> str:
        """What a page had put into a field for itself, ``longest`` characters at most; empty when it is longer."""
        found = self._given.get(name, "")
        return found if isinstance(found, str) and len(found) <= longest else ""

    def names(self, start: str) -> tuple[str, ...]:
        """The fields whose name starts so."""
        return tuple(dict.fromkeys(name for name in self._given if name.startswith(start)))

    def has(self, name: str) -> bool:
        """Whether a box was ticked, or a field filled."""
        return bool(self.text(name))

    def typed(self, *names: str) -> dict[str, str]:
        """What was typed in some fields, to show it again."""
        return {name: self.text(name) for name in names}

    def number(self, name: str, *, least: float = 0, most: float = 1_000_000) -> float | None:
        """The number that was typed; None for nothing, or when it has an error now."""
        try:
            found = number(self.text(name))
        except Unreadable as problem:
            self.errors[name] = str(problem)
            return None
        if found is not None and not least <= found <= most:
            bounds = {"least": figure(least), "most": figure(most)}
            self.errors[name] = say("Écrivez un nombre entre {least} et {most}.", **bounds)
            return None
        return found

    def day(self, name: str) -> date | None:
        """The day that was typed or chosen; None for nothing, or when it has an error now."""
        try:
            return day(self.text(name))
        except Unreadable as problem:
            self.errors[name] = str(problem)
            return None


async def sent(request: Request) -> Form:
    """The form of a request."""
    return Form(await request.form(max_fields=_MOST_FIELDS))


Sent = Annotated[Form, Depends(sent)]
"""What a route that receives a form takes."""
