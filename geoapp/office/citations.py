"""Which document a row is from: numbered as the sources at the end are."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from geoapp.model.phrase import section_words
from geoapp.model.plan import Plan
from geoapp.office.content import NOTHING
from geoapp.portrayal.view_content import source


class Citation(str):
    """Words of a citation; ``url`` is the passage they lead to, empty where nobody has the document."""

    url: str

    def __new__(cls, words: str, url: str = "") -> "Citation":
        """Make the words, and remember where they lead."""
        made = super().__new__(cls, words)
        made.url = url
        return made


@dataclass(slots=True)
class Citations:
    """Numbers the documents of one briefing in the order they are first cited.

    Attributes:
        numbered: whether rows name their document; one alone needs no number.
        documents: where this server shows the text of a plan's document, by plan.
        lang: the language in which headings are said.
    """

    plans: Mapping[str, Plan]
    numbered: bool
    documents: Mapping[str, str] = field(default_factory=dict)
    lang: str = "zh"
    _numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, plan: str | None, section: str | None, record: str = "") -> str:
        """Return where a record stands: ``[2] 三(一) 专栏1``; a dash for what no document prints.

        What names a ``record`` leads to its passage, or to the document's official address.
        """
        if not plan:
            return NOTHING
        number = self._numbers.setdefault(plan, len(self._numbers) + 1)
        where = section_words(section or "", self.lang)
        words = f"[{number}] {where}".strip() if self.numbered else where or NOTHING
        return Citation(words, self._passage(plan, record)) if record else words

    def _passage(self, plan: str, record: str) -> str:
        shown = self.documents.get(plan)
        return f"{shown}?record={record}#passage" if shown else self.plans[plan].document_url

    def lines(self, lang: str, resolved: Container[str], told: Iterable[str]) -> list[str]:
        """Return one line a document: title, number where there is one, issuer, date.

        Args:
            shown: documents that are sources of a map.
            told: what :meth:`cite` returned for the rows that are told; a page may have had no room for some.
        """
        found, kept = [], {cell.split(" ")[0] for cell in told}
        for plan, number in self._numbers.items():
            if plan not in resolved and f"[{number}]" not in kept:
                continue
            cited = source(self.plans[plan], lang)
            title = f"《{cited['title']}》" if lang == "zh" else cited["title"]
            parts = (title, cited["document_no"], cited["issuer"], cited["published"])
            text = ("，" if lang == "zh" else ", ").join(part for part in parts if part)
            found.append(f"[{number}] {text}" if self.numbered else text)
        return found
