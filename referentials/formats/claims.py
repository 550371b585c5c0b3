"""What CVs and badges have in common (*ce qu'un document affirme*): jobs with their length, and words that somebody has yet to recognise.

Nothing read here proves anything: a job is as the document says, a diploma stays words. Whose document it is, is left out: names,
addresses, numbers and pages are taken out of every text that is kept::

    months = from the latest day on which the job may have begun to the earliest on which it may have ended
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from referentials.document import shown
from referentials.findings import Finding, Place, warning
from referentials.formats.exchange import PROFILE, Record, Upload
from referentials.formats.text import plain

MOST = 300
"""How many jobs and mentions of one document are taken."""

_LONGEST = 200
_CONTACT = re.compile(
    r"[^\s@]{1,64}@\S+|(?:https?://|www\.|data:|mailto:)\S+|(?<!\w)\+?\(?\d(?:[ .\-/()]{0,2}\d){8,}", re.IGNORECASE
)
_HOLLOW = re.compile(r"\(\s*\)|\[\s*\]|<\s*>|«\s*»")
_EDGES = " \t\n,;:|/–—-"
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")

Moment = tuple[int, int | None, int | None]
"""A year, and the month and the day when they are told."""


def moment(text: Any) -> Moment | None:
    """A date as far as it is told; None when it is none.

    Examples
    --------
    >>> moment("2013-12-01T10:00:00Z"), moment("2013"), moment("hier"), moment("2013-15")
    ((2013, 12, 1), (2013, None, None), None, None)
    """
    found = _DAY.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return year or 0, month, day


def day_of(told: Moment | None) -> str | None:
    """The day, written as in our files, where the whole of it is told."""
    return None if told is None or told[1] is None or told[2] is None else f"{told[0]:04}-{told[1]:02}-{told[2]:02}"


def months_between(start: Moment, end: Moment) -> float:
    """How many months lie for certain between two dates; zero when none does.

    Examples
    --------
    >>> months_between((2013, 12, 1), (2014, 12, 1)), months_between((2001, None, None), (2005, None, None))
    (12.0, 36.0)
    >>> months_between((2013, 1, None), (2013, 12, None)), months_between((2020, 5, None), (2019, 1, None))
    (11.0, 0.0)
    """
    begun = 12 * start[0] + (start[1] if start[1] is not None else 13)
    ended = 12 * end[0] + (end[1] if end[1] is not None else 1)
    days = (end[2] - start[2]) / 30 if start[2] is not None and end[2] is not None else 0.0
    return max(0.0, round(ended - begun + days, 1))


class Claims:
    """What one document says, gathered.

    Parameters
    ----------
    upload : Upload
        The document.
    names : str
        What the document calls the person: never kept, wherever it stands.
    """

    def __init__(self, upload: Upload, *names: Any) -> None:
        self._file = upload.name
        told = [" ".join(name[:_LONGEST].split()) for name in names if isinstance(name, str)]
        parts = {part for name in told for part in (name, *name.split(" ")) if len(part) > 2}
        listed = "|".join(map(re.escape, sorted(parts, key=lambda part: (-len(part), part))))
        self._names = re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE) if parts else None
        self._jobs: list[dict[str, Any]] = []
        self._mentions: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
        self._findings: list[Finding] = []
        self._full = False

    def words(self, text: Any, most: int = _LONGEST) -> str:
        """A text on one line, without what tells who the person is; empty when it is no text."""
        if not isinstance(text, str):
            return ""
        line = " ".join(plain(text[: 20 * most]).split())
        if len(line) > 5 * most:
            line = line[: 5 * most].rpartition(" ")[0]
        if self._names is not None:
            line = self._names.sub("", line)
        line = " ".join(_HOLLOW.sub("", _CONTACT.sub("", line)).split()).strip(_EDGES)
        return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"

    def job(self, title: Any, start: Moment | None, end: Moment | None, path: str) -> None:
        """A job; one whose length can't be told is a mention."""
        named = self.words(title)
        months = months_between(start, end) if start and end else 0.0
        if not named and not months:
            return
        if not months:
            self.mention("job", named)
            message = f"La durée de « {shown(named)} » ne se lit pas : il y manque un début, une fin ou les mois."
            self._tell("duree", message, "Ajoutez cette expérience à la main, avec sa durée.", path)
        elif self._has_room(path):
            self._jobs.append({"months": months} | ({"title": named} if named else {}))

    def mention(self, kind: str, title: Any, path: str = "", **more: str | None) -> None:
        """Something said in words; said twice, it is kept once."""
        named = self.words(title)
        values = {"kind": kind, "title": named} | {key: value for key, value in more.items() if value}
        key = tuple(sorted(values.items()))
        if named and key not in self._mentions and self._has_room(path):
            self._mentions[key] = values

    def leave(self, kind: str, what: str, path: str = "") -> None:
        """Tell that a part of the document is not taken."""
        self._tell(kind, f"Non repris : {what}.", "Ajoutez à la main ce qui compte pour vous.", path)

    def warn(self, kind: str, message: str, remedy: str, path: str = "") -> None:
        """Tell something else about the document."""
        self._tell(kind, message, remedy, path)

    def read(self) -> Iterator[Record | Finding]:
        """One profile, and what is to be told."""
        values: dict[str, Any] = {}
        if self._jobs:
            values["experience"] = self._jobs
        if self._mentions:
            values["mentions"] = list(self._mentions.values())
        yield Record(PROFILE, values, Place(file=self._file))
        yield from self._findings

    def _has_room(self, path: str) -> bool:
        if len(self._jobs) + len(self._mentions) < MOST:
            return True
        if not self._full:
            self._tell(
                "longueur", f"Au-delà de {MOST} lignes, la suite n'est pas lue.", "Raccourcissez le fichier.", path
            )
        self._full = True
        return False

    def _tell(self, kind: str, message: str, remedy: str, path: str) -> None:
        self._findings.append(warning(f"affirmation-{kind}", message, remedy, file=self._file, path=path))
