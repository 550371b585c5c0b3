"""What a page weighs as it travels, with all that it wears."""

import re

import httpx2
import pytest

from tests.web.live import Site

MOST = 60_000


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/aide",
        "/parcours/acquis",
        "/parcours/possibilites",
        "/referentiels",
        "/referentiels/tp-fpa@2023",
        "/passerelles",
    ],
)
def test_a_page_is_light_with_its_style_and_its_scripts(site: Site, path: str) -> None:
    with httpx2.Client(base_url=site.address, headers={"accept-encoding": "gzip"}) as client:
        text = client.get(path).text
        worn = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
        total = sum(travelled(client, one) for one in (path, *worn))
    assert len(worn) >= 5
    assert total < MOST


def travelled(client: httpx2.Client, path: str) -> int:
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200
        return sum(len(part) for part in answer.iter_raw())


def test_what_a_page_wears_is_kept_for_good(site: Site) -> None:
    with httpx2.Client(base_url=site.address) as client:
        style = re.findall(r'href="(/static/[^"]+/style.css)"', client.get("/").text)[0]
        assert "immutable" in client.get(style).headers["cache-control"]
        assert client.get("/").headers["cache-control"] == "no-store"
