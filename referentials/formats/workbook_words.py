"""The words of the closed lists of a workbook (*listes*): the value of our files, and what a cell shows for it."""

from __future__ import annotations

CONFIDENCE = {"official": "officiel", "secondary": "secondaire", "to_confirm": "à confirmer"}

STATE = {"draft": "brouillon", "published": "publié", "retired": "retiré"}

KIND = {
    "titre-professionnel": "titre professionnel",
    "diplome-jeps": "diplôme de la jeunesse et des sports",
    "diplome-travail-social": "diplôme du travail social",
    "diplome-education-nationale": "diplôme de l'éducation nationale",
    "diplome-agricole": "diplôme agricole",
    "diplome-superieur": "diplôme de l'enseignement supérieur",
    "diplome-sante": "diplôme de santé",
    "brevet-animation-volontaire": "brevet d'animation volontaire",
    "certification-rncp": "certification RNCP",
    "certification-rs": "certification RS",
    "cadre-de-competences": "cadre de compétences",
    "habilitation": "habilitation",
    "parcours-de-formation": "parcours de formation",
    "attestation": "attestation",
}

MODALITY = {
    "onsite": "en présence",
    "remote": "à distance",
    "self_paced": "à son rythme",
    "workplace": "en situation de travail",
    "placement": "en stage",
    "unspecified": "non précisée",
}

EFFECT = {
    "award": "acquis",
    "exempt": "dispense",
    "reduce": "allègement",
    "prepare": "préparation, sans droit",
    "none": "néant",
    "expected": "texte attendu",
}
WAIVED = {"assessment": "épreuve", "training": "formation", "entry": "entrée"}
WORDING = {
    word: word
    for word in (
        "est équivalent",
        "obtient de droit",
        "réputé acquis",
        "réputé titulaire",
        "réputé équivalent",
        "dispense",
        "allègement",
        "Néant",
    )
}

EVIDENCE = {"certified": "certifiée", "assessed": "évaluée", "attested": "attestée", "declared": "déclarée"}
NATURE = {"qualifications": "diplôme", "blocks": "bloc", "competencies": "compétence", "modules": "module"}

YES_NO = dict.fromkeys(("oui", "o", "vrai", "x", "1", "true", "yes"), True)
YES_NO |= dict.fromkeys(("non", "n", "faux", "0", "false", "no"), False)

_MONTHS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
MONTHS = {name: rank for rank, name in enumerate(_MONTHS, 1)}
