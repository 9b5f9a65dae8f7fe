"""A view: what is shown. One value behind page, picture and file."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from geoapp.model.region import CHINA, Adcode, Level
from geoapp.model.vocabulary import ProjectType, Tier

Lang = Literal["zh", "en"]
Basemap = Literal["none", "tianditu"]
PointLayer = Literal["parks", "projects"]
BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees; west > east crosses the antimeridian."""

VIEW_PARAMETERS = (
    "region",
    "indicator",
    "year",
    "tier",
    "level",
    "layers",
    "type",
    "programme",
    "sel",
    "bbox",
    "basemap",
    "lang",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One resolved view; every field has its value, defaults filled in."""

    region: Adcode = CHINA
    indicator: str = "ei_gdp_cut"
    year: int = 2025
    tier: Tier = "basic"
    level: Level = Level.PREFECTURE
    layers: tuple[PointLayer, ...] = ("parks", "projects")
    type: tuple[ProjectType, ...] = ()
    programme: tuple[str, ...] = ()
    sel: str = ""
    bbox: BBox | None = None
    basemap: Basemap = "none"
    lang: Lang = "zh"

    def query(self) -> str:
        """Return the canonical query string: fixed order, empty parts left out."""
        parts: list[tuple[str, str]] = [
            ("region", self.region),
            ("indicator", self.indicator),
            ("year", str(self.year)),
            ("tier", self.tier),
            ("level", str(self.level)),
            ("layers", ",".join(self.layers) or "none"),
            ("type", ",".join(self.type)),
            ("programme", ",".join(self.programme)),
            ("sel", self.sel),
            ("bbox", ",".join(f"{number:g}" for number in self.bbox) if self.bbox else ""),
            ("basemap", "" if self.basemap == "none" else self.basemap),
            ("lang", "" if self.lang == "zh" else self.lang),
        ]
        return urlencode([(name, value) for name, value in parts if value], safe=",")
