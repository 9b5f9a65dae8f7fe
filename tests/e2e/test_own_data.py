"""A reader's own table in a real browser: dropped, pasted, settled, mapped, briefed, forgotten."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Watched

TABLE = (
    "地区\t能耗强度（吨标准煤/万元）\t能耗总量（万吨标准煤）\n东胜区\t0.85\t120\n达拉物旗\t1.52\t800\n准格尔旗\t1.7\t1500\n"
    "鼓楼区\t1\t20\n朝阳区\t1.1\t30\n鄂托克旗\t2.1\t约900\n合计\t1\t3370\n"
)
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.getElementById("own-drop").dispatchEvent(drop);
}"""
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def opened(watched: Watched, path: str = "/table") -> Page:
    watched.page.goto(watched.home + path)
    expect(watched.page.locator("#own-drop")).to_be_visible()
    return watched.page


def row(page: Page, number: int) -> str:
    return f"#own-open-list li[data-row='{number}']"


def test_dropped_settled_mapped_briefed_and_forgotten(watched: Watched) -> None:
    page = opened(watched)
    page.evaluate(DROP, ["各旗区.tsv", TABLE])
    expect(page.locator("#own-title")).to_have_text("各旗区.tsv")
    expect(page.locator("#own-summary")).to_have_text("6 行中 3 行已对上，2 行待您决定，1 行没有找到")
    expect(page.locator("#own-faults-list li")).to_contain_text(["C7 “约900” 不是数"])
    page.locator(row(page, 5)).get_by_role("button", name="江苏省 南京市").click()
    expect(page.locator(row(page, 5))).to_have_count(0)
    page.locator(row(page, 6)).get_by_role("button", name="北京市").click()
    expect(page.locator(row(page, 6))).to_have_count(0)
    page.locator(row(page, 3)).get_by_role("button", name="达拉特旗").click()
    expect(page.locator("#own-open")).to_be_hidden()
    expect(page.locator("#own-summary")).to_have_text("6 行中 6 行已对上，0 行待您决定，0 行没有找到")
    expect(page.locator("#own-rows tr").nth(3)).to_contain_text("320106")

    table = re.search(r"id=([0-9a-f]{32})", page.url)
    assert table is not None
    page.reload()
    expect(page.locator("#own-summary")).to_have_text("6 行中 6 行已对上，0 行待您决定，0 行没有找到")
    page.locator("#own-maps a").first.click()
    page.wait_for_selector("body[data-ready=true]")
    assert f"indicator=table:{table[1]}:c2" in page.url
    expect(page.locator("#title")).to_contain_text("能耗强度")
    expect(page.locator("#subtitle")).to_contain_text("使用者提供，未经核对")
    expect(page.locator("#sources")).to_contain_text("使用者提供：各旗区.tsv")
    expect(page.locator("#indicator option:checked")).to_have_text("能耗强度")

    query = page.url.split("?", 1)[1]
    word = page.request.get(f"{watched.home}/view.docx?{query}")
    assert word.status == 200
    assert word.headers["cache-control"] == "private, no-store"
    page.goto(f"{watched.home}/table?id={table[1]}")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#own-forget").click()
    expect(page.locator("#own-doing")).to_have_text("已删除。")
    assert page.request.get(f"{watched.home}/tables/{table[1]}").status == 404
    assert page.request.get(f"{watched.home}/view.json?{query}").status == 400
    assert watched.clean()


def test_pasted_cells_and_a_division_looked_up_by_hand(watched: Watched) -> None:
    page = opened(watched)
    page.evaluate(PASTE, "地区\t数（个）\n达拉特旗\t3\n某某开发区\t4\n")
    expect(page.locator("#own-title")).to_have_text("粘贴的表格")
    page.locator(row(page, 3)).locator("input").fill("准格尔旗")
    page.locator(row(page, 3)).locator(".found").get_by_role("button", name="准格尔旗").click()
    expect(page.locator("#own-open")).to_be_hidden()
    expect(page.locator("#own-maps input[value='symbol']")).to_be_checked()
    page.locator("#own-maps .segment label").first.click()
    expect(page.locator("#own-maps input[value='fill']")).to_be_checked()
    page.reload()
    expect(page.locator("#own-maps input[value='fill']")).to_be_checked()
    assert watched.clean()


def test_a_column_is_said_to_be_a_result_and_held_against_the_targets(watched: Watched) -> None:
    page = opened(watched)
    page.evaluate(PASTE, "地区\t降低率（%）\n达拉特旗\t15\n杭锦旗\t25\n")
    page.locator(".own-against summary").click()
    goal = page.locator(".own-against select")
    expect(goal).to_have_value("ei_gdp_cut.2025.basic")
    page.locator(".own-against input").fill("2024")
    page.locator(".own-against a").click()
    page.wait_for_selector("body[data-ready=true]")
    assert "measure=status" in page.url
    expect(page.locator("#subtitle")).to_contain_text("2024年结果由使用者提供，未经核对")
    expect(page.locator("#legend")).to_contain_text("进度达标")
    page.locator("#measure label", has_text="目标").click()
    expect(page).to_have_url(re.compile(r"^(?!.*results=)"))
    assert watched.clean()


def test_what_is_no_table_is_said_in_the_readers_language(watched: Watched) -> None:
    page = opened(watched, "/table?lang=en")
    page.evaluate(DROP, ["sites.csv", "name,x\na,1\n"])
    fault = page.locator("#own-fault")
    expect(fault).to_contain_text("sites.csv: no column has names or codes of divisions; the first filled cell A1")
    expect(page.locator("#own-result")).to_be_hidden()
    assert watched.foreign == []


def test_the_explorer_leads_to_it(watched: Watched) -> None:
    page = watched.open("/?region=150600")
    assert page.locator(".bar .sections a[href='/table']").count() == 1
    page.locator("#share").click()
    expect(page.locator("#sharebox a[href='/table']")).to_be_visible()
    assert watched.clean()


def test_text_of_cells_is_never_markup(watched: Watched) -> None:
    page = opened(watched)
    bad = '<img src=x onerror="window.__x=1">'
    page.evaluate(DROP, [f"{bad}.csv", f"地区,数{bad}\n达拉特旗,1\n准格尔旗{bad},2\n"])
    expect(page.locator("#own-open-list li")).to_contain_text([bad])
    page.locator("#own-maps a").first.click()
    page.wait_for_selector("body[data-ready=true]")
    expect(page.locator("#title")).to_contain_text(bad)
    assert page.locator("img[src='x']").count() == 0
    assert page.evaluate("window.__x") is None
    assert watched.clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_is_content(browser: Browser, server: str, axe: str, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(server + "/table")
    page.evaluate(DROP, ["各旗区.tsv", TABLE])
    expect(page.locator("#own-open-list li")).to_have_count(3)
    page.evaluate(axe)
    rules = "{runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}}"
    found = page.evaluate(f"axe.run(document, {rules})")["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:140]}" for each in found if each["impact"] != "minor"] == []
    context.close()
