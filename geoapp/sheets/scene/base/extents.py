"""Which box a sheet of a region is fitted to, and how much detail of its borders it stands on."""

from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import BBox
from geoapp.store.base import Detail

HAINAN = Adcode("460000")
HAINAN_ISLAND: BBox = (108.6, 18.15, 111.1, 20.2)
"""The main island, down to 锦母角, the south edge a map with an inset must reach."""
CHINA_BOX: BBox = (73.4, 3.4, 135.1, 53.6)
SMALL_PROVINCE = 100_000.0
"""Square kilometres: about the size of a large prefecture."""


def detail(region: Region) -> Detail:
    """Return the level of detail for sheets of a region: every vertex up to a prefecture, or a province as small."""
    small = region.level is Level.PROVINCE and region.area_km2 < SMALL_PROVINCE
    return "full" if small or region.level in (Level.PREFECTURE, Level.COUNTY) else "lo"


def frame_of(region: Region) -> BBox:
    """Return the box the projection is fitted to."""
    if region.adcode == HAINAN:
        return HAINAN_ISLAND
    return CHINA_BOX if region.adcode == CHINA else region.bbox
