"""A person's whole file in words (*mots du dossier*): the name of every field of a profile, of states, of acts, of whoever acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from api.auth.actor import NOBODY
from api.store.unit_of_work import SYSTEM
from pathways.profile import EvidenceKind, MentionKind, PeriodUnit
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.offer import Modality
from reports.language import Words, number, say, to_say
from reports.library_wording import LABELS
from reports.wording import date_fr, labelled, listed

FIELDS = Words(
    {
        "id": to_say("Pseudonyme"),
        "note": to_say("Remarque"),
        "illustrative": to_say("Personne inventée pour la démonstration"),
        "holds.qualifications": to_say("Diplômes et titres entiers"),
        "holds.blocks": to_say("Blocs"),
        "holds.competencies": to_say("Compétences"),
        "holds.modules": to_say("Modules suivis"),
        "experience": to_say("Expérience professionnelle"),
        "mentions": to_say("Dit par un document, encore à reconnaître"),
        "confirms": to_say("À confirmer en entretien"),
        "can_give.weekly_hours": to_say("Heures par semaine"),
        "can_give.calendar": to_say("Calendrier par périodes"),
        "can_give.start": to_say("Premier jour possible"),
        "can_give.deadline": to_say("Dernier jour"),
        "can_give.budget": to_say("Budget, en euros"),
        "can_give.hours": to_say("Heures au plus, en tout"),
        "can_give.modalities": to_say("Modalités acceptées"),
        "can_give.places": to_say("Villes acceptées"),
        "can_give.languages": to_say("Langues comprises"),
        "can_give.days": to_say("Jours possibles"),
        "can_give.unavailable": to_say("Périodes sans formation"),
        "can_give.excluded_bodies": to_say("Offres écartées"),
        "can_give.refused": to_say("Modules refusés"),
        "can_give.imposed": to_say("Modules imposés"),
        "can_give.vae": to_say("Validation par l'expérience"),
    }
)
"""The fields of a profile, by their path."""

PARTS = Words(
    {
        "on": to_say("obtenu ou prouvé le"),
        "evidence": to_say("preuve"),
        "level": to_say("niveau"),
        "kind": to_say("nature"),
        "code": to_say("code"),
        "rome": to_say("code ROME"),
        "field": to_say("champ professionnel"),
        "months": to_say("durée en mois"),
        "share": to_say("part du temps plein"),
        "period": to_say("période"),
        "count": to_say("nombre de périodes"),
        "max_hours": to_say("heures au plus par période"),
        "min_hours": to_say("heures au moins par période"),
        "max_modules": to_say("modules au plus par période"),
        "min_modules": to_say("modules au moins par période"),
        "hours": to_say("heures par bloc"),
        "cost": to_say("euros par bloc"),
        "from": to_say("du"),
        "to": to_say("au"),
    }
)
"""What is said of one item of a field."""

MENTIONED = Words(
    {
        MentionKind.QUALIFICATION: to_say("diplôme ou certificat"),
        MentionKind.SKILL: to_say("savoir-faire"),
        MentionKind.JOB: to_say("métier"),
    }
)
"""What a document speaks of."""

_VALUES = Words(
    {
        EvidenceKind.CERTIFIED.value: to_say("certifiée"),
        EvidenceKind.ASSESSED.value: to_say("évaluée"),
        EvidenceKind.ATTESTED.value: to_say("attestée"),
        EvidenceKind.DECLARED.value: to_say("déclarée"),
        PeriodUnit.WEEK.value: to_say("semaine"),
        PeriodUnit.MONTH.value: to_say("mois"),
        PeriodUnit.QUARTER.value: to_say("trimestre"),
        PeriodUnit.SEMESTER.value: to_say("semestre"),
    }
)
STATES = Words(
    {
        "draft": to_say("brouillon"),
        "proposed": to_say("proposé"),
        "agreed": to_say("accepté"),
        "under_way": to_say("en cours"),
        "done": to_say("terminé"),
        "abandoned": to_say("abandonné"),
        "waiting": to_say("en attente"),
        "running": to_say("en cours"),
        "failed": to_say("n'a pas abouti"),
        "cancelled": to_say("arrêté"),
    }
)
"""Where a plan, a job or a step stands."""

WORKS = Words(
    {
        "plans": to_say("des plans pour plusieurs personnes"),
        "plans-again": to_say("des plans recalculés"),
        "cohort": to_say("un point sur une cohorte"),
        "territory": to_say("des chiffres par territoire"),
    }
)
ACTS = Words(
    {
        "person.add": to_say("dossier ouvert"),
        "person.edit": to_say("dossier modifié"),
        "person.identify": to_say("nom et coordonnées écrits"),
        "person.situate": to_say("service, territoire ou métier écrits"),
        "person.agree": to_say("accord noté"),
        "person.withdraw": to_say("accord retiré"),
        "person.share": to_say("dossier partagé avec un organisme"),
        "person.let-go": to_say("partage avec un organisme terminé"),
        "person.hand-over": to_say("dossier proposé à la personne"),
        "profile.put": to_say("profil écrit"),
        "profile.delete": to_say("profil supprimé"),
    }
)
"""What happens in a file, by the name that the audit trail gives it."""


def word(words: Mapping[str, str], code: str) -> str:
    """The word for a code, or the code itself where there is none.

    Examples
    --------
    >>> word(ACTS, "person.add"), word(ACTS, "other.act")
    ('dossier ouvert', 'other.act')
    """
    return words.get(code, code)


def actor(account: str, own: str | None) -> str:
    """Whoever acted, as the person may be told."""
    if account and account == own:
        return say("vous")
    if account == SYSTEM:
        return say("le service lui-même")
    return say("quelqu'un sans compte") if account == NOBODY else say("le compte {account}", account=account)


def day(moment: str | None) -> str:
    """The day of a moment that was written down."""
    return "" if not moment else date_fr(date.fromisoformat(moment[:10]))


Named = Callable[[str], str]
"""A reference → its title and itself."""


def named_in(library: Library) -> Named:
    """What a library calls a reference; the reference alone where it has no title there."""

    def named(ref: str) -> str:
        try:
            title = getattr(library.find(ref), "title", None)
        except (UnknownReference, FileProblem, ValueError):
            title = None
        return f"{title} ({ref})" if title else ref

    return named


def profile_facts(profile: Mapping[str, Any], named: Named) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every field of a profile that says something: its name, and its items in words."""
    for path, value in _leaves(profile):
        items = value if isinstance(value, list) else [value]
        texts = tuple(text for item in items if (text := _item(item, named)))
        if texts:
            yield word(FIELDS, path), texts


def _leaves(profile: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in profile.items():
        if name in ("holds", "can_give") and isinstance(value, Mapping):
            yield from ((f"{name}.{inside}", one) for inside, one in value.items())
        else:
            yield name, value


def _item(item: Any, named: Named) -> str:
    """One item in words.

    Examples
    --------
    >>> _item({"ref": "x@1/A", "on": "2022-03-15", "evidence": "certified"}, str)
    'x@1/A ; obtenu ou prouvé le : 15/03/2022 ; preuve : certifiée'
    """
    if not isinstance(item, Mapping):
        return _value(item, named)
    first = [_value(item[name], named) for name in ("ref", "title") if item.get(name) is not None]
    rest = (
        labelled(word(PARTS, name), _value(value, named))
        for name, value in item.items()
        if name not in ("ref", "title") and value is not None
    )
    return listed([*first, *rest])


def _value(value: Any, named: Named) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return say("oui")
    if isinstance(value, int | float):
        return number(value)
    text = str(value)
    if text in _VALUES:
        return _VALUES[text]
    if text in MENTIONED:
        return MENTIONED[MentionKind(text)]
    if text in LABELS[Modality]:
        return LABELS[Modality][Modality(text)]
    if len(text) == len("2027-01-04") and _is_day(text):
        return day(text)
    return named(text) if _looks_like_a_reference(text) else text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _looks_like_a_reference(text: str) -> bool:
    return ("@" in text or ":" in text) and " " not in text
