"""Query strings become views. Strict for programs, forgiving (but never silent) for pages."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal, get_args

from geoapp.analysis.periods import Periods
from geoapp.analysis.resolution.resolve import Resolver
from geoapp.analysis.undertakings import layer_of
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import GeoappError, InvalidView, Issue
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Indicator, Park, Project
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.vector import NO_VECTORS, OWN, VectorFeature, VectorFeatures, split_selection
from geoapp.model.view import (
    POINT_LAYERS,
    USUAL_LAYERS,
    VIEW_PARAMETERS,
    Basemap,
    BBox,
    Fill,
    Lang,
    Measure,
    Period,
    View,
)
from geoapp.model.vocabulary import PROJECT_TYPES, Precision, ProjectNature, ProjectStatus, Tier

Pairs = Iterable[tuple[str, str]]
DEFAULT_INDICATOR = "ei_gdp_cut"
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
BELOW = {
    Level.NATION: Level.PREFECTURE,
    Level.PROVINCE: Level.PREFECTURE,
    Level.PREFECTURE: Level.COUNTY,
    Level.COUNTY: Level.COUNTY,
}
"""The level a region opens at."""
RANK = {Level.NATION: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3}


class BadValue(GeoappError):
    """One parameter has an unusable value."""

    slug = "invalid-parameters"

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.problem, self.hint = problem, hint


def one_of(text: str, allowed: Sequence[str], what: str) -> str:
    """Return ``text`` if it is allowed, else say which words are."""
    if text in allowed:
        return text
    close = get_close_matches(text, allowed, n=1)
    options = ", ".join(allowed) if len(allowed) <= 16 else f"{len(allowed)} are known"
    hint = f"did you mean {close[0]}?" if close else options
    raise BadValue(f"{text!r} is not a known {what}", hint)


def read_number(text: str) -> float:
    """Read a decimal number as JSON and XML write it: no blanks, no underscores, no digits of other scripts.

    Raises:
        ValueError: it is none, or too large.
    """
    value = float(text) if NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def parse_bbox(text: str) -> BBox:
    """Read ``west,south,east,north`` in degrees; six numbers are a box with heights.

    West greater than east crosses the antimeridian (OGC API - Features, 7.15.3).
    """
    try:
        numbers = [read_number(part) for part in text.split(",")]
    except ValueError:
        raise BadValue(f"{text!r} is not a list of numbers", "four finite numbers: west,south,east,north") from None
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4:
        raise BadValue(f"{text!r} is not a box", "four finite numbers: west,south,east,north")
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadValue(f"{text!r} is not a box in degrees", "longitudes -180..180, latitudes -90..90, south ≤ north")
    return west, south, east, north


@dataclass(slots=True)
class ViewReader:
    """Reads views for one dataset.

    Attributes:
        rasters: gives the ids of the rasters published at that moment.
        vectors: the published vector layers.
        periods: the five-year periods of the dataset.
    """

    dataset: Dataset
    gazetteer: Gazetteer
    resolver: Resolver
    rasters: Callable[[], Sequence[str]]
    vectors: VectorFeatures = NO_VECTORS
    _programmes: list[str] = field(init=False)
    _points: dict[str, Park | Project] = field(init=False)
    _ends: dict[str, int] = field(init=False)
    periods: Periods = field(init=False)

    def __post_init__(self) -> None:
        self._programmes = sorted(term.id for term in self.dataset.terms if term.kind == "programme")
        points: tuple[Park | Project, ...] = self.dataset.points
        self._points = {each.id: each for each in points}
        self._ends = {plan.id: plan.end_year for plan in self.dataset.plans}
        self.periods = Periods(self.dataset, self.gazetteer, self.resolver)

    def read(self, pairs: Pairs, *, extra: Sequence[str] = ()) -> View:
        """Return the view, or raise with every faulty parameter.

        Raises:
            InvalidView: a parameter is unknown, repeated or unusable.
        """
        view, issues = self._parse(pairs, extra)
        if issues:
            raise InvalidView(issues)
        return view

    def read_leniently(self, pairs: Pairs, *, extra: Sequence[str] = ()) -> tuple[View, list[Issue]]:
        """Return the nearest sensible view and what was ignored to get there."""
        return self._parse(pairs, extra)

    def _parse(self, pairs: Pairs, extra: Sequence[str]) -> tuple[View, list[Issue]]:
        issues: list[Issue] = []
        given: dict[str, str] = {}
        known = (*VIEW_PARAMETERS, *extra)
        for name, text in ((name, text) for name, text in pairs if name not in extra):
            if name not in VIEW_PARAMETERS:
                close = get_close_matches(name, known, n=1)
                hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(known)
                issues.append(Issue(name, "unknown parameter", hint))
            elif name in given:
                issues.append(Issue(name, "given more than once", "give it once; separate values by commas"))
            else:
                given[name] = text
        values: dict[str, Any] = {}
        for name, text in given.items():
            try:
                values[name] = self._value(name, text)
            except BadValue as error:
                issues.append(Issue(name, error.problem, error.hint))
        view, faults = self._complete(values, given)
        return view, [*issues, *faults]

    def _value(self, name: str, text: str) -> Any:
        if text == "":
            raise BadValue("is empty", "leave it out, or give it a value")
        readers: dict[str, Callable[[str], Any]] = {
            "region": self._region,
            "indicator": self._indicator,
            "year": _year,
            "period": _period,
            "fill": lambda t: one_of(t, get_args(Fill), "filling"),
            "measure": lambda t: one_of(t, get_args(Measure), "measure"),
            "results": self._results,
            "tier": lambda t: one_of(t, get_args(Tier), "tier"),
            "scale": _scale,
            "against": _scale,
            "level": lambda t: Level(one_of(t, ["province", "prefecture", "county"], "level")),
            "layers": self._layers,
            "nature": lambda t: _words(t, get_args(ProjectNature), "nature"),
            "type": lambda t: _words(t, PROJECT_TYPES, "project type"),
            "programme": lambda t: _words(t, self._programmes, "programme"),
            "kind": self._kinds,
            "status": lambda t: _words(t, get_args(ProjectStatus), "status of projects"),
            "precision": lambda t: _words(t, get_args(Precision), "precision"),
            "plan": lambda t: _words(t, sorted(self._ends), "plan"),
            "sel": self._selection,
            "bbox": parse_bbox,
            "basemap": lambda t: one_of(t, get_args(Basemap), "basemap"),
            "raster": self._raster,
            "opacity": _percent,
            "lang": lambda t: one_of(t, get_args(Lang), "language"),
        }
        return readers[name](text)

    def _region(self, text: str) -> Adcode:
        code = self.gazetteer.successor(text)
        if code is not None:
            return code
        if text not in self.gazetteer:
            near = self.gazetteer.nearest(text)
            hint = f"did you mean {near.adcode} {near.name}?" if near else "six digits such as 150600"
            raise BadValue(f"{text!r} is not the code of a division", hint)
        return Adcode(text)

    def _selection(self, text: str) -> str:
        if text in self.gazetteer or text in self._points or self._feature(text) is not None:
            return text
        raise BadValue(f"{text!r} is neither a division nor a park or project", "a code or an id of this atlas")

    def _layers(self, text: str) -> tuple[str, ...]:
        """Read the layers; a reader's own is known, but never listed."""
        own = [word for word in text.split(",") if word.startswith(OWN)]
        for word in own:
            if self.vectors.find(word) is None:
                raise BadValue(f"{word!r} is no layer that is kept", "upload the file again at /table")
        return _words(text, [*POINT_LAYERS, *self.vectors.layers(), *own, "none"], "layer", drop="none")

    def _kinds(self, text: str) -> tuple[str, ...]:
        """Read types of vector layers; each is named with its layer, as a selected feature is."""
        words = tuple(dict.fromkeys(text.split(",")))
        for word in words:
            layer, kind = split_selection(word)
            found = self.vectors.find(layer) if layer else None
            if found is None:
                raise BadValue(
                    f"{word!r} names no vector layer", "write the layer and its type: power-plants-2021:hydro"
                )
            known = [each.id for each in found.kinds]
            if kind not in known:
                raise BadValue(f"{layer} has no type {kind!r}", f"it has {', '.join(known)}")
        return words

    def _feature(self, selection: str) -> VectorFeature | None:
        """Return the feature of a vector layer that a selection such as ``power-plants-2021:1000453`` names."""
        layer, identifier = split_selection(selection)
        if not layer or self.vectors.find(layer) is None:
            return None
        return next((each for each in self.vectors.features(layer) if each.id == identifier), None)

    def _indicator(self, text: str) -> str:
        if text in self.resolver.indicators:  # those of readers' tables are known, but never listed
            return text
        if text.startswith("table:"):
            raise BadValue(f"{text!r} is no column of a table that is kept", "upload the table again at /table")
        return one_of(text, sorted(self.resolver.indicators), "indicator")

    def _results(self, text: str) -> str:
        column, dot, year = text.rpartition(".")
        if not dot or not column.startswith("table:"):
            raise BadValue(f"{text[:60]!r} is no column with the year it is a result of", "table:<id>:<column>.2024")
        _year(year)
        self._indicator(column)
        return text

    def _raster(self, text: str) -> str:
        known = self.rasters()
        if text in known:
            return text
        hint = f"published are {', '.join(known)}" if known else "none is published yet; `geoapp build` makes two"
        raise BadValue(f"{text!r} is not a published raster", hint)

    def _complete(self, values: dict[str, Any], given: Mapping[str, str]) -> tuple[View, list[Issue]]:
        region = self.gazetteer[values.setdefault("region", self._around(values.get("sel", "")))]
        indicator = values.setdefault("indicator", DEFAULT_INDICATOR)
        faults = _natured(values)
        if "layers" not in values and (chosen := self._points.get(values.get("sel", ""))):
            values["layers"] = tuple(dict.fromkeys((*USUAL_LAYERS, layer_of(chosen))))  # what is selected is shown
        level = values.get("level")
        if level is not None and RANK[level] < min(RANK[each] for each in region.levels):
            allowed = [str(each) for each in Level if RANK[each] >= RANK[region.level] and each is not Level.NATION]
            problem = f"{region.name} has no divisions at level {level}"
            faults.append(Issue("level", problem, "use " + " or ".join(allowed)))
            values["level"] = BELOW[region.level]
        if self.resolver.indicators[indicator].origin is not None:
            named = [
                name for name in ("year", "tier", "scale", "against", "measure") if values.pop(name, None) is not None
            ]
            faults += [Issue(name, f"{indicator} is not from a plan and has none", "leave it out") for name in named]
        values.setdefault("year", self._usual_year(region, indicator, values))
        if values.get("fill") == "none" and values.get("layers") == ():
            faults.append(Issue("fill", "with layers=none nothing is left to show", "leave one of the two out"))
            del values["fill"]
        values.setdefault("level", self._usual_level(region, indicator, values["year"]))
        if (indicator, values["year"]) in self.resolver.reported:
            faults += _of_figures(values, indicator)
        faults += _uncompared(values)
        faults += _results_of_nothing(values, self.resolver, indicator)
        faults += _unmeasured(values, self.resolver.indicators[indicator])
        if "opacity" in values and "raster" not in values:
            del values["opacity"]
            if not given.get("raster"):
                faults.append(Issue("opacity", "is given without a raster", "name the layer too: raster=<id>"))
        return View(**values), faults

    def _usual_year(self, region: Region, indicator: str, values: Mapping[str, Any]) -> int | None:
        """Return the year of a link without one: of the point it selects, else of the indicator, inside its period."""
        point = self._points.get(values.get("sel", ""))
        if self.resolver.indicators[indicator].origin is not None:
            return None
        return self._ends[point.plan] if point else self.periods.usual_year(region, indicator, values.get("period"))

    def _usual_level(self, region: Region, indicator: str, year: int | None) -> Level:
        """Return the level a region opens at: one down, or the one that most published figures of the year are of."""
        figures = self.resolver.reported.figures(indicator, year) if year is not None else {}
        levels = Counter(
            level
            for code in figures
            if self.gazetteer.is_within(code, region.adcode) and code != region.adcode
            for level in self.gazetteer[code].levels
        )
        usual = BELOW[region.level]
        return max(levels, key=lambda level: (levels[level], level is usual), default=usual)

    def _around(self, selection: str) -> Adcode:
        """Return the region to open for a link that names only a selection: a county's prefecture."""
        point = self._points.get(selection) or self._feature(selection)
        holder = (point.adcode if point else "") or CHINA
        code = Adcode(selection) if selection in self.gazetteer else Adcode(holder)
        region = self.gazetteer[code]
        return region.parent if region.level is Level.COUNTY and region.parent is not None else code


def _of_figures(values: dict[str, Any], indicator: str) -> list[Issue]:
    """Drop what published figures do not have, and say so: no plan sets this year, so nothing is measured by it."""
    problem = f"no plan sets {indicator} for {values['year']}: what is shown are published figures"
    dropped = [name for name in ("measure", "tier") if values.get(name) not in (None, "target", "basic")]
    for name in dropped:
        del values[name]
    return [Issue(name, problem, "leave it out") for name in dropped]


def _uncompared(values: dict[str, Any]) -> list[Issue]:
    """Drop what a difference cannot be taken against, or what cannot stand beside one, and say so."""
    against = values.get("against")
    if against is None:
        return []
    itself = f"{values['year']}.{values.get('tier', 'basic')}"
    problem = ""
    if against == itself:
        problem = "is the view itself: the difference would be 0 everywhere"
    elif values.get("fill") == "none":
        problem = "with fill=none there are no values to compare"
    elif values.get("measure", "target") != "target":
        problem = f"a difference is of values, and measure={values['measure']} shows something else"
    if not problem:
        return []
    del values["against"]
    return [Issue("against", problem, "leave one of the two out")]


def _results_of_nothing(values: dict[str, Any], resolver: Resolver, indicator: str) -> list[Issue]:
    """Take a reader's results as a view of status; drop them where no goal is shown that they could be results of."""
    if "results" not in values:
        return []
    problem = ""
    known = resolver.indicators[indicator]
    if known.origin is not None or known.derived or (indicator, values["year"]) in resolver.reported:
        problem = f"no plan sets {indicator} for this view: there is no goal to hold results against"
    elif values.get("against") or values.get("fill") == "none":
        problem = "results stand in a view of goals only"
    elif values.setdefault("measure", "status") == "target":
        problem = "with measure=target no results are shown"
    if not problem:
        return []
    del values["results"]
    return [Issue("results", problem, "leave one of the two out")]


def _unmeasured(values: dict[str, Any], indicator: Indicator) -> list[Issue]:
    """Drop a measure that has no printed goal to measure, and say so."""
    if "measure" not in values or (values.get("fill") != "none" and not indicator.derived):
        return []
    del values["measure"]
    if indicator.derived:
        return [Issue("measure", f"{indicator.id} is computed by the atlas: no plan sets it", "leave it out")]
    return [Issue("measure", "with fill=none there are no goals to measure", "leave one of the two out")]


def _natured(values: dict[str, Any]) -> list[Issue]:
    """Put ``nature`` into ``layers``, which says the same: ``projects`` are works, ``actions`` are actions."""
    natures = values.pop("nature", ())
    layers = values.get("layers", USUAL_LAYERS)
    asked = ["projects" if nature == "work" else "actions" for nature in natures]
    if "projects" not in layers:
        asked = [each for each in asked if each in layers]
    if natures and not asked:
        problem = f"{','.join(natures)} is asked for, and layers={','.join(layers) or 'none'} shows none"
        return [Issue("nature", problem, "name projects or actions in layers, or leave one of the two out")]
    if asked:
        values["layers"] = tuple(each for each in POINT_LAYERS if each in asked or (each == "parks" and each in layers))
    return []


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadValue(f"{text!r} is not a year", "four digits such as 2025")
    return int(text)


def _scale(text: str) -> str:
    year, _, tier = text.partition(".")
    _year(year)
    one_of(tier, get_args(Tier), "tier")
    return text


def _period(text: str) -> Period:
    """Read ``2021-2025``."""
    first, dash, last = text.partition("-")
    if not dash or not all(part.isascii() and part.isdigit() and len(part) == 4 for part in (first, last)):
        raise BadValue(f"{text!r} is not a period", "two years such as 2021-2025")
    if int(first) > int(last):
        raise BadValue(f"{text!r} ends before it begins", f"did you mean {last}-{first}?")
    return int(first), int(last)


def _percent(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 100):
        raise BadValue(f"{text!r} is not a whole number of per cent", "from 0 to 100")
    return int(text)


def _words(text: str, allowed: Sequence[str], what: str, drop: Literal["none", ""] = "") -> tuple[str, ...]:
    words = [one_of(word, allowed, what) for word in text.split(",")]
    if len(set(words)) != len(words):
        raise BadValue(f"{text!r} names a {what} twice", "name each once")
    return tuple(word for word in words if word != drop)
