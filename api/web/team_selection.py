"""Who was chosen in a team (*sélection*): the people who were ticked, or everybody whom filters leave, found again when it counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from api.schemas_jobs import MOST_PEOPLE
from api.services.team_gaps import MOST_PEOPLE as MOST_OF_A_TEAM
from api.store.rooms import Room
from api.web.sent import Form
from api.web.team_filters import Filters


class Selection(NamedTuple):
    """Some people by their files, or all those of filters."""

    people: tuple[str, ...] = ()
    filters: Filters | None = None

    def chosen(self, room: Room) -> tuple[str, ...]:
        """Their files; those of filters are who answers them now."""
        if self.filters is not None:
            return room.people.all_wanted(self.filters.wanted(), MOST_OF_A_TEAM)
        return self.people[:MOST_PEOPLE]

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What a form sends back to say the same."""
        return tuple(self._said())

    def _said(self) -> Iterator[tuple[str, str]]:
        if self.filters is None:
            yield from (("p", one) for one in self.people)
            return
        yield "toutes", "oui"
        yield from ((name, text) for name, text in self.filters.texts().items() if text)


def selection_in(form: Form) -> Selection:
    """The selection that a form says."""
    if not form.has("toutes"):
        return Selection(people=form.texts("p"))
    again = form.has("refaire")
    return Selection(
        filters=Filters(name=form.text("nom"), target=form.text("vise"), state=form.text("etat"), again=again)
    )
