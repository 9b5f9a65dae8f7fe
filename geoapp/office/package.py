"""What an office file says of itself: what wrote it, when, for whom."""

import datetime
import re
from typing import Any
from xml.sax.saxutils import escape

from geoapp import __version__
from geoapp.files.archive import unzip, zip_files
from geoapp.model.phrase import Phrase
from geoapp.office.content import Briefing

LONGEST = 255
"""Characters that a core property may have."""
APP, CORE = "docProps/app.xml", "docProps/core.xml"
MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT[\d:]+Z<")
NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def describe(properties: Any, briefing: Briefing) -> None:
    """Fill in the core properties. The time is that of making as it was given, or that of the build.

    The same request then has the same bytes. When it was last printed nobody knows, so it is not said.
    """
    lang = briefing.lang
    day = datetime.datetime.combine(datetime.date.fromisoformat(briefing.stamp), datetime.time())
    texts = {
        "title": briefing.title,
        "author": briefing.author,
        "last_modified_by": briefing.author,
        "subject": briefing.chapters[0].subtitle,
        "comments": "\n".join(briefing.sources),
        "keywords": Phrase("数据版本 {version}", {"version": briefing.version}).say(lang),
        "category": briefing.standing,
        "language": "en-GB" if lang == "en" else "zh-CN",
    }
    for name, text in texts.items():
        setattr(properties, name, text[:LONGEST])
    properties.revision = 1
    properties.created = properties.modified = day
    printed = properties._element.find("{*}lastPrinted")
    if printed is not None:
        properties._element.remove(printed)


def with_dated_workbooks(files: dict[str, bytes], briefing: Briefing) -> dict[str, bytes]:
    """Return a package whose workbooks, the numbers of its charts, are stamped as it is and not with this moment."""
    return {name: _dated(data, briefing.stamp) if name.endswith(".xlsx") else data for name, data in files.items()}


def _dated(workbook: bytes, day: str) -> bytes:
    parts = unzip(workbook)
    parts[CORE] = MOMENT.sub(f">{day}T00:00:00Z<".encode(), parts[CORE])
    return zip_files(parts, day)


def with_program(files: dict[str, bytes], briefing: Briefing) -> dict[str, bytes]:
    """Return a package whose extended properties name what wrote it, not the program its template came from."""
    whole, part = __version__.split(".")[:2]
    company = f"<Company>{escape(briefing.author)}</Company>" if briefing.author else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{NAMESPACE}"><Application>geoapp</Application>{company}'
        f"<AppVersion>{int(whole):02d}.{int(part):04d}</AppVersion></Properties>"
    )
    return {**files, APP: text.encode()} if APP in files else files
