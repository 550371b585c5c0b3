"""The modules that a person could follow (*modules envisageables*), and those set aside, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from pathways.profile import CanGive
from pathways.seats import Seat
from referentials.library import Library
from referentials.offer import Modality, Module, Offer, Session

_ON_THE_SPOT = (Modality.ONSITE, Modality.PLACEMENT)


class SetAside(StrEnum):
    """Why a module is not considered."""

    EXCLUDED_BODY = "excluded_body"
    REFUSED = "refused"
    ALREADY_FOLLOWED = "already_followed"
    MODALITY = "modality"
    MODALITY_NOT_KNOWN = "modality_not_known"
    LANGUAGE = "language"
    PLACE = "place"
    DAYS = "days"
    NO_LONGER_OFFERED = "no_longer_offered"
    NO_SESSION_LEFT = "no_session_left"
    PRICE_NOT_KNOWN = "price_not_known"
    HOURS_NOT_KNOWN = "hours_not_known"
    ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A module that may be followed, with the sessions that are still possible (none: free start).

    ``seats`` are sessions that the group pays for; ``alone`` is false when only they are left.
    """

    ref: str
    module: Module
    offer: Offer
    sessions: tuple[Session, ...]
    seats: tuple[Session, ...] = ()
    alone: bool = True

    @property
    def illustrative(self) -> bool:
        """Whether it is made up for demonstration."""
        return self.offer.is_illustrative(self.module)


class Offering:
    """The modules of a library that suit what a person can give.

    Parameters
    ----------
    offers : tuple of str or None
        Identifiers of the offers to use; ``None`` for all.
    real_only : bool
        Leave out what was made up for demonstration.
    given : tuple of str
        Identifiers of the offers that the person gave: what they made up there may be followed all the same.
    followed : tuple of str
        Modules followed already: they are never proposed again.
    seats : tuple of Seat
        What the group pays for beside the offers.
    """

    def __init__(
        self,
        library: Library,
        can_give: CanGive,
        start: date,
        *,
        offers: tuple[str, ...] | None = None,
        real_only: bool = False,
        given: tuple[str, ...] = (),
        followed: tuple[str, ...] = (),
        seats: tuple[Seat, ...] = (),
    ) -> None:
        self.library, self.can_give, self.start = library, can_give, start
        self.real_only, self.given, self.followed = real_only, given, followed
        self.seats = seats
        self.offers = tuple(offer for offer in library.offers if offers is None or offer.id in offers)

    @cached_property
    def candidates(self) -> Mapping[str, Candidate]:
        """The modules to choose from, by reference."""
        return {one.ref: one for one, reason in self._judged if reason is None}

    @cached_property
    def set_aside(self) -> Mapping[str, SetAside]:
        """The modules left out, each with the first reason that applies."""
        return {one.ref: reason for one, reason in self._judged if reason is not None}

    def judged(self, ref: str) -> Candidate | SetAside | None:
        """One module to choose from, or why it is left out, the others being left unread; ``None`` when no offer has it."""
        judged = [self._judge(offer, module) for offer, module in self._modules.get(ref, ())]
        suitable = [candidate for candidate, reason in judged if reason is None]
        return suitable[-1] if suitable else judged[-1][1] if judged else None

    @cached_property
    def _modules(self) -> Mapping[str, list[tuple[Offer, Module]]]:
        found: dict[str, list[tuple[Offer, Module]]] = defaultdict(list)
        for offer in self.offers:
            for module in offer.modules:
                found[f"{offer.id}:{module.id}"].append((offer, module))
        return found

    @cached_property
    def developing(self) -> Mapping[str, tuple[Candidate, ...]]:
        """The candidates that develop a competency or prepare a block, by its full reference."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in self.candidates.values():
            for text in self.subjects(candidate.module):
                found[text].append(candidate)
        return {text: tuple(items) for text, items in found.items()}

    def subjects(self, module: Module) -> tuple[str, ...]:
        """The full references of what a module develops and prepares."""
        texts = [*(item.competency for item in module.develops), *module.prepares, *module.includes_assessment]
        return tuple(dict.fromkeys(full for text in texts for full in self.library.expand(text)))

    @cached_property
    def _judged(self) -> tuple[tuple[Candidate, SetAside | None], ...]:
        return tuple(self._judge(offer, module) for offer in self.offers for module in offer.modules)

    def _judge(self, offer: Offer, module: Module) -> tuple[Candidate, SetAside | None]:
        judged = [
            (session, next(self._session_objections(offer, module, session), None)) for session in module.sessions
        ]
        sessions = tuple(session for session, reason in judged if reason is None)
        reasons = tuple(reason for _session, reason in judged if reason is not None)
        candidate = Candidate(f"{offer.id}:{module.id}", module, offer, sessions)
        if self.seats:
            candidate = self._seated(candidate, reasons)
        return candidate, next(self._objections(candidate, reasons), None)

    def _seated(self, candidate: Candidate, of_sessions: tuple[SetAside, ...]) -> Candidate:
        """The candidate with the seats that suit, and whether it can be followed without them."""
        offered = (one.session for one in self.seats if one.module == candidate.ref)
        seats = tuple(one for one in offered if next(self.objections_to_seat(candidate, one), None) is None)
        return replace(candidate, seats=seats, alone=next(self._objections_alone(candidate, of_sessions), None) is None)

    def objections_to_seat(self, candidate: Candidate, session: Session) -> Iterator[SetAside]:
        """Why a person can't sit in a session that the group pays for."""
        window = candidate.module.available
        if window is not None and not window.contains(session.end):
            yield SetAside.NO_LONGER_OFFERED
        yield from self._session_objections(candidate.offer, candidate.module, session)

    def _objections(self, candidate: Candidate, of_sessions: tuple[SetAside, ...]) -> Iterator[SetAside]:
        give, module, offer = self.can_give, candidate.module, candidate.offer
        if self.real_only and candidate.illustrative and not self._asked_for(candidate):
            yield SetAside.ILLUSTRATIVE
        if candidate.ref in self.followed:
            yield SetAside.ALREADY_FOLLOWED
        if offer.id in give.excluded_bodies:
            yield SetAside.EXCLUDED_BODY
        if candidate.ref in give.refused:
            yield SetAside.REFUSED
        if give.languages is not None and not set(module.languages) & set(give.languages):
            yield SetAside.LANGUAGE
        if module.available is not None and module.available.end is not None and module.available.end < self.start:
            yield SetAside.NO_LONGER_OFFERED
        if not candidate.seats:
            yield from self._objections_alone(candidate, of_sessions)
        if (give.hours is not None or give.weekly_hours is not None or give.calendar) and module.hours is None:
            yield SetAside.HOURS_NOT_KNOWN

    def _objections_alone(self, candidate: Candidate, of_sessions: tuple[SetAside, ...]) -> Iterator[SetAside]:
        """Why it can't be followed where nobody else pays for it."""
        module, offer = candidate.module, candidate.offer
        if not module.sessions:
            yield from self._modality(module, None)
            if not self._near_enough(offer, module, None):
                yield SetAside.PLACE
        elif not candidate.sessions:
            yield next(
                (reason for reason in of_sessions if reason is not SetAside.NO_SESSION_LEFT), SetAside.NO_SESSION_LEFT
            )
        if self.can_give.budget is not None and module.price is None:
            yield SetAside.PRICE_NOT_KNOWN

    def _asked_for(self, candidate: Candidate) -> bool:
        return candidate.offer.id in self.given or candidate.ref in self.can_give.imposed

    def _modality(self, module: Module, session: Session | None) -> Iterator[SetAside]:
        """Whether the way a module, or one of its sessions, is followed is accepted; a session may differ from its module."""
        accepted = self.can_give.modalities
        if accepted is None:
            return
        used = module.hours.modalities if module.hours else (Modality.UNSPECIFIED,)
        if session is not None and session.modality is not None:
            used = (session.modality,)
        if Modality.UNSPECIFIED in used and Modality.UNSPECIFIED not in accepted:
            yield SetAside.MODALITY_NOT_KNOWN
        if any(one not in accepted for one in used if one is not Modality.UNSPECIFIED):
            yield SetAside.MODALITY

    def _near_enough(self, offer: Offer, module: Module, session: Session | None) -> bool:
        places = self.can_give.places
        if places is None:
            return True
        used = module.hours.modalities if module.hours else ()
        if session is not None and session.modality is not None:
            used = (session.modality,)
        on_the_spot = any(one in _ON_THE_SPOT for one in used)
        if not on_the_spot:
            return True
        city = session.place if session and session.place else offer.body.location.city if offer.body.location else None
        return city is not None and city.casefold() in {place.casefold() for place in places}

    def _session_objections(self, offer: Offer, module: Module, session: Session) -> Iterator[SetAside]:
        give = self.can_give
        in_time = session.start >= self.start and (give.deadline is None or session.end <= give.deadline)
        if not in_time or (session.seats is not None and session.seats <= 0):
            yield SetAside.NO_SESSION_LEFT
        yield from self._modality(module, session)
        if give.days is not None and not set(session.days) <= set(give.days):
            yield SetAside.DAYS
        if not self._near_enough(offer, module, session):
            yield SetAside.PLACE
