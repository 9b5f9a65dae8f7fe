"""A siting screen as people write it: ``SPEC.toml``, checked before anything is computed."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geoapp.errors import InvalidData, Issue
from geoapp.model.vocabulary import ProjectType

Degrees = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
KINDS = ("raster", "distance_to", "distance_to_layer", "inside", "outside", "inside_layer", "outside_layer")


class Criterion(BaseModel):
    """One condition. Cells that meet it keep their inclusion; others are multiplied by ``otherwise``.

    Exactly one of ``raster``, ``distance_to``, ``inside``, ``outside`` and their like for a published vector
    layer (``distance_to_layer``, ``inside_layer``, ``outside_layer``) says what is asked.
    ``nodata`` must be said for rasters: what is unknown is neither good nor bad by itself.
    """

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    raster: str = ""
    measure: Literal["value", "slope"] = "value"
    at_least: float | None = None
    at_most: float | None = None
    classes: list[int] = []
    not_classes: list[int] = []
    nodata: Literal["exclude", "keep"] | None = None
    resampling: Literal["average", "nearest", "max", "min"] = "average"
    distance_to: Literal["", "parks", "projects", "points"] = ""
    types: list[ProjectType] = []
    points: list[Degrees] = []
    at_least_km: float | None = Field(None, ge=0)
    at_most_km: float | None = Field(None, ge=0)
    inside: list[str] = []
    outside: list[str] = []
    distance_to_layer: str = ""
    inside_layer: str = ""
    outside_layer: str = ""
    kinds: list[str] = []
    otherwise: float = Field(0.0, ge=0, lt=1)

    @model_validator(mode="after")
    def _one_question(self) -> "Criterion":
        given = [name for name in KINDS if getattr(self, name)]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(KINDS)}; this one has {', '.join(given) or 'none'}")
        measured = self.distance_to or self.distance_to_layer
        fault = self._raster_fault() if self.raster else self._distance_fault() if measured else ""
        if self.kinds and not self.layer:
            fault = fault or "kinds belongs to a criterion of a vector layer"
        if fault:
            raise ValueError(fault)
        return self

    @property
    def layer(self) -> str:
        """The published vector layer that is asked; empty for none."""
        return self.distance_to_layer or self.inside_layer or self.outside_layer

    def _raster_fault(self) -> str:
        bounds = self.at_least is not None or self.at_most is not None
        if self.nodata is None:
            return 'nodata is missing: say "exclude" or "keep" for cells the raster knows nothing of'
        if bounds == bool(self.classes or self.not_classes):
            return "give at_least and/or at_most for values, or classes / not_classes for classes"
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            return f"at_least {self.at_least:g} is above at_most {self.at_most:g}: nothing can be both"
        return ""

    def _distance_fault(self) -> str:
        if self.at_least_km is None and self.at_most_km is None:
            return "give at_most_km and/or at_least_km"
        if (self.distance_to == "points") != bool(self.points):
            return 'points = [[lon, lat], …] belongs to distance_to = "points"'
        if self.types and self.distance_to != "projects":
            return 'types belongs to distance_to = "projects"'
        return ""


class ScreenSpec(BaseModel):
    """A whole screen: where, on which grid, by which criteria, and how small a patch may be."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    title: str = ""
    regions: list[str] = Field(min_length=1)
    resolution_m: float = Field(250, ge=10, le=10_000)
    min_area_km2: float = Field(0, ge=0)
    contiguity: Literal["queen", "rook"] = "queen"
    criterion: list[Criterion] = Field(min_length=1, max_length=20)


def read_spec(path: Path) -> ScreenSpec:
    """Read a spec.

    Raises:
        InvalidData: with every fault.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidData(path, [Issue("file", "does not exist", "check the path")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidData(path, [Issue("file", f"is not TOML in UTF-8 ({error})", "see docs/rasters.md")]) from None
    return check_spec(values, path)


def check_spec(values: dict[str, Any], source: object) -> ScreenSpec:
    """Return the spec in ``values``, or raise with every fault."""
    try:
        return ScreenSpec.model_validate(values)
    except ValidationError as error:
        issues = [
            Issue(_where(each["loc"]), each["msg"].removeprefix("Value error, "), "see docs/rasters.md")
            for each in error.errors()
        ]
        raise InvalidData(source, issues) from None


def _where(place: tuple[int | str, ...]) -> str:
    if len(place) >= 2 and place[0] == "criterion" and isinstance(place[1], int):
        rest = ".".join(str(part) for part in place[2:])
        return f"criterion {place[1] + 1}" + (f", {rest}" if rest else "")
    return ".".join(str(part) for part in place)
