"""The form of a module (*module, dans un formulaire*): what it shows, what was typed, and what it changes.

Here are the title, the hours, the price, what the module brings and its sessions; the rest is in :mod:`api.web.views.module_needs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from api.web.sent import Form
from api.web.views.names import called
from api.web.views.offer_diff import field_changes, module_told
from api.web.views.said import Said
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Modality, Module, ModuleHours, Session
from referentials.provenance import Value
from referentials.requirement import CompetencyAt
from referentials.versions import parse_or_none
from reports.language import say
from reports.wording import number

MOST_SESSIONS = 60
_TEXTS = ("titre", "prix", *(f"heures-{one.value}" for one in Modality))
_OF_SESSION = ("id", "debut", "fin", "heures", "places", "lieu")
Typed = dict[str, Any]


class Tick(Value):
    """A box to tick: a block or a competency."""

    ref: str = Field(description="Sa référence.")
    label: Said = Field(description="Ses mots.")
    ticked: bool = Field(description="Vrai quand elle est cochée.")


class BlockTicks(Value):
    """A block and its competencies."""

    block: Tick = Field(description="Le bloc, préparé en entier.")
    competencies: tuple[Tick, ...] = Field(description="Ses compétences.")


class Difference(Value):
    """A field that was typed otherwise than it stands now."""

    name: Said = Field(description="Le champ.")
    now: Said = Field(description="Ce qui est gardé, et que le formulaire ne dit pas.")
    typed: Said = Field(description="Ce qui vient d'être écrit, et qui n'est pas gardé.")


# -- what is shown ------------------------------------------------------------------------------------------------------------


def typed_of(module: Module | None) -> Typed:
    """What the fields show of a module; of none, nothing."""
    spent: Mapping[str, float] = module.hours.model_dump() if module and module.hours else {}
    found: Typed = {f"heures-{name}": number(value) if value else "" for name, value in spent.items()}
    return dict.fromkeys(_TEXTS, "") | {
        "titre": module.title if module else "",
        "prix": "" if module is None or module.price is None else number(module.price),
        **found,
        "blocs": module.prepares if module else (),
        "competences": tuple(one.competency for one in module.develops) if module else (),
        "sessions": tuple(_session_typed(one) for one in module.sessions) if module else (),
    }


def _session_typed(one: Session) -> dict[str, str]:
    return {
        "id": one.id,
        "debut": one.start.isoformat(),
        "fin": one.end.isoformat(),
        "heures": "" if one.weekly_hours is None else number(one.weekly_hours),
        "places": "" if one.seats is None else str(one.seats),
        "lieu": one.place or "",
    }


def typed_in(form: Form) -> Typed:
    """What was typed, to show it again."""
    count = form.text("combien")
    ranks = range(min(int(count), MOST_SESSIONS) if count.isdecimal() else 0)
    sessions = tuple({name: form.text(f"s{rank}-{name}") for name in _OF_SESSION} for rank in ranks)
    chosen = {"blocs": _references(form, "bloc"), "competences": _references(form, "competence")}
    return {**form.typed(*_TEXTS), **chosen, "sessions": sessions}


def _references(form: Form, name: str) -> tuple[str, ...]:
    return tuple(one for one in form.texts(name) if parse_or_none(one) is not None)


def other_sessions(typed: Typed, act: str) -> Typed:
    """The same with one more session, or without one of them."""
    sessions, what, rank = list(typed["sessions"]), *act.partition(":")[::2]
    if what == "ajouter" and len(sessions) < MOST_SESSIONS:
        sessions.append(dict.fromkeys(_OF_SESSION, ""))
    elif what == "retirer" and rank.isdecimal() and int(rank) < len(sessions):
        del sessions[int(rank)]
    return typed | {"sessions": tuple(sessions)}


def ticks(version: Referential, typed: Typed) -> tuple[BlockTicks, ...]:
    """What a version has to bring."""
    return tuple(
        BlockTicks(
            block=_tick(f"{version.key}/{block.code}", block.code, block.title, typed["blocs"]),
            competencies=tuple(
                _tick(f"{version.key}/{block.code}/{one.code}", one.code, one.title, typed["competences"])
                for one in block.known_competencies
            ),
        )
        for block in version.known_blocks
    )


def _tick(ref: str, code: str, title: str | None, chosen: tuple[str, ...]) -> Tick:
    words = say("{code} — {title}", code=code, title=title or say("intitulé non connu"))
    return Tick(ref=ref, label=words, ticked=ref in chosen)


def ticked_elsewhere(library: Library, chosen: tuple[str, ...], shown: tuple[BlockTicks, ...]) -> tuple[Tick, ...]:
    """What is chosen and is not among what is shown."""
    here = {one.ref for group in shown for one in (group.block, *group.competencies)}
    return tuple(Tick(ref=ref, label=called(library, ref), ticked=True) for ref in chosen if ref not in here)


# -- what it changes ----------------------------------------------------------------------------------------------------------


def read(form: Form, typed: Typed) -> Typed:
    """The values of what was typed; the form says what can't be read."""
    if not typed["titre"]:
        form.errors["titre"] = say("Écrivez l'intitulé du module.")
    spent = {one.value: form.number(f"heures-{one.value}", most=10_000) for one in Modality}
    found: Typed = {
        "title": typed["titre"],
        "hours": _hours(spent),
        "price": form.number("prix"),
        "prepares": typed["blocs"],
        "develops": typed["competences"],
        "sessions": tuple(_sessions(form, typed["sessions"])),
    }
    return found


def _hours(spent: Mapping[str, float | None]) -> ModuleHours | None:
    told = {name: value for name, value in spent.items() if value is not None}
    return ModuleHours(**told) if told else None


def _sessions(form: Form, typed: tuple[dict[str, str], ...]) -> Iterator[Typed]:
    """Those that have something written."""
    for rank, one in enumerate(typed):
        if not any(value for name, value in one.items() if name != "id"):
            continue
        start, end = (_needed_day(form, f"s{rank}-{name}") for name in ("debut", "fin"))
        if start and end and end < start:
            form.errors[f"s{rank}-fin"] = say("La session finit avant de commencer.")
        weekly = form.number(f"s{rank}-heures", least=0.25, most=80)
        seats = form.number(f"s{rank}-places", most=100_000)
        yield {
            "id": one["id"],
            "start": start,
            "end": end,
            "weekly_hours": weekly,
            "seats": None if seats is None else int(seats),
            "place": one["lieu"] or None,
        }


def _needed_day(form: Form, name: str) -> Any:
    found = form.day(name)
    if found is None and name not in form.errors:
        form.errors[name] = say("Écrivez un jour, par exemple 31/12/2027.")
    return found


def applied(base: Module, values: Typed) -> Module:
    """A module with the values of a form; a competency that was there keeps its level, a session its days."""
    levels = {one.competency: one for one in base.develops}
    develops = tuple(levels.get(ref) or CompetencyAt(competency=ref) for ref in values["develops"])
    sessions = tuple(_with_identifiers(base, values["sessions"]))
    return base.model_copy(update=values | {"develops": develops, "sessions": sessions})


def _with_identifiers(base: Module, some: tuple[Typed, ...]) -> Iterator[Session]:
    known = {one.id: one for one in base.sessions}
    taken = {*known}
    for one in some:
        old = known.pop(one["id"], None)
        if old is not None:
            yield old.model_copy(update=one)
            continue
        name = next(f"s{rank}" for rank in range(1, 10_000) if f"s{rank}" not in taken)
        taken.add(name)
        yield Session(**one | {"id": name})


# -- what differs -------------------------------------------------------------------------------------------------------------


def differences(now: Module, typed: Module, library: Library) -> tuple[Difference, ...]:
    """The fields that two modules do not fill alike."""
    none = say("rien")
    return tuple(
        Difference(name=one.name, now=" · ".join(one.before) or none, typed=" · ".join(one.after) or none)
        for one in field_changes(module_told(now, library), module_told(typed, library))
    )
