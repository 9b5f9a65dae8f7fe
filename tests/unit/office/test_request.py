"""What a briefing is asked to hold: read strictly, from a query string and from a file."""

from urllib.parse import parse_qsl, quote

import pytest

from geoapp.errors import InvalidData, InvalidView


def read(atlas, query):
    return atlas.briefings.read(parse_qsl(query, keep_blank_values=True))


def test_one_view_is_the_views_own_query(atlas):
    asked = read(atlas, "region=150600&title=简报&date=2026-03-31")
    assert [part.view.region for part in asked.parts] == ["150600"]
    assert (asked.title, asked.date, asked.book, asked.lang) == ("简报", "2026-03-31", False, "zh")


def test_several_views_keep_their_order_their_titles_and_one_language(atlas):
    views = ("region=654200&title=北", "?region=150600&indicator=ei_gdp_cut", "/?region=620600")
    asked = read(atlas, "lang=en&title=三地&" + "&".join(f"views={quote(view, safe='')}" for view in views))
    assert [(part.view.region, part.title) for part in asked.parts] == [
        ("654200", "北"),
        ("150600", ""),
        ("620600", ""),
    ]
    assert {part.view.lang for part in asked.parts} == {"en"}


def test_the_key_tells_briefings_apart(atlas):
    one = "region=150600"
    queries = (
        one,
        f"{one}&title=x",
        f"{one}&date=2026-01-01",
        f"{one}&book=1",
        f"{one}&lang=en",
        f"views={quote(one)}",
    )
    keys = [read(atlas, query).key for query in queries]
    assert len(set(keys[:5])) == 5
    assert keys[5] == keys[0], "one view in views= is the view itself"
    assert read(atlas, "year=2025&region=150600").key == keys[0]


@pytest.mark.parametrize(
    ("query", "wording"),
    [
        ("region=150600&papr=a4", "papr: unknown parameter"),
        ("region=150600&title=a&title=b", "title: given more than once (give it once)"),
        ("title=" + "x" * 5000, "title: the title has 5000 characters, the sheet takes 120 (shorten it)"),
        ("title=%F0%9F%8E%89", "title: the character '🎉' (U+1F389) of '🎉' is not in Noto Sans SC"),
        ("title=a%00b", "title: the title has an invisible character, U+0000 (leave it out)"),
        ("date=gestern", "date: 'gestern' is not a date (write it as 2026-03-31)"),
        ("book=yes", "book: 'yes' is neither 0 nor 1 (use book=1 for a map book)"),
        ("book=1", "book: a map book has a page for each county of one prefecture, and 中国 is none"),
        ("region=650000&book=1", "and 新疆维吾尔自治区 is none (name a prefecture, such as region=150600)"),
        ("region=150602&book=1", "and 东胜区 is none"),
        ("views=region%3D1&lang=zh", "views 1: region: '1' is not the code of a division"),
        ("views=region%3D150600&region=654200", "region: stands beside views (write it inside the view it belongs to)"),
        ("views=region%3D150600&lnag=en", "lnag: unknown parameter (did you mean lang?)"),
        ("views=region%3D150600&views=lang%3Den", "lang: the views are of different languages"),
        ("views=region%3D150600&views=region%3D654200&book=1", "book: a map book has one view"),
        ("views=", "views 1: query: '' is not a query string (write it as region=150600&year=2025)"),
        ("views=hello", "views 1: hello: unknown parameter"),
        ("&".join(["views=region%3D150600"] * 21), "views: 21 views are too many (one to 20 views"),
    ],
)
def test_faults_are_named_with_their_parameter(atlas, query, wording):
    with pytest.raises(InvalidView) as caught:
        read(atlas, query)
    assert wording in str(caught.value)


def test_every_fault_is_told_at_once(atlas):
    with pytest.raises(InvalidView) as caught:
        read(atlas, "region=1&book=maybe&date=x&title=" + "y" * 200)
    assert [issue.where for issue in caught.value.issues] == ["region", "book", "title", "date"]


FILE = """\
title = "两地"
date = 2026-03-31
[[view]]
query = "region=150600"
title = "鄂尔多斯"
[[view]]
query = "region=654200&indicator=ei_gdp_cut"
"""


def test_a_file_says_the_same_as_a_query(atlas, tmp_path):
    path = tmp_path / "两地.toml"
    path.write_text(FILE, encoding="utf-8")
    views = ("region=150600&title=鄂尔多斯", "region=654200&indicator=ei_gdp_cut")
    query = "title=两地&date=2026-03-31&" + "&".join(f"views={quote(view)}" for view in views)
    assert atlas.briefings.read_file(path) == read(atlas, query)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("title = ", "file: is not TOML"),
        ("titel = 'x'\n[[view]]\nquery = 'region=150600'", "titel: unknown parameter (did you mean title?)"),
        ("view = 'region=150600'", "view: is not a list of tables (write [[view]] above each view)"),
        ("title = 'x'", "view: there is no view (one to 20 views"),
        ("[[view]]\nquery = 'region=9'\nname = 'x'", "view 1: name: unknown parameter (known are query, title)"),
        ("[[view]]\nquery = 'region=9'", "view 1: region: '9' is not the code of a division"),
        ("book = 'yes'\n[[view]]\nquery = 'region=150600'", "book: 'yes' is neither true nor false"),
        ("[[view]]\ntitle = 'x'", "view 1: query: '' is not a query string"),
    ],
)
def test_faults_of_a_file_name_the_file_and_the_view(atlas, tmp_path, text, wording):
    path = tmp_path / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        atlas.briefings.read_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert wording in str(caught.value)
