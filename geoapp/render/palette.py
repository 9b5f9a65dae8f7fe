"""Colours: one ramp per meaning, and a look of its own for each thing that is not a value.

Ramps run light to dark by lightness, so that grey print and colour-blind readers keep the
order; ``tests/unit/render/test_palette.py`` measures the distance between neighbours.
"""

from collections.abc import Sequence

from geoapp.model.plan import Indicator

RAMPS: dict[str, tuple[str, ...]] = {
    "green": ("#dcebd0", "#b0d6a6", "#7cbc8a", "#3f9a72", "#0f6b58"),
    "blue": ("#d8e8f3", "#acd0e6", "#74b2d6", "#3a8abd", "#145f94"),
    "ochre": ("#f6e6c8", "#ecc98f", "#d9a55a", "#b97d34", "#86541d"),
}
ZERO = "#fbfbf8"
PARENT = "#ffffff"
NOT_PUBLISHED = "#e7e2ee"
NONE = "#f1efe9"
BLUE_SECTORS = {"water", "power"}


def ramp_of(indicator: Indicator) -> str:
    """Choose a ramp by meaning: falling levels ochre, water and power blue, the rest green."""
    if indicator.kind == "level" and indicator.better == "down":
        return "ochre"
    return "blue" if indicator.sector in BLUE_SECTORS else "green"


def colours(indicator: Indicator, classes: int) -> Sequence[str]:
    """Return ``classes`` colours, lightest first, spread over the whole ramp."""
    ramp = RAMPS[ramp_of(indicator)]
    if classes <= 1:
        return [ramp[3]] * classes
    last = len(ramp) - 1
    return [ramp[round(number * last / (classes - 1))] for number in range(classes)]
