"""One sentence, two languages: what is said agrees with counts, follows the language of the moment, and keeps values inert."""

import asyncio
from contextvars import copy_context

import pytest

from reports.language import NO_BREAK, Language, Words, number, say, say_n, speaking, spoken, to_say

HOSTILE = ["{0.__class__}", "{}", "{count}", "%s %(x)s", "{{7*7}}", "=1+1", "{what!r:>9}", "\\{", "}"]


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def test_french_is_spoken_unless_something_else_was_asked_for() -> None:
    assert spoken() is Language.FRENCH
    with speaking(Language.ENGLISH):
        assert spoken() is Language.ENGLISH
        with speaking(Language.FRENCH):
            assert say("lundi") == "lundi"
        assert say("lundi") == "Monday"
    assert spoken() is Language.FRENCH


def test_the_language_comes_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), speaking(Language.ENGLISH):
        raise ZeroDivisionError
    assert spoken() is Language.FRENCH


def test_two_readers_at_once_are_each_spoken_to_in_their_language() -> None:
    async def reader(language: Language) -> str:
        with speaking(language):
            await asyncio.sleep(0)
            return say("lundi")

    async def both() -> list[str]:
        return await asyncio.gather(reader(Language.FRENCH), reader(Language.ENGLISH))

    assert copy_context().run(asyncio.run, both()) == ["lundi", "Monday"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.FRENCH, ["0 semaine", "1 semaine", "1,5 semaine", "2 semaines", "1\u202f200 semaines"]),
        (Language.ENGLISH, ["0 weeks", "1 week", "1.5 weeks", "2 weeks", "1,200 weeks"]),
    ],
)
def test_a_noun_agrees_with_its_count(language: Language, said: list[str]) -> None:
    with speaking(language):
        assert [plain(say_n("{count} semaine", "{count} semaines", count)) for count in (0, 1, 1.5, 2, 1200)] == said


def test_a_count_is_never_cut_off_from_its_noun() -> None:
    assert say_n("{count} semaine", "{count} semaines", 3) == f"3{NO_BREAK}semaines"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_value_is_never_read_as_a_template(language: Language, hostile: str) -> None:
    with speaking(language):
        assert hostile in say("{before} devient {after}", before=hostile, after="x")
        assert hostile in say_n(
            "{count} bloc sur {every} de droit", "{count} blocs sur {every} de droit", 2, every=hostile
        )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_that_nobody_wrote_in_the_code_is_not_translated(hostile: str) -> None:
    with speaking(Language.ENGLISH):
        assert Words({1: hostile})[1] == hostile


def test_a_sentence_without_its_english_stays_french() -> None:
    with speaking(Language.ENGLISH):
        assert Words({1: "phrase que personne ne dit"})[1] == "phrase que personne ne dit"


def test_a_table_is_read_in_the_language_of_the_moment() -> None:
    table = Words({"day": to_say("lundi")})
    assert dict(table) == {"day": "lundi"}
    with speaking(Language.ENGLISH):
        assert dict(table) == {"day": "Monday"}
        assert table.get("other", "none") == "none"


@pytest.mark.parametrize(("language", "written"), [(Language.FRENCH, "-1\u202f234,5"), (Language.ENGLISH, "-1,234.5")])
def test_figures_are_written_as_each_language_does(language: Language, written: str) -> None:
    with speaking(language):
        assert number(-1234.5) == written
