"""Referentials, bridges and search as answers: what stands on them, what they keep, what they lead to. One service for all, in process."""

import gzip
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.services.surveys import Map
from api.store import schema
from api.store.repositories.search import index_shipped
from api.store.unit_of_work import Store
from api.web.journey import Journey, unpacked
from referentials.library import Library
from tests.api.http.service import some_settings

HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    found = Store(f"sqlite:///{tmp_path_factory.mktemp('library') / 'p.sqlite3'}")
    schema.upgrade(found.engine)
    yield found
    found.close()


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    """A service whose search was never indexed, then is: the first test asks before."""
    with TestClient(create_app(some_settings(), store), follow_redirects=False) as found:
        yield found


def read(client: TestClient, path: str, status: int = 200) -> str:
    """The words of a page, on one line."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:2000]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def journey_of(client: TestClient) -> Journey:
    return unpacked("".join(client.cookies.get(f"parcours{part}") or "" for part in ("", "-1", "-2", "-3")))


def test_words_lead_somewhere_without_an_index_and_with_one(client: TestClient, store: Store) -> None:
    for indexed in (False, True):
        if indexed:
            with store.write() as unit:
                assert index_shipped(unit, Library.read())
        titles = client.get("/recherche?q=formateur").text
        assert titles.index("/referentiels/tp-fpa@2023") < titles.index("/referentiels/tp-fpa@2008"), indexed
        assert "/referentiels/tp-remn@2019#CCP1" in client.get("/recherche?q=RNCP34137BC01").text
        assert "/referentiels/beatep@toutes" in client.get("/recherche/suggestions?q=beatep").text
    assert "Rien ne répond à « zzzz »" in read(client, "/recherche?q=zzzz").replace("\u00a0", " ")
    assert "<html" not in client.get("/recherche/suggestions?q=beatep").text
    assert "/recherche?" in client.get("/recherche?q=anim&sorte=competency").text


def test_the_list_is_filtered_and_goes_on(client: TestClient) -> None:
    first = client.get("/referentiels")
    assert 'rel="next"' in first.text
    assert 'rel="prev"' in client.get("/referentiels?page=2").text
    asked = "/referentiels?nature=titre-professionnel&niveau=5&vigueur=oui"
    some = re.findall(r'<h3><a href="/referentiels/([^"]+)', client.get(asked).text)
    assert some == ["tp-cip@2023", "tp-fpa@2023", "tp-mn@2025"]
    assert "/referentiels/tp-remn@2019" in client.get(f"{asked}&le=2020-01-01").text
    wrong = client.get("/referentiels?q=cip&le=jamais")
    assert wrong.status_code == 422
    assert re.findall(r'value="(jamais|cip)"', wrong.text) == ["cip", "jamais"]
    assert "Aucun référentiel ne répond" in read(client, "/referentiels?q=zzzz")


def test_a_version_tells_what_is_known_and_what_is_not(client: TestClient) -> None:
    found = read(client, "/referentiels/tp-mn@2025")
    for words in (
        "Médiateur numérique",
        "RNCP40695",
        "2 blocs connus, la liste n’est pas entière",
        "intitulé non lu",
        "Le tableau de correspondance REMN → MN n’a pas été lu",
        "Texte attendu, non lu",
        "illustratif",
        "Ce que personne n’a encore lu",
        "source secondaire",
    ):
        assert words in found.replace("\u00a0", " "), words
    assert "Médiateur numérique" in read(client, "/referentiels/tp-mn")
    assert "plus en vigueur" in read(client, "/referentiels/tp-fpa@2003")
    assert "pas encore en vigueur" in read(client, "/referentiels/tp-mn@2025?le=2020-01-01")
    read(client, "/referentiels/tp-nm@2025", 404)


def test_what_is_chosen_is_kept(client: TestClient) -> None:
    client.cookies.clear()
    assert client.post("/referentiels/tp-remn@2019/detenir", data={"bloc": "CCP1"}).status_code == 303
    assert client.post("/referentiels/deme@2007/detenir").status_code == 303
    assert client.post("/referentiels/deme@2007/detenir").status_code == 303
    assert client.post("/referentiels/tp-mn@2025/viser").headers["location"].startswith("/parcours")
    kept = journey_of(client)
    assert [one.ref for one in kept.profile.holds.blocks] == ["tp-remn@2019/CCP1"]
    assert [one.ref for one in kept.profile.holds.qualifications] == ["deme@2007"]
    assert kept.target == "tp-mn@2025"
    assert "Continuer mon parcours" in read(client, "/referentiels/tp-mn@2025")
    assert client.post("/referentiels/tp-mn@2025/viser", data={"bloc": "CCP9"}).status_code == 404
    assert client.post("/passerelles/bees@toutes/bpjeps-tic@2002/preparer").status_code == 303
    assert journey_of(client).target == "bpjeps-tic@2002"
    client.cookies.clear()


def test_files_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/referentiels/tp-fpa@2023").text
    addresses = set(re.findall(r'href="(/referentiels/[^"]+/fichiers/[^"]+)"', page))
    assert len(addresses) > 1
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "attachment" in answer.headers["content-disposition"], address
    assert client.get("/referentiels/tp-fpa@2023/fichiers/autre").status_code == 404
    for address in ("/passerelles/documents/csv?vers=dees", "/passerelles/deme@2007/bpjeps-tic@2002/documents/csv"):
        assert "attachment" in client.get(address).headers["content-disposition"]


def test_two_referentials_side_by_side(client: TestClient) -> None:
    found = read(client, "/referentiels/comparer?a=tp-remn@2019&b=RNCP40695").replace("\u00a0", " ")
    assert "Une ressemblance est l’avis de quelqu’un : elle ne donne aucun droit." in found
    assert "compétences proches" in found
    assert "Texte attendu, non lu" in found
    assert "Voir ce qui a changé" in read(client, "/referentiels/comparer?a=tp-fpa@2017&b=tp-fpa@2023")
    assert "Rien de ce qui a été lu ne rapproche" in read(client, "/referentiels/comparer?a=pix&b=licence")
    wrong = client.get("/referentiels/comparer", params={"a": "zzzz", "b": "Pix (2023)"})
    assert wrong.status_code == 422
    assert 'value="zzzz"' in wrong.text


def test_a_history_calls_new_only_what_could_be_compared(client: TestClient) -> None:
    found = read(client, "/referentiels/tp-fpa/historique").replace("\u00a0", " ")
    assert "CCP4 est nouveau" in found
    assert "Lu dans une seule des deux versions, donc non comparé" in found
    assert "tp-fpa@" not in found
    read(client, "/referentiels/rien/historique", 404)


def test_every_bridge_is_in_each_view(client: TestClient, store: Store) -> None:
    every = Map(on=_today(store)).answer(Library.read()).cells
    for view in ("liste", "matrice"):
        page = client.get(f"/passerelles?vue={view}").text
        assert all(f'/passerelles/{pair.start}/{pair.target}"' in page for pair in every), view
    assert page.count('<td class="') == len(every)
    assert "<svg" in client.get("/passerelles?vue=carte&taille=grande").text
    one = read(client, "/passerelles?de=deme&vers=bpjeps-tic&droit=oui").replace("\u00a0", " ")
    assert "2 passerelles" in one
    assert "4 blocs sur 10 de droit" in one
    assert "Aucun texte lu ne répond" in read(client, "/passerelles?de=licence&vers=tp-mn")
    read(client, "/passerelles?le=31/02/2026", 422)


def _today(store: Store) -> date:
    return store.now().date()


def test_a_bridge_has_its_texts_and_its_day(client: TestClient) -> None:
    found = read(client, "/passerelles/deme@2007/bpjeps-tic@2002").replace("\u00a0", " ")
    assert "Acquis de droit : UC1, UC2, UC3 et UC4 ; restent 6 blocs sur 10." in found
    assert "Arrêté du 8 décembre 2008" in found
    before = read(client, "/passerelles/deme@2007/bpjeps-tic@2002?le=2008-01-01").replace("\u00a0", " ")
    assert "Aucun texte lu ne donne de droit dans ce sens" in before
    assert "CCP1" in read(client, "/passerelles/tp-remn@2019/tp-mn@2025?bloc=CCP1")
    chosen = client.get("/passerelles/choisir", params={"de": "DEME (2007)", "vers": "bpjeps tic (2002)"})
    assert chosen.headers["location"] == "/passerelles/deme@2007/bpjeps-tic@2002"
    read(client, "/passerelles/rien/tp-mn@2025", 404)


def test_hostile_words_are_only_words(client: TestClient) -> None:
    for path, names in (
        ("/recherche", ("q",)),
        ("/recherche/suggestions", ("q",)),
        ("/referentiels", ("q", "nature", "niveau", "le")),
        ("/referentiels/comparer", ("a", "b")),
        ("/passerelles", ("de", "vers", "le", "vue")),
        ("/passerelles/choisir", ("de", "vers")),
        ("/passerelles/deme@2007/bpjeps-tic@2002", ("bloc", "le")),
        (f"/referentiels/{HOSTILE.replace('/', '')}", ()),
    ):
        answer = client.get(path, params=dict.fromkeys(names, HOSTILE))
        assert answer.status_code < 500, path
        assert "<script>alert" not in answer.text, path
        assert ">49" not in answer.text, path


def test_pages_are_light(client: TestClient) -> None:
    """Under 60 kB with everything that a page brings, compressed."""
    static = Path(__file__).parents[2] / "api/web/static"
    common = [*static.glob("*.js"), *static.glob("vendor/htmx*/*.js"), static / "tokens.css", static / "style.css"]
    dress = sum(len(gzip.compress(file.read_bytes())) for file in common) + 3_000
    for path in ("/referentiels/bpjeps-as@2005", "/passerelles?vue=carte", "/passerelles?vue=matrice"):
        assert dress + len(gzip.compress(client.get(path).content, 6)) < 60_000, path
