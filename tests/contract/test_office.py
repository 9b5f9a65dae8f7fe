"""Briefings opened in real LibreOffice: every page is there, every word can be read, nothing leaves its page."""

import io
import os
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
from geoapp.office.slides.styles import EDGE, FOOT_TOP, SLIDE
from geoapp.office.word.dress import OFFICIAL, PAPER, REPORT

ASKED = {
    "book.docx": "region=654200&book=1",
    "ordos.docx": "region=150600",
    "tacheng.docx": "region=654200&qr=1",
    "official.docx": "region=654200&style=official&maker=某委&date=2026-03-31",
    "english.docx": "region=150600&lang=en",
    "ordos.pptx": "region=150600",
    "tacheng.pptx": "region=654200&book=1",
}
GOLDEN = Path(__file__).parent.parent / "golden" / "book-page.png"
MOST_GAP = 5.0
"""Mean difference of a channel (of 255) between two pages seen from afar."""
POINTS = 72 / 25.4
COUNTIES = ["塔城市", "乌苏市", "沙湾市", "额敏县", "托里县", "裕民县", "和布克赛尔蒙古自治县"]
XHTML = "{http://www.w3.org/1999/xhtml}"
LIBERATION = Path("/usr/share/fonts/truetype/liberation")
"""The faces that stand in for Arial and Times on most Linux desktops, with the same widths."""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>
<include ignore_missing="yes">/etc/fonts/conf.d</include>{hidden}</fontconfig>"""
HIDDEN = f"<selectfont><rejectfont><glob>{LIBERATION}/*</glob></rejectfont></selectfont>"


def convert(atlas: Atlas, folder: Path, fonts: str = "with") -> Path:
    """Write the briefings into a folder and convert all of them with one LibreOffice of our own profile.

    Args:
        fonts: ``with`` the faces that stand in for Arial and Times, or ``without``, as DejaVu then does, much wider.
    """
    for name, query in ASKED.items():
        request = atlas.briefings.read(parse_qsl(query))
        (folder / name).write_bytes(atlas.briefing(request, name[-4:], Imprint(base="http://atlas.example.cn")))
    assert shutil.which("soffice"), "LibreOffice is missing; scripts/install-test-tools installs it"
    assert LIBERATION.is_dir(), "fonts-liberation is missing; scripts/install-test-tools installs it"
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(cache=folder / "fonts", hidden="" if fonts == "with" else HIDDEN))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environ = {**os.environ, "FONTCONFIG_FILE": str(config)}
    for suffix in ("docx", "pptx"):  # both of one name would overwrite each other's PDF
        (folder / suffix).mkdir()
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / suffix]
        names = [folder / name for name in ASKED if name.endswith(suffix)]
        subprocess.run([*command, *names], check=True, timeout=240, env=environ, **quiet)
    return folder


@pytest.fixture(scope="module", params=["with", "without"])
def converted(request, atlas, tmp_path_factory):
    """The folder of the PDFs that LibreOffice made, with Arial and Times and without."""
    return convert(atlas, tmp_path_factory.mktemp("office"), request.param)


@pytest.fixture(scope="module")
def usual(atlas, tmp_path_factory):
    """The same, with Arial and Times only."""
    return convert(atlas, tmp_path_factory.mktemp("usual"))


def pages(pdf: Path) -> list[str]:
    """Return the text of each page, without the spaces that office programs put between scripts."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
    return [re.sub(r"\s+", "", page) for page in text.split("\f")[:-1]]


def words_on(pdf: Path) -> list[list[dict[str, float]]]:
    """Return the boxes of the words of each page, in points."""
    wording = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True).stdout
    found = []
    for page in ElementTree.fromstring(wording).iter(f"{XHTML}page"):
        boxes = [{name: float(word.get(name)) for name in ("xMin", "xMax", "yMin", "yMax")} for word in page]
        for word, box in zip(page, boxes, strict=True):
            if word.text[-1] in "，。、；":  # punctuation may hang over the margin, as Chinese typesetting has it
                box["xMax"] -= box["yMax"] - box["yMin"]
        found.append(boxes)
    return found


def test_a_map_book_has_one_page_a_county(converted):
    found = pages(converted / "docx" / "book.pdf")
    starts = [number for number, page in enumerate(found) if "适用的目标" in page]
    assert [next(c for c in COUNTIES if f"{c}{c}“十四五”" in found[number]) for number in starts] == COUNTIES
    assert starts == list(range(starts[0], starts[0] + 7)), "no county needs a second page"
    assert f"第{starts[0] + 1}页，共{len(found)}页" in found[starts[0]]
    assert "四、资料来源与说明" in "".join(found[: starts[0]]), "the sources stand before the pages"


def test_every_row_of_the_book_can_be_read(converted, atlas):
    text = "".join(pages(converted / "docx" / "book.pdf"))
    for project in (
        each for each in atlas.dataset.projects if each.plan == "tacheng-2021-2025" and each.nature == "work"
    ):
        letters = re.sub(r"\s+", "", project.name)
        assert letters[:6] in text, project.name
    assert "\ufffd" not in text


def test_nothing_leaves_its_page(converted):
    for name in ("book", "ordos", "tacheng", "english", "official"):
        look = OFFICIAL if name == "official" else REPORT
        left, right = look.margins["left"] * POINTS, (PAPER[0] - look.margins["right"]) * POINTS
        bottom = (PAPER[1] - look.margins["bottom"]) * POINTS
        for number, words in enumerate(words_on(converted / "docx" / f"{name}.pdf"), start=1):
            body = [word for word in words if word["yMax"] < bottom + 6]
            assert min(word["xMin"] for word in words) > left - 2, (name, number)
            assert max(word["xMax"] for word in words) < right + 2, (name, number)
            assert max(word["yMax"] for word in body) < bottom + 2, (name, number)


def test_no_page_is_left_a_quarter_empty_and_none_has_three_lines(converted):
    for name in ("ordos", "tacheng", "english", "official"):
        look = OFFICIAL if name == "official" else REPORT
        top, bottom = look.margins["top"] * POINTS, (PAPER[1] - look.margins["bottom"]) * POINTS
        filled = [
            max(word["yMax"] for word in words if word["yMax"] < bottom + 2) - top
            for words in words_on(converted / "docx" / f"{name}.pdf")
        ]
        assert min(filled[:-1]) > 0.75 * (bottom - top), (name, filled)
        assert filled[-1] > 4 * look.texts["Body Text"].line, (name, filled)


def test_captions_and_notes_stay_with_what_they_belong_to(converted):
    """A page never ends with a table's caption or note, nor begins with a figure's."""
    for name in ("ordos", "tacheng", "official"):
        for page in pages(converted / "docx" / f"{name}.pdf")[1:]:
            assert not re.match(r"(内部工作底稿.{0,40})?(图\d|资料来源：|原图：)", page), (name, page[:60])
            assert not re.search(
                r"(表\d(各|文件点名|适用|园区)[^。]{0,40}|不得用于选址。)(第\d+页，共\d+页|—\d+—)$", page
            ), (name, page[-60:])


def test_nothing_leaves_its_slide(converted):
    for name in ("ordos", "tacheng"):
        for number, words in enumerate(words_on(converted / "pptx" / f"{name}.pdf"), start=1):
            body = [word for word in words if word["yMin"] < FOOT_TOP * POINTS - 4]
            assert max(word["yMax"] for word in body) < FOOT_TOP * POINTS + 1, (name, number)
            assert max(word["xMax"] for word in words) < (SLIDE[0] - EDGE) * POINTS + 3, (name, number)


def test_slides_and_english(converted):
    slides = pages(converted / "pptx" / "ordos.pdf")
    assert "鄂尔多斯市“十四五”单位GDP能耗累计降低率" in slides[0]
    assert "降幅最大的是鄂托克旗" in slides[0]
    assert "达拉特旗18%20.4%3.89%-18附件1" in slides[1]
    assert slides[-1].startswith("资料来源与说明")
    english = pages(converted / "docx" / "english.pdf")
    assert "thedeepestcutis26%(OtogBanner)" in "".join(english)
    assert len(english) in (3, 4)


def test_fonts_are_embedded(converted):
    for name in ("docx/book.pdf", "pptx/ordos.pdf"):
        listed = subprocess.run(["pdffonts", converted / name], check=True, capture_output=True).stdout.decode()
        rows = listed.splitlines()[2:]
        assert rows
        assert all(re.search(r" yes (yes|no ) (yes|no )", row) for row in rows), listed


def page_picture(converted: Path) -> Image.Image:
    """Print the map book's page of 乌苏市 as a small picture."""
    command = ["pdftoppm", "-r", "60", "-f", "8", "-l", "8", "-png", converted / "docx" / "book.pdf"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    return Image.open(io.BytesIO(printed)).convert("RGB")


def gap(one: Image.Image, two: Image.Image) -> float:
    """Return the mean difference of two pages, each seen from afar: a line may stand a millimetre lower."""
    blurred = [np.asarray(each.filter(ImageFilter.BoxBlur(4)), dtype=np.int16) for each in (one, two)]
    return float(np.abs(blurred[0] - blurred[1]).mean())


def test_a_page_of_the_book_looks_as_it_did(usual, tmp_path):
    """``python -m tests.contract.test_office`` draws the reference anew; look at it before committing."""
    page, reference = page_picture(usual), Image.open(GOLDEN).convert("RGB")
    assert page.size == reference.size
    page.save(tmp_path / "page.png")
    assert gap(page, reference) < MOST_GAP, f"see {tmp_path}/page.png"
    without = np.asarray(reference).copy()
    without[430:, :] = 255
    assert gap(Image.fromarray(without), reference) > MOST_GAP, "a missing table would be noticed"


if __name__ == "__main__":
    import tempfile

    from geoapp.store.files import FilesStore
    from tests.data.documents import built_whole

    with tempfile.TemporaryDirectory() as made:
        built = Atlas(FilesStore(built_whole(Path(made) / "whole").build_dir / "atlas"))
        page_picture(convert(built, Path(made))).quantize(64).save(GOLDEN, optimize=True)
