"""``layers/vectors/<id>.toml``: what people write down about a vector layer."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geoapp.errors import Issue
from geoapp.model.vector import ColumnType
from geoapp.model.vocabulary import Precision, Sector

ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
NAME = r"^[a-z][a-z0-9_]*$"
DOCS = "see docs/vectors.md"
RESERVED = (
    "id",
    "name",
    "type",
    "adcode",
    "region_name",
    "region_name_en",
    "precision",
    "caveats",
    "layer",
    "geometry",
)
"""Properties that every layer has; a column of its own has another name."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnEntry(_Part):
    """A column of the data file that is published, under ``name``; ``header`` is what the file calls it."""

    name: str = Field(pattern=NAME)
    header: str = Field(min_length=1)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    type: ColumnType = "text"
    unit: str = ""


class KindEntry(_Part):
    """A type of feature: the words of the file that mean it, and its colour."""

    id: str = Field(pattern=NAME)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    values: tuple[str, ...] = ()


class CaveatEntry(_Part):
    """What must be known of the rows whose cell in ``header`` is one of ``values``."""

    id: str = Field(pattern=NAME)
    header: str = Field(min_length=1)
    values: tuple[str, ...]
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class VectorFile(_Part):
    """One layer.

    Attributes:
        data: the file beside this one, or a file inside a zip: CSV in UTF-8, GeoJSON, KML, GeoPackage,
            FlatGeobuf, zipped Shapefile.
        layer: of a file that holds several.
        lon: of a CSV, the header of the longitudes in degrees (WGS 84); ``lat`` of the latitudes.
        crs: of a file that names none or a wrong one.
        encoding: of a Shapefile that says none or a wrong one.
        key: header of the column that tells features apart; empty for the number of the row.
        kind_header: header of the column whose words are types; empty where all are of one.
        amount: name of the number column that sizes symbols.
        summed: whether that column may be added up over a region, and is an indicator.
    """

    id: str = Field(pattern=ID)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    data: str = Field(min_length=1)
    layer: str = ""
    lon: str = ""
    lat: str = ""
    crs: str = ""
    encoding: str = ""
    key: str = ""
    name: str = ""
    precision: Precision = "site"
    kind_header: str = ""
    amount: str = ""
    summed: bool = False
    sector: Sector = "ground"
    date: str
    licence: str = Field(min_length=1)
    licence_url: str = ""
    attribution_zh: str = Field(min_length=1)
    attribution_en: str = Field(min_length=1)
    url: str = ""
    note_zh: str = ""
    note_en: str = ""
    column: tuple[ColumnEntry, ...] = ()
    kind: tuple[KindEntry, ...]
    caveat: tuple[CaveatEntry, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> "VectorFile":
        fault = self._fault()
        if fault:
            raise ValueError(fault)
        return self

    def _fault(self) -> str:
        twice = [
            f"{what} {name!r} is written twice"
            for what, names in (("column", self.names), ("kind", [each.id for each in self.kind]))
            for name, count in Counter(names).items()
            if count > 1
        ]
        taken = [f"column {name!r} is a property every layer has; name it otherwise" for name in self.names]
        taken = [words for name, words in zip(self.names, taken, strict=True) if name in RESERVED]
        rest = [] if self.kind else ["kind is missing: a layer has at least one [[kind]] with its colour"]
        rest += ["several kinds need kind_header, the column that tells them"] * (
            len(self.kind) > 1 and not self.kind_header
        )
        rest += ["lon and lat belong together: name both columns, or none"] * (bool(self.lon) != bool(self.lat))
        return next(iter([*twice, *taken, *rest, *self._amount_fault()]), "")

    def _amount_fault(self) -> list[str]:
        if not self.amount:
            return ["summed needs amount, the column to add up"] if self.summed else []
        numbers = [each.name for each in self.column if each.type != "text"]
        if self.amount not in numbers:
            return [f"amount {self.amount!r} is none of the number columns ({', '.join(numbers) or 'there are none'})"]
        return []

    @property
    def names(self) -> list[str]:
        """The names of the published columns."""
        return [each.name for each in self.column]

    def headers(self) -> dict[str, str]:
        """Return every header this file speaks of, with the line that names it."""
        found = {"lon": self.lon, "lat": self.lat, "key": self.key, "name": self.name, "kind_header": self.kind_header}
        found |= {f"column {each.name}": each.header for each in self.column}
        found |= {f"caveat {each.id}": each.header for each in self.caveat}
        return {line: header for line, header in found.items() if header}


def read_description(path: Path) -> tuple[VectorFile | None, list[Issue]]:
    """Read one description, with every fault of it."""
    try:
        entry = VectorFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Issue(str(path), f"is not TOML in UTF-8 ({error})", DOCS)]
    except ValidationError as error:
        return None, [_issue(path, each) for each in error.errors()]
    if entry.id != path.stem:
        return None, [Issue(f"{path} id", f"is {entry.id!r}", f"rename the file to {entry.id}.toml")]
    if Path(entry.data).name != entry.data or not (path.parent / entry.data).is_file():
        return None, [
            Issue(f"{path} data", f"no file {entry.data!r} lies beside it", "put it there, or correct the name")
        ]
    return entry, []


def _issue(path: Path, error: Any) -> Issue:
    where = ".".join(str(part) for part in error["loc"])
    words = error["msg"].removeprefix("Value error, ")
    return Issue(f"{path} {where}".strip(), words[0].lower() + words[1:], DOCS)


def write_description(folder: Path, entry: VectorFile) -> Path:
    """Write a description whole or not at all; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    values = entry.model_dump(exclude_defaults=True)
    tables = {name: values.pop(name) for name in ("column", "kind", "caveat") if name in values}
    lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
    for name, parts in tables.items():
        for part in parts:
            lines += ["", f"[[{name}]]", *(f"{key} = {_toml(value)}" for key, value in part.items())]
    path = folder / f"{entry.id}.toml"
    part = folder / f".{entry.id}.toml.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml(each) for each in value)}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    text = "".join(each if each >= " " and each != "\x7f" else f"\\u{ord(each):04x}" for each in text)
    return f'"{text}"'
