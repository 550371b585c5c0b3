"""Models → the reference pages: ``docs/schema/*.schema.json``, ``docs/data-format.md``, ``docs/document-fields.md``,
``docs/page-fields.md``, ``docs/settings.md`` and ``docs/errors.md``.

    python tools/generate_docs.py            write them
    python tools/generate_docs.py --check    fail where one is not what the models say

Fields, types, defaults, bounds and helps come from the models; allowed values from their labels; checks from their rules.
Examples are files that ship. Only the titles of the groups of fields are written here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import document_fields
import page_fields

from api.commands.schema import schema_texts
from api.problem import KINDS, SPACE
from api.services.formats import schemas
from api.services.person_wording import MENTIONED
from api.settings import PREFIX, Settings
from referentials.checks import RULES
from referentials.findings import Severity
from reports.library_wording import LABELS
from reports.pathway_wording import UNITS
from reports.reason_wording import EVIDENCE, STATES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

FILES = {
    "referential": ("Un référentiel", "`certifications/<id>/<version>.yaml` ou `frameworks/<id>/<version>.yaml`", ""),
    "recognitions": ("Une liste de passerelles", "`recognitions/*.yaml`", "Recognition"),
    "correspondences": ("Une liste de proximités", "`correspondences/*.yaml`", "Correspondence"),
    "rules": ("Une liste de règles de droit", "`rules/*.yaml`", "Rule"),
    "offer": ("Une offre de formation", "`offers/<organisme>/*.yaml`", ""),
    "profile": ("Un profil", "un fichier à vous, où vous voulez", ""),
    "cases": ("Une liste de cas", "`cases/*.yaml`", "Case"),
    "sessions": ("Des sessions communes", "un fichier à vous, où vous voulez", ""),
}
"""Each format: its title, where its files are, and the group of one item when the file is a list."""

INTRODUCTIONS = {
    "profile": (
        "Une personne, sans son identité : ce qu'elle détient, ce qu'elle a fait, ce qu'elle peut donner. Aucun nom, aucune "
        "adresse, aucune date de naissance n'est demandé. Tous les champs sont facultatifs : écrivez ce que vous savez. "
        "Ensuite, `passerelles validate mon-profil.yaml` contrôle le fichier et "
        "`passerelles plan mon-profil.yaml --target tp-fpa` calcule un parcours."
    ),
    "cases": (
        "Des phrases qu'un juriste peut discuter, chacune avec un jour, un profil et ce qui doit en suivre. "
        "`passerelles cases` les met à l'épreuve de la bibliothèque."
    ),
    "sessions": (
        "Les sessions qu'un groupe pourrait ouvrir pour lui (« intra »), chacune à un prix qui ne dépend pas du nombre de personnes. "
        "`passerelles sessions equipe.xlsx --sessions communes.yaml` dit lesquelles ouvrir et qui y vient ; voir "
        "[Décider pour un groupe](how-to/decider-pour-un-groupe.md)."
    ),
}
"""What the page says of a format before its fields, where its name is not enough."""

EXAMPLES = {
    "profile": ("examples/animatrice.yaml", "id: "),
    "cases": ("referentials/data/cases/cycles.yaml", "- id: "),
    "sessions": ("examples/groupe/sessions-communes.yaml", "sessions:"),
}
"""The shipped file that shows a format, and how its first item starts: the example goes on to the next empty line."""

GROUPS = {
    "Holdings": "Ce qui est détenu",
    "HeldItem": "Diplôme ou bloc détenu",
    "HeldCompetency": "Compétence détenue",
    "ExperienceDone": "Expérience professionnelle",
    "Mention": "Mention d'un document",
    "CanGive": "Disponibilités et limites",
    "Periods": "Calendrier par périodes",
    "VaeRoute": "Validation par l'expérience",
    "ExpectedRights": "Droits attendus",
    "ExpectedGap": "Écart attendu",
    "Remaining": "Ce qui reste",
    "ExpectedPlan": "Parcours attendu",
    "ExpectedTotals": "Totaux attendus",
    "Policy": "Prise en compte",
    "Block": "Bloc",
    "Competency": "Compétence",
    "Prerequisites": "Compétences à avoir avant",
    "Assessment": "Évaluation",
    "Hours": "Durées",
    "Entry": "Exigences à l'entrée",
    "Codes": "Codes",
    "Code": "Code",
    "Validity": "Validité",
    "Scale": "Échelle",
    "Level": "Niveau",
    "Reduction": "Allègement",
    "Combination": "Obtention",
    "Amount": "Montant",
    "Body": "Organisme",
    "Location": "Lieu",
    "Module": "Module",
    "ModuleHours": "Heures du module",
    "Session": "Session",
    "SharedSession": "Session commune",
    "SeatRange": "Places d'une session commune",
    "Funding": "Financement",
    "Source": "Source",
    "Window": "Période",
}
"""The groups of fields, in the order of the page."""

REQUIREMENTS = {
    "Held": (
        "une référence seule",
        "Ce qu'il faut détenir ou avoir suivi : `bafd`, `tp-remn@2019/CCP1`, `offre:module`.",
    ),
    "AllOf": ("`all_of: […]`", "Tous les éléments."),
    "AnyOf": ("`any_of: […]`", "L'un des éléments."),
    "AtLeast": ("`at_least: 2` et `of: […]`", "Au moins tant d'éléments, parmi ceux-là."),
    "CompetencyAt": ("`competency: …` et `level: 4`", "Une compétence, à un niveau quand il y a une échelle."),
    "Experience": ("`experience: {months: 6}`", "Une durée d'expérience ; voir ci-dessous."),
    "Condition": ("`condition: …` et `text: …`", "Ce que seul le dossier de la personne peut établir."),
}

VALUES = {
    "Confidence": "Confiance",
    "State": "État",
    "Kind": "Nature",
    "Effect": "Effet",
    "Waived": "Dispense",
    "Wording": "Formule",
    "Relation": "Relation",
    "CorrespondenceState": "État d'une proximité",
    "RuleKind": "Objet d'une règle",
    "Modality": "Modalité",
    "EvidenceKind": "Preuve",
    "MentionKind": "Nature d'une mention",
    "PeriodUnit": "Unité de calendrier",
    "GapState": "État dans un écart",
}
"""The closed lists of values, in the order of the page."""

WORDS: Mapping[str, Mapping[Any, str]] = {
    **{kind.__name__: labels for kind, labels in LABELS.items()},
    "EvidenceKind": EVIDENCE,
    "MentionKind": MENTIONED,
    "PeriodUnit": {unit: one for unit, (one, _several) in UNITS.items()},
    "GapState": STATES,
}
"""What each value is called, list by list."""

TWO_MEANINGS = {"cases": {"State": "GapState"}}
"""The groups of a format that bear the name of another thing elsewhere, and their name on the page."""

HEAD = """# Format des fichiers

*Cette page est écrite par `make docs`, à partir des modèles : ne la modifiez pas à la main.* Pour apprendre à modifier un
référentiel, commencez par [le guide](../referentials/README.md). Les schémas pour les éditeurs de texte sont dans
[`schema/`](schema/).

## Ce qui vaut pour tous les fichiers

- Du YAML (ou du JSON, avec un nom en `.json`), en UTF-8, avec des espaces pour les retraits.
- Une date s'écrit `AAAA-MM-JJ`, une durée en heures avec un point (`3.5`), un montant en euros (`840.00`).
- Ce qui n'est pas connu est absent, ou vaut `null`. Rien n'est jamais deviné.
- Pas d'ancres ni de renvois (`&`, `*`), pas de clé en double, pas de champ hors de cette page.
- Un code fait de chiffres se met entre guillemets : `nsf: ["332"]`.
- Une référence s'écrit `référentiel`, `référentiel@version`, `référentiel@version/BLOC`,
  `référentiel@version/BLOC/COMPÉTENCE` ou `offre:module`. Dans son propre fichier, un bloc peut s'écrire par son code seul.
"""


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    found = {DOCS / "schema" / name: text for name, text in schema_texts().items()}
    found[DOCS / "data-format.md"] = "\n".join(_data_format()) + "\n"
    found[DOCS / "document-fields.md"] = "\n".join(document_fields.page()) + "\n"
    found[DOCS / "page-fields.md"] = "\n".join(page_fields.page()) + "\n"
    found[DOCS / "settings.md"] = "\n".join(_settings()) + "\n"
    found[DOCS / "errors.md"] = "\n".join(_errors()) + "\n"
    return found


def _data_format() -> Iterator[str]:
    every = {name: _named_apart(schema, TWO_MEANINGS.get(name, {})) for name, schema in schemas().items()}
    groups = {name: group for schema in every.values() for name, group in schema["$defs"].items()}
    yield HEAD
    for name, (title, where, item) in FILES.items():
        yield f"## {title}\n\nFichier : {where}. Schéma : [`{name}`](schema/{name}.schema.json).\n"
        if name in INTRODUCTIONS:
            yield INTRODUCTIONS[name] + "\n"
        if name in EXAMPLES:
            yield f"Par exemple :\n\n```yaml\n{_example(*EXAMPLES[name])}\n```\n"
        if item:
            yield "Chaque élément de la liste, après « - », a ces champs.\n"
        yield from _fields(groups[item] if item else every[name])
    yield from _shared(groups)
    yield from _checks()


SETTINGS_HEAD = """# Réglages

*Cette page est écrite par `make docs`, à partir de `api/settings.py` : ne la modifiez pas à la main.*

Le serveur (`serve`) et les commandes `db`, `backup`, `restore`, `user` et `token` lisent leurs réglages dans l'environnement, ou dans un fichier
`.env` du dossier courant. Rien n'est obligatoire sur un poste. Les autres commandes n'en ont pas besoin.
"""


def _settings() -> Iterator[str]:
    """The settings, one line each."""
    yield SETTINGS_HEAD
    fields = Settings.model_json_schema()
    groups = fields.get("$defs", {})
    rows = (
        (f"`{PREFIX}{name.upper()}`", _setting_type(field, groups), _setting_default(name), field["description"])
        for name, field in fields["properties"].items()
    )
    yield from _table(("réglage", "contenu", "sans réglage", "sens"), rows)


ERRORS_HEAD = """# Erreurs de l'API

*Cette page est écrite par `make docs`, à partir de `api/problem.py` : ne la modifiez pas à la main.*

Tout refus est un objet `application/problem+json` (RFC 9457). `type` ne change pas d'une version à l'autre : c'est lui qu'un programme
regarde. `title` et `detail` sont pour les personnes, en français, ou en anglais avec `Accept-Language: en`. `instance` est
l'identifiant de la demande, celui de l'en-tête `X-Request-ID` et du journal technique.

Selon le type, d'autres membres s'ajoutent : `errors` (chaque valeur refusée, avec `pointer` dans le corps ou `parameter` ailleurs), `near` (des
noms proches), `findings` (ce qui ne va pas dans un document), `revision` et `current` (ce qui est là maintenant).

Qui modifie renvoie dans `If-Match` l'`ETag` qu'il a lu. Sans cet en-tête : 428. Si la version a changé depuis : 412, avec l'`ETag`
actuel. Si deux demandes se croisent au même instant : 409. Dans les trois cas, rien n'a été modifié.
"""


def _errors() -> Iterator[str]:
    """The kinds of problems, one line each, by status."""
    yield ERRORS_HEAD
    rows = sorted((str(kind.status), f"`{SPACE}{name}`", kind.title, kind.remedy) for name, kind in KINDS.items())
    yield from _table(("statut", "type", "titre", "que faire"), rows)


def _setting_type(field: dict[str, Any], groups: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return " ou ".join(f"`{value}`" for value in groups[field["$ref"].rpartition("/")[2]]["enum"])
    if "anyOf" in field:
        return " ou ".join(_setting_type(part, groups) for part in field["anyOf"] if part.get("type") != "null")
    return _type(field)


def _setting_default(name: str) -> str:
    value = Settings.model_fields[name].default
    plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
    return f"`{str(plain).lower() if isinstance(plain, bool) else plain}`" if plain not in (None, "", ()) else "vide"


def _named_apart(schema: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The schema with other names for some groups."""
    text = json.dumps(schema, ensure_ascii=False)
    for name, other in names.items():
        text = text.replace(f'"#/$defs/{name}"', f'"#/$defs/{other}"')
    found: dict[str, Any] = json.loads(text)
    found["$defs"] = {names.get(name, name): group for name, group in found["$defs"].items()}
    return found


def _example(path: str, start: str) -> str:
    """The first item of a shipped file."""
    _before, mark, after = (ROOT / path).read_text("utf-8").partition(start)
    return (mark + after).partition("\n\n")[0].rstrip()


def _shared(groups: Mapping[str, Any]) -> Iterator[str]:
    """What several formats use: requirements, groups of fields, lists of values."""
    yield "## Exigence\n\nCe qu'il faut avoir : pour un diplôme, une entrée, une passerelle, un module. Au choix :\n"
    yield from _table(("forme", "sens"), (REQUIREMENTS[name] for name in REQUIREMENTS))
    yield "Une expérience demandée a ces champs :\n"
    yield from _fields(groups["ExperienceAsked"])
    yield "## Groupes de champs\n"
    for name, title in GROUPS.items():
        yield f"### {title}\n"
        yield from _fields(_object(groups[name]))
    yield "## Listes de valeurs\n"
    for name, title in VALUES.items():
        yield f"### {title}\n"
        yield from _table(("valeur", "sens"), ((f"`{value}`", words) for value, words in WORDS[name].items()))


def _checks() -> Iterator[str]:
    yield "## Contrôles\n\nCe que `passerelles validate` vérifie, en plus de la forme de chaque champ.\n"
    words = {Severity.ERROR: "erreur", Severity.WARNING: "à regarder"}
    rules = sorted(RULES, key=lambda rule: rule.id)
    yield from _table(
        ("contrôle", "gravité", "ce qui doit être vrai"), ((f"`{r.id}`", words[r.severity], r.label) for r in rules)
    )


def _object(group: dict[str, Any]) -> dict[str, Any]:
    """The group itself, where a text alone is admitted in its place."""
    return next(part for part in group["anyOf"] if "properties" in part) if "anyOf" in group else group


LAST = ("confidence", "sources", "note")
"""What every group may say of itself comes after what it is about."""


def _fields(group: dict[str, Any]) -> Iterator[str]:
    needed = set(group.get("required", ()))
    fields = sorted(group["properties"].items(), key=lambda pair: pair[0] in LAST)
    rows = (
        (f"`{name}`", _type(field), "oui" if name in needed else _default(field), field.get("description", ""))
        for name, field in fields
    )
    yield from _table(("champ", "contenu", "obligatoire, ou valeur par défaut", "aide"), rows)


def _table(heads: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').strip() for cell in row)} |"
    yield ""


def _default(field: dict[str, Any]) -> str:
    value = field.get("default")
    if value in (None, [], {}) or (isinstance(value, dict | list) and not any(_filled(part) for part in _parts(value))):
        return "vide"
    if isinstance(value, dict):
        return "ses valeurs par défaut"
    return (
        f"`{str(value).lower() if isinstance(value, bool) else value}`"
        if not isinstance(value, list)
        else _listed(value)
    )


def _listed(value: list[Any]) -> str:
    return f"`[{', '.join(map(str, value))}]`"


def _parts(value: Any) -> Iterator[Any]:
    inside = value.values() if isinstance(value, dict) else value
    for part in inside:
        yield from _parts(part) if isinstance(part, dict | list) else (part,)


def _filled(value: Any) -> bool:
    return value not in (None, False, True, 0, 0.0)


_PLAIN = {"string": "texte", "integer": "nombre entier", "number": "nombre", "boolean": "`true` ou `false`"}


def _type(field: dict[str, Any]) -> str:
    """What a field holds, in French."""
    if "$ref" in field:
        return _link(field["$ref"].rpartition("/")[2])
    if "anyOf" in field:
        parts = [part for part in field["anyOf"] if part.get("type") != "null"]
        if any(part.get("$ref", "").endswith("/Held") for part in parts):
            return "[exigence](#exigence)"
        return " ou ".join(dict.fromkeys(_type(part) for part in parts))
    if field.get("type") == "array":
        return f"liste : {_type(field['items'])}"
    if field.get("type") == "object":
        return f"lignes « code: valeur », où la valeur est : {_type(field['additionalProperties'])}"
    if field.get("format") == "date":
        return "date"
    return _PLAIN[field["type"]] + _bounds(field)


def _bounds(field: dict[str, Any]) -> str:
    low, high, above = field.get("minimum"), field.get("maximum"), field.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f", de {low:g} à {high:g}"
    if above is not None:
        return f", plus de {above:g}" + (f" et au plus {high:g}" if high is not None else "")
    return "" if low is None else f", au moins {low:g}"


def _link(name: str) -> str:
    title = FILES["profile"][0] if name == "Profile" else GROUPS.get(name) or VALUES.get(name)
    if title is None:
        return "[compétence et niveau](#exigence)" if name == "CompetencyAt" else "[exigence](#exigence)"
    anchor = "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")
    return f"[{title[0].lower()}{title[1:]}](#{anchor})"


def main() -> int:
    """Write the pages, or say which are not up to date."""
    check = "--check" in sys.argv[1:]
    stale = [path for path, text in pages().items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(DOCS.parent)} is not what the models say: make docs", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages()[path], encoding="utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
