"""What the tests of briefings share."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest

from geoapp.analysis.resolved_view import ViewResolver
from geoapp.atlas import Atlas, built_on
from geoapp.office.assemble import Assembler
from geoapp.office.content import Briefing
from geoapp.office.maps import Imprint
from geoapp.office.word.dress import DRESSES

Assemble = Callable[..., Briefing]


@pytest.fixture
def assemble(atlas: Atlas) -> Assemble:
    """Return a briefing's content from a query string."""

    views = ViewResolver(atlas.dataset, atlas.gazetteer, atlas.resolver)
    assembler = Assembler(atlas.dataset, atlas.cards, views, built_on(atlas.store))

    def make(query: str, **imprint: str) -> Briefing:
        request = atlas.briefings.read(parse_qsl(query, keep_blank_values=True))
        return assembler.briefing(request, Imprint(**imprint), DRESSES[request.style])

    return make
