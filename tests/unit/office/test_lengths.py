"""The scale bar in a Word document and on a slide is as long on paper as it says, within 0.5 %."""

import io
from urllib.parse import parse_qsl

import docx
import pptx
import pytest
from PIL import Image

from geoapp.office.maps import Imprint, Maps
from geoapp.office.slides.presentation import write_pptx
from geoapp.office.word.document import write_docx
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.compose import Composer
from tests.unit.sheets.measured import Sheet, points_per_kilometre

EMU = 12_700
"""English Metric Units in a point."""
VIEWS = ["region=150600&layers=none", "region=650000&year=2015&layers=none&lang=en"]


def pictures(suffix: str, written: bytes) -> list[tuple[bytes, float, float]]:
    """Return each picture of a file with its width and height on paper, in points."""
    if suffix == "docx":
        document = docx.Document(io.BytesIO(written))
        shapes = [
            (shape, shape._inline.graphic.graphicData.pic.blipFill.blip.embed) for shape in document.inline_shapes
        ]
        return [(document.part.related_parts[key].blob, s.width / EMU, s.height / EMU) for s, key in shapes]
    slides = pptx.Presentation(io.BytesIO(written)).slides
    found = [shape for slide in slides for shape in slide.shapes if hasattr(shape, "image")]
    return [(shape.image.blob, shape.width / EMU, shape.height / EMU) for shape in found]


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
@pytest.mark.parametrize("query", VIEWS)
def test_a_bar_on_paper_is_as_long_as_it_says(atlas, assemble, suffix, query):
    drawn = {}

    def draw(resolved, sheet):
        png = atlas.snapshots.snapshot(resolved, sheet)
        drawn[png] = resolved, sheet
        return png

    write = {"docx": write_docx, "pptx": write_pptx}[suffix]
    composer = Composer(atlas.dataset, BaseMaps(atlas.store, atlas.gazetteer), atlas.rasters)
    maps = [each for each in pictures(suffix, write(assemble(query), Maps(draw, Imprint(), ""))) if each[0] in drawn]
    assert maps
    for png, width, height in maps:
        resolved, sheet = drawn[png]
        across, down = Image.open(io.BytesIO(png)).size
        assert width / height == pytest.approx(across / down, rel=0.005)
        enlarged = width / sheet.width
        measured = Sheet.of(composer.compose(resolved, sheet))
        length, kilometres = measured.bar()
        unit = points_per_kilometre(measured, composer.map(resolved, sheet))
        assert length * enlarged == pytest.approx(kilometres * unit * (height / sheet.height), rel=0.005)
        assert dict(parse_qsl(query))["region"] == resolved.region.adcode
