"""What is not from a plan and has numbers of regions: rasters and the sun's geometry, tables of readers."""

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


class UnlistedIndicators(Protocol):
    """Gives the indicators of readers' own tables to those who know their ids; it lists none."""

    def __getitem__(self, identifier: str) -> Indicator:
        """Return an indicator; raises KeyError where there is none (any more)."""
        ...

    def beside(self, identifier: str) -> Mapping[str, Indicator]:
        """Return the indicators of the same table; none for an id of another kind."""
        ...

    def state(self, identifier: str) -> str:
        """Return what changes whenever the table does."""
        ...

    def value(self, identifier: str, region: Region) -> ZonalValue | None:
        """Return the value of a region; None where there is no data or no such indicator (any more)."""
        ...
