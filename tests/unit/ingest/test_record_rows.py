"""A check names records; whoever mends them is told the file and the row."""

from pathlib import Path

from geoapp.ingest.record_rows import record_rows
from tests.data.world import build_world
from tests.data.world_folders import read_cells, write_layers


def test_every_record_is_found_in_its_row(tmp_path: Path) -> None:
    data = build_world().dataset
    write_layers(tmp_path / "layers", data)
    rows = record_rows(tmp_path / "layers")
    assert set(rows) == {each.id for each in (*data.targets, *data.statistics, *data.parks, *data.projects)}
    for record in (data.targets[3], data.statistics[-1], data.parks[0], data.projects[5]):
        name, _, number = rows[record.id].partition(" row ")
        cells = read_cells(tmp_path / "layers" / "plans" / name)
        assert cells[int(number) - 2]["id"] == record.id
