"""A view: what is shown. One value behind page, picture and file."""

from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from geoapp.model.region import CHINA, Adcode, Level
from geoapp.model.vocabulary import Precision, ProjectStatus, ProjectType, Tier

Lang = Literal["zh", "en"]
Basemap = Literal["none", "tianditu"]
PointLayer = Literal["parks", "projects", "actions"]
"""``projects`` are named undertakings; ``actions`` programmes, pilots and measures without a named object."""
POINT_LAYERS: tuple[PointLayer, ...] = get_args(PointLayer)
USUAL_LAYERS: tuple[PointLayer, ...] = ("parks", "projects")
Fill = Literal["targets", "none"]
Measure = Literal["target", "achieved", "gap", "status"]
"""What of a goal is shown: the goal, what was achieved, the gap to the plan, the status; see ``docs/progress.md``."""
Period = tuple[int, int]
"""First and last year of plans."""
BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees; west > east crosses the antimeridian."""

VIEW_PARAMETERS = (
    "region",
    "indicator",
    "year",
    "period",
    "tier",
    "scale",
    "against",
    "level",
    "fill",
    "measure",
    "results",
    "layers",
    "nature",
    "type",
    "programme",
    "kind",
    "status",
    "precision",
    "plan",
    "sel",
    "bbox",
    "basemap",
    "raster",
    "opacity",
    "lang",
)
USUAL_OPACITY = 70
"""Per cent: colours of a raster stay readable and the borders over it as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One resolved view; every field has its value, defaults filled in.

    ``nature`` in a query is another way to say which of ``projects`` and ``actions`` are in ``layers``.

    Attributes:
        year: None for an indicator that is not from a plan; the tier then means nothing.
        scale: year and tier of the same indicator that the values share classes, colours and symbol sizes with,
            as ``2025.incentive``; empty for a scale of its own.
        against: year and tier of the same indicator that is taken from the view's own: the view shows the difference.
        period: parks and projects are those of plans in force at some time of it; None for the plans in
            force in ``year``, or for all where there is no year.
        fill: ``none`` for a view of parks and projects alone: no goals in any face.
        results: a column of a reader's own table and the year it is a result of, ``table:<id>:<column>.2024``: the
            measure is taken of it instead of published figures.
        layers: parks, projects, and ids of published vector layers.
        kind: of vector layers, as ``power-plants-2021:nuclear``; a layer of which none is named is whole.
        status: of projects and actions; empty for every one, as are the next two.
        precision: of parks, projects and actions.
        plan: ids of the plans whose parks, projects and actions are shown; goals stay.
        raster: id of the published raster that lies under the areas; empty for none.
        opacity: of that raster, whole per cent; the usual one where there is no raster.
    """

    region: Adcode = CHINA
    indicator: str = "ei_gdp_cut"
    year: int | None = 2025
    period: Period | None = None
    tier: Tier = "basic"
    scale: str = ""
    against: str = ""
    level: Level = Level.PREFECTURE
    fill: Fill = "targets"
    measure: Measure = "target"
    results: str = ""
    layers: tuple[str, ...] = USUAL_LAYERS
    type: tuple[ProjectType, ...] = ()
    programme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[ProjectStatus, ...] = ()
    precision: tuple[Precision, ...] = ()
    plan: tuple[str, ...] = ()
    sel: str = ""
    bbox: BBox | None = None
    basemap: Basemap = "none"
    raster: str = ""
    opacity: int = USUAL_OPACITY
    lang: Lang = "zh"

    @property
    def stem(self) -> str:
        """Region, indicator, year (where there is one) and what it is held against in ASCII, for names of files."""
        table = self.indicator.startswith("table:")
        indicator = f"table-{self.indicator.rpartition(':')[2]}" if table else self.indicator
        return "-".join(filter(None, (self.region, indicator, str(self.year or ""), self.against.replace(".", "-"))))

    @property
    def own_data(self) -> bool:
        """Say whether the view shows a reader's own table or layer, which is nobody else's."""
        own = self.indicator.startswith("table:") or bool(self.results)
        return own or any(layer.startswith("own:") for layer in self.layers)

    def query(self) -> str:
        """Return the canonical query string: fixed order, empty parts left out."""
        parts: list[tuple[str, str]] = [
            ("region", self.region),
            ("indicator", self.indicator),
            ("year", "" if self.year is None else str(self.year)),
            ("period", f"{self.period[0]}-{self.period[1]}" if self.period else ""),
            ("tier", "" if self.year is None else self.tier),
            ("scale", self.scale),
            ("against", self.against),
            ("level", str(self.level)),
            ("fill", "" if self.fill == "targets" else self.fill),
            ("measure", "" if self.measure == "target" else self.measure),
            ("results", self.results),
            ("layers", ",".join(self.layers) or "none"),
            ("type", ",".join(self.type)),
            ("programme", ",".join(self.programme)),
            ("kind", ",".join(self.kind)),
            ("status", ",".join(self.status)),
            ("precision", ",".join(self.precision)),
            ("plan", ",".join(self.plan)),
            ("sel", self.sel),
            ("bbox", ",".join(f"{number:g}" for number in self.bbox) if self.bbox else ""),
            ("basemap", "" if self.basemap == "none" else self.basemap),
            ("raster", self.raster),
            ("opacity", str(self.opacity) if self.raster and self.opacity != USUAL_OPACITY else ""),
            ("lang", "" if self.lang == "zh" else self.lang),
        ]
        return urlencode([(name, value) for name, value in parts if value], safe=",:")


def boxes_meet(one: BBox, other: BBox) -> bool:
    """Say whether two boxes touch; west > east in ``other`` crosses the antimeridian."""
    west, south, east, north = other
    if one[3] < south or one[1] > north:
        return False
    if west <= east:
        return one[0] <= east and one[2] >= west
    return one[2] >= west or one[0] <= east
