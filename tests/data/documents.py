"""The plans of this checkout that are held whole: documents read line by line, as tests know them."""

import shutil
import tomllib
from pathlib import Path

from geoapp import builder
from geoapp.cli.main import plan_of
from geoapp.settings import Settings, load_settings

LAYERS = Path(__file__).resolve().parents[2] / "layers"


def whole_documents(folder: Path) -> Path:
    """Copy ``layers/`` without the packs that hold only a part of their paper; return the copy."""
    return Path(shutil.copytree(LAYERS, folder, ignore=_parts))


def built_whole(folder: Path) -> Settings:
    """Build the atlas of those documents in a folder, on the boundaries that ``make build`` made."""
    build = folder / "build"
    build.mkdir(parents=True)
    (build / "shapes").symlink_to((load_settings().build_dir / "shapes").resolve())
    settings = Settings(build_dir=build, layers_dir=whole_documents(folder / "layers"))
    builder.build(plan_of(settings), lambda _: None)
    return settings


def _parts(inside: str, names: list[str]) -> list[str]:
    return [name for name in names if is_part(Path(inside) / name / "plan.toml")]


def is_part(plan: Path) -> bool:
    """Say whether a pack, by its ``plan.toml``, holds only a part of its paper."""
    return plan.is_file() and tomllib.loads(plan.read_text(encoding="utf-8")).get("extent", "whole") == "part"
