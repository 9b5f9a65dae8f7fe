"""The sheet a snapshot is drawn on: paper or free size, resolution, title, who made it."""

import datetime
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from geoapp.errors import InvalidView, Issue

Paper = Literal["a4", "a3", "16x9"]
Orientation = Literal["landscape", "portrait"]
Format = Literal["png", "svg", "pdf"]

PAPERS: dict[str, tuple[float, float]] = {"a4": (841.89, 595.28), "a3": (1190.55, 841.89), "16x9": (960.0, 540.0)}
"""Width and height in points, lying. 16:9 is PowerPoint's 13.333 × 7.5 inch slide."""
SHEET_PARAMETERS = ("width", "height", "dpi", "paper", "orientation", "title", "date", "maker", "qr")
DEFAULT_SIZE = (1600, 1100)
SCREEN_DPI = 144
"""A free picture of 1600 × 1100 pixels is then as wide as A4, and so is its type."""
PAPER_DPI = 300
DPI = (72, 600)
SIDE = (200, 12_000)
MOST_PIXELS = 72_000_000
"""A3 at 600 dpi is 70 million pixels: three seconds of drawing, and no more memory than any other sheet."""
LEAST_POINTS = (360.0, 270.0)
"""Below about 127 × 95 mm there is no room for a map with its legend and sources."""
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. ``width`` and ``height`` are points.

    Attributes:
        title: replaces the view's own title; empty keeps it.
        date: the date printed as the date of making; empty prints none, since the same view
            must give the same bytes tomorrow.
        review_no: 审图号 of the operator's reviewed maps; empty prints 内部工作底稿.
        address: of the view on the web; printed on the sheet and, in a PDF, to be followed.
        qr: prints the address as a code too.
        bare: the map to its edges, without title and sources, for a document that says them in its
            own words. Whether it may be shown in public still stands on it.
    """

    width: float = DEFAULT_SIZE[0] * 72 / SCREEN_DPI
    height: float = DEFAULT_SIZE[1] * 72 / SCREEN_DPI
    dpi: int = SCREEN_DPI
    format: Format = "png"
    title: str = ""
    date: str = ""
    maker: str = ""
    review_no: str = ""
    address: str = ""
    qr: bool = False
    bare: bool = False
    cut: bool = True

    @property
    def pixels(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        return round(self.width * self.dpi / 72), round(self.height * self.dpi / 72)

    @property
    def key(self) -> str:
        """Return a canonical text of everything that changes the bytes."""
        dpi = self.dpi if self.format == "png" else 0
        parts = (self.format, f"{self.width:.2f}", f"{self.height:.2f}", dpi, self.title, self.date, self.maker)
        return "\x1f".join(map(str, (*parts, self.review_no, self.bare, self.cut, self.address, self.qr)))


def read_sheet(given: dict[str, str], form: Format, *, maker: str = "", review_no: str = "") -> Sheet:
    """Read the sheet parameters of a query or a command line.

    Raises:
        InvalidView: naming every parameter that cannot be used and what can.
    """
    issues: list[Issue] = []
    numbers = {name: _number(given, name, low, high, issues) for name, (low, high) in _RANGES.items()}
    paper = _word(given, "paper", tuple(PAPERS), issues)
    orientation = _word(given, "orientation", ("landscape", "portrait"), issues)
    title = _title(given.get("title", ""), issues)
    maker = _title(given.get("maker", ""), issues, "maker") or maker
    made = _date(given.get("date", ""), issues)
    coded = _word(given, "qr", ("0", "1"), issues) == "1"
    if paper and (numbers["width"] or numbers["height"]):
        issues.append(Issue("paper", "given together with width or height", "give the one or the other"))
    if orientation and not paper:
        issues.append(Issue("orientation", "given without a paper", "add paper=a4 or paper=a3"))
    if paper == "16x9" and orientation == "portrait":
        issues.append(Issue("orientation", "a 16:9 slide lies", "use paper=a4 or a3 for portrait"))
    if issues:
        raise InvalidView(issues)
    sheet = Sheet(format=form, title=title, date=made, maker=maker, review_no=review_no, qr=coded)
    return _checked(_sized(sheet, paper, orientation == "portrait", numbers), "paper" if paper else "width")


_RANGES = {"width": SIDE, "height": SIDE, "dpi": DPI}


def _number(given: dict[str, str], name: str, low: int, high: int, issues: list[Issue]) -> int:
    text = given.get(name, "")
    if text == "":
        return 0
    if text.isascii() and text.isdigit() and len(text) <= 6 and low <= int(text) <= high:
        return int(text)
    unit = "dots per inch" if name == "dpi" else "pixels"
    issues.append(Issue(name, f"{text[:40]!r} is not a whole number from {low} to {high}", unit))
    return 0


def _word(given: dict[str, str], name: str, allowed: tuple[str, ...], issues: list[Issue]) -> str:
    text = given.get(name, "")
    if text and text not in allowed:
        issues.append(Issue(name, f"{text[:40]!r} is not a known {name}", "use " + ", ".join(allowed)))
        return ""
    return text


def _title(text: str, issues: list[Issue], name: str = "title") -> str:
    title = " ".join(text.split())
    if len(title) > LONGEST_TITLE:
        problem = f"the {name} has {len(title)} characters, the sheet takes {LONGEST_TITLE}"
        issues.append(Issue(name, problem, "shorten it"))
        return ""
    odd = next((char for char in title if unicodedata.category(char)[0] == "C"), "")
    if odd:
        issues.append(Issue(name, f"the {name} has an invisible character, U+{ord(odd):04X}", "leave it out"))
        return ""
    return title


def _date(text: str, issues: list[Issue]) -> str:
    if not text:
        return ""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        issues.append(Issue("date", f"{text[:40]!r} is not a date", "write it as 2026-03-31"))
        return ""


def _sized(sheet: Sheet, paper: str, portrait: bool, numbers: dict[str, int]) -> Sheet:
    if paper:
        width, height = PAPERS[paper][::-1] if portrait else PAPERS[paper]
        return replace(sheet, width=width, height=height, dpi=numbers["dpi"] or PAPER_DPI)
    dpi = numbers["dpi"] or SCREEN_DPI
    if not (numbers["width"] or numbers["height"]):  # a finer picture of the same sheet
        return replace(sheet, dpi=dpi)
    across = numbers["width"] or round((numbers["height"] or DEFAULT_SIZE[1]) * DEFAULT_SIZE[0] / DEFAULT_SIZE[1])
    down = numbers["height"] or round(across * DEFAULT_SIZE[1] / DEFAULT_SIZE[0])
    return replace(sheet, width=across * 72 / dpi, height=down * 72 / dpi, dpi=dpi)


def _checked(sheet: Sheet, where: str) -> Sheet:
    across, down = sheet.pixels
    if sheet.format == "png" and across * down > MOST_PIXELS:
        problem = f"{across} × {down} pixels are too many; {MOST_PIXELS // 1_000_000} million are the most"
        raise InvalidView([Issue("dpi" if where == "paper" else where, problem, "lower the dpi, or take the PDF")])
    if sheet.width < LEAST_POINTS[0] or sheet.height < LEAST_POINTS[1]:
        low = [round(points * sheet.dpi / 72) for points in LEAST_POINTS]
        problem = f"{across} × {down} pixels at {sheet.dpi} dpi leave no room for a map with legend and sources"
        usual = [round(pixels * sheet.dpi / SCREEN_DPI) for pixels in DEFAULT_SIZE]
        hint = f"{usual[0]} × {usual[1]} pixels at this dpi have room for most views, {low[0]} × {low[1]} for few"
        raise InvalidView([Issue(where, problem, hint)])
    long, short = max(sheet.width, sheet.height), min(sheet.width, sheet.height)
    if long > 3 * short:
        raise InvalidView([Issue(where, f"{across} × {down} pixels are a strip, not a sheet", "at most 3 : 1")])
    return sheet
