"""Sheets: what may be asked of paper, size, resolution and title, and what is said to the rest."""

import pytest

from geoapp.errors import InvalidView
from geoapp.sheets.paper import Sheet, read_sheet


@pytest.mark.parametrize(
    ("given", "pixels", "points"),
    [
        ({}, (1600, 1100), (800, 550)),
        ({"paper": "a4"}, (3508, 2480), (842, 595)),
        ({"paper": "a4", "orientation": "portrait", "dpi": "150"}, (1240, 1754), (595, 842)),
        ({"paper": "a3", "dpi": "150"}, (2480, 1754), (1191, 842)),
        ({"paper": "a3", "dpi": "600"}, (9921, 7016), (1191, 842)),
        ({"paper": "16x9", "dpi": "144"}, (1920, 1080), (960, 540)),
        ({"dpi": "300"}, (3333, 2292), (800, 550)),
        ({"width": "1200"}, (1200, 825), (600, 412)),
        ({"width": "2000", "height": "1000", "dpi": "72"}, (2000, 1000), (2000, 1000)),
    ],
)
def test_sizes(given, pixels, points):
    sheet = read_sheet(given, "png")
    assert sheet.pixels == pixels
    assert (round(sheet.width), round(sheet.height)) == points


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"width": "0", "height": "0"}, "width: '0' is not a whole number from 200 to 12000 (pixels); height: '0'"),
        ({"width": "100000", "height": "100000"}, "width: '100000' is not a whole number from 200 to 12000 (pixels)"),
        ({"width": "-5"}, "width: '-5' is not a whole number from 200 to 12000 (pixels)"),
        ({"width": "１２００"}, "width: '１２００' is not a whole number from 200 to 12000 (pixels)"),
        ({"dpi": "5"}, "dpi: '5' is not a whole number from 72 to 600 (dots per inch)"),
        ({"paper": "a5"}, "paper: 'a5' is not a known paper (use a4, a3, 16x9)"),
        ({"paper": "a4", "width": "900"}, "paper: given together with width or height (give the one or the other)"),
        ({"orientation": "portrait"}, "orientation: given without a paper (add paper=a4 or paper=a3)"),
        ({"paper": "16x9", "orientation": "portrait"}, "orientation: a 16:9 slide lies (use paper=a4 or a3"),
        ({"width": "12000", "height": "12000"}, "width: 12000 × 12000 pixels are too many; 72 million are the most"),
        (
            {"width": "400", "height": "300"},
            "width: 400 × 300 pixels at 144 dpi leave no room for a map with legend and sources (1600 × 1100 pixels "
            "at this dpi have room for most views, 720 × 540 for few)",
        ),
        ({"width": "6000", "height": "900"}, "width: 6000 × 900 pixels are a strip, not a sheet (at most 3 : 1)"),
        ({"title": "长" * 5000}, "title: the title has 5000 characters, the sheet takes 120 (shorten it)"),
        ({"title": "a\u202eb"}, "title: the title has an invisible character, U+202E (leave it out)"),
        ({"date": "今天"}, "date: '今天' is not a date (write it as 2026-03-31)"),
    ],
)
def test_bad_sheets_are_named(given, message):
    with pytest.raises(InvalidView) as caught:
        read_sheet(given, "png")
    assert str(caught.value).startswith(message)


def test_a_pdf_may_be_larger_than_any_picture():
    assert read_sheet({"paper": "a3", "dpi": "600"}, "pdf").width > 1190


def test_the_key_knows_everything_that_changes_the_bytes():
    base = Sheet()
    others = [
        Sheet(width=900.0),
        Sheet(dpi=72),
        Sheet(format="pdf"),
        Sheet(title="x"),
        Sheet(date="2026-01-01"),
        Sheet(maker="x"),
        Sheet(review_no="x"),
    ]
    assert len({each.key for each in (base, *others)}) == 8
    assert Sheet(format="pdf", dpi=72).key == Sheet(format="pdf", dpi=300).key
