"""What lies under the plans and has a number for every region: rasters and the sun's geometry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator
from geoapp.model.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonalValue:
    """What an origin says of one region.

    Attributes:
        value: in the unit of the indicator; None for classes, which have words only.
        text: the value as the origin's own pages print it.
        how: how it was made here, such as the share of the region that has data.
        caveats: ids of ``layers/vocabulary.csv``.
    """

    value: float | None
    text: str
    how: Phrase
    caveats: tuple[str, ...]


class ZonalIndicators(Protocol):
    """Gives the indicators of the ground and their values. Both are ready: nothing is computed for a request."""

    def indicators(self) -> Mapping[str, Indicator]:
        """Return what there is, by id; it may change while an atlas is open."""
        ...

    def value(self, indicator: str, region: Region) -> ZonalValue | None:
        """Return the value of a region; None where there is no data or no such indicator (any more)."""
        ...
