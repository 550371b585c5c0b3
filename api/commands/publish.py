"""``passerelles publish``: a draft becomes a sealed version, with the reason and the day in the ledger."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.library_options import day, existing
from api.terminal.problems import WrongRequest, beside
from api.terminal.screen import answer
from referentials.library import SHIPPED
from referentials.loader import REFERENTIAL
from reports.wording import date_fr

HELP = """
Publier une version : contrôle, puis sceau. Le fichier passe à l'état « publié », et le registre garde l'empreinte, le jour et
le motif : ensuite, tout changement non publié se voit.

Le dossier de données est celui où se trouve le brouillon ; --to en désigne un autre. Publier de nouveau une version corrigée
ajoute une révision. En cas d'erreur, rien n'est écrit.
"""
EXAMPLES = (
    'publish mes-fichiers/certifications/atelier/2027.yaml --reason "première version"',
    'publish brouillon.yaml --to mes-fichiers --reason "intitulé du CCP2 corrigé"',
)


def command(
    draft: Path = typer.Argument(metavar="BROUILLON", help="Le fichier de la version."),
    reason: str = typer.Option("", "--reason", metavar="TEXTE", help="Pourquoi, en quelques mots (obligatoire)."),
    to: Path | None = typer.Option(None, "--to", metavar="DOSSIER", help="Le dossier de données où publier."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la publication ; sans cela, aujourd'hui."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Seal and publish a version."""
    from referentials.loader import load_file
    from referentials.publish import publish

    existing([draft] if to is None else [draft, to])
    if not reason.strip():
        raise WrongRequest('Il manque le motif de la publication : ajoutez --reason "pourquoi".')
    if load_file(draft).format is not REFERENTIAL:
        raise WrongRequest(
            "Seul un référentiel se publie. Une passerelle, une règle ou une offre compte dès qu'elle est enregistrée dans le "
            "dossier de données : contrôlez-la avec « passerelles validate »."
        )
    folder = to if to is not None else _folder_of(draft)
    line = publish(draft, folder, on=day(on), reason=reason)
    if json:
        answer().json(line.model_dump(mode="json"))
    else:
        answer().line(f"{line.ref} est publié, révision {line.revision}, le {date_fr(line.on)} : {line.reason}", "bold")
        answer().line(f"Inscrit au registre : {beside(folder / 'ledger.jsonl')}")


def _folder_of(draft: Path) -> Path:
    """The data folder that a draft is in: the one above ``certifications`` or ``frameworks``."""
    for parent in draft.resolve().parents:
        if parent.name in REFERENTIAL.folders:
            return parent.parent
    if draft.resolve().is_relative_to(SHIPPED.resolve()):
        return SHIPPED
    raise WrongRequest("Dans quel dossier de données publier ? Ajoutez --to DOSSIER.")
