"""Settings: from ``geoapp.toml``, over it the environment, over that the options of a command.

Names that mean nothing are refused wherever they stand, with the nearest one that means something.
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from geoapp.errors import InvalidSettings
from geoapp.project import FILE, PACKAGE, checkout, find_project

PREFIX = "GEOAPP_"
OPTIONS: set[str] = set()
"""Names of the settings that options of the running command gave."""
SECRET = ("tianditu_key", "drafts_token", "tables_token", "store")
"""Settings whose values no message and no list shows."""
SHORTEST_TOKEN = 12


def _in_project(name: str) -> Callable[[dict[str, Any]], Path]:
    def inside(given: dict[str, Any]) -> Path:
        folder: Path = given["project_dir"]
        return folder / name

    return inside


def _bundled() -> Path:
    folder = checkout()
    return folder / "build" / "web" if folder else PACKAGE / "bundled"


class Settings(BaseSettings):
    """What an operator can set: in ``geoapp.toml``, or as an environment variable ``GEOAPP_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    project_dir: Path = Field(
        default_factory=lambda: find_project(Path.cwd()), description="the folder with geoapp.toml; found by itself"
    )
    layers_dir: Path = Field(
        default_factory=_in_project("layers"), description="data people edit: plans, vocabulary, places"
    )
    shapes_dir: Path = Field(
        default_factory=_in_project("shapes"), description="manifest, code fixes and aliases of the boundaries"
    )
    build_dir: Path = Field(
        default_factory=_in_project("build"), description="where built boundaries and data are kept"
    )
    templates_dir: Path = Field(
        default_factory=lambda: (checkout() or PACKAGE) / "templates", description="Jinja pages"
    )
    web_dir: Path = Field(default_factory=_bundled, description="scripts and styles of the map pages, bundled")
    store: str = Field("", description="postgresql://… of a database that builds go to and hosts follow; else folders")
    store_keep: int = Field(3, ge=1, le=1000, description="builds that geoapp store prune keeps in the database")
    boundary_file: Path | None = Field(None, description="an official boundary file used instead of the package")
    boundary_columns: dict[str, str] = Field(
        default_factory=dict, description='column names of that file as JSON, such as {"adcode": "gb"}'
    )
    boundary_attribution: str = Field("", description="the source line for that file")
    boundary_review_no: str = Field("", description="审图号 of that file")
    review_no: str = Field("", description="审图号 of the operator's own reviewed maps; empty prints 内部工作底稿")
    maker: str = Field("", description="the maker printed on snapshots and briefings")
    templates_office: Path | None = Field(
        None, description="your own report.dotx, official.dotx, slides.potx for briefings: a folder, or one such file"
    )
    tianditu_key: str = Field("", description="key for Tianditu tiles; kept on the server, never sent to a page")
    tianditu_url: str = Field(
        "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
        "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}",
        description="where Tianditu tiles come from; a node of one's own network works too",
    )
    full_geometry: bool = Field(False, description="allow exports at full boundary detail")
    public_url: str = Field("", description="where readers reach the atlas: https://host/atlas; links begin with it")
    trusted_proxies: str = Field(
        "", description="whose X-Forwarded headers count: addresses or networks with commas, or how many in a row"
    )
    trusted_hosts: str = Field("", description="host names this server answers to, with commas; .host with all below")
    drafts: Literal["off", "on"] = Field("off", description="on offers /draft: documents become plans in the browser")
    drafts_token: str = Field("", description="the word that lets people into /draft; 12 characters or more")
    documents_dir: Path | None = Field(
        None, description="documents of the plans, named as source_file or <plan id>.*; citations lead into them"
    )
    tables: Literal["off", "on"] = Field("on", description="off refuses readers' own tables (/table)")
    tables_days: float = Field(7, gt=0, le=366, description="days that a reader's own table is kept")
    tables_token: str = Field("", description="the word without which nobody uploads a table; 12 characters or more")
    workers: int = Field(2, ge=1, le=64, description="server processes")
    drawing: int = Field(
        2, ge=1, le=64, description="processes that draw sheets, write files and screen for all workers"
    )
    drawing_memory: int = Field(
        1024, ge=512, le=65536, description="MB that one of them may take; more ends its request"
    )
    drawing_queue: int = Field(24, ge=1, le=500, description="requests that may wait for them; the next gets 503")
    host: str = Field("127.0.0.1", description="address that geoapp serve listens on")
    port: int = Field(8000, ge=1, le=65535, description="port that geoapp serve listens on")

    @model_validator(mode="after")
    def _drafts_need_a_token(self) -> "Settings":
        if self.drafts == "on" and len(self.drafts_token) < SHORTEST_TOKEN:
            raise ValueError(f"drafts is on, so drafts_token must have {SHORTEST_TOKEN} characters or more")
        return self

    @field_validator("tables_token")
    @classmethod
    def _is_long_enough(cls, text: str) -> str:
        if text and len(text) < SHORTEST_TOKEN:
            raise ValueError(f"must have {SHORTEST_TOKEN} characters or more, or be empty")
        return text

    @field_validator("public_url")
    @classmethod
    def _is_public_url(cls, text: str) -> str:
        if text and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~-]+)*/?", text):
            raise ValueError("not the address of an atlas (write https://host/atlas, without ? and #)")
        return text

    @field_validator("store")
    @classmethod
    def _is_database(cls, text: str) -> str:
        parts = urlsplit(text)
        if text and not (parts.scheme in ("postgresql", "postgres") and parts.hostname and parts.path.strip("/")):
            raise ValueError("not the address of a database (write postgresql://user:password@host:5432/database)")
        return text

    @field_validator("trusted_proxies")
    @classmethod
    def _are_proxies(cls, text: str) -> str:
        if not text.isdigit():
            for each in text.split(",") if text else ():
                ip_network(each.strip(), strict=False)  # its ValueError says which is no address
        return text


@dataclass(frozen=True, slots=True)
class Given:
    """A setting as it is in force, and where it came from."""

    name: str
    value: object
    origin: str


def load_settings() -> Settings:
    """Read the settings: ``geoapp.toml`` of the project, over it the environment, where options are put too.

    Raises:
        InvalidSettings: a name is unknown, a value unusable, or there is no project; the message names the mend.
    """
    _refuse_unknown((name, name.removeprefix(PREFIX).lower()) for name in sorted(os.environ) if name.startswith(PREFIX))
    project = Path(os.environ.get(PREFIX + "PROJECT_DIR") or find_project(Path.cwd())).resolve()
    told = _read_file(project / FILE)
    try:
        return Settings(**{name: value for name, value in told.items() if PREFIX + name.upper() not in os.environ})
    except ValidationError as error:
        lines = [_said(e, told) for e in error.errors()]
        raise InvalidSettings("; ".join(lines)) from None


def _said(fault: Mapping[str, Any], told: Mapping[str, object]) -> str:
    """Return one fault with the setting's name; a fault of several settings names them itself, and no value."""
    if not fault["loc"]:
        return str(fault["msg"])
    name = str(fault["loc"][0])
    got = "" if name in SECRET else f", got {fault['input']!r}"
    return f"{_spelt(name, told)}: {fault['msg']}{got}"


def give_option(name: str, value: str) -> None:
    """Let an option win over the environment and the file, in this process and the workers it starts."""
    OPTIONS.add(name)
    os.environ[PREFIX + name.upper()] = value


def explain(settings: Settings) -> list[Given]:
    """Return every setting with where it came from; a secret is only said to be set."""
    told = _read_file(settings.project_dir / FILE)
    return [
        Given(name, "(set)" if name in SECRET and value else value, _origin(name, told)) for name, value in settings
    ]


def _origin(name: str, told: Mapping[str, object]) -> str:
    variable = PREFIX + name.upper()
    if name in OPTIONS:
        return "option"
    if variable in os.environ:
        return f"environment, {variable}"
    return FILE if name in told and name != "project_dir" else "default"


def _read_file(path: Path) -> dict[str, Any]:
    """Return what ``geoapp.toml`` says, its paths made relative to its own folder; the folder is said in any case."""
    found: dict[str, Any] = {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"{path} cannot be read as TOML: {error}") from None
    _refuse_unknown((f"{name} in {path}", name) for name in found)
    for name in found.keys() & PATHS:
        found[name] = path.parent / str(found[name])
    return {**found, "project_dir": path.parent}


def _refuse_unknown(names: Iterable[tuple[str, str]]) -> None:
    """Refuse names that are no setting's; each comes as it is written and as a setting would be called."""
    faults = []
    for written, name in names:
        if name not in Settings.model_fields:
            spell = str.upper if written.isupper() else str
            known = sorted((PREFIX if written.isupper() else "") + spell(each) for each in Settings.model_fields)
            close = get_close_matches(written.split()[0], known, n=1)
            hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(known)
            faults.append(f"unknown setting {written} ({hint})")
    if faults:
        raise InvalidSettings("; ".join(faults))


def _spelt(name: str, told: Mapping[str, object]) -> str:
    """Return a setting's name as the one who gave it wrote it."""
    variable = PREFIX + name.upper()
    return f"{name} in {FILE}" if name in told and variable not in os.environ else variable


PATHS = {name for name, field in Settings.model_fields.items() if field.annotation in (Path, Path | None)}
"""The settings that are paths."""
