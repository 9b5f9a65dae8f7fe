"""What an office file says of itself."""

import datetime
from typing import Any

from geoapp.model.phrase import Phrase
from geoapp.office.content import Briefing

LONGEST = 255
"""Characters that a core property may have."""


def describe(properties: Any, briefing: Briefing) -> None:
    """Fill in the core properties; every date is that of the data, so that the bytes stay the same."""
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
    properties.created = properties.modified = properties.last_printed = day
