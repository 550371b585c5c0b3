"""What an exporter receives (*document*): the paper to draw, the values behind it, and the days to put in a calendar."""

from __future__ import annotations

from datetime import date

from pydantic import Field, SerializeAsAny

from referentials.provenance import Value
from reports.paper import Paper
from reports.plain_text import Plain


class Event(Value):
    """A day or a period for a calendar: a session, a deadline, an assessment."""

    uid: str = Field(description="Identifiant stable : le même tant qu'il s'agit de la même étape du même plan.")
    title: Plain = Field(description="De quoi il s'agit.")
    start: date = Field(description="Premier jour.")
    end: date = Field(description="Dernier jour, compris.")
    place: Plain = Field("", description="Où ; vide : non dit.")
    description: Plain = Field("", description="Le reste : heures, organisme, pourquoi.")
    revision: int = Field(0, ge=0, description="Combien de fois l'étape a changé depuis la première version.")


class Document(Value):
    """A paper, its data, and its days.

    ``data`` is what a JSON export holds: a plan document, a bridge, a matrix, a coverage. ``main`` is the name of the table
    that a CSV export holds.
    """

    paper: Paper = Field(description="Le document à dessiner.")
    data: SerializeAsAny[Value] = Field(description="Les valeurs, pour un programme.")
    main: str = Field(description="La table d'un export CSV.")
    events: tuple[Event, ...] = Field((), description="Les jours, pour un agenda.")
