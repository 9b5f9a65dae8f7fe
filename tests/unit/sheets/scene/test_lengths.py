"""What is drawn at a length, a size or an area that means something is as long as it says, within 0.5 %."""

from itertools import pairwise

import pytest
import shapely

from tests.unit.sheets.measured import SVG, Sheet, lines, points_per_kilometre

REGIONS = ["region=150600", "region=640200", "region=650000&year=2015", "region=100000&level=province"]
SHEETS = [
    {},
    {"width": "1200", "height": "1200"},
    {"width": "2400", "height": "1300", "dpi": "200"},
    {"paper": "a4"},
    {"paper": "a4", "orientation": "portrait"},
    {"paper": "a3"},
    {"paper": "16x9"},
]
CLOSE = 0.005
AMOUNTS = ["region=150600&indicator=d_project_count&level=county", "region=100000&indicator=cut_cod"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SHEETS, ids=lambda size: "-".join(size.values()) or "usual")
@pytest.mark.parametrize("query", REGIONS)
def test_the_scale_bar_is_as_long_as_it_says(scene_of, map_of, query, size, lang):
    query = f"{query}&layers=none&lang={lang}"
    sheet = Sheet.of(scene_of(query, **size))
    length, kilometres = sheet.bar()
    assert length / points_per_kilometre(sheet, map_of(query, **size)) == pytest.approx(kilometres, rel=CLOSE)
    window = map_of(query, **size).canvas.window
    assert length > 0.04 * window.width, "long enough to measure with"


@pytest.mark.parametrize(
    "query", ["region=150600&layers=none", "region=640200&layers=none", "region=620600&layers=none"]
)
def test_areas_are_as_large_as_they_are(scene_of, map_of, query):
    sheet, laid = Sheet.of(scene_of(query)), map_of(query)
    unit = points_per_kilometre(sheet, laid)
    for area in laid.canvas.resolved.areas:
        rings = sheet.rings("areas")[f"area-{area.region.adcode}"]
        drawn = abs(sum(shapely.area(shapely.Polygon(ring)) for ring in rings[:1])) / unit**2
        if len(rings) == 1:
            assert drawn == pytest.approx(area.region.area_km2, rel=CLOSE)


@pytest.mark.parametrize("size", SHEETS, ids=lambda size: "-".join(size.values()) or "usual")
@pytest.mark.parametrize("query", REGIONS[1:])
def test_the_degrees_stand_where_they_are(scene_of, map_of, query, size):
    """Each tick lies on the meridian or parallel written beside it, within 0.5 % of the width of the map."""
    query += "&layers=none&lang=zh"
    canvas = map_of(query, **size).canvas
    frame = list(Sheet.of(scene_of(query, **size)).group("frame"))
    span = canvas.window.width / canvas.layout.placement.scale
    seen = 0
    for path, text in pairwise(frame):
        if text.tag != f"{SVG}text" or path.tag != f"{SVG}path":
            continue
        start = lines(path.get("d", ""))[0][:1]
        lon, lat = canvas.base.projection.inverse(canvas.layout.placement.plane(start))[0]
        words = text.text or ""
        degrees = float(words[:-2]) * (-1 if words[-1] in "WS" else 1)
        found = lon if words[-1] in "EW" else lat
        kilometres = abs(degrees - found) * 111.3
        assert kilometres < CLOSE * span, words
        seen += 1
    assert seen >= 4


@pytest.mark.parametrize("size", SHEETS, ids=lambda size: "-".join(size.values()) or "usual")
@pytest.mark.parametrize("query", AMOUNTS)
def test_circles_and_their_samples_are_as_large_as_their_amounts(scene_of, map_of, query, size):
    """One area of circle for one unit of the amount, on the map and in the legend alike."""
    query += "&layers=none"
    sheet, resolved = Sheet.of(scene_of(query, **size)), map_of(query, **size).canvas.resolved
    answers = [*(area.resolution for area in resolved.areas), resolved.own]
    amounts = sorted((a.target.value for a in answers if a.status == "own" and a.target.value), reverse=True)
    radii = [radius for _, _, radius in sheet.circles("amounts")]
    assert len(radii) == len(amounts) > 1
    per_unit = radii[0] ** 2 / amounts[0]
    assert [radius**2 / per_unit for radius in radii] == pytest.approx(amounts, rel=CLOSE * 2)
    samples = sheet.circles("legend")
    told = [each.replace(",", "") for each in sheet.texts("legend")]
    values = [float(each) for each in told if each.replace(".", "").isdigit()][: len(samples)]
    assert [radius**2 / per_unit for _, _, radius in samples] == pytest.approx(values, rel=CLOSE * 2)
