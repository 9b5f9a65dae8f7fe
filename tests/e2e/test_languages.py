"""What the explorer's own script says: in the reader's language, names as printed."""

import re

import pytest
from playwright.sync_api import Page

from geoapp.atlas import Atlas
from tests.conftest import Watched
from tests.data.languages import CHINESE_MARKS, HAN, as_printed

SAID = """() => {
  const own = (node) => (node.parentElement || node).closest("[lang]")?.lang === document.documentElement.lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [document.title];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const silent = node.parentElement.closest("script, style, code, textarea, noscript");
    if (own(node) && !silent) found.push(node.data.trim());
  }
  for (const each of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
    if (own(each)) found.push(...["aria-label", "title", "placeholder"].map((name) => each.getAttribute(name) || ""));
  }
  return found.filter(Boolean);
}"""
SENTENCE = re.compile(r"(?:\b[a-z]+ ){3,}[a-z]+\b", re.IGNORECASE)


def open_everything(page: Page) -> None:
    """Open what stands closed: the layers, a card of a region, the search's findings, the dialog."""
    page.locator("#layers summary").click()
    page.fill("#q", "dltq")
    page.locator("#found [role=option]").first.wait_for()
    page.locator("#found [role=option]").first.click()
    page.locator("#card h2").first.wait_for()
    page.locator("#share").click()
    page.locator("#sharebox").wait_for()


@pytest.mark.parametrize("watched", [(1366, 768)], indirect=True, ids=["desktop"])
def test_the_english_explorer_has_chinese_only_in_names(watched: Watched, atlas: Atlas) -> None:
    page = watched.open("/?region=150600&layers=parks,projects&lang=en")
    open_everything(page)
    printed = as_printed(atlas)
    wording = page.evaluate(SAID)
    assert len(wording) > 200
    left = [(text, printed.sub("", text)) for text in wording]
    assert [text for text, rest in left if HAN.search(rest) or CHINESE_MARKS.search(rest)] == []


@pytest.mark.parametrize("watched", [(1366, 768)], indirect=True, ids=["desktop"])
def test_the_chinese_explorer_has_no_english_sentence(watched: Watched) -> None:
    page = watched.open("/?region=150600&layers=parks,projects")
    open_everything(page)
    assert [text for text in page.evaluate(SAID) if SENTENCE.search(text)] == []
