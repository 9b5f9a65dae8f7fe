"""The criteria of a siting screen as the parameters of its address; a query of them becomes a spec."""

from collections.abc import Callable, Mapping
from typing import Any

from geoapp.errors import InvalidData
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase
from geoapp.raster.siting.spec import ScreenSpec, check_spec

Json = dict[str, Any]
ROWS = (1, 2, 3)
"""Raster criteria of the form. A spec file may have twenty of any kind."""
LAYER_ROWS = (1, 2)
"""Criteria of published vector layers."""
PLAIN = ("region", "resolution", "min_area", "contiguity", "near", "near_min", "near_max", "lang")
OF_RASTER = ("raster", "measure", "min", "max", "nodata")
OF_LAYER = ("layer", "where", "km")
NUMBERS = ("resolution", "min_area", "near_min", "near_max", "min", "max", "km")
OF_TYPE = ":"
"""Stands between a layer and one of its types: ``layer1=power-plants-2021:nuclear``."""
WITHIN = ("inside", "outside")
WHERE = (*WITHIN, "farther", "nearer")
"""How a place may lie to a layer; ``outside`` where nothing is said."""
NOTHING = Phrase("没有可用的条件：请选一个图层并给出上限或下限，或选一个专题图层，或给出到园区、项目的距离")


def names() -> list[str]:
    """Return every parameter of a screen."""
    rasters = (f"{name}{row}" for row in ROWS for name in OF_RASTER)
    return [*PLAIN, *rasters, *(f"{name}{row}" for row in LAYER_ROWS for name in OF_LAYER)]


def kind_of(name: str) -> str:
    """Return what a parameter is without the number of its row."""
    return name.rstrip("".join(map(str, ROWS)))


def spec_of(args: Mapping[str, str]) -> ScreenSpec:
    """Return the spec that a query stands for.

    Raises:
        InvalidData: with every fault, as for a spec file.
    """
    made: list[tuple[tuple[int, ...], Callable[[Mapping[str, str], int], Json]]] = [
        (ROWS, _raster),
        (LAYER_ROWS, _layer),
    ]
    criteria = [each for rows, make in made for row in rows if (each := make(args, row))]
    if "near" in args:
        distance: Json = {"distance_to": args["near"]}
        distance |= {
            name: args[key] for name, key in (("at_least_km", "near_min"), ("at_most_km", "near_max")) if key in args
        }
        criteria.append(distance)
    if not criteria:
        raise InvalidData(
            "screen", [LocalizedIssue("criterion", "none is given", "choose a layer and a limit", NOTHING)]
        )
    values: Json = {"regions": args["region"].split(","), "criterion": criteria}
    for name, key in (("resolution_m", "resolution"), ("min_area_km2", "min_area"), ("contiguity", "contiguity")):
        if key in args:
            values[name] = args[key]
    return check_spec(values, "screen")


def _raster(args: Mapping[str, str], row: int) -> Json:
    if f"raster{row}" not in args:
        return {}
    found: Json = {"raster": args[f"raster{row}"], "nodata": args.get(f"nodata{row}", "exclude")}
    for name, key in (("measure", "measure"), ("at_least", "min"), ("at_most", "max")):
        if f"{key}{row}" in args:
            found[name] = args[f"{key}{row}"]
    return found


def _layer(args: Mapping[str, str], row: int) -> Json:
    if f"layer{row}" not in args:
        return {}
    layer, _, kind = args[f"layer{row}"].partition(OF_TYPE)
    where = args.get(f"where{row}", "outside")
    found: Json = {"kinds": [kind]} if kind else {}
    if where in WITHIN:
        return {**found, f"{where}_layer": layer}
    limit = "at_most_km" if where == "nearer" else "at_least_km"
    found["distance_to_layer"] = layer
    return found | ({limit: args[f"km{row}"]} if f"km{row}" in args else {})
