"""The way back from a figure: the address its view is found under, when it was drawn, and a code to be photographed."""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urlsplit

from geoapp.analysis.query import BELOW, DEFAULT_INDICATOR
from geoapp.model.phrase import Phrase
from geoapp.model.region import Region
from geoapp.model.view import View
from geoapp.office.content import Link

QR_SIDE = 18.0
"""Millimetres of a code: its modules of 0.4 mm and more are read from a sheet at arm's length."""
QR_SCALE = 8
"""Pixels of a module."""
USUAL = {"indicator": DEFAULT_INDICATOR, "tier": "basic", "layers": "parks,projects"}
"""What an address need not say. The year stays: which one opens by itself changes as plans are added."""


def short_query(view: View, region: Region) -> str:
    """Return the shortest query string that opens a view, today and when the atlas has grown."""
    usual = {**USUAL, "level": str(BELOW[region.level])}
    pairs = parse_qsl(view.query(), keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if usual.get(name) != value], safe=",:")


@dataclass(frozen=True, slots=True)
class Ways:
    """Makes the ways back of one briefing.

    Attributes:
        base: the public address of the atlas; empty on a command line that was told none, and no way leads back.
        drawn: when the figures were drawn, in words.
        qr: whether codes are asked for.
    """

    base: str
    drawn: str
    qr: bool
    lang: str

    def address(self, view: View, region: Region) -> str:
        """Return the address of a view; empty where the atlas has none."""
        return f"{self.base}/?{short_query(view, region)}" if self.base else ""

    def line(self, view: View, region: Region) -> tuple[str, tuple[Link, ...]]:
        """Return what stands under a figure, and the words of it that lead back."""
        url = self.address(view, region)
        if not url:
            return self.drawn, ()
        link = Link(shown(url), url)
        return Phrase("原图：{address} · {drawn}", {"address": link.words, "drawn": self.drawn}).say(self.lang), (link,)

    def code(self, view: View, region: Region) -> str:
        """Return the address that a code under the figure holds; empty where none is asked for."""
        return self.address(view, region) if self.qr else ""

    def link(self, path: str) -> Link:
        """Return a page of the atlas as a link; its words alone where the atlas has no address."""
        url = f"{self.base}{path}" if self.base else ""
        return Link(shown(url) if url else path, url)

    def file(self, view: View, suffix: str) -> str:
        """Return the address of a view in another format; empty where the atlas has none."""
        return f"{self.base}/view.{suffix}?{view.query()}" if self.base else ""


def shown(url: str) -> str:
    """Return an address as it is printed: without the scheme, which every browser adds."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def qr_png(url: str) -> bytes:
    """Return the code of an address as PNG, with the quiet zone that readers need."""
    import segno  # only workers that write codes

    out = BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=QR_SCALE, border=2)
    return out.getvalue()
