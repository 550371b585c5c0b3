"""What HTTP takes to decide which sessions a group opens: people by their files, or with their profiles, and the sessions that are possible."""

from __future__ import annotations

from pydantic import Field, model_validator

from api.services.group_session_surveys import MOST_PEOPLE, MOST_SESSIONS
from api.services.group_surveys import GroupPerson
from pathways.group.sessions_file import SharedSession
from pathways.policy import PRUDENT, Policy
from referentials.provenance import Day, Value


class GroupSessionsRequest(Value):
    """Sessions that a group could open for itself."""

    people: tuple[str, ...] = Field(
        (), max_length=MOST_PEOPLE, description="Les dossiers que l'organisation suit, par leur identifiant."
    )
    profiles: tuple[GroupPerson, ...] = Field(
        (), max_length=MOST_PEOPLE, description="D'autres personnes, avec leur profil ; rien n'en est gardé."
    )
    sessions: tuple[SharedSession, ...] = Field(
        min_length=1, max_length=MOST_SESSIONS, description="Les sessions communes possibles."
    )
    target: str | None = Field(None, max_length=200, description="La même cible pour toutes ; vide : la leur.")
    as_many_as_possible: bool = Field(
        False, description="Accepter que des personnes restent sans parcours, faute de place."
    )
    explain: bool = Field(True, description="Dire ce que vaut chaque session.")
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    offers: tuple[str, ...] | None = Field(
        None, max_length=200, description="Les offres parmi lesquelles choisir ; vide : toutes."
    )
    illustrative: bool = Field(False, description="Choisir aussi parmi les modules inventés.")
    policy: Policy = Field(PRUDENT, description="Ce que valent les preuves, et comment se lisent les droits.")

    @model_validator(mode="after")
    def _each_once(self) -> GroupSessionsRequest:
        if not 0 < len(self.people) + len(self.profiles) <= MOST_PEOPLE:
            raise ValueError(f"donnez de 1 à {MOST_PEOPLE} personnes, dans « people » et « profiles »")
        if len({one.id for one in self.sessions}) < len(self.sessions):
            raise ValueError("deux sessions ont le même identifiant")
        return self
