"""Two answers for one region that stand against each other: two years or two tiers of one indicator."""

from dataclasses import dataclass

from geoapp.analysis.resolution.resolve import Resolution


@dataclass(frozen=True, slots=True)
class Pair:
    """The two answers that a difference is made of: ``here`` minus ``there``."""

    here: Resolution
    there: Resolution
