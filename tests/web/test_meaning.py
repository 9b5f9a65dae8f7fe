"""What every face says is what the document means."""

import re

import pytest
from flask.testing import FlaskClient

from tests.data.faces import faces

MINUS = re.compile(r"−\s?[\d,.]+\s?(%|吨|万吨)|[≥≤≈]\s?[-−]")
"""Our own minus; a hyphen is the document's print (附件1: -26), which stays in its own column."""
LABEL = {"ind_ei_cut_all": "≥15%", "cut_cod": "2,100 吨", "phaseout_coke": "362 万吨", "ei_gdp_cut": "26%"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("query", "pages"),
    [
        (
            "region=650000&indicator=ind_ei_cut_all&year=2015",
            ["/resolve?adcode=650100&indicator=ind_ei_cut_all&year=2015", "/indicators/ind_ei_cut_all"],
        ),
        (
            "region=640200&indicator=cut_cod",
            ["/resolve?adcode=640200&indicator=cut_cod&year=2025", "/indicators/cut_cod"],
        ),
        ("region=150600&indicator=phaseout_coke", ["/indicators/phaseout_coke", "/plans/ordos-2021-2025"]),
        ("region=150600", ["/indicators/ei_gdp_cut", "/regions/150624"]),
    ],
)
def test_a_cut_has_no_minus_on_any_face(client: FlaskClient, lang: str, query: str, pages: list[str]) -> None:
    indicator = (re.findall(r"indicator=(\w+)", query) or ["ei_gdp_cut"])[0]
    said = faces(client, f"{query}&lang={lang}&layers=none", *pages)
    for face, text in said.items():
        if not face.startswith(("/plans", "/regions")):  # a page lists changes too, and those are signed
            assert MINUS.search(text) is None, (face, MINUS.search(text))
        if face in ("/view.json", "/view.svg", "/view.docx", "/view.pptx") or face in pages:
            assert LABEL[indicator] in text, (face, text[:400])
