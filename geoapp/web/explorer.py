"""Pages with a map: the explorer and the bare map for iframes; the fragments of their cards."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, current_app, g, render_template, request

from geoapp.analysis.nearest import explain
from geoapp.atlas import Atlas
from geoapp.model.phrase import Phrase
from geoapp.model.vector import JOIN
from geoapp.model.view import VIEW_PARAMETERS, View
from geoapp.portrayal.standing import standing
from geoapp.web.front import front_page, is_front
from geoapp.web.http.addresses import outward, root
from geoapp.web.http.context import atlas
from geoapp.web.http.responses import reply
from geoapp.web.ogc.answer import asked
from geoapp.webmap import render_map

bp = Blueprint("explorer", __name__)
PAGE_ONLY = ("embed", "compare", "fade", "at")
"""Parameters of the page, not of the view: pictures and files do not know them.

``embed=1`` for iframes; ``compare=indicator.year.tier`` opens a second map, with ``.adcode`` of another region, or with
``.minus`` the map of what that year or tier is more or less than the view;
``fade=targets:60,parks:100`` fades layers, in per cent; ``at=108.5,39.2,8.25`` is where the map looks: longitude and
latitude of its middle, zoom. (``bbox`` is of the view: it chooses what is in it.)
"""
MINUS = "minus"
AT = re.compile(r"-?\d{1,3}(?:\.\d{1,6})?,-?\d{1,2}(?:\.\d{1,6})?,\d{1,2}(?:\.\d{1,2})?", re.ASCII)
FADE = re.compile(r"(targets|names|parks|projects|actions|basemap):(\d{1,2}|100)")


@bp.get("/")
def explorer() -> Response:
    """The explorer: map, controls, legend, ranking, cards; without a view in the query, the front door.

    Odd parameters are named, not refused.
    """
    if is_front(request.args, PAGE_ONLY):
        return front_page()
    return _page("explorer.html")


@bp.get("/view.html")
def bare_map() -> Response:
    """The bare interactive map of a view, for iframes."""
    return _page("view.html")


@bp.get("/regions/<adcode>/kin")
def siblings(adcode: str) -> Response:
    """A region beside its siblings, the division above and its neighbours across the border: a fragment of its card."""
    here, view = atlas(), _lenient_view()
    around = here.neighbours(adcode, view)
    return _fragment("_siblings.html", charts=here.siblings(adcode, view), neighbours=around, view=view)


@bp.get("/points/<identifier>/card")
def point_card(identifier: str) -> Response:
    """The card of a park, a project or a vector layer's feature: the fragment that the explorer opens."""
    here, view = atlas(), _lenient_view()
    template = "_feature.html" if JOIN in identifier else "_point.html"
    return _fragment(template, point=here.point_card(identifier, view), view=view)


def _lenient_view() -> View:
    given = [(name, text) for name, text in request.args.items(multi=True) if name in VIEW_PARAMETERS]
    return atlas().view_leniently(given)[0]


def _fragment(template: str, **values: Any) -> Response:
    return reply(render_template(template, **values).encode(), "text/html")


def read_page(here: Atlas, given: list[tuple[str, str]]) -> tuple[View, list[Phrase]]:
    """Return the view that a page with this query opens, and what it says about it."""
    view, issues = here.view_leniently(given, extra=PAGE_ONLY)
    ignored = explain(issues, given, view)
    view, changed = here.settle(view, given)
    return view, [*ignored, *changed]


def _page(template: str) -> Response:
    here = atlas()
    view, ignored = read_page(here, list(request.args.items(multi=True)))
    page_only = {name: request.args.get(name, "") for name in PAGE_ONLY}
    ignored += _unusable(page_only, view)
    view = with_shared_scale(view, page_only["compare"])
    resolved = here.show(view)
    parts = render_map(resolved, root())
    g.script_hash = base64.b64encode(hashlib.sha256(parts.script.encode()).digest()).decode()
    choices = here.choices(view)
    own = {"page": page_only, "basemap": _basemap_ready(), "vector_layers": choices["vectors"]}
    boot = outward({**here.view_json(view), **own})
    page = render_template(
        template,
        view=view,
        resolved=resolved,
        map=parts,
        boot=boot,
        first_data=_first_data(boot),
        choices=choices,
        ignored=[phrase.say(view.lang) for phrase in ignored],
        embed=page_only["embed"] == "1",
        standing=standing(current_app.extensions["geoapp-settings"].review_no, view.lang),
        base=asked(request.environ).base,
    )
    return reply(page.encode(), "text/html")


def _first_data(boot: dict[str, Any]) -> list[str]:
    """Return the geometry that the first map waits for, to be fetched beside the script (``map/regions.js`` asks)."""
    edition = boot["boundary_edition"]
    detail = "lo" if boot["region_level"] in ("nation", "province") else "full"
    areas = f"/geo/{boot['level']}/{edition}.json?within={boot['region']}&detail={detail}"
    return [f"/geo/lines/{edition}.json", areas]


def _basemap_ready() -> bool:
    return bool(current_app.extensions["geoapp-settings"].tianditu_key)


def with_shared_scale(view: View, compare: str) -> View:
    """Return a view on the scale of the map it is compared with, where both show one indicator."""
    indicator, _, rest = compare.partition(".")
    if rest.endswith(f".{MINUS}"):
        return view
    scale = ".".join(rest.split(".")[:2])
    return replace(view, scale=scale) if scale and indicator == view.indicator else view


def compared_view(view: View, compare: str) -> View:
    """Return the view of the map beside another one: ``indicator.year.tier``, the rest as there.

    With ``.adcode`` behind, it is another region's; its level and its frame are then its own.
    """
    told = _compared(compare, view)
    away = ("level", "bbox", "sel") if "region" in told else ()
    replaced = ("indicator", "year", "tier", "scale", *away, *told)
    pairs = [(name, text) for name, text in parse_qsl(view.query()) if name not in replaced]
    scale = f"{view.indicator}.{view.year}.{view.tier}" if view.year and "against" not in told else ""
    return with_shared_scale(atlas().view([*pairs, *told.items()]), scale)


def _compared(text: str, view: View) -> dict[str, str]:
    """Return the parameters that a comparison names; a difference is taken against the view."""
    given = zip(("indicator", "year", "tier", "region"), text.split(".", 3), strict=False)
    told = {name: value for name, value in given if value}
    if told.get("region") != MINUS:
        return told
    del told["region"]
    return {**told, "against": f"{view.year}.{view.tier}"}


def _unusable(page_only: dict[str, str], view: View) -> list[Phrase]:
    """Drop page parameters that mean nothing, and say so."""
    faults = []
    for name, text in list(page_only.items()):
        if text and not _READERS[name](text, view):
            faults.append(Phrase("“{name}={text}”无法使用", {"name": name, "text": text}))
            page_only[name] = ""
    return faults


def is_comparison(text: str, view: View) -> bool:
    """Say whether ``text`` names a second map, ``ei_gdp_cut.2025.incentive`` or the same with ``.150600`` behind.

    Some indicators have no year.
    """
    pairs = {"region": view.region, **_compared(text, view)}
    if "against" in pairs and (pairs["indicator"] != view.indicator or view.year is None or view.measure != "target"):
        return False
    return bool(text) and not atlas().view_leniently(list(pairs.items()))[1]


_READERS: dict[str, Callable[[str, View], bool]] = {
    "embed": lambda text, _: text in ("0", "1"),
    "compare": is_comparison,
    "at": lambda text, _: bool(AT.fullmatch(text)),
    "fade": lambda text, _: all(FADE.fullmatch(part) for part in text.split(",")),
}
