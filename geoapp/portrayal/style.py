"""Sizes and colours of the sheet. Sizes are in design pixels of a 1600 × 1100 sheet; ``Style`` scales them."""

from dataclasses import dataclass

INK = "#1d2a2b"
SOFT = "#56605f"
FAINT = "#6a7271"
PAPER = "#ffffff"
WATER = "#e4eef2"
FOREIGN = "#e9e7e1"
COAST = "#bcc9ce"
"""Land beyond the border is greyer than ours and never the colour of water."""
LAND = "#f6f4ee"
LAND_EDGE = "#c9c6bb"
PROVINCE_EDGE = "#a19e92"
COUNTRY_EDGE = "#6f6c62"
DASH = "#55534b"
AREA_EDGE = "#5c6660"
NONE_EDGE = "#bdb9ac"
OUTLINE = "#2b3434"
ACCENT = "#a93b25"
MARK = "#22313f"
AMOUNT = "#3a8abd"
AMOUNT_EDGE = "#145f94"

LABEL_SIZES = (19.0, 16.5, 14.5, 13.0)
"""Names of areas, largest first; values are set in bold of the same size."""
LEAST_TYPE = 5.6
"""Points. Nothing on a sheet is set smaller."""
LEAST_SCALE, MOST_SCALE = 0.45, 0.9


@dataclass(frozen=True, slots=True)
class Style:
    """Turns design pixels into points for one sheet."""

    k: float

    @classmethod
    def of(cls, width: float, height: float) -> "Style":
        """Return the style of a sheet: type grows more slowly than paper, as it should."""
        share = min(width / 800.0, height / 550.0)
        return cls(min(max(0.5 * share**0.6, LEAST_SCALE), MOST_SCALE))

    def px(self, pixels: float) -> float:
        """Return a length in points."""
        return pixels * self.k

    def type(self, pixels: float) -> float:
        """Return a type size in points, never too small to read."""
        return max(pixels * self.k, LEAST_TYPE)


def is_dark(colour: str) -> bool:
    """Say whether text on a colour must be white (as the web map decides it)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


MARKS = {"zh": ("、", "；", "。"), "en": (", ", "; ", ". ")}
"""What stands between words, between titles and between sentences."""


def joined(kind: str, name: str, lang: str) -> str:
    """Return a name after the kind of thing it is."""
    return f"{kind}: {name}" if lang == "en" else f"{kind}：{name}"


def bracketed(text: str, lang: str) -> str:
    """Return a unit in the brackets of a language."""
    return f" ({text})" if lang == "en" else f"（{text}）"
