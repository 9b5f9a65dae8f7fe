"""Code fixes: read whole, or refused by line and column."""

from pathlib import Path

import pytest

from geoapp.boundaries.build import ShapeSource
from geoapp.boundaries.codes import CodeFix, read_code_fixes, recodes
from geoapp.errors import BoundaryError, InvalidData
from geoapp.model.region import Level
from tests.data.shapes_builders import write_rows

HEADER = ("old_code", "new_code", "level", "kind", "note")


def test_the_projects_fixes_recode_five_counties(real_source: ShapeSource) -> None:
    assert recodes(read_code_fixes(real_source.code_fixes)) == {
        "540422": "540481",
        "540530": "540581",
        "460321": "460302",
        "460322": "460303",
        "632857": "632825",
    }


def test_a_row_becomes_a_fix(tmp_path: Path) -> None:
    path = tmp_path / "fixes.csv"
    write_rows(path, HEADER, [("540422", "540481", "county", "recode", "why")])
    assert read_code_fixes(path) == (CodeFix("540422", "540481", Level.COUNTY, "recode", "why"),)


def test_a_file_saved_by_excel_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "fixes.csv"
    write_rows(path, HEADER, [("540422", "540481", "county", "recode", "why")])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert recodes(read_code_fixes(path)) == {"540422": "540481"}


def test_all_wrong_cells_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "fixes.csv"
    rows = [
        ("54042", "540481", "county", "recode", ""),
        ("540530", "540581", "town", "guess", ""),
        ("629700", "629701", "county", "pseudo_unit", ""),
        ("629700", "629700", "county", "pseudo_unit", ""),
    ]
    write_rows(path, HEADER, rows)
    with pytest.raises(InvalidData) as caught:
        read_code_fixes(path)
    assert [str(issue) for issue in caught.value.issues] == [
        "line 2, column old_code: '54042' is not a division code; expected six digits such as 150600",
        "line 3, column kind: unknown kind 'guess' (use recode, pseudo_unit, city_without_counties)",
        "line 3, column level: unknown level 'town' (use nation, province, prefecture, county)",
        "line 4: a pseudo_unit keeps its code (write the same code twice or use recode)",
        "line 5, column old_code: 629700 is already mended in line 4 (keep one of the two)",
    ]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "fixes.csv"
    write_rows(path, ("old_code", "level", "note"), [])
    with pytest.raises(InvalidData) as caught:
        read_code_fixes(path)
    assert [issue.problem for issue in caught.value.issues] == [
        "column new_code is missing",
        "column kind is missing",
    ]


def test_a_file_saved_as_gbk_asks_for_utf8(tmp_path: Path) -> None:
    path = tmp_path / "fixes.csv"
    path.write_bytes("old_code,note\n1,米林县".encode("gbk"))
    with pytest.raises(BoundaryError, match="save the file as UTF-8 CSV"):
        read_code_fixes(path)
