"""The answer for one division, indicator, year and tier, as a row that needs no more looking up."""

from dataclasses import dataclass

from geoapp.model.region import Adcode
from geoapp.model.vocabulary import Status, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedRow:
    """One answer.

    Attributes:
        number: in the indicator's unit; None where the goal has none.
        value_text, unit: as printed; empty without a goal.
        target: id of the goal, ``from_region`` whose it is, ``plan`` that sets it; None without one.
    """

    adcode: Adcode
    indicator: str
    year: int
    tier: Tier
    status: Status
    number: float | None
    value_text: str
    unit: str
    target: str | None
    from_region: Adcode | None
    plan: str | None
