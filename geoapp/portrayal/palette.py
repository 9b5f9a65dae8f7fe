"""Colours: one ramp per meaning, and a look of its own for each thing that is not a value.

Ramps run light to dark in wide steps, so that grey print and colour-blind readers keep the
classes apart: neighbours differ by ΔE2000 ≥ 10 in normal sight, deuteranopia, protanopia and
grey (``tests/unit/render/test_palette.py``). What is not a class has a pattern, not a hue.
"""

from collections.abc import Sequence

from geoapp.model.plan import Indicator

RAMPS: dict[str, tuple[str, ...]] = {
    "green": ("#e8f3da", "#a3cd98", "#63a376", "#2b7a5e", "#0b463e"),
    "blue": ("#e2eff9", "#9cc4e2", "#5b97c5", "#286a9e", "#103a64"),
    "ochre": ("#fcefd6", "#e4ba77", "#c0873b", "#8d581b", "#522d0b"),
}
PROGRESS = {"reached": "#1b6e63", "on_track": "#8cc5b3", "behind": "#e3b068", "not_reached": "#a5531c"}
"""Reached and on track against behind and not reached: apart in hue and in lightness, for grey print too."""
NOT_COMPARABLE = "#bdb9c6"
ZERO = "#fbfbf8"
PARENT = "#ffffff"
LENT = "#9a9a90"
"""Hatching of goals that a parent lends in several values, or in words."""
LENT_ZERO = "#a9b7ae"
"""Hatching of a zero that a parent lends, as dark as the rings of a zero of one's own."""
NOT_PUBLISHED = "#e7e2ee"
NONE = "#f1efe9"
NOT_COLLECTED = "#f1efe9"
"""Plain: most of a country without documents, where a pattern would be noise. ``NONE`` has strokes on it."""
WORDED = "#e3e6dc"
BLUE_SECTORS = {"water", "power"}


def ramp_of(indicator: Indicator) -> str:
    """Choose a ramp by meaning: falling levels and the ground ochre, water and power blue, the rest green."""
    if indicator.sector == "ground" or (indicator.kind == "level" and indicator.better == "down"):
        return "ochre"
    return "blue" if indicator.sector in BLUE_SECTORS else "green"


def colours(indicator: Indicator, classes: int, below: int = 0) -> Sequence[str]:
    """Return ``classes`` colours, lightest first, spread over the whole ramp.

    The first ``below`` classes lie below zero: they get a ramp of their own, darkest first, so
    that the two sides part at zero.
    """
    if below:
        return [*reversed(_spread(RAMPS["ochre"], below)), *_spread(RAMPS["green"], classes - below)]
    return _spread(RAMPS[ramp_of(indicator)], classes)


def _spread(ramp: Sequence[str], classes: int) -> Sequence[str]:
    if classes <= 1:
        return [ramp[3]] * classes
    last = len(ramp) - 1
    return [ramp[round(number * last / (classes - 1))] for number in range(classes)]
