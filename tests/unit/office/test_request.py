"""What a briefing is asked to hold: read strictly, from a query string and from a file."""

from urllib.parse import parse_qsl, quote

import pytest

from geoapp.errors import InvalidData, InvalidView


def read(atlas, query):
    return atlas.briefings.read(parse_qsl(query, keep_blank_values=True))


def test_one_view_is_the_views_own_query(atlas):
    asked = read(atlas, "region=150600&title=简报&date=2026-03-31")
    assert [part.view.region for part in asked.parts] == ["150600"]
    assert (asked.title, asked.date, asked.book, asked.lang) == ("简报", "2026-03-31", (), "zh")


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
        f"{one}&maker=某院",
        f"{one}&style=official",
        f"{one}&qr=1",
        f"{one}&tables=parks",
        f"{one}&book=150602",
        f"views={quote(one)}",
    )
    keys = [read(atlas, query).key for query in queries]
    assert len(set(keys[:10])) == 10
    assert keys[10] == keys[0], "one view in views= is the view itself"
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
        ("book=yes", "book: 'yes' is neither a level nor the code of a division (use 1, province, prefecture, county"),
        ("book=1", "book: book=1 has a page for each county of one prefecture, and 中国 is none (name the level"),
        ("region=650000&book=1", "and 新疆维吾尔自治区 is none (name the level, such as book=county, or the regions"),
        ("book=county", "book: 2891 regions are too many for one book; 200 are the most (take a smaller region"),
        ("region=150600&book=150602,654201", "book: 塔城市 is not inside 鄂尔多斯市"),
        ("region=150602&book=prefecture", "book: 东胜区 has no divisions at level prefecture (take a lower level)"),
        ("style=fancy", "style: 'fancy' is not a known style (use report or official)"),
        (
            "style=official&lang=en",
            "style: official papers (GB/T 9704) are Chinese (leave out lang=en, or style=official)",
        ),
        ("qr=yes", "qr: 'yes' is neither 0 nor 1 (use qr=1, or leave it out)"),
        (
            "tables=targets,trees",
            "tables: 'trees' is not a table of a briefing (use targets,parks,projects,actions, some of them",
        ),
        ("maker=a%00b", "maker: the maker has an invisible character, U+0000 (leave it out)"),
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
    assert [issue.where for issue in caught.value.issues] == ["region", "title", "date"], (
        "a book is read when its view is"
    )


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
        (
            "book = 'yes'\n[[view]]\nquery = 'region=150600'",
            "book: 'yes' is neither a level nor the code of a division",
        ),
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


def test_a_book_of_any_level_or_of_a_list_in_its_order(atlas):
    assert read(atlas, "region=640200&book=1").book == read(atlas, "region=640200&book=county").book
    assert len(read(atlas, "region=650000&book=prefecture").book) > 14
    assert read(atlas, "region=150600&book=150621,150602").book == ("150621", "150602")
    assert read(atlas, "region=650000&book=654223").book == ("654203",), "an abolished code leads to its successor"


def test_which_tables(atlas):
    assert read(atlas, "region=150600&tables=projects,targets").tables == ("targets", "projects")
    assert read(atlas, "region=150600&tables=none").tables == ()


def test_a_file_may_say_everything_an_address_can(atlas, tmp_path):
    path = tmp_path / "one.toml"
    text = "maker = '某院'\nstyle = 'official'\nqr = true\ntables = ['targets']\nbook = [150602, 150621]\n"
    path.write_text(text + "[[view]]\nquery = 'region=150600'\n", encoding="utf-8")
    query = "region=150600&maker=某院&style=official&qr=1&tables=targets&book=150602,150621"
    assert atlas.briefings.read_file(path) == read(atlas, query)
