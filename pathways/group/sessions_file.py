"""Sessions that a group could open for itself (*sessions communes*, « intra »), as their file tells them: one price for all who sit there.

Each is a dated run of a module of the loaded offers, for a price that does not depend on how many come, with a least and a most seats.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, model_validator

from pathways.seats import Seat
from referentials.loader import Format
from referentials.offer import Modality, Session
from referentials.provenance import Day, Value
from referentials.reference import IDENTIFIER, Reference


class SeatRange(Value):
    """How many people a session takes."""

    min: int = Field(1, ge=1, description="Personnes au moins pour que la session ouvre.")
    max: int = Field(ge=1, le=10_000, description="Places.")

    @model_validator(mode="after")
    def _in_order(self) -> SeatRange:
        if self.min > self.max:
            raise ValueError("« min » dépasse « max » : la session ne pourrait jamais ouvrir")
        return self


class SharedSession(Value):
    """One session that could be opened.

    Examples
    --------
    >>> one = SharedSession(id="s1", module="o:m", start="2027-01-04", end="2027-01-08", price=900, seats={"min": 3, "max": 8})
    >>> one.seat.module, one.seat.session.id
    ('o:m', 's1')
    """

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant, unique parmi les sessions communes.")
    module: Reference = Field(description="Le module suivi : offre:module.")
    start: Day = Field(description="Premier jour.")
    end: Day = Field(description="Dernier jour.")
    weekly_hours: float | None = Field(None, gt=0, description="Heures par semaine ; vide : réparties sur la période.")
    days: tuple[str, ...] = Field((), description="Jours de la semaine : lundi, mardi…")
    place: str | None = Field(None, description="Ville ou lieu.")
    modality: Modality | None = Field(None, description="Modalité, si elle diffère de celle du module.")
    price: float = Field(ge=0, le=10_000_000, description="Prix pour tout le groupe, en euros.")
    seats: SeatRange = Field(description="Personnes au moins et au plus.")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> SharedSession:
        if self.end < self.start:
            raise ValueError("« end » vient avant « start »")
        return self

    @property
    def seat(self) -> Seat:
        """A seat in it, as the engine offers one to a person."""
        session = Session(
            id=self.id,
            start=self.start,
            end=self.end,
            weekly_hours=self.weekly_hours,
            modality=self.modality,
            place=self.place,
            days=self.days,
        )
        return Seat(self.module, session)


class SharedSessions(Value):
    """A file of sessions that could be opened."""

    remedy_for_unknown: ClassVar[str] = "Retirez-le : chaque session dit son module, ses dates, son prix et ses places."

    sessions: tuple[SharedSession, ...] = Field(min_length=1, max_length=200, description="Les sessions possibles.")

    @model_validator(mode="after")
    def _told_once(self) -> SharedSessions:
        names = [one.id for one in self.sessions]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"deux sessions ont le même identifiant : {', '.join(twice)}")
        return self


SESSIONS = Format("sessions", (), SharedSessions, False)
"""What a file of shared sessions is, for the reader of files."""
