"""The closed word lists of the public contract. A word outside them is a fault, not a guess."""

from typing import Literal, get_args

Comparator = Literal["eq", "ge", "le", "gt", "lt", "approx"]
Direction = Literal["reduce", "increase", "reach", "at_least", "at_most"]
Tier = Literal["basic", "incentive"]
Nature = Literal["binding", "expected"]
ProjectNature = Literal["work", "action"]
"""A named undertaking, or a programme, pilot or measure without a named object."""
PlanKind = Literal["plan", "results"]
"""A document that sets goals, or one that only reports what was reached: a bulletin, an assessment."""
Precision = Literal["site", "town", "county", "prefecture", "province"]
Extent = Literal["whole", "part"]
"""How much of a document a pack holds: all of it, or what one page showed of it."""
ProgressStatus = Literal["reached", "not_reached", "on_track", "behind", "no_result", "not_comparable"]
"""What the results say of a goal; see ``docs/progress.md``."""
Status = Literal["own", "parent", "not_published", "none", "not_collected"]
"""What a region's value means; see ``geoapp.analysis.resolution.resolve``."""

ProjectType = Literal[
    "hydropower",
    "wind_solar_base",
    "hydrogen",
    "storage",
    "waste_to_energy",
    "gas",
    "heating",
    "circular_economy",
    "coal_power",
    "coal_retrofit",
    "rooftop_pv_pilot",
    "agri_pv",
    "smart_energy",
    "building",
    "energy_efficiency",
    "water",
    "waste_treatment",
    "pollution_control",
    "transport",
    "logistics",
    "other",
]
ProjectStatus = Literal["planned", "starting", "building", "completing", "existing", "renovating", "pilot", "applying"]
Sector = Literal[
    "energy",
    "power",
    "coal",
    "industry",
    "park",
    "building",
    "transport",
    "public",
    "agriculture",
    "rural",
    "water",
    "waste",
    "pollution",
    "environment",
    "data_centre",
    "governance",
    "project",
    "ground",
    "own_data",
]
Kind = Literal[
    "rate",
    "annual_rate",
    "level",
    "share",
    "pp",
    "amount",
    "capacity",
    "count",
    "grade",
    "qualitative",
    "change",
]
Better = Literal["up", "down", "none"]
Aggregate = Literal["sum", "none", "weighted"]
Draw = Literal["fill", "symbol", "none"]

STATUSES: tuple[Status, ...] = get_args(Status)
POINTS = frozenset({"个百分点", "percentage points"})
"""Percentage points, as documents print them and as English faces call them."""
SILENT: tuple[Status, ...] = ("none", "not_collected")
"""The states of a region that has nothing to tell: no value, not even another's."""
PROJECT_TYPES: tuple[ProjectType, ...] = get_args(ProjectType)
SECTORS: tuple[Sector, ...] = tuple(each for each in get_args(Sector) if each != "own_data")
"""Sectors of what the atlas holds; a reader's own table is of none of them."""
