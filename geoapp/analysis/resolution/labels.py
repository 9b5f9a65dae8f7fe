"""Values in short, as maps, lists and sentences print them."""

from decimal import Decimal

from geoapp.analysis.resolution.resolve import Resolution
from geoapp.analysis.resolution.statement import DIGITS, statement
from geoapp.model.plan import LESS, Target
from geoapp.model.vocabulary import POINTS

SIGNS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "approx": "≈", "eq": ""}
MINUS = "−"
SHORT_UNIT = 3
"""Letters up to which every value on a map of the ground carries its unit; a longer one is in the legend only."""


def format_number(value: float) -> str:
    """Print a number as a table would: every digit of it, no trailing zeros, thousands apart, a true minus sign."""
    text = f"{Decimal(f'{value:{DIGITS}}'):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", MINUS)


def part_of(target: Target | None) -> str:
    """Name, in brackets, what a goal is for where that is less than the region it stands on; else nothing."""
    return f"（{target.name_in_source}）" if target is not None and LESS in target.caveats else ""


def target_label(target: Target) -> str:
    """Print a goal in short, as a statement that the same numbers meet as the document's sentence.

    Goals without a number are printed as the document prints them. A distance has its sign. A goal for
    less than the region it stands on names what it is for: ``11%（伊犁州直）``.
    """
    return bare_label(target) + part_of(target)


def bare_label(target: Target) -> str:
    """Print a goal as :func:`target_label` does, for a sentence that names what it is for itself."""
    said = statement(target)
    if said is None:
        return target.value_text
    lead = "+" if target.direction == "reach" and target.unit in POINTS and said.number > 0 else ""
    unit = "" if target.unit in ("", "-") or said.number == 0 else target.unit
    if target.sector in ("ground", "own_data") and len(unit) > SHORT_UNIT:
        unit = ""
    spacer = "" if unit.startswith(("%", "‰", "个")) else " "
    return f"{SIGNS[said.comparator]}{lead}{format_number(said.number)}{spacer if unit else ''}{unit}"


def value_label(answer: Resolution) -> str:
    """Print an area's value for the map; empty where the area has none of its own or lent."""
    if answer.target is None or answer.status not in ("own", "parent"):
        return ""
    return target_label(answer.target)
