"""A CV brought to « ce que j'ai »: nobody's identity on the page, proposals to confirm, a trade for a job, questions for a skill."""

import html
import json
from pathlib import Path

import httpx2

from tests.web.live import Site

SAMPLES = Path(__file__).resolve().parents[1] / "referentials/formats/samples"
HERE = "/parcours/acquis"


def words(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.url
    return html.unescape(answer.text.partition("<main")[2]).replace("’", "'").replace("\u00a0", " ")


def test_what_a_cv_says_is_proposed_and_counts_only_once_confirmed(site: Site) -> None:
    with httpx2.Client(base_url=site.address, follow_redirects=True, timeout=60) as client:
        client.post("/parcours/cible", data={"cible": "tp-remn@2019"})
        cv = json.loads((SAMPLES / "cv_json_resume.json").read_text("utf-8"))
        cv["skills"].append({"name": "Accueil du public"})
        sent = {"fichier": ("cv.json", json.dumps(cv).encode(), "application/json")}
        page = client.post(f"{HERE}/fichier", files=sent)
        assert "CV au format JSON Resume" in words(page)
        assert not any(secret in words(page) for secret in ("Camille", "exemple.fr", "Essaiville", "06 00"))
        values = [html.unescape(part.partition('"')[0]) for part in page.text.split('name="repris" value="')[1:]]
        told = words(client.post(f"{HERE}/fichier/accepter", data={"repris": values}))
        assert "Est-ce Brevet professionnel" in told
        assert "ref=tp-remn%402019" in told
        assert "par son numéro" in told
        assert "Accueillir différents publics" in told
        assert "après « Accueil du public »" in told
        assert "G1238 — Animateur / Animatrice d'atelier multimédia" in told
        assert "K1220" not in told  # a public writer is no health mediator

        told = words(client.post(f"{HERE}/metier", data={"rang": "0", "rome": "G1238"}))
        assert "métier G1238" in told
        for rank, rome in (("99", "G1238"), ("0", "<b>"), ("x", ""), ("-1", "K2111")):
            assert "métier G1238" in words(client.post(f"{HERE}/metier", data={"rang": rank, "rome": rome}))
