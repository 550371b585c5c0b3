"""A fiche that rights name and that nobody read: it can be held, block by block; it is no target, it is in no list, and it gives way to the real one."""

from datetime import date
from typing import Any

import pytest

from pathways.gap import gap, position
from pathways.recognition import Rights
from referentials import directories
from referentials.absence import OnlyNamed, UnknownReference
from referentials.document import Document
from referentials.formats import case
from referentials.holes import holes
from referentials.library import Library
from referentials.loader import RECOGNITIONS, REFERENTIAL, load_document
from referentials.model import Referential, State
from referentials.neighbourhood import around
from tests.pathways.small import person
from tests.referentials.test_neighbourhood import Directory, right, version

ON = date(2026, 1, 5)
NEW, OLD = "rncp2@2024/RNCP2BC01", "rncp1/RNCP1BC01"
RIGHTS = (
    right({"all_of": [OLD, "rncp1/RNCP1BC02"]}, NEW, "deux-blocs"),
    right("rncp1", "rncp3@2024/RNCP3BC01", "tout"),
    right("rs7", "rncp3@2024/RNCP3BC01", "specifique"),
    right("tiers@1/B", "rncp3@2024/RNCP3BC01", "autre-nom"),
)


def small(*more: dict[str, Any]) -> Library:
    """A library of files."""
    values = [version("rncp2"), version("rncp3", replaced_by=["rncp1"]), *more]
    referentials = [load_document(Document(one, None, ""), REFERENTIAL).items[0] for one in values]
    return Library.of(*referentials, *load_document(Document(list(RIGHTS), None, ""), RECOGNITIONS).items)


def large(*more: dict[str, Any]) -> Library:
    """The same in a directory that is asked one thing at a time."""
    library = Library()
    library.use(Directory([version("rncp2"), version("rncp3", replaced_by=["rncp1"]), *more], RIGHTS))
    return library


@pytest.fixture(params=[small, large, "wide"])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "wide":
        monkeypatch.setattr(directories, "FEW", 0)
        return large
    return request.param


def test_it_is_known_by_its_number_and_the_blocks_that_rights_name(made: Any) -> None:
    library = made()
    found = library.get("rncp1", "fiche")
    assert isinstance(found, Referential)
    assert (found.state, [block.code for block in found.known_blocks]) == (State.NAMED, ["RNCP1BC01", "RNCP1BC02"])
    assert (found.award, found.level, found.issuer, {block.title for block in found.known_blocks}) == (None,) * 3 + (
        {None},
    )
    assert "liste complète des blocs" in {hole.what for hole in holes(found)}
    assert library.get("rs7", "fiche").blocks is None
    assert library.expand(OLD) == ("rncp1@fiche/RNCP1BC01",)
    assert library.by_code("RNCP1 bc02") == ("rncp1@fiche/RNCP1BC02",)
    assert library.expand("rncp1/RNCP1BC09") == library.expand("rncp9") == library.expand("tiers@1/B") == ()
    with pytest.raises(UnknownReference):
        library.get("rncp1", "2024")


def test_it_is_counted_nowhere_and_follows_nothing(made: Any) -> None:
    library = made()
    library.find("rncp1")
    assert library.ids == ("rncp2", "rncp3")
    assert len(library) == 2
    assert "rncp1" not in library
    assert all(item.state is not State.NAMED for item in library)
    assert library.successors("rncp3@2024") == ()
    assert not library.is_in_force(library.get("rncp1", "fiche"), ON)


def test_nobody_can_aim_at_it(made: Any) -> None:
    for text in ("rncp1", "rncp1@fiche", "rncp1/RNCP1BC01"):
        with pytest.raises(OnlyNamed, match="importée"):
            made().target(text, ON)
    with pytest.raises(OnlyNamed):
        case.write(made(), ["rncp1"])


def test_who_holds_its_blocks_has_what_they_give_and_nothing_more(made: Any) -> None:
    library = made()
    first = _first_block(library, "rncp2", OLD, "rncp1/RNCP1BC02"), _first_block(library, "rncp2", OLD)
    assert first == ("by_right", "missing")
    near = Rights(around(library, ["rncp3"], ["rncp1"]))
    assert "rncp3@2024/RNCP3BC01" in near.close(["rncp1@fiche"], ON).proofs
    both = ["rncp1@fiche/RNCP1BC01", "rncp1@fiche/RNCP1BC02"]
    assert "rncp1@fiche" not in near.close(both, ON).proofs
    assert set(near.close(["rncp1@fiche"], ON).proofs) >= set(both)


def _first_block(library: Library, target: str, *held: str) -> str:
    near = around(library, [target], held)
    return gap(position(person(*held), target, Rights(near), ON)).blocks[0].state


def test_the_real_one_takes_its_place_whichever_comes_first(made: Any) -> None:
    library = made(version("rncp1"))
    assert library.expand("rncp1") == ("rncp1@2024",)
    assert library.expand("rncp1/RNCP1BC02") == ()
    before = small()
    assert before.get("rncp1", "fiche").state is State.NAMED
    before.use(Directory([version("rncp1") | {"version": "fiche"}]))
    assert before.get("rncp1", "fiche").title == "Titre rncp1"


class Hand:
    """A title that somebody wrote, under a name of its own."""

    name = "à la main"

    def versions(self) -> list[tuple[str, str]]:
        return [("mon-titre", "2024")]

    def referential(self, identifier: str, _version: str) -> dict[str, Any]:
        return version(
            identifier, codes={"rncp": ["RNCP1"]}, blocks=[{"code": "CCP1", "title": "Bloc", "codes": ["RNCP1BC01"]}]
        )

    def items(self, _kind: str) -> list[dict[str, Any]]:
        return []


def test_one_that_is_described_by_hand_is_no_other(made: Any) -> None:
    library = made()
    library.use(Hand())
    assert library.expand(OLD) == ("mon-titre@2024/CCP1",)
    assert library.expand("rncp1/RNCP1BC02") == ()
    assert library.target("rncp1", ON).key == "mon-titre@2024"
