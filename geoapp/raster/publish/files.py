"""``layers/rasters/<id>.toml``: what people write down about a raster, and what ingest found out."""

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geoapp.errors import InvalidData, Issue
from geoapp.raster.record import Meaning, RasterKind

ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class LegendEntry(BaseModel):
    """One class of the legend as written in the file; colour and words may be corrected by hand."""

    model_config = ConfigDict(extra="forbid")
    low: float
    high: float
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    zh: str
    en: str


class RasterFile(BaseModel):
    """One file. ``recipe`` names a built-in layer; else ``file``, ``source`` and the rest come from ingest."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=ID)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    unit: str
    kind: RasterKind = "values"
    meaning: Meaning = "measured"
    note_zh: str = ""
    note_en: str = ""
    date: str
    licence: str
    attribution_zh: str = Field(min_length=1)
    attribution_en: str = Field(min_length=1)
    recipe: Literal["", "elevation", "clear_sky"] = ""
    file: str = ""
    source: str = ""
    source_sha256: str = ""
    legend: list[LegendEntry] = []

    @model_validator(mode="after")
    def _from_somewhere(self) -> "RasterFile":
        if not self.recipe and not self.file:
            raise ValueError("neither recipe nor file is given; let `geoapp raster add` write this file")
        return self


def read_raster_files(folder: Path) -> list[RasterFile]:
    """Read every ``*.toml`` of the folder, sorted by id.

    Raises:
        InvalidData: with every fault of every file.
    """
    found, issues = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            entry = RasterFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            issues.append(Issue(str(path), f"is not TOML in UTF-8 ({error})", "compare with another file there"))
        except ValidationError as error:
            for each in error.errors():
                where = ".".join(str(part) for part in each["loc"])
                issues.append(Issue(str(path), f"{where or 'file'}: {each['msg']}", "see docs/rasters.md"))
        else:
            if entry.id != path.stem:
                issues.append(Issue(str(path), f"id is {entry.id!r}", f"rename the file to {entry.id}.toml"))
            found.append(entry)
    if issues:
        raise InvalidData(folder, issues)
    return found


def write_raster_file(folder: Path, entry: RasterFile) -> Path:
    """Write one file whole or not at all; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    values = entry.model_dump(exclude_defaults=True)
    legend = values.pop("legend", [])
    lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
    for line in legend:
        lines += ["", "[[legend]]", *(f"{name} = {_toml(value)}" for name, value in line.items())]
    path = folder / f"{entry.id}.toml"
    part = folder / f".{entry.id}.toml.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    text = "".join(each if each >= " " and each != "\x7f" else f"\\u{ord(each):04x}" for each in text)
    return f'"{text}"'
