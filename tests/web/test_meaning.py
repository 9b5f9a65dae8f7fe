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


EACH = "region=650000&indicator=ind_ei_cut_all&year=2015&layers=none"


@pytest.mark.parametrize(("lang", "words"), [("zh", "对各地州市分别规定"), ("en", "Set for each prefecture")])
def test_a_goal_for_each_is_each_ones_own_on_every_face(client: FlaskClient, lang: str, words: str) -> None:
    pages = [
        f"/resolve?adcode=650100&indicator=ind_ei_cut_all&year=2015&lang={lang}",
        f"/regions/650100?indicator=ind_ei_cut_all&year=2015&lang={lang}",
        f"/indicators/ind_ei_cut_all?lang={lang}",
    ]
    for face, text in faces(client, f"{EACH}&lang={lang}", *pages).items():
        if face not in ("/view.geojson", "/view.qlr"):  # these keep to codes
            assert words in text, face
        assert "未分解到本级" not in text or face.startswith("/regions"), face


def test_who_is_each_and_what_the_whole_then_has(client: FlaskClient) -> None:
    """The document lists 石河子市 beside the prefectures; 五家渠市 and the region as a whole have no such goal."""

    def answer(adcode: str) -> dict[str, object]:
        body: dict[str, object] = client.get(f"/resolve?adcode={adcode}&indicator=ind_ei_cut_all&year=2015").json
        return body

    found = {code: answer(code) for code in ("650000", "650100", "650102", "654000", "659001", "659004")}
    assert {code: body["status"] for code, body in found.items()} == {
        "650000": "none",
        "650100": "own",
        "650102": "parent",
        "654000": "own",
        "659001": "own",
        "659004": "none",
    }
    assert found["650000"]["path"] == [
        "新疆维吾尔自治区：文件未列本级目标",
        "一：对各地州市分别规定 15%以上，没有规定合计",
    ]
    assert found["650102"]["from_name"] == "乌鲁木齐市"
    assert found["650100"]["status_words"] == "对各地州市分别规定"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_name_that_is_less_than_its_region_stays_so_on_every_face(client: FlaskClient, lang: str) -> None:
    pages = [
        f"/resolve?adcode=654000&indicator=ei_gdp_cut&year=2015&lang={lang}",
        f"/resolve?adcode=654002&indicator=ei_gdp_cut&year=2015&lang={lang}",
        f"/regions/654000?year=2015&lang={lang}",
        f"/plans/xinjiang-2015?lang={lang}",
        "/ogc/collections/targets/items/xinjiang-2015-t007?f=json",
    ]
    for face, text in faces(client, f"region=650000&year=2015&layers=none&lang={lang}", *pages).items():
        if "伊犁哈萨克自治州" in text:
            assert "伊犁州直" in text, face
    body = client.get(pages[0]).json
    assert body["label"] == "11%（伊犁州直）"
    assert body["name_in_source"] == "伊犁州直"
