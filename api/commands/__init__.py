"""The commands of ``passerelles``: one file each, opened only when it is called.

To add one: a line below, and a module of that name here (``import_`` for a word of Python) with ``command`` (the function whose parameters are the arguments
and options), ``HELP`` (what it does, in French) and ``EXAMPLES`` (what follows ``passerelles``, ready to copy).
"""

from __future__ import annotations

from keyword import iskeyword
from typing import NamedTuple

PATHWAYS = "Les parcours"
LIBRARY = "La bibliothèque"
EDITING = "Modifier un référentiel"
SERVER = "Le serveur"

FAMILIES = (PATHWAYS, LIBRARY, EDITING, SERVER)
"""The families, in the order of the help page."""


class Entry(NamedTuple):
    """One command: its name, its family, what it does, and other words that people may try."""

    name: str
    family: str
    summary: str
    words: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The name of its module."""
        return f"{__name__}.{self.name}" + "_" * iskeyword(self.name)


COMMANDS = (
    Entry("plan", PATHWAYS, "Calculer le plan de formation d'une personne", ("parcours", "planifier", "calculer")),
    Entry("gap", PATHWAYS, "Dire ce qui reste pour une cible", ("écart", "ecart", "positionner", "reste")),
    Entry("orient", PATHWAYS, "Ranger toutes les cibles, la plus proche d'abord", ("orienter", "orientation")),
    Entry("cohort", PATHWAYS, "Calculer le parcours de beaucoup de personnes", ("cohorte", "équipe", "equipe")),
    Entry("territory", PATHWAYS, "Dire ce qui manque par territoire et métier", ("territoire", "observatoire")),
    Entry("budget", PATHWAYS, "Décider pour un groupe quand le budget ne suffit pas", ("arbitrage",)),
    Entry("sessions", PATHWAYS, "Décider des sessions communes d'un groupe", ("session", "intra", "communes")),
    Entry("bridge", PATHWAYS, "Montrer une passerelle, de A à B", ("passerelle",)),
    Entry("bridges", PATHWAYS, "Donner toutes les passerelles", ("passerelles", "matrice", "matrix")),
    Entry("map", PATHWAYS, "Dresser la carte nationale des passerelles", ("cartes", "nationale")),
    Entry("coverage", PATHWAYS, "Dire ce qu'une offre couvre d'un référentiel", ("couverture", "couvrir")),
    Entry("graph", PATHWAYS, "Écrire le graphe de la bibliothèque", ("graphe",)),
    Entry("list", LIBRARY, "Lister les référentiels, une version par ligne", ("lister", "liste", "ls")),
    Entry("show", LIBRARY, "Montrer un référentiel, un bloc, une passerelle…", ("montrer", "voir", "afficher")),
    Entry("diff", LIBRARY, "Comparer deux versions", ("comparer", "compare")),
    Entry("import", EDITING, "Importer des fichiers venus d'ailleurs : RNCP, CASE…"),
    Entry("export", EDITING, "Écrire un référentiel pour un autre logiciel"),
    Entry("validate", EDITING, "Contrôler des fichiers, avec tout ce qui ne va pas", ("valider", "verifier", "check")),
    Entry("cases", EDITING, "Vérifier les cas du domaine, une phrase après l'autre", ("cas", "verifier-les-cas")),
    Entry("publish", EDITING, "Sceller une version et la publier", ("publier",)),
    Entry("schema", EDITING, "Écrire les schémas qui aident les éditeurs de texte", ("schéma", "schemas")),
    Entry("serve", SERVER, "Démarrer le service web et son API", ("serveur", "servir", "web", "api")),
    Entry("work", SERVER, "Faire les travaux longs dans un programme à part", ("travailler", "travaux", "jobs")),
    Entry("db", SERVER, "Préparer ou contrôler la base de données", ("base", "database", "migrer", "upgrade")),
    Entry("backup", SERVER, "Sauvegarder la base de données", ("sauvegarder", "sauvegarde")),
    Entry("restore", SERVER, "Remettre une sauvegarde en place", ("restaurer",)),
    Entry("user", SERVER, "Ajouter un compte", ("utilisateur", "account")),
    Entry("token", SERVER, "Donner un jeton d'API à un programme", ("jeton",)),
)
