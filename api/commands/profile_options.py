"""What the commands about a person ask for alike: a profile, a target, and the words that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from api.commands.library_options import existing
from api.services.catalogue import named
from api.services.planning import NotPlannable, Person, located, read_person
from api.terminal.problems import WrongRequest, near
from pathways.holdings import ProfileProblem
from referentials.library import Library

_LIMIT = re.compile("« (weekly_hours|hours|budget) »")


def profile_read(path: Path) -> Person:
    """The profile of a file that must exist."""
    existing([path])
    return read_person(path)


def target_named(library: Library, text: str, on: date) -> str:
    """The reference of a target; a code of the national directories is looked up."""
    if not text.strip():
        raise WrongRequest("Il manque la cible : ajoutez --target, par exemple --target tp-mn.")
    return reference_named(library, text, on, "la cible")


def reference_named(library: Library, text: str, on: date, what: str) -> str:
    """The reference of a referential, a block or a competency, by its name or by its code of the national directories."""
    if not text.strip():
        raise WrongRequest(f"Il manque {what}.")
    if ":" in text:
        raise WrongRequest(f"« {text.strip()} » est un module : on attend un diplôme, un bloc ou une compétence.")
    return named(library, text, on)


def words_of(texts: Sequence[str]) -> tuple[str, ...]:
    """The words of an option that may be repeated, or given once with commas."""
    return tuple(word.strip() for text in texts for word in text.split(",") if word.strip())


def among(words: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    """Words that must be among known ones."""
    for word in words:
        if word not in known:
            hint = "" if near(word, known) else f" Possibles : {', '.join(known)}."
            raise WrongRequest(f"« {word} » n'est pas {what}.{hint}", near(word, known))
    return tuple(words)


@contextmanager
def refusing(person: Person) -> Iterator[None]:
    """What the engine refuses to compute, said as a mistake in the request or at a line of the profile."""
    try:
        yield
    except ProfileProblem as problem:
        raise located(problem, person.document) from None
    except NotPlannable as problem:
        raise WrongRequest(_LIMIT.sub(_option, str(problem)), problem.near) from None


def _option(found: re.Match[str]) -> str:
    return f"« --{found[1].replace('_', '-')} »"
