"""The same change for several modules of an offer (*opérations en lot*): prices, hours, a session, or all of them taken out.

Each takes an offer and the identifiers of modules, and gives the offer as it would be; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from referentials.offer import Modality, Module, ModuleHours, Offer, Session

Names = Collection[str]


def priced(offer: Offer, names: Names, percent: float) -> Offer:
    """Prices raised by so many percent, to the cent; a price that is not known stays so.

    Examples
    --------
    >>> module = Module(id="m", title="M", price=200)
    >>> offer = Offer.model_validate({"id": "o", "title": "O", "body": {"name": "B"}, "modules": [], "confidence": "official"})
    >>> priced(offer.model_copy(update={"modules": (module,)}), {"m"}, 2.5).modules[0].price
    205.0
    """

    def raised(price: float | None) -> float | None:
        return None if price is None else round(price * (1 + percent / 100), 2)

    def change(one: Module) -> Module:
        return one.model_copy(update={"price": raised(one.price), "group_price": raised(one.group_price)})

    return _each(offer, names, change)


def with_hours(offer: Offer, names: Names, modality: Modality, hours: float) -> Offer:
    """So many hours of a modality in each; those of the others stay."""

    def change(one: Module) -> Module:
        spent = (one.hours or ModuleHours()).model_copy(update={modality.value: hours})
        return one.model_copy(update={"hours": spent if spent.total else None})

    return _each(offer, names, change)


def with_session(offer: Offer, names: Names, session: Session) -> Offer:
    """A session more in each, under an identifier that the module does not use yet."""

    def change(one: Module) -> Module:
        added = session.model_copy(update={"id": free_session(one)})
        return one.model_copy(update={"sessions": (*one.sessions, added)})

    return _each(offer, names, change)


def without_modules(offer: Offer, names: Names) -> Offer:
    """The offer without some of its modules."""
    return offer.model_copy(update={"modules": tuple(one for one in offer.modules if one.id not in names)})


def copied(offer: Offer, name: str, title: str) -> tuple[Offer, Module]:
    """The offer with a copy of a module right after it, without its sessions, and that copy."""
    module = next(one for one in offer.modules if one.id == name)
    taken = {one.id for one in offer.modules}
    identifier = next(one for rank in range(2, len(taken) + 3) if (one := f"{name}-{rank}") not in taken)
    copy = module.model_copy(update={"id": identifier, "title": title, "sessions": ()})
    rank = offer.modules.index(module) + 1
    return offer.model_copy(update={"modules": (*offer.modules[:rank], copy, *offer.modules[rank:])}), copy


def free_session(module: Module) -> str:
    """An identifier that no session of a module has."""
    taken = {one.id for one in module.sessions}
    return next(one for rank in range(1, len(taken) + 2) if (one := f"s{rank}") not in taken)


def _each(offer: Offer, names: Names, change: Callable[[Module], Module]) -> Offer:
    return offer.model_copy(update={"modules": tuple(change(one) if one.id in names else one for one in offer.modules)})
