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
from geoapp.settings import Settings, load_settings
from geoapp.sheets.paper import Format, read_sheet
from geoapp.store.files import FilesStore

FOLDER = Path(__file__).parent
WIDTH = 480
MEAN, WORST = 1.2, 0.02
"""Mean difference of a channel (of 255), and the share of pixels that may differ by more than 48."""


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
    built = _open(load_settings())
    for each in GOLDENS:
        each.draw(built).quantize(128).save(FOLDER / f"{each.name}.png", optimize=True)
