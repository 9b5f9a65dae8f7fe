"""A reader's own table of 2,891 counties and ten columns: taken and drawn, beside a naive script doing the same join.

The naive script reads the file with pandas, joins it to the boundaries by name with GeoPandas and draws it with Folium:
what a careful colleague writes in ten minutes. It has the boundaries ready as a GeoPackage.
"""

import io
import json
import sys
import tempfile
import textwrap
import time
import urllib.request
from pathlib import Path

import geopandas
from openpyxl import Workbook

from benchmarks._server import running
from geoapp.atlas import Atlas
from geoapp.model.region import CHINA, Level
from geoapp.settings import load_settings
from geoapp.store.files import FilesStore

COLUMNS = 10
RUNS = 5
PROMISES = {"xlsx": 2.0, "csv": 1.0}
"""Seconds on two cores, from the upload to the drawn map's data."""
NAIVE = """
    import sys, folium, geopandas, pandas
    table = pandas.read_excel(sys.argv[1]) if sys.argv[1].endswith("xlsx") else pandas.read_csv(sys.argv[1])
    borders = geopandas.read_file(sys.argv[2])
    joined = borders.merge(table, left_on="name", right_on="地区", how="left")
    m = folium.Map(location=[36, 104], zoom_start=4, tiles=None)
    folium.Choropleth(joined.__geo_interface__, data=joined, columns=["adcode", "指标1（%）"],
                      key_on="feature.properties.adcode").add_to(m)
    m.save(sys.argv[3])
    print(int(joined["指标1（%）"].notna().sum()))
"""


def main() -> None:
    """Print the seconds of each step, and those of the naive script."""
    settings = load_settings()
    atlas = Atlas(FilesStore(settings.build_dir / "atlas"))
    rows = _rows(atlas)
    files = {"xlsx": _xlsx(rows), "csv": _csv(rows)}
    print(f"{len(rows) - 1} counties × {COLUMNS} columns; the middle of {RUNS} runs, two workers")
    with running() as (url, _):
        for suffix, data in files.items():
            steps = [_taken(url, data, suffix) for _ in range(RUNS)]
            taken, drawn, matched = sorted(steps)[RUNS // 2]
            print(
                f"{suffix:5} {len(data) / 1000:6.0f} kB: matched {taken:.2f} s ({matched} rows), drawn {drawn:.2f} s, "
                f"together {taken + drawn:.2f} s (promise: under {PROMISES[suffix]:.0f} s)"
            )
    _naive(atlas, files)


def _rows(atlas: Atlas) -> list[list[object]]:
    """Return a header and a row for each county, named as tables name them: province, prefecture, county."""
    heads = ["省", "市", "地区", *(f"指标{number}（%）" for number in range(1, COLUMNS + 1))]
    found: list[list[object]] = [list(heads)]
    for place, region in enumerate(atlas.gazetteer.at_level(CHINA, Level.COUNTY)):
        above = [each.name for each in atlas.gazetteer.parents(region.adcode) if each.adcode != CHINA]
        numbers = [round((place * 31 + number * 17) % 997 / 10, 1) for number in range(COLUMNS)]
        found.append([above[-1] if above else "", above[0] if len(above) > 1 else "", region.name, *numbers])
    return found


def _xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(rows: list[list[object]]) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")


def _taken(url: str, data: bytes, suffix: str) -> tuple[float, float, int]:
    """Return the seconds until a table is matched, until its map's values are there, and how many rows matched."""
    start = time.perf_counter()
    kind = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(f"{url}/tables?name=table.{suffix}", data=data, headers=kind, method="POST")
    with urllib.request.urlopen(request) as answer:
        table = json.load(answer)
    taken = time.perf_counter() - start
    with urllib.request.urlopen(f"{url}/view.json?{table['view']}") as answer:
        answer.read()
    drawn = time.perf_counter() - start - taken
    urllib.request.urlopen(urllib.request.Request(f"{url}/tables/{table['id']}", method="DELETE")).close()
    return taken, drawn, int(table["counts"]["matched"])


def _naive(atlas: Atlas, files: dict[str, bytes]) -> None:
    import subprocess

    shapes = atlas.store.geometry(Level.COUNTY, "lo")
    regions = atlas.gazetteer.at_level(CHINA, Level.COUNTY)
    columns = {"adcode": [each.adcode for each in regions], "name": [each.name for each in regions]}
    frame = geopandas.GeoDataFrame(columns, geometry=[shapes[each.adcode] for each in regions], crs=4326)
    with tempfile.TemporaryDirectory() as folder:
        borders = Path(folder) / "borders.gpkg"
        frame.to_file(borders)
        for suffix, data in files.items():
            text = data.decode("gb18030").encode() if suffix == "csv" else data
            (Path(folder) / f"table.{suffix}").write_bytes(text)
            command = [sys.executable, "-c", textwrap.dedent(NAIVE), f"table.{suffix}", str(borders), "map.html"]
            start = time.perf_counter()
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
            seconds = time.perf_counter() - start
            size = (Path(folder) / "map.html").stat().st_size / 1e6
            print(
                f"naive {suffix:4}: {seconds:.2f} s, page {size:.0f} MB, {done.stdout.strip()} rows joined "
                "(by name: namesakes share values)"
            )
