"""What a page says to a reader, and what of it is names and quotations that stay as printed."""

import re
from html.parser import HTMLParser

from geoapp.atlas import Atlas

HAN = re.compile("[㐀-鿿]")
CHINESE_MARKS = re.compile("[、，。；：（）《》]")
SPOKEN = ("title", "aria-label", "placeholder", "alt", "content", "label")
SILENT = {"script", "style", "code", "pre", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MAP_NUMBER = re.compile(r"GS（\d{4}）\d+号")


class Spoken(HTMLParser):
    """The texts and spoken attributes of a page, without what is marked as another language.

    Attributes:
        found: (tag, attribute or "", text) in the order of the page.
    """

    def __init__(self, page: str, own: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, str]] = []
        self._own, self._open = own, [("", own, False)]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _, lang, silent = self._open[-1]
        lang, silent = given.get("lang") or lang, silent or tag in SILENT
        if lang == self._own and not silent:
            self.found += [(tag, name, text) for name in SPOKEN if (text := given.get(name))]
        if tag not in VOID:
            self._open.append((tag, lang, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        at = max((place for place, (name, *_) in enumerate(self._open) if name == tag), default=0)
        if at:
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        tag, lang, silent = self._open[-1]
        if lang == self._own and not silent and data.strip():
            self.found.append((tag, "", " ".join(data.split())))


def as_printed(atlas: Atlas) -> re.Pattern[str]:
    """Return a pattern of every name and quotation that an English page leaves in Chinese."""
    data = atlas.dataset
    words = {alias.alias for alias in atlas.gazetteer.aliases}
    for record in (*data.targets, *data.statistics):
        words |= {record.name_in_source, record.value_text}
    for point in (*data.parks, *data.projects):
        words |= {point.name, point.name_in_source}
    for project in data.projects:
        words.add(project.status_text)
    for plan in data.plans:
        words |= {plan.title.zh, plan.document_no, *(annex.title for annex in plan.unpublished)}
    words -= {region.name for region in atlas.gazetteer.regions.values()}  # they have English names
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if HAN.search(word))
    return re.compile("|".join((MAP_NUMBER.pattern, named)))
