"""How values of rasters are printed."""

import math

from geoapp.model.phrase import Phrase
from geoapp.raster.record import RasterRecord, RegionValues

MINUS = "−"
FINE = 6
WHOLE = 0.9995
"""Share of a region from which on its data count as complete."""


def number(value: float) -> str:
    """Print a value with four significant digits, thousands apart, whole numbers whole, a true minus sign."""
    text = f"{value:,.0f}" if value == 0 or abs(value) >= 1000 else f"{float(f'{value:.4g}'):,.10g}"
    return text.replace("-", MINUS)


def rounded(record: RasterRecord, value: float) -> float:
    """Round the value of a region to a thousandth of the raster's range: it is not better known."""
    spread = record.maximum - record.minimum
    digits = max(0, -math.floor(math.log10(spread / 1000))) if spread > 0 else FINE
    return round(value, digits) + 0.0  # never -0.0


def share_words(values: RegionValues) -> Phrase:
    """Say how much of a region has data."""
    if values.share >= WHOLE:
        return Phrase("全境有数据")
    if values.cells == 0:
        return Phrase("境内无数据")
    return Phrase("{share}的面积有数据", {"share": f"{values.share:.1%}"})


def class_text(record: RasterRecord, number: int | None, lang: str) -> str:
    """Return the words of a class; empty where there is none."""
    line = next((line for line in record.legend if number is not None and line.low == number), None)
    return line.label.get(lang) if line else ""
