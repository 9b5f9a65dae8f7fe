"""A sheet measured as a reader measures it: with a ruler on the SVG, against the projection it names."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
import shapely

from geoapp.sheets.paint import svg
from geoapp.sheets.scene.compose import Map
from geoapp.sheets.scene.primitives import Scene, lines_of

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


@dataclass(frozen=True)
class Sheet:
    """The elements of an SVG, by group."""

    root: ElementTree.Element

    @classmethod
    def of(cls, scene: Scene) -> "Sheet":
        """Paint a scene and read what was painted."""
        return cls(ElementTree.fromstring(svg.paint(scene)))

    def group(self, name: str) -> ElementTree.Element:
        """Return a group; an empty one where the sheet has none."""
        found = self.root.find(f"{SVG}g[@id='{name}']")
        return ElementTree.Element("g") if found is None else found

    def rings(self, name: str) -> dict[str, list[np.ndarray]]:
        """Return the closed lines of each path with an id, in points."""
        paths = self.group(name).iter(f"{SVG}path")
        return {path.get("id", ""): lines(path.get("d", "")) for path in paths if path.get("id")}

    def texts(self, name: str) -> list[str]:
        """Return the words of a group in drawing order."""
        return ["".join(text.itertext()) for text in self.group(name).iter(f"{SVG}text")]

    def circles(self, name: str) -> list[tuple[float, float, float]]:
        """Return x, y and radius of the circles of a group."""
        found = self.group(name).iter(f"{SVG}circle")
        return [(float(c.get("cx", "")), float(c.get("cy", "")), float(c.get("r", ""))) for c in found]

    def bar(self) -> tuple[float, float]:
        """Return the length of the scale bar in points, and the kilometres it says."""
        halves = [lines(path.get("d", ""))[0] for path in self.group("scale-bar").iter(f"{SVG}path")]
        ends = np.concatenate([half[:, 0] for half in halves])
        return float(np.ptp(ends)), float(self.texts("scale-bar")[2])


def lines(data: str) -> list[np.ndarray]:
    """Return the lines of a path as our painter writes them: one M, then relative steps."""
    found = []
    for part in data.split("M")[1:]:
        # a ring too small for our grid is a dot, drawn as a step to the right: "M12 34h.01"
        numbers = np.array([float(each) for each in NUMBER.findall(part.split("h")[0])]).reshape(-1, 2)
        found.append(numbers.cumsum(axis=0))
    return found


def points_per_kilometre(sheet: Sheet, laid: Map) -> float:
    """Fit the areas as painted to the same areas as projected: what a kilometre takes on this sheet.

    Only areas drawn with every ring count; the fit is by their joint width and height.
    """
    drawn, plane, painted = [], [], sheet.rings("areas")
    for code, shape in laid.canvas.base.areas.items():
        rings = painted.get(f"area-{code}", [])
        if len(rings) == len(lines_of([shape])):
            drawn += rings
            plane.append(shape)
    points = np.concatenate(drawn)
    west, south, east, north = shapely.total_bounds(np.array(plane, dtype=object))
    across, down = np.ptp(points[:, 0]) / (east - west), np.ptp(points[:, 1]) / (north - south)
    assert abs(across / down - 1) < 0.005, "the map is stretched"
    return float((across + down) / 2)
