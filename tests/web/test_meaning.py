"""What every face says is what the document means."""

import io
import re

import docx
import openpyxl
import pptx
import pytest
from flask.testing import FlaskClient

from tests.data.faces import faces

MINUS = re.compile(r"−\s?[\d,.]+\s?(%|吨|万吨)|[≥≤≈]\s?[-−]")
"""Our own minus; a hyphen is the document's print (附件1: -26), which stays in its own column."""
LABEL = {"ind_ei_cut_all": "≥15%", "cut_cod": "2,100 吨", "phaseout_coke": "362 万吨", "ei_gdp_cut": "26%"}
LABEL_EN = {**LABEL, "cut_cod": "2,100 t", "phaseout_coke": "362 ×10⁴ t"}


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
            assert (LABEL_EN if lang == "en" and face not in pages else LABEL)[indicator] in text, (face, text[:400])


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


@pytest.mark.parametrize(("lang", "name"), [("zh", "伊犁哈萨克自治州"), ("en", "Ili Kazakh")])
def test_every_sentence_and_bar_that_names_it_says_the_part(client: FlaskClient, lang: str, name: str) -> None:
    """A sentence that counts it, a bar that draws it and a line that ranks it, each by itself."""
    query = f"region=650000&year=2015&layers=none&lang={lang}"
    document = docx.Document(io.BytesIO(client.get(f"/view.docx?{query}").data))
    said = [paragraph.text for paragraph in document.paragraphs]
    said += ["　".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    deck = pptx.Presentation(io.BytesIO(client.get(f"/view.pptx?{query}").data))
    bars = 0
    for shape in (shape for slide in deck.slides for shape in slide.shapes):
        if shape.has_text_frame:
            said += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if shape.has_table:
            said += ["　".join(cell.text for cell in row.cells) for row in shape.table.rows]
        if shape.has_chart:
            bars += 1
            said += [str(each) for each in shape.chart.plots[0].categories]
            said += shape._element.nvGraphicFramePr.cNvPr.get("descr").split(", ")
    said.append(client.get(f"/view.json?{query}").json["alt"])
    found = [part for text in said for part in re.split("[。；;]|[.] ", text) if name in part]
    assert bars
    assert len(found) >= 4
    assert [part for part in found if "伊犁州直" not in part] == []


@pytest.mark.parametrize(
    ("query", "away", "there"),
    [
        ("region=650000&year=2015", "塔地发改基础〔2023〕17号", "2015-07-10"),
        ("region=650000&year=2025", "2015-07-10", "塔地发改基础〔2023〕17号"),
        ("region=654200&year=2025&period=2011-2015", "循环经济产业园", "塔地发改基础〔2023〕17号"),
    ],
)
def test_a_map_of_one_period_shows_nothing_of_another(client: FlaskClient, query: str, away: str, there: str) -> None:
    for face, whole in faces(client, query).items():
        text = re.sub(r"(?s)\"plans\":\[.*?\],\"tiers\"|\"trail\".*?\"facets\"", "", whole)  # what else is on offer
        assert away not in text, face
        if face in ("/view.json", "/view.svg", "/view.docx", "/view.pptx", "/view.xlsx"):
            assert there in text, face


def test_a_document_is_named_by_its_own_date(client: FlaskClient) -> None:
    named = {plan["id"]: plan["words"] for plan in client.get("/view.json").json["plans"]}
    assert named["ordos-2021-2025"] == "2022年文件"
    assert named["tacheng-2021-2025"] == "2023年文件"
    english = client.get("/view.json?lang=en").json["plans"]
    assert {plan["words"] for plan in english if plan["id"] == "xinjiang-2015"} == {"document of 2015"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("period=2025-2021", "period"), ("period=2025", "period"), ("period=十四五", "period"), ("fill=all", "fill")],
)
def test_odd_periods_and_fillings_are_refused_by_name(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/view.json?{query}")
    assert answer.status_code == 400
    assert answer.json["errors"][0]["parameter"] == parameter


def test_a_link_to_a_work_opens_its_own_time(client: FlaskClient) -> None:
    assert client.get("/view.json?sel=xinjiang-2015-j001").json["year"] == 2015
    assert client.get("/view.json?region=650000&period=2011-2015").json["year"] == 2015


WORKS = "region=654200&fill=none&type=hydropower&layers=projects"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_view_without_goals_has_none_on_any_face(client: FlaskClient, lang: str) -> None:
    for face, text in faces(client, f"{WORKS}&lang={lang}").items():
        whole = re.sub(r"(?s)\"choices\":.*?\"facets\"", "", text)
        for word in ("单位GDP能耗", "Energy intensity", "13.5%", "未设此目标", "None set", "layer,targets"):
            assert word not in whole, (face, word)
    body = client.get(f"/view.json?{WORKS}").json
    assert (body["title"], body["subtitle"]) == ("塔城地区“十四五”水电", "只列项目，不含目标")
    assert (body["layers"]["targets"], body["counts"], body["legend"]["classes"]) == (0, {}, [])
    rows = client.get(f"/view.geojson?{WORKS}").json["features"]
    assert {row["properties"]["layer"] for row in rows} == {"projects"}
    assert {row["properties"]["type"] for row in rows} == {"hydropower"}
    assert all("status" not in area and "key" not in area for area in body["areas"]), "nothing was asked of them"
    assert client.get("/view.json?fill=none&layers=none").status_code == 400


def test_works_alone_are_as_many_rows_in_every_file_as_on_the_map(client: FlaskClient) -> None:
    works = "region=654200&fill=none&layers=projects&type=circular_economy,waste_to_energy,storage"
    shown = client.get(f"/view.json?{works}").json
    offered = client.get(f"/view.files.json?{works}").json
    count = len(shown["points"])
    assert count > shown["layers"]["projects"] - 1 > 10
    assert offered["rows"] == {"parks": 0, "projects": count, "actions": 0}
    assert len(client.get(f"/view.geojson?{works}").json["features"]) == count
    assert len(client.get(f"/view.csv?{works}").get_data(as_text=True).strip().splitlines()) == count + 1
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/view.xlsx?{works}").data))
    assert book.worksheets[0].max_row == count + 1
    assert "目标" not in book.sheetnames


@pytest.mark.parametrize(("adcode", "codes"), [("150621", {"150621"}), ("640200", {"640202", "640205", "640221"})])
def test_a_regions_page_offers_its_own_layer(client: FlaskClient, adcode: str, codes: set[str]) -> None:
    page = client.get(f"/regions/{adcode}").get_data(as_text=True)
    (address,) = re.findall(r'href="(/view\.geojson[^"]+)"', page)
    rows = client.get(address.replace("&amp;", "&")).json["features"]
    assert {row["properties"]["adcode"] for row in rows if row["properties"]["layer"] == "targets"} == codes


def test_a_workbook_has_one_header_row_and_words(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/view.xlsx?region=150600").data))
    for sheet in book.worksheets[:-2]:
        header, first, *_ = sheet.iter_rows(values_only=True)
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.freeze_panes == "C2"
        assert len(set(header)) == len(header), "a pivot table needs every heading once"
        assert first[header.index("行政区划代码")].isdigit()
        said = [row[header.index("提示")] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert any(said)
        assert [words for words in said if words and re.search("[a-z]_[a-z]", words)] == []
    fields = {row[1] for row in book["字段说明"].iter_rows(min_row=2, values_only=True)}
    assert {"adcode", "value", "caveats"} <= fields
