"""Finished pictures beside each other: a comparison is one picture of two maps."""

import io
from collections.abc import Sequence

from PIL import Image


def side_by_side(pictures: Sequence[bytes]) -> bytes:
    """Return PNGs of one height as one PNG, left to right, with the resolution of the first.

    Raises:
        ValueError: there is none.
    """
    if not pictures:
        raise ValueError("no pictures")
    opened = [Image.open(io.BytesIO(each)).convert("RGB") for each in pictures]
    whole = Image.new("RGB", (sum(each.width for each in opened), max(each.height for each in opened)), "white")
    left = 0
    for each in opened:
        whole.paste(each, (left, 0))
        left += each.width
    out = io.BytesIO()
    whole.save(out, "PNG", dpi=Image.open(io.BytesIO(pictures[0])).info.get("dpi", (96, 96)))
    return out.getvalue()
