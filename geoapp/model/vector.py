"""Published vector layers: national lists and an operator's own points, lines and areas, beside the plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from geoapp.model.plan import Text
from geoapp.model.region import Adcode
from geoapp.model.vocabulary import Precision, Sector

Shape = Literal["point", "line", "polygon"]
ColumnType = Literal["text", "number", "integer"]
Cell = str | float | int | None
JOIN = ":"
"""Stands between a layer's id and a feature's own in a selection: ``power-plants-2021:1000453``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorColumn:
    """One column of a layer beside name, type and region."""

    name: str
    title: Text
    type: ColumnType
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorKind:
    """One type of feature, with a colour of its own on maps."""

    id: str
    title: Text
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorCaveat:
    """What must be known of some features, in both languages."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorLayer:
    """A published layer: what it is, whose it is, what its features say.

    Attributes:
        date: the time the data stand for, such as ``2021``.
        attribution: the line its owner must be named by; shown wherever a feature is.
        amount: name of the number column that sizes the symbols; empty for none.
        summed: whether ``amount`` may be added up over a region (capacities may, rates may not).
        sector: where the sums stand among the indicators.
        rows: rows of the data file.
        outside: ids of the features that lie in no county of the edition.
        sha256: of the data file.
    """

    id: str
    title: Text
    shape: Shape
    precision: Precision
    note: Text
    date: str
    licence: str
    licence_url: str
    attribution: Text
    url: str
    columns: tuple[VectorColumn, ...]
    kinds: tuple[VectorKind, ...]
    caveats: tuple[VectorCaveat, ...]
    amount: str
    summed: bool
    sector: Sector
    rows: int
    outside: tuple[str, ...]
    sha256: str

    @property
    def amount_column(self) -> VectorColumn | None:
        """Return the column that sizes the symbols; None where all are alike."""
        return next((column for column in self.columns if column.name == self.amount), None)

    def kind(self, identifier: str) -> VectorKind:
        """Return a type of feature by its id."""
        return next(kind for kind in self.kinds if kind.id == identifier)

    def cited(self, lang: str) -> str:
        """Return the source line: who it is owed to, the time of the data, the licence."""
        parts = (self.attribution.get(lang), self.date, self.licence)
        return ("，" if lang == "zh" else ", ").join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorFeature:
    """One point, line or area of a layer.

    Attributes:
        adcode: the county that holds it (of a line or an area: the county of a point on it); empty for none.
        lon: of the point, or of a point on the line or area; degrees.
        wkb: the line or area in hexadecimal well-known binary, degrees; empty for a point.
        values: what the layer's columns say, in their order.
        caveats: ids of the layer's caveats.
    """

    id: str
    name: str
    kind: str
    adcode: Adcode | Literal[""]
    lon: float
    lat: float
    wkb: str
    values: tuple[Cell, ...]
    caveats: tuple[str, ...]

    def value(self, layer: VectorLayer, column: str) -> Cell:
        """Return what a column of the layer says of the feature."""
        names = [each.name for each in layer.columns]
        return self.values[names.index(column)]

    def amount(self, layer: VectorLayer) -> float | None:
        """Return the number that sizes its symbol; None where it has none."""
        found = self.value(layer, layer.amount) if layer.amount else None
        return float(found) if isinstance(found, int | float) else None


class VectorFeatures(Protocol):
    """Gives the published layers of a build, and the features of each when they are first asked for."""

    def layers(self) -> Mapping[str, VectorLayer]:
        """Return every layer by id."""
        ...

    def features(self, layer: str) -> Sequence[VectorFeature]:
        """Return the features of a layer, in the order of its file."""
        ...


class NoVectors:
    """What an atlas without published layers has (a :class:`VectorFeatures`)."""

    def layers(self) -> Mapping[str, VectorLayer]:
        """Return nothing."""
        return {}

    def features(self, layer: str) -> Sequence[VectorFeature]:
        """Return nothing: no layer is known."""
        return ()


NO_VECTORS = NoVectors()
