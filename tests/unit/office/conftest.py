"""What the tests of briefings share."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest

from geoapp.atlas import Atlas
from geoapp.office.content import Briefing
from geoapp.office.maps import Imprint

Assemble = Callable[..., Briefing]


@pytest.fixture
def assemble(atlas: Atlas) -> Assemble:
    """Return a briefing's content from a query string."""

    def make(query: str, **imprint: str) -> Briefing:
        request = atlas.briefings.read(parse_qsl(query, keep_blank_values=True))
        return atlas.briefings._assembler.briefing(request, Imprint(**imprint))

    return make
