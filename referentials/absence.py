"""What a library does not have (*absence*): a reference that leads nowhere, a day without a version in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from referentials.model import Referential


class UnknownReference(LookupError):
    """Nothing has that reference; ``near`` lists what it may have meant."""

    def __init__(self, text: str, near: Iterable[str] = ()) -> None:
        self.text, self.near = text, tuple(near)
        hint = f" Peut-être : {', '.join(self.near)}." if self.near else ""
        super().__init__(f"« {text} » n'existe pas dans la bibliothèque.{hint}")


class OnlyNamed(UnknownReference):
    """Rights name that fiche, but nobody read it: it can be held, and nothing can be told of what it asks for."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.args = (
            f"La fiche « {text} » n'est pas dans la bibliothèque : une passerelle la nomme, mais ce qu'elle demande "
            "n'est pas connu. Elle ne peut être ni visée ni exportée avant d'être importée.",
        )


class NotInForce(LookupError):
    """No version of that referential is in force on that day; ``versions`` lists those there are, ``successors`` what follows."""

    def __init__(
        self, identifier: str, on: date, versions: Iterable[Referential], successors: Iterable[Referential] = ()
    ) -> None:
        self.identifier, self.on, self.versions, self.successors = identifier, on, tuple(versions), tuple(successors)
        known = ", ".join(f"{version.key} ({_years(version)})" for version in self.versions)
        after = ", ".join(f"{version.key} ({version.title})" for version in self.successors)
        super().__init__(
            f"Aucune version de « {identifier} » n'est en vigueur le {on:%d/%m/%Y}. Versions connues : {known}."
            + (f" Ce qui l'a remplacé : {after}." if after else "")
        )


def _years(version: Referential) -> str:
    start, end = (
        f"{day:%d/%m/%Y}" if day else "?" for day in (version.valid.start or version.valid.seen, version.valid.end)
    )
    return f"du {start} au {end}"
