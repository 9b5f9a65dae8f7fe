import math

import pytest

from geoapp.raster.terrain.sun import solar_geometry


@pytest.mark.parametrize(
    ("lon", "lat", "low", "high"),
    [(109.8, 39.6, 2.4, 2.6), (106.4, 39.0, 2.4, 2.5), (102.6, 38.0, 2.3, 2.4), (83.0, 46.75, 3.4, 4.1)],
    ids=["Ordos", "Shizuishan", "Wuwei", "Tacheng"],
)
def test_row_pitch_of_the_four_plans(lon: float, lat: float, low: float, high: float):
    pitch = solar_geometry(lon, lat).pitch
    assert pitch is not None
    assert low <= pitch <= high


@pytest.mark.filterwarnings("ignore:DatetimeIndex.dayofyear")
def test_row_pitch_is_the_shadow_of_the_sun_that_pvlib_sees_at_nine():
    import pandas as pd
    import pvlib

    lon, lat = 109.8, 39.6
    sun = solar_geometry(lon, lat)
    times = pd.date_range("2024-12-21 08:00", "2024-12-21 11:30", freq="1min", tz="Asia/Shanghai")
    seen = pvlib.solarposition.get_solarposition(times, lat, lon)
    hour_angle = pvlib.solarposition.hour_angle(times, lon, seen["equation_of_time"])
    nine = int(abs(hour_angle + 45).argmin())
    height, azimuth = math.radians(seen["elevation"].iloc[nine]), math.radians(seen["azimuth"].iloc[nine] - 180)
    tilt = math.radians(sun.tilt)
    assert sun.pitch == pytest.approx(math.cos(tilt) + math.sin(tilt) * math.cos(azimuth) / math.tan(height), rel=0.005)


@pytest.mark.parametrize(("lon", "noon"), [(120.0, "12:00"), (109.8, "12:41"), (102.6, "13:10"), (83.0, "14:28")])
def test_solar_noon_in_beijing_time(lon: float, noon: str):
    assert solar_geometry(lon, 40).noon == noon


def test_where_the_sun_stays_too_low_there_is_no_pitch():
    assert solar_geometry(120, 59).pitch is None
    assert solar_geometry(122.3, 53.5).pitch is not None
    assert solar_geometry(120, 40).winter_day_hours == pytest.approx(9.15, abs=0.05)
