"""Tables as charts: ``/chart`` the page; ``/chart.png .svg .pdf`` the picture, ``/chart.csv .xlsx .json`` the table."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from geoapp.analysis.query import BadValue, one_of
from geoapp.atlas import Atlas
from geoapp.errors import InvalidView, Issue, NotFound
from geoapp.files.plain_table import chart_csv, chart_xlsx
from geoapp.model.phrase import Phrase
from geoapp.model.view import Lang
from geoapp.portrayal.charts import Chart, Choice
from geoapp.sheets.paint import MIMETYPES
from geoapp.sheets.paper import Format
from geoapp.web.http.context import atlas, language
from geoapp.web.http.heavy import heavy
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import download_reply, json_reply, reply

bp = Blueprint("charts", __name__)
Json = dict[str, Any]
KINDS = {
    "bars": Phrase("条形图：各规划文件"),
    "progress": Phrase("条形图：结果与目标"),
    "scatter": Phrase("散点图：两项指标"),
    "line": Phrase("折线图：历年统计值"),
}
TABLES = {
    "csv": ("text/csv", chart_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", chart_xlsx),
}
PICTURES: dict[str, Format] = {"png": "png", "svg": "svg", "pdf": "pdf"}
DPI = 192


@bp.get("/chart")
def page() -> Response:
    """A chart with what can be chosen, its table, and both to take away. Nothing to draw is said, not refused."""
    here, lang = atlas(), language()
    asked = _asked(here, lenient=True)
    chart = _chart(here, asked, lang)
    body = render_template(
        "chart.html", chart=chart, asked=asked, query=_query(asked, lang), options=_options(here, asked, lang)
    )
    return reply(body.encode(), "text/html")


@bp.get("/chart.json")
def as_json() -> Response:
    """The chart's rows for programs."""
    here, lang = atlas(), language()
    chart = _chart(here, _asked(here), lang)
    rows = [{name: getattr(row, name) for name in row.__slots__} for row in chart.rows]
    return json_reply({name: getattr(chart, name) for name in chart.__slots__} | {"rows": rows})


@bp.get("/chart.<suffix>")
def as_file(suffix: str) -> Response:
    """The chart as a picture or its table as a file."""
    if suffix not in (*PICTURES, *TABLES):
        raise NotFound(f"a chart has no format {suffix!r}; known are {', '.join((*PICTURES, *TABLES, 'json'))}")
    here, lang = atlas(), language()
    asked = _asked(here)
    chart = _chart(here, asked, lang)
    if not chart.rows:
        raise NotFound("there is nothing to draw: no document has comparable numbers for this choice", wording=NOTHING)
    name = f"{chart.title}.{suffix}"
    plain = f"geoapp-chart-{asked['indicator']}.{suffix}"
    if suffix in TABLES:
        mimetype, write = TABLES[suffix]
        return download_reply(write(chart, lang), mimetype, name, plain)
    form = PICTURES[suffix]
    response = reply(heavy(Atlas.chart_picture, here, chart, form, lang, DPI), MIMETYPES[form])
    response.headers["Content-Disposition"] = f'inline; filename="{plain}"'
    return response


NOTHING = Phrase("这样选没有可画的：没有文件为它印出可比的数")


def _asked(here: Atlas, *, lenient: bool = False) -> dict[str, Any]:
    """Read what is asked for; a choice that has no data takes the nearest that has.

    Raises:
        InvalidView: naming each parameter that is unknown or unusable, unless ``lenient``.
    """
    choices, figured = here.charts(language()).choices(), here.charts(language()).figured()
    readers = {
        "kind": lambda text: one_of(text, list(KINDS), "kind of chart"),
        "indicator": lambda text: one_of(
            text, [*choices, *(each for each in figured if each not in choices)], "indicator"
        ),
        "year": lambda text: int(one_of(text, sorted({str(y) for years in choices.values() for y in years}), "year")),
        "tier": lambda text: one_of(text, ["basic", "incentive"], "tier"),
        "other": lambda text: one_of(text, list(choices), "indicator"),
        "lang": lambda text: one_of(text, ["zh", "en"], "language"),
    }
    given = {name: text for name, text in request.args.items() if name in readers} if lenient else None
    asked = _forgiving(given, readers) if given is not None else read_params(request.args, readers)
    kind = asked.setdefault("kind", "bars")
    if kind == "progress":
        choices = here.charts(language()).judged()
    known = figured if kind == "line" else list(choices)
    if asked.get("indicator") not in known:
        if "indicator" in asked and not lenient:
            raise InvalidView([Issue("indicator", f"has no data for a chart of kind {kind}", "choose another")])
        asked["indicator"] = "ei_gdp_cut" if "ei_gdp_cut" in known else known[0] if known else ""
    if kind != "line":
        asked |= _goals(here, choices, asked) if asked["indicator"] else {"year": 0, "tier": "basic"}
    return asked


def _forgiving(given: dict[str, str], readers: dict[str, Any]) -> dict[str, Any]:
    values = {}
    for name, text in given.items():
        try:
            values[name] = readers[name](text)
        except BadValue:
            continue
    return values


def _goals(here: Atlas, choices: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Return year and tier that the indicator has, and the other indicator of a scatter."""
    years = choices[asked["indicator"]]
    year = asked["year"] if asked.get("year") in years else next(iter(years))
    tier = asked["tier"] if asked.get("tier") in years[year] else years[year][0]
    more = {"year": year, "tier": tier}
    if asked["kind"] == "scatter":
        known = here.charts(language()).beside(asked["indicator"])
        more["other"] = asked["other"] if asked.get("other") in choices else known[0] if known else asked["indicator"]
    return more


def _chart(here: Atlas, asked: dict[str, Any], lang: Lang) -> Chart:
    if asked["kind"] == "line":
        return here.charts(language()).line(asked["indicator"], lang)
    choice = Choice(indicator=asked["indicator"], year=asked["year"], tier=asked["tier"])
    if asked["kind"] in ("bars", "progress"):
        charts = here.charts(language())
        return charts.bars(choice, lang) if asked["kind"] == "bars" else charts.progress(choice, lang)
    years = here.charts(language()).choices()[asked["other"]]
    year = asked["year"] if asked["year"] in years else next(iter(years))
    tier = asked["tier"] if asked["tier"] in years[year] else years[year][0]
    return here.charts(language()).scatter(choice, Choice(indicator=asked["other"], year=year, tier=tier), lang)


def _query(asked: dict[str, Any], lang: Lang) -> str:
    return urlencode(
        [(name, text) for name, text in asked.items() if name != "lang"] + ([("lang", "en")] if lang == "en" else [])
    )


def _options(here: Atlas, asked: dict[str, Any], lang: Lang) -> Json:
    charts = here.charts(language())
    choices = charts.judged() if asked["kind"] == "progress" else charts.choices()
    titles = {name: each.title.get(lang) for name, each in here.resolver.indicators.items()}
    known = here.charts(language()).figured() if asked["kind"] == "line" else list(choices)
    years = choices.get(asked["indicator"], {})
    return {
        "kinds": [(name, title.say(lang)) for name, title in KINDS.items()],
        "indicators": sorted(((name, titles[name]) for name in known), key=lambda pair: pair[1]),
        "others": [(name, titles[name]) for name in here.charts(language()).beside(asked["indicator"])],
        "years": list(years),
        "tiers": years.get(asked.get("year", 0), []),
        "nothing": NOTHING.say(lang),
    }
