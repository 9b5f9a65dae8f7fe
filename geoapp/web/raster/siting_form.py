"""The form of the siting screen, read as a page reads: what cannot be used is left out and named."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from geoapp.atlas import Atlas
from geoapp.errors import GeoappError
from geoapp.model.phrase import Phrase
from geoapp.model.region import CHINA
from geoapp.web.raster.siting_criteria import LAYER_ROWS, OF_TYPE, ROWS, WHERE, kind_of, names

WORDS = {
    "measure": ("value", "slope"),
    "nodata": ("exclude", "keep"),
    "near": ("parks", "projects"),
    "where": WHERE,
    "contiguity": ("queen", "rook"),
    "lang": ("zh", "en"),
}
RANGES = {"resolution": (10.0, 10_000.0), **dict.fromkeys(("min_area", "near_min", "near_max", "km"), (0.0, math.inf))}
Usable = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Form:
    """What of a query can be used, and what was left out."""

    args: dict[str, str]
    ignored: tuple[Phrase, ...]


def read_form(given: MultiDict[str, str], here: Atlas) -> Form:
    """Return the nearest sensible form."""
    known = set(names())
    args: dict[str, str] = {}
    wording: list[Phrase] = []
    for name in given:
        text = given[name].strip()
        if name not in known:
            wording.append(Phrase("没有“{name}”这个参数", {"name": name}))
            continue
        if len(given.getlist(name)) > 1:
            wording.append(Phrase("参数“{name}”给了不止一次，只看第一个", {"name": name}))
        if text and not _usable(name, text, here):
            wording.append(Phrase("“{name}={text}”无法使用", {"name": name, "text": text[:80]}))
        elif text:
            args[name] = text
    wording += _drop_idle(args)
    return Form(args, tuple(wording))


def _usable(name: str, text: str, here: Atlas) -> bool:
    kind = kind_of(name)
    if kind == "region":
        return all(_is_region(code, here) for code in text.split(","))
    if kind == "raster":
        return text in here.rasters.ids()
    if kind == "layer":
        return text in layer_choices(here)
    if kind in WORDS:
        return text in WORDS[kind]
    low, high = RANGES.get(kind, (-math.inf, math.inf))
    try:
        number = float(text)
    except ValueError:
        return False
    return math.isfinite(number) and low <= number <= high


def layer_choices(here: Atlas) -> list[str]:
    """Return what the form offers of vector layers: each layer whole, and each of its types."""
    layers = here.vectors.layers().values()
    typed = (f"{each.id}{OF_TYPE}{kind.id}" for each in layers for kind in each.kinds if len(each.kinds) > 1)
    return [*(each.id for each in layers), *typed]


def _is_region(code: str, here: Atlas) -> bool:
    try:
        return here.region(code).adcode != CHINA
    except GeoappError:
        return False


def _drop_idle(args: dict[str, str]) -> Iterator[Phrase]:
    """Leave out criteria that ask nothing: a layer without a limit, a distance without kilometres."""
    for row in ROWS:
        if f"raster{row}" in args and not {f"min{row}", f"max{row}"} & set(args):
            del args[f"raster{row}"]
            yield Phrase("图层 {n} 没有给出上限或下限，没有用上", {"n": row})
        elif float(args.get(f"min{row}", -math.inf)) > float(args.get(f"max{row}", math.inf)):
            del args[f"raster{row}"]
            yield Phrase("图层 {n} 的下限大于上限，没有地方能满足，没有用上", {"n": row})
    for row in LAYER_ROWS:
        measured = args.get(f"where{row}") in ("farther", "nearer")
        if f"layer{row}" in args and measured and f"km{row}" not in args:
            del args[f"layer{row}"]
            yield Phrase("专题图层 {n} 的距离没有给出千米数，没有用上", {"n": row})
        elif f"layer{row}" in args and not measured and f"km{row}" in args:
            del args[f"km{row}"]
            yield Phrase("专题图层 {n} 问的是之内或之外，千米数没有用上", {"n": row})
    if "near" in args and not {"near_min", "near_max"} & set(args):
        del args["near"]
        yield Phrase("距离没有给出千米数，没有用上")
