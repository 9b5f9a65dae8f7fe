"""The interactive map. Folium is fenced in here: it builds the Leaflet script, we own the page.

Folium's quirks, each switched off once: asset lists that point at seven foreign hosts, random
ids (no ETag, no stable page), a scale in miles, an attribution with a flag, popups that run
what a cell says. Layers carry no data: the browser fetches geometry (immutable) and values
(small) from our own URLs.
"""

from dataclasses import dataclass
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.map import Layer
from folium.template import Template

from geoapp.analysis.resolved_view import ResolvedView

MAP_ID = "atlas"


class PlanMap(folium.Map):
    """A Leaflet map with local assets, no tiles, no flag, and the same bytes for the same view."""

    def __init__(self, resolved: ResolvedView) -> None:
        west, south, east, north = resolved.frame
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            zoom_start=5,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=90,
            min_zoom=3,
            max_zoom=12,
            world_copy_jump=False,
            keyboard=True,
        )
        self._name, self._id = "map", MAP_ID
        # Lists of its own: Folium's are on the class and name seven foreign hosts.
        self.default_js, self.default_css = [], []


class Frame(MacroElement):
    """Fit the map to the view and give it a metric scale."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.fitBounds({{ this.bounds|tojson }}, {animate: false});
        L.control.scale({imperial: false, maxWidth: 120}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, resolved: ResolvedView) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name, self._id = "frame", MAP_ID
        west, south, east, north = resolved.frame
        self.bounds = [[south, west], [north, east]]


class EmptyLayer(Layer):
    """A Leaflet layer that the browser fills. ``kind`` says how: regions, lines, points, labels."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.createPane({{ this.pane|tojson }}).style.zIndex = {{ this.z }};
        var {{ this.get_name() }} = {{ this.factory }}(null, {pane: {{ this.pane|tojson }}});
        {% endmacro %}
    """)

    def __init__(self, name: str, factory: str, z: int) -> None:
        super().__init__(name=name, overlay=True, control=False, show=True)
        self._name, self._id = "layer", name
        self.factory, self.pane, self.z = factory, name, z


class TiandituLayer(folium.TileLayer):
    """The optional background, fetched through our own proxy so that the key stays on the server.

    Not shown at first: the browser adds it when the view asks for it, so that it can be
    switched, and taken away when tiles fail, without a page load.
    """

    def __init__(self, root: str) -> None:
        tiles = root + "/basemap/tianditu/{z}/{x}/{y}"
        super().__init__(tiles=tiles, attr="天地图", name="tianditu", max_zoom=18, show=False)
        self._name, self._id = "layer", "basemap"


class Handover(MacroElement):
    """Hand the map and its layers to our own script. Must be the last child."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        window.geoapp = {map: {{ this._parent.get_name() }}, layers: {
            {%- for layer in this.layers %}{{ layer }}: layer_{{ layer }}, {% endfor -%}
        }};
        {% endmacro %}
    """)

    def __init__(self, layers: list[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name, self._id = "handover", MAP_ID
        self.layers = layers


@dataclass(frozen=True, slots=True)
class MapParts:
    """The pieces of a rendered map, for our own template.

    The script waits in a function, ``makeMap``: Leaflet comes with the page's one bundle, after the page.
    """

    html: str
    script: str


LAYERS = (
    ("context", "L.geoJSON", 300),
    ("regions", "L.geoJSON", 400),
    ("lines", "L.geoJSON", 450),
    ("outlines", "L.geoJSON", 460),
)
GROUPS = (
    ("symbols", "L.layerGroup", 560),
    ("vectors", "L.layerGroup", 590),
    ("points", "L.layerGroup", 600),
    ("labels", "L.layerGroup", 580),
)


def render_map(resolved: ResolvedView, root: str = "") -> MapParts:
    """Render the Folium map of a view into the parts our template places.

    The figure is rendered once and split: head (dropped, our template has its own), body and
    script. The same view always gives the same bytes.

    Args:
        root: the path under which the reader reaches the atlas.
    """
    plan_map = PlanMap(resolved)
    plan_map.add_child(TiandituLayer(root))
    for name, factory, z in (*LAYERS, *GROUPS):
        plan_map.add_child(EmptyLayer(name, factory, z))
    plan_map.add_child(Frame(resolved))
    plan_map.add_child(Handover(["basemap", *(name for name, _, _ in (*LAYERS, *GROUPS))]))
    figure = plan_map.get_root()
    assert isinstance(figure, Figure)
    figure._id = MAP_ID
    figure.render()
    _refuse_links(figure.header)
    script = f"window.makeMap = () => {{\n{figure.script.render()}\n}};"
    return MapParts(html=figure.html.render(), script=script)


def _refuse_links(header: Element) -> None:
    """Stop if Folium asks for an asset by URL: every library is served by our own template."""
    children: dict[str, Any] = header._children
    foreign = [name for name, child in children.items() if hasattr(child, "url")]
    if foreign:
        raise RuntimeError(f"Folium wants to load {', '.join(foreign)}; vendor them in package.json first")
