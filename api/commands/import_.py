"""``passerelles import``: files of outside standards into the library, with an account of what changed."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from api.commands.library_options import existing
from api.services.planning import NotPlannable
from api.terminal.problems import INTERRUPTED, WRONG, WrongRequest, tell
from api.terminal.progress import Progress
from api.terminal.screen import answer, notice
from reports.wording import plural

if TYPE_CHECKING:
    from api.services.imports import Import, Report
    from api.store.repositories.imports import Note
    from referentials.formats.exchange import Standard, Upload

HELP = """
Importer des fichiers venus d'ailleurs : le répertoire national (RNCP, RS), un référentiel CASE ou Moodle, une offre… Chaque
enregistrement est contrôlé comme un fichier écrit à la main ; ce qui ne va pas est dit avec sa place, et le reste est pris.
--strict refuse tout le fichier s'il y a une seule erreur ; --dry-run dit ce qui changerait et ne change rien.

Sans --into, tout va dans la base de données, où le service web le lit, et où plan, gap, show… le lisent avec --database ;
--into DOSSIER écrit des fichiers YAML, à donner ensuite avec --library. Importer de nouveau met à jour et dit ce qui a changé.
Ctrl+C garde ce qui est déjà pris : relancez la même commande pour continuer. Le format se devine le plus souvent ; --list donne
ceux qui se lisent.
"""
EXAMPLES = (
    "import --list",
    "import export-fiches.xml --dry-run",
    "import rncp export-fiches.xml --into mes-referentiels --strict",
)

_SHOWN = 20


def command(
    words: list[str] = typer.Argument(
        None, metavar="[FORMAT] FICHIER…", help="Le format s'il le faut, puis les fichiers."
    ),
    into: Path | None = typer.Option(
        None, "--into", metavar="DOSSIER", help="Écrire des fichiers YAML dans ce dossier."
    ),
    organisation: str = typer.Option(
        "", "--organisation", metavar="NOM", help="Pour cet organisme seulement ; sans cela, pour tous."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Dire ce qui changerait, sans rien changer."),
    strict: bool = typer.Option(False, "--strict", help="Refuser tout le fichier à la première erreur."),
    listed: bool = typer.Option(False, "--list", help="Donner les formats qui se lisent."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Import files."""
    if listed:
        _list(json)
        return
    wanted, files = _asked_for(words or [])
    if into is not None and organisation:
        raise WrongRequest("--into écrit dans un dossier, --organisation dans la base : choisissez.")
    accounts = []
    with ExitStack() as stack:
        place = _place(stack, into, organisation)
        for file in files:
            account = Account(file.name, dry_run)
            accounts.append(account)
            _one(file, wanted, place, account, strict)
            if account.interrupted:
                break
    if json:
        answer().json({"files": [account.plain() for account in accounts]})
    else:
        for account in accounts:
            account.show()
    _finish(accounts, into)


def _asked_for(words: list[str]) -> tuple[str | None, list[Path]]:
    """The format that was named, if one was, and the files."""
    from api.services.import_formats import readers

    known = {one.id for one in readers()}
    looks_named = len(words) > 1 and not Path(words[0]).exists() and not Path(words[0]).suffix
    named = words[0] if words and (words[0] in known or looks_named) else None
    files = [Path(word) for word in words[1 if named else 0 :]]
    if not files:
        raise WrongRequest("Il manque le fichier à importer. « passerelles import --list » donne les formats.")
    return named if named is None else _standard(named).id, existing(files)


def _standard(name: str) -> Standard:
    from api.services.import_formats import readers, standard_named

    try:
        return standard_named(name, readers())
    except NotPlannable as problem:
        raise WrongRequest(str(problem), problem.near) from None


class Place(NamedTuple):
    """Where everything goes: a folder, or the database for a scope."""

    folder: Path | None
    store: Any = None
    scope: Any = None


def _place(stack: ExitStack, into: Path | None, organisation: str) -> Place:
    if into is not None:
        if into.exists() and not into.is_dir():
            raise WrongRequest(f"« {into} » n'est pas un dossier.")
        return Place(into)
    from api.commands.store_options import opened_store, organisation_named
    from api.store.scope import Scope

    store = stack.enter_context(opened_store())
    if not organisation:
        return Place(None, store, Scope(shared=True))
    with store.read() as unit:
        return Place(None, store, Scope(organisation=organisation_named(unit, organisation).id))


def _one(file: Path, wanted: str | None, place: Place, account: Account, strict: bool) -> None:
    from api.services.import_formats import readers, standard_of
    from referentials.formats.exchange import OCCUPATION, Upload

    with file.open("rb") as stream, Progress() as progress:
        upload = Upload(file.name, stream, file.stat().st_size)
        try:
            standard = _standard(wanted) if wanted else standard_of(upload, readers())
        except NotPlannable as problem:
            raise WrongRequest(str(problem), problem.near) from None
        account.standard = standard.id
        if place.folder is not None and standard.reads == (OCCUPATION,):
            raise WrongRequest("Des métiers vont dans la base de données, où une question les trouve : retirez --into.")
        if wanted is None:
            notice().line(f"{file.name} : format {standard.id}, {standard.title}.")
        bar = _Bar(file.name, progress)
        if place.folder is not None:
            account.report = _into_folder(standard, upload, place.folder, account, bar, strict)
        else:
            account.report = _into_store(standard, upload, place, account, bar, strict)


class _Bar(NamedTuple):
    """The bar of one file, in hundredths."""

    name: str
    progress: Progress

    def tell(self, done: int, size: int) -> None:
        self.progress.tell(f"Import de {self.name}", min(100, done * 100 // max(size, 1)), 100)


def _into_folder(
    standard: Standard, upload: Upload, folder: Path, account: Account, bar: _Bar, strict: bool
) -> Report | None:
    from api.services.import_places import IntoFolder
    from api.services.imports import Import
    from referentials.library import Library

    where = IntoFolder(folder, upload.name)
    asked = Import(
        standard, upload, where, account.dry, tell=bar.tell, hear=account.hear, library=lambda: Library.read(folder)
    )
    try:
        return _performed(asked, strict)
    except KeyboardInterrupt:
        account.interrupted = True
        return None


def _performed(asked: Import, strict: bool) -> Report:
    if strict:
        asked.check()
    return asked.run()


def _into_store(
    standard: Standard, upload: Upload, place: Place, account: Account, bar: _Bar, strict: bool
) -> Report | None:
    from api.services.import_runs import Followed, end, perform
    from api.store.repositories.imports import Request, digest_of
    from api.store.tables.imported import RunState

    size, digest = digest_of(upload.stream)
    request = Request(standard.id, upload.name[-300:], size, digest, account.dry, strict)
    with place.store.write() as unit:
        run = unit.of(place.scope).imports.ask(request)
    followed = Followed(tell=bar.tell, hear=account.hear)
    try:
        return perform(place.store, place.scope, run.id, standard, upload, followed=followed)
    except KeyboardInterrupt:
        end(place.store, place.scope, run.id, RunState.STOPPED)
        account.interrupted = True
        return None


# -- what is said ---------------------------------------------------------------------------------------------------------


class Account:
    """What an import of one file came to, as a person reads it."""

    def __init__(self, file: str, dry: bool) -> None:
        self.file, self.dry, self.standard = file, dry, ""
        self.interrupted = False
        self.report: Report | None = None
        self._heard: dict[str, list[Note]] = {}
        self._counts: Counter[str] = Counter()

    def hear(self, note: Note) -> None:
        """Keep the first lines of each sort."""
        self._counts[note.outcome] += 1
        kept = self._heard.setdefault(note.outcome, [])
        if len(kept) < _SHOWN:
            kept.append(note)

    @property
    def counts(self) -> dict[str, int]:
        """How many of what."""
        from api.services.import_runs import told

        return told(self.report.counts if self.report else self._counts)

    def plain(self) -> dict[str, Any]:
        """The account for a program; of each sort, the first lines."""
        lines = {
            outcome: [{"ref": note.ref, "title": note.title, "said": note.document} for note in notes]
            for outcome, notes in self._heard.items()
        }
        return {
            "file": self.file,
            "format": self.standard,
            "dry_run": self.dry,
            "complete": bool(self.report and self.report.complete),
            "counts": self.counts,
            "lines": lines,
        }

    def show(self) -> None:
        """The account for a person."""
        from referentials.findings import Finding

        screen = answer()
        screen.title(self.file)
        for outcome, one, many in _COUNTED:
            if self.counts[outcome]:
                screen.line(plural(self.counts[outcome], one, many), indent=2)
        for note in self._heard.get("changed", ()):
            screen.item(f"{note.ref} : {' ; '.join(note.document) or 'le contenu change'}", indent=4)
        for note in self._heard.get("gone", ())[:5]:
            screen.item(f"{note.ref}, {note.title}", indent=4)
        for outcome in ("problem", "remark"):
            for note in self._heard.get(outcome, ()):
                tell(Finding.model_validate(note.document), screen)
            if (more := self.counts[outcome] - len(self._heard.get(outcome, ()))) > 0:
                screen.line(f"… et {plural(more, 'autre constat', 'autres constats')}.", indent=2)
        if self.dry:
            screen.line("Essai : rien n'a été changé.", "bold")


_COUNTED = (
    ("new", "document nouveau", "documents nouveaux"),
    ("changed", "document changé", "documents changés"),
    ("confirmed", "document relu, sans changement de fond", "documents relus, sans changement de fond"),
    ("unchanged", "document inchangé", "documents inchangés"),
    ("refused", "enregistrement refusé", "enregistrements refusés"),
    (
        "gone",
        "document qui n'est plus dans le fichier, et qui reste",
        "documents qui ne sont plus dans le fichier, et qui restent",
    ),
)


def _finish(accounts: list[Account], into: Path | None) -> None:
    if any(account.interrupted for account in accounts):
        notice().line("Interrompu. Ce qui est déjà pris reste ; relancez la même commande pour continuer.", "yellow")
        raise typer.Exit(INTERRUPTED)
    kept = any(account.counts["new"] + account.counts["changed"] for account in accounts if not account.dry)
    if kept:
        where = (
            f"Pour s'en servir : --library {into}"
            if into
            else "Le service web le lit dès maintenant ; ici, --database."
        )
        notice().line(where, "dim")
    if any(account.report is None for account in accounts):
        raise typer.Exit(WRONG)


def _list(json: bool) -> None:
    from api.services.import_formats import readers

    found = readers()
    if json:
        answer().json(
            [{"id": one.id, "title": one.title, "suffixes": one.suffixes, "reads": one.reads} for one in found]
        )
        return
    for one in found:
        answer().row((one.id, ", ".join(one.suffixes), one.title), (12, 14, 60))
