"""Briefings opened in real LibreOffice: every page is there, every word can be read, nothing leaves its page."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageFilter

from geoapp.atlas import Atlas
from geoapp.office.maps import Imprint
from geoapp.office.word.styles import MARGINS, PAPER, TEXT_HEIGHT

ASKED = {"book.docx": "region=654200&book=1", "ordos.pptx": "region=150600", "english.docx": "region=150600&lang=en"}
GOLDEN = Path(__file__).parent.parent / "golden" / "book-page.png"
MOST_GAP = 5.0
"""Mean difference of a channel (of 255) between two pages seen from afar."""
POINTS = 72 / 25.4
COUNTIES = ["塔城市", "乌苏市", "沙湾市", "额敏县", "托里县", "裕民县", "和布克赛尔蒙古自治县"]
XHTML = "{http://www.w3.org/1999/xhtml}"


def convert(atlas: Atlas, folder: Path) -> Path:
    """Write the briefings into a folder and convert all of them with one LibreOffice of our own profile."""
    for name, query in ASKED.items():
        request = atlas.briefings.read(parse_qsl(query))
        (folder / name).write_bytes(atlas.briefing(request, name[-4:], Imprint()))
    assert shutil.which("soffice"), "LibreOffice is missing; scripts/install-test-tools installs it"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*command, *(folder / name for name in ASKED)], check=True, timeout=120, **quiet)
    return folder


@pytest.fixture(scope="module")
def converted(atlas, tmp_path_factory):
    """The folder of the PDFs that LibreOffice made."""
    return convert(atlas, tmp_path_factory.mktemp("office"))


def pages(pdf: Path) -> list[str]:
    """Return the text of each page, without the spaces that office programs put between scripts."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
    return [re.sub(r"\s+", "", page) for page in text.split("\f")[:-1]]


def test_a_map_book_has_one_page_a_county(converted):
    found = pages(converted / "book.pdf")
    starts = [number for number, page in enumerate(found) if "适用的目标" in page]
    assert [next(c for c in COUNTIES if f"{c}{c}“十四五”" in found[number]) for number in starts] == COUNTIES
    assert starts == list(range(starts[0], starts[0] + 7)), "no county needs a second page"
    assert f"第{starts[0] + 1}页，共{len(found)}页" in found[starts[0]]
    assert "塔地发改基础〔2023〕17号" in found[-1]


def test_every_row_of_the_book_can_be_read(converted, atlas):
    text = "".join(pages(converted / "book.pdf"))
    for project in (each for each in atlas.dataset.projects if each.plan == "tacheng-2021-2025"):
        letters = re.sub(r"\s+", "", project.name)
        assert letters[:6] in text, project.name
    assert "\ufffd" not in text


def test_nothing_leaves_its_page(converted):
    wording = subprocess.run(
        ["pdftotext", "-bbox", converted / "book.pdf", "-"], check=True, capture_output=True
    ).stdout
    left, right = MARGINS["left"] * POINTS, (PAPER[0] - MARGINS["right"]) * POINTS
    bottom = (MARGINS["top"] + TEXT_HEIGHT) * POINTS
    for page in ElementTree.fromstring(wording).iter(f"{XHTML}page"):
        words = [{name: float(word.get(name)) for name in ("xMin", "xMax", "yMin", "yMax")} for word in page]
        for word, found in zip(page, words, strict=True):
            if word.text[-1] in "，。、；":  # punctuation may hang over the margin, as Chinese typesetting has it
                found["xMax"] -= found["yMax"] - found["yMin"]
        assert min(word["xMin"] for word in words) > left - 2
        assert max(word["xMax"] for word in words) < right + 2
        body = [word["yMax"] for word in words if word["yMax"] < (PAPER[1] - MARGINS["bottom"] + 2) * POINTS]
        assert max(body) < bottom + 2


def test_slides_and_english(converted):
    slides = pages(converted / "ordos.pdf")
    assert "鄂尔多斯市“十四五”单位GDP能耗累计降低率" in slides[0]
    assert "降幅最大的是鄂托克旗" in slides[0]
    assert "达拉特旗18%20.4%3.89%-18附件1" in slides[1]
    assert slides[-1].startswith("资料来源与说明")
    english = pages(converted / "english.pdf")
    assert "thedeepestcutis26%(鄂托克旗)" in "".join(english)
    assert len(english) == 3


def test_fonts_are_embedded(converted):
    for name in ("book.pdf", "ordos.pdf"):
        listed = subprocess.run(["pdffonts", converted / name], check=True, capture_output=True).stdout.decode()
        rows = listed.splitlines()[2:]
        assert rows
        assert all(re.search(r" yes (yes|no ) (yes|no )", row) for row in rows), listed


def page_picture(converted: Path) -> Image.Image:
    """Print the map book's page of 乌苏市 as a small picture."""
    command = ["pdftoppm", "-r", "60", "-f", "7", "-l", "7", "-png", converted / "book.pdf"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    return Image.open(io.BytesIO(printed)).convert("RGB")


def gap(one: Image.Image, two: Image.Image) -> float:
    """Return the mean difference of two pages, each seen from afar: a line may stand a millimetre lower."""
    blurred = [np.asarray(each.filter(ImageFilter.BoxBlur(4)), dtype=np.int16) for each in (one, two)]
    return float(np.abs(blurred[0] - blurred[1]).mean())


def test_a_page_of_the_book_looks_as_it_did(converted, tmp_path):
    """``python -m tests.contract.test_office`` draws the reference anew; look at it before committing."""
    page, reference = page_picture(converted), Image.open(GOLDEN).convert("RGB")
    assert page.size == reference.size
    page.save(tmp_path / "page.png")
    assert gap(page, reference) < MOST_GAP, f"see {tmp_path}/page.png"
    without = np.asarray(reference).copy()
    without[430:, :] = 255
    assert gap(Image.fromarray(without), reference) > MOST_GAP, "a missing table would be noticed"


if __name__ == "__main__":
    import tempfile

    from geoapp.settings import load_settings
    from geoapp.store.files import FilesStore

    with tempfile.TemporaryDirectory() as made:
        built = Atlas(FilesStore(load_settings().build_dir / "atlas"))
        page_picture(convert(built, Path(made))).quantize(64).save(GOLDEN, optimize=True)
