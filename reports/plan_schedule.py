"""The modules, the calendar and the assessments of a plan on paper (*modules, calendrier, évaluations*)."""

from __future__ import annotations

from referentials.offer import Modality
from reports import cells
from reports.language import say
from reports.library_wording import label
from reports.paper import Block, Cell, ColumnKind, Items, Section, Table, Text
from reports.pathway_wording import unknown_cost, unknown_hours
from reports.plan_document import AssessmentRow, ModuleRow, PlanDocument
from reports.plan_pictures import gantt, load
from reports.wording import date_fr, hours


def modules(plan: PlanDocument) -> Section:
    """The modules with hours by modality, price and prerequisites, then why each is there."""
    title = say("Modules")
    if not plan.modules:
        return Section(id="modules", title=title, blocks=(Text(text=say("Aucun module à suivre.")),))
    blocks: list[Block] = [_table(plan), _reasons(plan)]
    if plan.computation.set_aside:
        blocks += [Text(text=say("Modules écartés :")), Items(items=plan.computation.set_aside)]
    return Section(id="modules", title=title, blocks=tuple(blocks))


def _table(plan: PlanDocument) -> Table:
    used = [name.value for name in Modality if any(_spent(one, name) for one in plan.modules)]
    split = [name for name in used if len(used) > 1]
    totals = plan.totals
    return Table(
        name=say("Modules"),
        caption=say("Les modules, dans leur ordre"),
        columns=(
            cells.column(say("Module"), weight=3),
            cells.column(say("Organisme"), weight=1.6),
            cells.column(say("Heures"), ColumnKind.HOURS, 0.9),
            *(cells.column(label(Modality(name)), ColumnKind.HOURS, 0.9) for name in split),
            cells.column(say("Prix"), ColumnKind.EUROS, 1.1),
            cells.column(say("Début"), ColumnKind.DAY, 1.1),
            cells.column(say("Fin"), ColumnKind.DAY, 1.1),
        ),
        rows=tuple(_row(one, split) for one in plan.modules),
        total=_total(plan, split),
        note=_note(totals.unknown_hours or totals.unknown_cost),
    )


def _note(unknown: int) -> str:
    told = say("Prix avant tout financement.")
    return (
        f"{told} {say('Les totaux sont partiels : ils laissent de côté ce qui n’est pas connu.')}" if unknown else told
    )


def _spent(one: ModuleRow, modality: str) -> float:
    return getattr(one.hours_by_modality, modality) if one.hours_by_modality else 0


def _row(one: ModuleRow, split: list[str]) -> tuple[Cell, ...]:
    flag = say("{title} — illustratif", title=one.title) if one.illustrative else one.title
    known = one.hours_by_modality is not None
    return (
        cells.text(flag),
        cells.text(one.body),
        cells.in_hours(one.hours),
        *(cells.in_hours(_spent(one, name) if known else None) for name in split),
        cells.in_euros(one.price),
        cells.day(one.start, say("départ libre")),
        cells.day(one.end),
    )


def _total(plan: PlanDocument, split: list[str]) -> tuple[Cell, ...]:
    known = plan.modules
    lacking_hours = any(one.hours is None for one in known)
    lacking_price = any(one.price is None for one in known)
    return (
        cells.text(say("Total des modules")),
        cells.text(""),
        cells.in_hours(sum(one.hours or 0 for one in known), at_least=lacking_hours),
        *(cells.in_hours(sum(_spent(one, name) for one in known), at_least=lacking_hours) for name in split),
        cells.in_euros(sum(one.price or 0 for one in known), at_least=lacking_price),
        cells.text(""),
        cells.text(""),
    )


def _reasons(plan: PlanDocument) -> Table:
    return Table(
        name=say("Pourquoi ces modules"),
        caption=say("Ce que chaque module apporte ici, ce qu'il demande, et ce que coûterait de s'en passer"),
        columns=(
            cells.column(say("Module"), weight=2),
            cells.column(say("Apporte"), weight=2.2),
            cells.column(say("Demande d'abord"), weight=1.5),
            cells.column(say("Sans lui"), weight=1.4),
            cells.column(say("Session, lieu, CPF"), weight=1.4),
        ),
        rows=tuple(_reason(one) for one in plan.modules),
    )


def _reason(one: ModuleRow) -> tuple[Cell, ...]:
    cpf = {True: say("CPF : oui"), False: say("CPF : non"), None: say("CPF : non connu")}[one.cpf]
    session = say("session {name}", name=one.session) if one.session else say("départ libre")
    reduced = _reduced(one)
    return (
        cells.text(one.title),
        cells.text(one.brings),
        cells.text(cells.lines(one.requires) or say("rien")),
        cells.text(one.why or say("non calculé")),
        cells.text(cells.lines((session, one.place, cpf, reduced))),
    )


def _reduced(one: ModuleRow) -> str:
    """The text that takes hours off, with the hours before and after."""
    if not one.reduced_by:
        return ""
    if one.hours is None or one.hours_before is None:
        return say("allégé par {right}", right=one.reduced_by)
    before, after = hours(one.hours_before), hours(one.hours)
    return say("allégé par {right} : {after} au lieu de {before}", right=one.reduced_by, after=after, before=before)


# -- calendar -------------------------------------------------------------------------------------------------------------


def calendar(plan: PlanDocument) -> Section | None:
    """The plan in weeks and the load of each, drawn, and in a table."""
    if not plan.steps:
        return None
    title = say("Calendrier")
    if not plan.periods and not any(one.start for one in plan.steps):
        told = say("Ce plan n'a pas de dates : vous n'avez pas dit combien d'heures vous pouvez donner.")
        return Section(id="calendrier", title=title, blocks=(Text(text=told), _order(plan)))
    return Section(id="calendrier", title=title, blocks=(*gantt(plan), _order(plan), *load(plan)))


def _order(plan: PlanDocument) -> Table:
    return Table(
        name=say("Étapes"),
        caption=say("Toutes les étapes, dans l'ordre"),
        columns=(
            cells.column("n°", ColumnKind.COUNT, 0.4),
            cells.column(say("Étape"), weight=3.5),
            cells.column(say("Heures"), ColumnKind.HOURS, 0.9),
            cells.column(say("Prix"), ColumnKind.EUROS, 1),
            cells.column(say("Début"), ColumnKind.DAY, 1.1),
            cells.column(say("Fin"), ColumnKind.DAY, 1.1),
            cells.column(say("À savoir"), weight=1.5),
        ),
        rows=tuple(
            (
                cells.count(one.number),
                cells.text(one.title),
                cells.in_hours(one.hours),
                cells.in_euros(one.cost),
                cells.day(one.start),
                cells.day(one.end),
                cells.text(cells.lines(one.cautions)),
            )
            for one in plan.steps
        ),
        total=(
            cells.text(""),
            cells.text(say("Total")),
            cells.in_hours(plan.totals.hours, at_least=bool(unknown_hours(plan.totals))),
            cells.in_euros(plan.totals.cost, at_least=bool(unknown_cost(plan.totals))),
            cells.text(""),
            cells.text(""),
            cells.text(""),
        ),
    )


# -- assessments ----------------------------------------------------------------------------------------------------------


def assessments(plan: PlanDocument) -> Section:
    """The assessments and the certification, block by block."""
    title = say("Évaluations et certification")
    told = plan.particulars.evaluation
    blocks: list[Block] = [Text(text=told)] if told else []
    if plan.assessments:
        blocks.append(_assessed(plan))
    else:
        blocks.append(Text(text=say("Aucune évaluation à passer dans ce plan.")))
    if plan.particulars.proofs:
        blocks.append(Text(text=say("Preuves à produire : {proofs}", proofs=plan.particulars.proofs)))
    return Section(id="evaluations", title=title, blocks=tuple(blocks))


def _assessed(plan: PlanDocument) -> Table:
    return Table(
        name=say("Évaluations"),
        caption=say("Ce qui est évalué, comment, et quand"),
        columns=(
            cells.column(say("Évaluation"), weight=2.4),
            cells.column(say("Forme"), weight=2.2),
            cells.column(say("Durée"), ColumnKind.HOURS, 0.9),
            cells.column(say("Prix"), ColumnKind.EUROS, 1),
            cells.column(say("Comprise dans"), weight=1.5),
            cells.column(say("Quand"), weight=1.3),
        ),
        rows=tuple(_assessment(one) for one in plan.assessments),
    )


def _assessment(one: AssessmentRow) -> tuple[Cell, ...]:
    included = cells.text(say("compris"))
    return (
        cells.text(one.title),
        cells.text(one.form or say("non connue")),
        included if one.included_in and not one.hours else cells.in_hours(one.hours),
        included if one.included_in and not one.cost else cells.in_euros(one.cost),
        cells.text(one.included_in),
        cells.text(_when(one)),
    )


def _when(one: AssessmentRow) -> str:
    if one.start is None:
        return say("à fixer")
    if one.end is None or one.end == one.start:
        return date_fr(one.start)
    return say("du {start} au {end}", start=date_fr(one.start), end=date_fr(one.end))


def remote_hours(plan: PlanDocument) -> str:
    """The hours at a distance, live or not, in words; empty when there are none."""
    return _in_all(plan, "remote", "self_paced")


def workplace_hours(plan: PlanDocument) -> str:
    """The hours at work, in words; empty when there are none."""
    return _in_all(plan, "workplace")


def _in_all(plan: PlanDocument, *modalities: str) -> str:
    spent = sum(_spent(one, name) for one in plan.modules for name in modalities)
    return hours(spent) if spent else ""
