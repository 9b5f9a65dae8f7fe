"""Scanned pages: pictures become placed lines through RapidOCR, whose model comes inside its wheel."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geoapp.drafting.reading.pdf import Placed, placed_line
from geoapp.errors import UnreadableDocument

DPI = 200
LEAST_SURE = 0.5


def recognise(path: Path, number: int) -> tuple[Placed, ...]:
    """Return the lines of one page (counted from 1) of a scanned PDF, places in points.

    Raises:
        UnreadableDocument: the extra ``ocr`` is not installed.
    """
    if find_spec("rapidocr_onnxruntime") is None:
        problem = f"page {number} is a scan, a picture without text"
        raise UnreadableDocument(path.name, problem, "install the extra: pip install geoapp[ocr]")
    import numpy as np
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        picture = np.asarray(document[number - 1].render(scale=DPI / 72).to_pil().convert("RGB"))
    finally:
        document.close()
    found, _ = _engine()(picture)
    words = [_word(box, text) for box, text, sure in found or () if float(sure) >= LEAST_SURE]
    return tuple(_rows(words))


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()


def _word(box: Any, text: str) -> dict[str, Any]:
    scale = 72 / DPI
    xs, ys = [point[0] * scale for point in box], [point[1] * scale for point in box]
    height = max(ys) - min(ys)
    return {"text": text, "x0": min(xs), "x1": max(xs), "top": min(ys), "bottom": max(ys), "size": height * 0.8}


def _rows(words: list[dict[str, Any]]) -> list[Placed]:
    """Join the boxes that stand on one height; a scan is never quite straight."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda each: each["top"] + each["bottom"]):
        middle = (word["top"] + word["bottom"]) / 2
        if (
            lines
            and abs(middle - sum(w["top"] + w["bottom"] for w in lines[-1]) / 2 / len(lines[-1])) < word["size"] * 0.6
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [placed_line(line) for line in lines]
