"""The plans of this checkout that are held whole: documents read line by line, as tests know them."""

import shutil
import tomllib
from pathlib import Path

LAYERS = Path(__file__).resolve().parents[2] / "layers"


def whole_documents(folder: Path) -> Path:
    """Copy ``layers/`` without the packs that hold only a part of their paper; return the copy."""
    return Path(shutil.copytree(LAYERS, folder, ignore=_parts))


def _parts(inside: str, names: list[str]) -> list[str]:
    return [name for name in names if _is_part(Path(inside) / name / "plan.toml")]


def _is_part(plan: Path) -> bool:
    return plan.is_file() and tomllib.loads(plan.read_text(encoding="utf-8")).get("extent", "whole") == "part"
