from pathlib import Path

import numpy as np
import pytest

from geoapp.raster.publish import builtin
from geoapp.raster.publish.files import read_raster_files

LAYERS = Path(__file__).resolve().parents[4] / "layers" / "rasters"
PLACES = {"Kangbashi": (109.78, 39.6), "Tacheng": (82.98, 46.75), "Lhasa": (91.1, 29.65), "Chongqing": (106.5, 29.5)}
# pvlib 0.16 asks pandas the old way.
pytestmark = pytest.mark.filterwarnings("ignore:DatetimeIndex.dayofyear")


def cell(lon: float, lat: float) -> tuple[int, int]:
    return int((builtin.NORTH - lat) / builtin.CELL), int((lon - builtin.WEST) / builtin.CELL)


@pytest.mark.parametrize("day", [17, 105, 198, 344])
def test_a_clear_day_is_that_of_pvlib(day: int):
    """pvlib's own position, air mass and Ineichen model, every ten minutes of one day of one year (the sun of a
    day differs from year to year; over the year the two agree to 0.2 %, see below)."""
    import pandas as pd
    import pvlib

    heights, linke, lats = np.array([0.0, 1454, 3650]), np.array([5.0, 3.1, 2.2]), np.array([29.5, 39.6, 46.7])
    found = builtin.clear_sky_day(day, lats, heights.astype(np.float32), linke.astype(np.float32))
    start = pd.Timestamp("2023-01-01", tz="Asia/Shanghai") + pd.Timedelta(days=day - 1)
    times = pd.date_range(start, periods=144, freq="10min")
    for number, lat in enumerate(lats):
        place = pvlib.location.Location(lat, 120, altitude=heights[number])
        expected = place.get_clearsky(times, linke_turbidity=linke[number])["ghi"].sum() / 6
        assert found[number] == pytest.approx(expected, rel=0.02)


def test_a_year_is_within_half_a_percent_of_pvlib_with_its_own_turbidity():
    import pandas as pd
    import pvlib

    values, valid = builtin.clear_sky()
    heights, _ = builtin.elevation()
    times = pd.date_range("2023-01-01", "2023-12-31 23:30", freq="30min", tz="UTC")
    for lon, lat in PLACES.values():
        row, column = cell(lon, lat)
        assert valid[row, column]
        middle = builtin.latitudes()[row], builtin.WEST + (column + 0.5) * builtin.CELL
        place = pvlib.location.Location(*middle, altitude=float(heights[row, column]))
        assert values[row, column] == pytest.approx(place.get_clearsky(times)["ghi"].sum() / 2000, rel=0.002)


def test_the_upper_bound_ranks_regions_wrongly_and_says_so():
    """Why it must never be called the resource: cloudy Chongqing comes out above sunny Ordos."""
    values, _ = builtin.clear_sky()
    assert values[cell(*PLACES["Chongqing"])] > values[cell(*PLACES["Kangbashi"])]
    entry = next(each for each in read_raster_files(LAYERS) if each.recipe == "clear_sky")
    assert entry.meaning == "theoretical_bound"
    assert "晴空理论上限" in entry.title_zh
    assert "不是太阳能资源" in entry.note_zh


def test_heights_of_known_places():
    heights, land = builtin.elevation()
    assert heights[cell(109.98, 39.82)] == pytest.approx(1460, abs=30)  # 东胜
    assert heights[cell(106.2, 38.47)] == pytest.approx(1115, abs=30)  # 银川
    assert not land[cell(130, 30)]  # the East China Sea


def test_the_fingerprint_changes_with_recipe_and_formula(monkeypatch: pytest.MonkeyPatch):
    first, second = (builtin.fingerprint(each) for each in read_raster_files(LAYERS) if each.recipe)
    assert first != second
    monkeypatch.setattr(builtin, "FORMULA", "0")
    assert builtin.fingerprint(read_raster_files(LAYERS)[0]) not in (first, second)
