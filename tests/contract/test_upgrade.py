"""A project as an older version left it is checked and built by this one, without a file being mended."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner

from geoapp.cli.main import main
from geoapp.settings import Settings
from tests.conftest import ROOT

OF_0_1 = (
    "layers/catalog.toml",
    "layers/indicators.csv",
    "layers/places.csv",
    "layers/units.csv",
    "layers/vocabulary.csv",
    "shapes/aliases.csv",
    "shapes/code_fixes.csv",
    "shapes/manifest.json",
)
"""What 0.1 read beside the plans and the rasters; a file that came later must not be asked for."""


def test_a_project_of_0_1_needs_no_new_file(settings: Settings, tmp_path: Path) -> None:
    for name in OF_0_1:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "layers" / "plans", tmp_path / "layers" / "plans")
    shutil.copytree(ROOT / "layers" / "rasters", tmp_path / "layers" / "rasters")
    (tmp_path / "build").mkdir()
    if (settings.build_dir / "shapes").exists():
        (tmp_path / "build" / "shapes").symlink_to(settings.build_dir / "shapes")
    environ = {f"GEOAPP_{name.upper()}_DIR": str(tmp_path / name) for name in ("layers", "shapes", "build")}
    result = CliRunner().invoke(main, ["check"], env=environ)
    assert result.exit_code == 0, result.output
    assert len(re.findall(r"^[\w-]+: .*all joined", result.output, re.MULTILINE)) == len(
        list((ROOT / "layers" / "plans").iterdir())
    )
    assert {path.name for path in (tmp_path / "shapes").iterdir()} == {"aliases.csv", "code_fixes.csv", "manifest.json"}
