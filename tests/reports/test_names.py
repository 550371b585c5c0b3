"""In a document, a reference is said by its name; what has none stays as it was written."""

import pytest

from referentials.library import Library
from reports.names import called, in_words, requirement


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.read()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("deme@2007 ne s'obtient plus", "DEME (2007) ne s'obtient plus"),
        ("vers tp-fpa@2023.", "vers FPA (2023)."),
        ("bafd@toutes : détenu", "BAFD : détenu"),
        ("FPA (tp-fpa@2023)", "FPA (tp-fpa@2023)"),
        ("inconnu@1900 et rien@2", "inconnu@1900 et rien@2"),
        ("ecrire a nom@exemple.fr", "ecrire a nom@exemple.fr"),
        ("sans rien", "sans rien"),
    ],
)
def test_references_in_a_sentence(library: Library, text: str, said: str) -> None:
    assert in_words(text, library) == said


def test_a_part_names_its_certification_unless_it_is_the_one_spoken_of(library: Library) -> None:
    assert called("tp-fpa@2023/CCP1", library).startswith("FPA (2023), CCP1 « ")
    assert called("tp-fpa@2023/CCP1", library, within="tp-fpa@2023").startswith("CCP1 « ")
    assert called("tp-fpa@2023", library, within="tp-fpa@2023") == "FPA (2023)"


def test_a_requirement_keeps_its_depths(library: Library) -> None:
    given = next(one.given for one in library.recognitions if one.id == "deme-detisf-vers-bpjeps")
    assert list(requirement(given, library)) == [(0, "l'un de ces éléments :"), (1, "DEME"), (1, "DETISF")]
