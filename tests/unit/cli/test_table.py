"""``geoapp table match``: exit code 0 for all rows, 3 where some are open, 1 where there is no table."""

from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from geoapp.cli.main import main
from tests.data.world_folders import WorldFolders
from tests.data.world_map import CHENGBEI, DONGHE


def match(folders: WorldFolders, file: Path, output: Path) -> Result:
    environ = {
        "GEOAPP_BUILD_DIR": str(folders.build_dir),
        "GEOAPP_LAYERS_DIR": str(folders.layers),
        "GEOAPP_SHAPES_DIR": str(folders.boundaries.aliases.parent),
    }
    words = ["table", "match", str(file), "-o", str(output)]
    return CliRunner().invoke(main, words, env=environ, catch_exceptions=False)


def test_all_matched(world_folders: WorldFolders, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text("地区,数\n城北区,1\n东河县,2\n", encoding="gb18030")
    result = match(world_folders, tmp_path / "表.csv", tmp_path / "out.xlsx")
    assert (result.exit_code, "2 of 2 rows matched" in result.stdout) == (0, True), result.output
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["adcode", CHENGBEI, DONGHE]


def test_rows_that_are_open_are_named(world_folders: WorldFolders, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text("地区,数\n城中区,1\n东何县,2\n城北区,约3\n", encoding="utf-8")
    result = match(world_folders, tmp_path / "表.csv", tmp_path / "out.csv")
    assert result.exit_code == 3
    assert "1 of 3 rows matched, 1 to decide, 1 not found" in result.stdout
    assert "row 2: 城中区 is ambiguous (城中区 910101" in result.stderr
    assert "row 3: 东何县 is unmatched (东河县 910121" in result.stderr
    assert "ambiguous" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_no_table_of_regions(world_folders: WorldFolders, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text("名目,数\n甲,1\n", encoding="utf-8")
    result = match(world_folders, tmp_path / "表.csv", tmp_path / "out.xlsx")
    assert (result.exit_code, (tmp_path / "out.xlsx").exists()) == (1, False)
    assert "A1" in result.stderr
