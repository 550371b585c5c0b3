"""The filters of a team (*filtres*): a name, what the last plan aims at, its state, plans to compute again. They live in the address."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from pydantic import Field

from api.store.repositories.people_wanted import WantedPeople
from api.store.tables.plans import PlanState
from referentials.provenance import Value

NO_PLAN = "aucun"
"""The state of whoever has no plan."""


class Filters(Value):
    """What was asked for; empty fields leave nobody out."""

    name: str = Field("", description="Des mots du nom.")
    target: str = Field("", description="Ce que vise le dernier plan.")
    state: str = Field("", description="Son état, par son nom ; « aucun » : aucun plan.")
    again: bool = Field(False, description="Vrai pour les plans à recalculer seulement.")

    def wanted(self) -> WantedPeople:
        """The same for the database."""
        return WantedPeople(
            words=self.name,
            target=self.target or None,
            state=PlanState(self.state) if self.state in set(PlanState) else None,
            without_plan=self.state == NO_PLAN,
            again=self.again,
        )

    def texts(self) -> dict[str, str]:
        """The fields of the form."""
        return {"nom": self.name, "vise": self.target, "etat": self.state, "refaire": "oui" if self.again else ""}

    def address(self, page: str = "/equipes", **more: str) -> str:
        """The address of a page with these filters."""
        fields = {name: text for name, text in (self.texts() | more).items() if text}
        return f"{page}?{urlencode(fields)}" if fields else page


def _asked(
    nom: Annotated[str, Query(max_length=200)] = "",
    vise: Annotated[str, Query(max_length=400)] = "",
    etat: Annotated[str, Query(max_length=20)] = "",
    refaire: Annotated[str, Query(max_length=10)] = "",
) -> Filters:
    return Filters(name=nom.strip(), target=vise.strip(), state=etat, again=bool(refaire))


Asked = Annotated[Filters, Depends(_asked)]
"""What a page of the team takes."""
