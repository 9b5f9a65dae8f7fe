"""What files say of themselves, read back by other programs: the true program, no invented time, no foreign author."""

import datetime
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pypdf
import pytest
from flask.testing import FlaskClient
from PIL import Image

from geoapp.atlas import Atlas, built_on

VIEW = "region=150600"
OPENERS: dict[str, Any] = {
    "docx": lambda data: docx.Document(data).core_properties,
    "pptx": lambda data: pptx.Presentation(data).core_properties,
    "xlsx": lambda data: openpyxl.load_workbook(data).properties,
}


def day_of(atlas: Atlas, suffix: str) -> str:
    """Return the day a file is stamped with: that of the build, of a data file that of the data."""
    data_date = atlas.dataset.edition.data_date
    return f"{data_date}-01"[:10] if suffix == "xlsx" else built_on(atlas.store)


@pytest.mark.parametrize("suffix", OPENERS)
def test_an_office_file_names_geoapp_and_its_own_day(client: FlaskClient, atlas: Atlas, suffix: str) -> None:
    data = client.get(f"/view.{suffix}?{VIEW}").data
    program = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("docProps/app.xml"))
    assert program.findtext("{*}Application") == "geoapp"
    told = OPENERS[suffix](io.BytesIO(data))
    assert told.created == told.modified
    assert told.created.date().isoformat() == day_of(atlas, suffix)
    assert told.created.time() == datetime.time(), "nobody knows the hour"
    assert getattr(told, "last_printed", None) is None
    author = told.creator if suffix == "xlsx" else told.author
    assert author in ("", "geoapp"), "no library signs for us"


def test_a_date_that_was_asked_for_is_the_file_s_own(client: FlaskClient) -> None:
    for suffix in ("docx", "pptx"):
        told = OPENERS[suffix](io.BytesIO(client.get(f"/view.{suffix}?{VIEW}&date=2026-03-31&maker=某院").data))
        assert (told.created.date().isoformat(), told.author) == ("2026-03-31", "某院")


def test_a_pdf_and_a_picture_say_no_more_than_is_known(client: FlaskClient, atlas: Atlas) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"/view.pdf?{VIEW}&paper=a4").data)).metadata
    assert pdf is not None
    assert str(pdf.creator).startswith("geoapp ")
    assert built_on(atlas.store).replace("-", "") in pdf["/CreationDate"]
    picture = Image.open(io.BytesIO(client.get(f"/view.png?{VIEW}").data))
    assert set(picture.info) <= {"dpi", "srgb", "gamma", "Title", "Description", "Software"}
    assert picture.info.get("Software", "geoapp").startswith("geoapp")
