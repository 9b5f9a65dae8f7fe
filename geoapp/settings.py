"""Settings from the environment. Names that mean nothing are refused, with the nearest one."""

import os
from difflib import get_close_matches
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from geoapp.errors import InvalidSettings

PREFIX = "GEOAPP_"
PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator can set. Every field is an environment variable ``GEOAPP_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    layers_dir: Path = Field(PROJECT / "layers", description="data people edit: plans, vocabulary, places")
    shapes_dir: Path = Field(PROJECT / "shapes", description="manifest, code fixes and aliases of the boundaries")
    build_dir: Path = Field(PROJECT / "build", description="where built boundaries and data are kept")
    templates_dir: Path = Field(PROJECT / "templates", description="Jinja pages")
    vendor_dir: Path = Field(PROJECT / "build" / "web", description="scripts and styles of the map pages, bundled")
    boundary_file: Path | None = Field(None, description="an official boundary file used instead of the package")
    boundary_columns: dict[str, str] = Field(
        default_factory=dict, description='column names of that file as JSON, such as {"adcode": "gb"}'
    )
    boundary_attribution: str = Field("", description="the source line for that file")
    boundary_review_no: str = Field("", description="审图号 of that file")
    review_no: str = Field("", description="审图号 of the operator's own reviewed maps; empty prints 内部工作底稿")
    maker: str = Field("", description="the maker printed on snapshots and briefings")
    tianditu_key: str = Field("", description="key for Tianditu tiles; kept on the server, never sent to a page")
    tianditu_url: str = Field(
        "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
        "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}",
        description="where Tianditu tiles come from; a node of one's own network works too",
    )
    full_geometry: bool = Field(False, description="allow exports at full boundary detail")
    workers: int = Field(2, ge=1, le=64, description="server processes")


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        InvalidSettings: a variable is unknown or unusable; the message names it and the mend.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    faults = []
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            close = get_close_matches(name, sorted(known), n=1)
            hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(sorted(known))
            faults.append(f"unknown setting {name} ({hint})")
    if faults:
        raise InvalidSettings("; ".join(faults))
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}, got {e['input']!r}" for e in error.errors()]
        raise InvalidSettings("; ".join(lines)) from None
