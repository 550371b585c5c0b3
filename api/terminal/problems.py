"""What went wrong, in French, with what to do (*messages d'erreur*): one sentence per family, and the status to end with.

Four families: the file is wrong, the request is wrong, no plan exists (an answer, not met here), we are wrong (a bug).
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from api.terminal.screen import Screen

ANSWERED, NO_PLAN, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: answered, no plan exists, the request or a file is wrong, stopped by the person."""


class WrongRequest(Exception):
    """The request can't be answered; ``near`` lists what may have been meant."""

    def __init__(self, sentence: str, near: Iterable[str] = ()) -> None:
        self.near = tuple(near)
        super().__init__(sentence + (f" Vouliez-vous écrire {' ou '.join(self.near)} ?" if self.near else ""))


def near(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known words that look like a word, the nearest first."""
    return get_close_matches(word.lower(), list(known), n=count)


def report(problem: BaseException, screen: Screen) -> None:
    """Say what went wrong; a problem that is nobody's mistake is said to be ours."""
    for finding in getattr(problem, "findings", ()):
        tell(finding, screen)
    if not getattr(problem, "findings", ()):
        screen.line(sentence(problem), "red")


LONGEST = 80
"""A word that someone typed is quoted no longer than this."""

_QUOTED = re.compile(f"« ([^«»]{{{LONGEST + 1},}}) »")


def short(text: str) -> str:
    """A sentence whose quotations are cut where they are too long to help.

    Examples
    --------
    >>> short("« court » et « " + "long" * 30 + " »")[:40]
    '« court » et « longlonglonglonglonglongl'
    >>> len(short("« " + "long" * 500 + " » n'existe pas.")) < 120
    True
    """
    return _QUOTED.sub(lambda found: f"« {found[1][: LONGEST - 1]}… »", text)


def plain(problem: BaseException) -> dict[str, Any]:
    """A problem for a program, in the shape of RFC 9457, with what this kind of problem knows beside.

    ``type`` is stable from one release to the next; ``detail`` is the sentence that people read.
    """
    findings = getattr(problem, "findings", ())
    kind = _kind(problem)
    told: dict[str, Any] = {"type": f"urn:passerelles:{kind}", "title": _TITLES[kind], "detail": sentence(problem)}
    if findings:
        told["detail"] = short(" ".join(finding.message for finding in findings))
        told["findings"] = [finding.model_dump(mode="json") for finding in findings]
    if kind in ("request", "unknown-reference"):
        told["near"] = list(getattr(problem, "near", ()))
    if kind == "not-in-force":
        told["near"] = [version.key for version in (*problem.versions, *problem.successors)]  # type: ignore[attr-defined]
    return told


_TITLES = {
    "file": "Un fichier ne convient pas",
    "unknown-reference": "Cette référence n'existe pas",
    "only-named": "Cette fiche n'a pas été lue",
    "not-in-force": "Aucune version en vigueur ce jour-là",
    "request": "La demande ne convient pas",
    "system": "Un fichier ou un dossier n'est pas accessible",
    "interrupted": "Interrompu",
    "defect": "Défaut de Passerelles",
}


def _kind(problem: BaseException) -> str:
    named = {"UnknownReference": "unknown-reference", "OnlyNamed": "only-named", "NotInForce": "not-in-force"}
    if getattr(problem, "findings", ()):
        return "file"
    if isinstance(problem, WrongRequest) or hasattr(problem, "format_message"):
        return "request"
    if isinstance(problem, KeyboardInterrupt):
        return "interrupted"
    return named.get(type(problem).__name__, "system" if isinstance(problem, OSError) else "defect")


def tell(finding: Any, screen: Screen) -> None:
    """A finding on three lines: where, what happened, what to do."""
    from pathlib import Path

    where, serious = finding.where, finding.severity == "error"
    head = ":".join(str(part) for part in (where.file and beside(Path(where.file)), where.line) if part)
    what = "erreur" if serious else "à regarder"
    place = " · ".join(part for part in (head or "bibliothèque", what, where.path) if part)
    screen.line(place, "bold", "red" if serious else "yellow")
    screen.line(short(finding.message), indent=4)
    screen.line(f"{short(finding.remedy)} [{finding.rule}]", indent=4)


def beside(path: Any) -> str:
    """A path as short as it can be said from here."""
    from pathlib import Path

    full, here = Path(path).absolute(), Path.cwd()
    return str(full.relative_to(here)) if full.is_relative_to(here) else str(path)


def sentence(problem: BaseException) -> str:
    """A problem as one French sentence."""
    if isinstance(problem, WrongRequest) or type(problem).__name__ in ("UnknownReference", "OnlyNamed", "NotInForce"):
        return short(str(problem))
    if isinstance(problem, KeyboardInterrupt):
        return "Interrompu."
    if hasattr(problem, "format_message"):
        return _usage(problem)
    if isinstance(problem, OSError):
        name = f"« {problem.filename} »" if problem.filename else "Le fichier"
        return short(f"{name} : {_SYSTEM.get(problem.errno or 0, 'accès impossible')}.")
    return (
        f"Erreur imprévue ({type(problem).__name__}) : c'est un défaut de Passerelles, pas de vos fichiers. "
        "Relancez la même commande avec --debug pour en voir le détail, et signalez-le."
    )


_SYSTEM = {
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EACCES: "vous n'avez pas le droit de lire ou d'écrire ici",
    errno.EPERM: "vous n'avez pas le droit de lire ou d'écrire ici",
    errno.EISDIR: "c'est un dossier, on attend un fichier",
    errno.ENOTDIR: "une partie de ce chemin n'est pas un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "ce disque ne peut pas être modifié",
    errno.ENAMETOOLONG: "ce nom est trop long",
}


def _usage(problem: Any) -> str:
    """A mistake in the options or arguments, which the library that reads them says in English."""
    name = type(problem).__name__
    option = getattr(problem, "option_name", "")
    if name == "NoSuchOption":
        found = list(problem.possibilities or ()) or near(option, _options(problem))
        hint = f" Vouliez-vous écrire {' ou '.join(found)} ?" if found else ""
        return short(f"L'option « {option} » n'existe pas.{hint}")
    if name == "BadOptionUsage":
        return f"L'option « {option} » attend une valeur, ou n'en attend pas : voyez --help."
    if name == "MissingParameter":
        return f"Il manque {_named(problem.param)}."
    if name == "BadParameter" and problem.param is not None:
        return short(
            f"{_given(problem)} ne convient pas à {_named(problem.param)} : on attend {_expected(problem.param)}."
        )
    return "La commande est mal écrite."


def _given(problem: Any) -> str:
    """What someone typed for an option, where it is known."""
    cause = problem.__cause__ or problem.__context__
    typed = [one.get("input") for one in cause.errors()] if hasattr(cause, "errors") else []
    return f"« {typed[0]} »" if typed else "La valeur donnée"


def _options(problem: Any) -> Sequence[str]:
    params = problem.ctx.command.params if problem.ctx else ()
    return [text for param in params for text in param.opts if text.startswith("-")]


def _named(param: Any) -> str:
    if param.param_type_name == "option":
        return f"l'option {param.opts[0]}"
    return f"l'argument {param.metavar or param.name.upper()}"


_EXPECTED = {
    "int": "un nombre entier",
    "float": "un nombre, avec un point",
    "bool": "true ou false",
    "Path": "un chemin",
}


def _expected(param: Any) -> str:
    annotation = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    return _EXPECTED.get(getattr(annotation, "__name__", ""), "autre chose, voyez --help")
