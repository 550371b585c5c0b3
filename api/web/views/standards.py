"""Outside standards in plain words (*formats d'échange*): what each is, what it brings in, what it does not; in the order people know them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from api.web.views.said import Said
from referentials.formats.exchange import Standard
from referentials.provenance import Value
from reports.language import Words, to_say

NAMES = Words(
    {
        "rncp": to_say("Le répertoire national, RNCP et RS"),
        "workbook": to_say("Un classeur Excel"),
        "lheo": to_say("Un catalogue d'offres LHEO"),
        "edof": to_say("Un catalogue EDOF (Mon Compte Formation)"),
        "moodle": to_say("Un référentiel de compétences Moodle"),
        "case": to_say("Un référentiel CASE"),
        "digcomp": to_say("Le cadre européen DigComp 3.0"),
        "rome": to_say("Les métiers du ROME"),
        "esco": to_say("Les métiers d'ESCO"),
        "skos": to_say("Un vocabulaire SKOS (Turtle)"),
        "yaml": to_say("Un fichier YAML de Passerelles"),
    }
)

BRINGS = Words(
    {
        "rncp": to_say(
            "Les fiches, leurs blocs et leurs compétences, les évaluations, la VAE, les équivalences qu'elles déclarent. "
            "Le fichier XML de France compétences, ou le ZIP de ses tables."
        ),
        "workbook": to_say("Des référentiels, des passerelles ou des offres, écrits dans un de nos modèles."),
        "lheo": to_say("Les formations d'un organisme : modules, sessions, heures, prix, blocs préparés."),
        "edof": to_say("Les formations déposées sur Mon Compte Formation : modules, sessions, heures, prix, blocs."),
        "moodle": to_say("Un référentiel et son arbre de compétences, tel que Moodle l'exporte en CSV."),
        "case": to_say("Un référentiel publié par un autre système : blocs, compétences, ordre, proximités."),
        "digcomp": to_say("Les compétences numériques du cadre européen, avec ses niveaux."),
        "rome": to_say("Des métiers, leurs appellations et leurs compétences, pour reconnaître un intitulé de poste."),
        "esco": to_say("Des métiers, leurs autres noms et leurs compétences, pour reconnaître un intitulé de poste."),
        "yaml": to_say(
            "Un référentiel, des passerelles ou une offre, dans le format de ce service : rien ne s'y perd."
        ),
    }
)

LACKS = Words(
    {
        "rncp": to_say(
            "Ne viennent pas : les partenaires, les jurys. Les tables n'ont ni compétences, ni équivalences."
        ),
        "workbook": to_say("Ne viennent pas : les personnes, qui ne sont pas de la bibliothèque."),
        "lheo": to_say("Ne viennent pas : les textes libres, les contacts, les prix à l'heure."),
        "edof": to_say("Ne viennent pas : les textes libres, les contacts, les prix à l'heure."),
        "moodle": to_say("Ne viennent pas : les règles d'achèvement, les barèmes propres à une compétence."),
        "case": to_say(
            "Ne viennent pas : les grilles d'évaluation, les liens hors du fichier. Un lien CASE ne donne aucun droit."
        ),
        "digcomp": to_say("Rien n'y donne de droit : c'est un cadre, pas une certification."),
        "rome": to_say("Aucune compétence d'un métier n'est tenue pour acquise."),
        "esco": to_say("Aucune compétence d'un métier n'est tenue pour acquise."),
        "yaml": "",
    }
)

TAKES = Words(
    {
        "yaml": to_say("Le nôtre : complet, et relu ici sans rien perdre."),
        "workbook": to_say("Pour lire et modifier dans un tableur, puis renvoyer."),
        "case": to_say("Pour un système d'apprentissage ou un registre de compétences."),
        "moodle": to_say("Pour un site Moodle : Compétences, Importer un référentiel."),
        "skos": to_say("Pour le web de données : vocabulaires, catalogues, bibliothèques."),
        "lheo": to_say("Pour un catalogue régional (Carif-Oref)."),
        "edof": to_say("Pour déposer sur Mon Compte Formation."),
    }
)


class StandardWords(Value):
    """A standard, to choose."""

    id: str = Field(description="Son identifiant.")
    name: Said = Field(description="Comment on l'appelle.")
    brings: Said = Field(description="Ce qu'il apporte, et ce qui n'en vient pas.")
    suffixes: str = Field(description="Comment finissent les noms de ses fichiers.")


def name_of(standard: str, otherwise: str = "") -> str:
    """What people call a standard."""
    return NAMES.get(standard) or otherwise or standard


def in_words(standards: Iterable[Standard]) -> tuple[StandardWords, ...]:
    """Standards to choose from, those that people know first."""
    rank = {one: number for number, one in enumerate(NAMES)}
    known = sorted(standards, key=lambda one: (rank.get(one.id, len(rank)), one.id))
    return tuple(
        StandardWords(
            id=one.id,
            name=name_of(one.id, one.title),
            brings=" ".join(filter(None, (BRINGS.get(one.id, ""), LACKS.get(one.id, "")))),
            suffixes=", ".join(one.suffixes),
        )
        for one in known
    )
