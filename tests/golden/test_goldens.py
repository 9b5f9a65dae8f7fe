"""Golden sheets: small pictures that a person has looked at, compared with a tolerance.

``python -m tests.golden.test_goldens`` draws them anew; look at every one before committing.
"""

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
from PIL import Image

from geoapp.atlas import Atlas
from geoapp.settings import Settings
from geoapp.sheets.paper import Format, read_sheet
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.compose import Composer
from geoapp.store.files import FilesStore
from tests.data.documents import built_whole

FOLDER = Path(__file__).parent
WIDTH = 480
MEAN, WORST = 1.2, 0.02
"""Mean difference of a channel (of 255), and the share of pixels that may differ by more than 48."""
SMALL_MEAN, SMALL_WORST = 9.0, 0.12
"""The same inside the box of a piece of furniture: a north arrow is a thousandth of a sheet, and lost in its mean."""
Part = tuple[int, int, int, int]


@dataclass(frozen=True)
class Golden:
    """One sheet and its reference picture."""

    name: str
    query: str
    sheet: tuple[tuple[str, str], ...] = ()
    form: Format = "png"

    def draw(self, atlas: Atlas) -> Image.Image:
        """Draw the sheet and shrink it; a PDF is first printed by poppler, as a reader's program would."""
        drawn = atlas.snapshot(atlas.view(parse_qsl(self.query)), read_sheet(dict(self.sheet), self.form))
        if self.form == "pdf":
            command = ["pdftoppm", "-r", "144", "-png", "-"]
            drawn = subprocess.run(command, input=drawn, check=True, stdout=subprocess.PIPE).stdout
        image = Image.open(io.BytesIO(drawn)).convert("RGB")
        return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)

    def furniture(self, atlas: Atlas) -> dict[str, Part]:
        """Return where the small things stand on the shrunk picture: left, top, right, bottom."""
        composer = Composer(atlas.dataset, BaseMaps(atlas.store, atlas.gazetteer), atlas.rasters)
        sheet = read_sheet(dict(self.sheet), self.form)
        layout = composer.map(atlas.show(atlas.view(parse_qsl(self.query))), sheet).canvas.layout
        share = WIDTH / sheet.width
        boxes = {"north": layout.north, "scale bar": layout.scale, "legend": layout.legend, "inset": layout.inset}
        return {
            name: (int(box.x0 * share), int(box.y0 * share), round(box.x1 * share) + 1, round(box.y1 * share) + 1)
            for name, box in boxes.items()
            if box is not None
        }


A4 = (("paper", "a4"), ("dpi", "144"))
GOLDENS = [
    Golden("ordos", "region=150600"),
    Golden("tacheng", "region=654200"),
    Golden("shizuishan", "region=640200"),
    Golden("wuwei", "region=620600"),
    Golden("xinjiang-2015", "region=650000&year=2015"),
    Golden("nation", "region=100000"),
    Golden("nation-portrait", "region=100000", (*A4, ("orientation", "portrait"))),
    Golden("hainan", "region=460000"),
    Golden("english", "region=150600&lang=en"),
    Golden("a4", "region=650000&year=2015&layers=none", A4),
    Golden("a4-pdf", "region=650000&year=2015&layers=none", (("paper", "a4"),), "pdf"),
    Golden("raster", "region=150600&raster=clear-sky-irradiation"),
    Golden("raster-pdf", "region=620600&raster=elevation-5min", (("paper", "a4"),), "pdf"),
    Golden("16x9", "region=654200&type=hydropower&layers=projects", (("paper", "16x9"), ("dpi", "144"))),
    Golden("key", "region=410000&level=county&layers=none"),
    Golden("symbols", "region=150000&level=prefecture&indicator=coal_unit_retrofit&layers=none"),
    Golden("county", "region=150621", (*A4, ("orientation", "portrait"))),
]


@pytest.fixture(scope="module")
def atlas(settings: Settings, atlas: Atlas) -> Atlas:
    """The session's build with its rasters."""
    return _open(settings)


def _open(settings: Settings) -> Atlas:
    return Atlas(FilesStore(settings.build_dir / "atlas"), settings.build_dir / "rasters")


def difference(one: Image.Image, two: Image.Image) -> tuple[float, float]:
    """Return the mean difference and the share of pixels that differ much."""
    gap = np.abs(np.asarray(one, dtype=np.int16) - np.asarray(two, dtype=np.int16))
    return float(gap.mean()), float((gap.max(axis=2) > 48).mean())


@pytest.mark.parametrize("golden", GOLDENS, ids=[golden.name for golden in GOLDENS])
def test_sheet(atlas, golden, tmp_path):
    drawn = golden.draw(atlas)
    reference = Image.open(FOLDER / f"{golden.name}.png").convert("RGB")
    assert drawn.size == reference.size
    mean, worst = difference(drawn, reference)
    if mean > MEAN or worst > WORST:
        drawn.save(tmp_path / f"{golden.name}.png")
        pytest.fail(f"mean {mean:.2f}, {worst:.1%} of pixels differ much; see {tmp_path}/{golden.name}.png")


def unlike(drawn: Image.Image, reference: Image.Image, parts: dict[str, Part]) -> dict[str, str]:
    """Return the pieces of furniture that differ by more than drawing and shrinking can make them."""
    found = {}
    for name, part in parts.items():
        mean, worst = difference(drawn.crop(part), reference.crop(part))
        if mean > SMALL_MEAN or worst > SMALL_WORST:
            found[name] = f"mean {mean:.1f}, {worst:.1%}"
    return found


@pytest.mark.parametrize("golden", GOLDENS, ids=[golden.name for golden in GOLDENS])
def test_furniture(atlas, golden):
    reference = Image.open(FOLDER / f"{golden.name}.png").convert("RGB")
    assert unlike(golden.draw(atlas), reference, golden.furniture(atlas)) == {}


@pytest.mark.parametrize("name", ["ordos", "nation", "a4"])
def test_a_hidden_piece_of_furniture_would_be_noticed(atlas, name):
    golden = next(each for each in GOLDENS if each.name == name)
    reference = Image.open(FOLDER / f"{name}.png").convert("RGB")
    parts = golden.furniture(atlas)
    for piece, part in parts.items():
        hidden = reference.copy()
        hidden.paste(reference.getpixel((part[0], part[1])), part)
        mean, worst = difference(hidden, reference)
        assert piece != "north" or (mean < MEAN and worst < WORST), "the whole picture does not notice it"
        assert piece in unlike(hidden, reference, parts), piece


def test_a_hidden_area_would_be_noticed(atlas):
    """The tolerance is tight enough to see one county change its colour."""
    drawn = GOLDENS[0].draw(atlas)
    changed = np.asarray(drawn).copy()
    dark = (np.abs(changed.astype(int) - (0x2B, 0x7A, 0x5E)) < 12).all(axis=2)
    changed[dark] = (255, 255, 255)
    mean, worst = difference(Image.fromarray(changed), drawn)
    assert mean > MEAN
    assert worst > WORST


@pytest.mark.parametrize("golden", GOLDENS, ids=[golden.name for golden in GOLDENS])
def test_references_are_small(golden):
    assert (FOLDER / f"{golden.name}.png").stat().st_size < 150_000


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        built = _open(built_whole(Path(made)))
        for each in GOLDENS:
            each.draw(built).quantize(128).save(FOLDER / f"{each.name}.png", optimize=True)
