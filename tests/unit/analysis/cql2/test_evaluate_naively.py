"""Filters against an evaluator that knows nothing of ours: SQLite on the same records."""

import sqlite3
from typing import Any

import orjson
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.cql2.read import LONGEST, read_filter
from geoapp.analysis.query import BadValue

TYPES = {
    "name": "string",
    "note": "string",
    "value": "number",
    "year": "integer",
    "words": "array",
    "shape": "geometry",
}
TEXTS = ("a", "A", "ab", "a%b", "a_b", "it's", "x\ny", "")
RECORDS: list[dict[str, Any]] = [
    {"name": name, "note": note, "value": value, "year": year, "words": [], "shape": None}
    for name, note in (("a", None), ("A", "ab"), ("ab", "a"), ("a%b", "it's"), ("a_b", ""), ("it's", "x\ny"))
    for value, year in ((0, 2020), (2.5, 2025), (-1, 2025), (None, 2030))
]
ATTRIBUTES = {"text": ("name", "note"), "number": ("value", "year")}
NUMBERS = st.sampled_from([-1, 0, 1, 2, 2.5, 2020, 2025])


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


texts = st.one_of(st.sampled_from(ATTRIBUTES["text"]), st.sampled_from(TEXTS).map(quoted))
plain_numbers = st.one_of(st.sampled_from(ATTRIBUTES["number"]), NUMBERS.map(str))
numbers = st.one_of(
    plain_numbers,
    st.tuples(plain_numbers, st.sampled_from("+-*/"), plain_numbers).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
)
operators = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
leaves = st.one_of(
    st.tuples(texts, operators, texts).map(" ".join),
    st.tuples(numbers, operators, numbers).map(" ".join),
    st.tuples(st.sampled_from(["value", "year"]), st.sampled_from(["", "NOT "]), NUMBERS, NUMBERS).map(
        lambda p: f"{p[0]} {p[1]}BETWEEN {p[2]} AND {p[3]}"
    ),
    st.tuples(
        st.sampled_from(["name", "note"]), st.sampled_from(["", "NOT "]), st.lists(st.sampled_from(TEXTS), min_size=1)
    ).map(lambda p: f"{p[0]} {p[1]}IN ({', '.join(map(quoted, p[2]))})"),
    st.tuples(st.sampled_from(["name", "note", "value"]), st.sampled_from(["", "NOT "])).map(
        lambda p: f"{p[0]} IS {p[1]}NULL"
    ),
)
filters = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})"),
        inner.map(lambda each: f"NOT ({each})"),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def table() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute("create table t (n integer, name text, note text, value real, year real)")
    base.executemany(
        "insert into t values (?, ?, ?, ?, ?)",
        [(n, r["name"], r["note"], r["value"], r["year"]) for n, r in enumerate(RECORDS)],
    )
    return base


def kept(text: str) -> list[int]:
    test = read_filter(text, TYPES)
    return [number for number, record in enumerate(RECORDS) if test(record, lambda: None)]


@given(filters)
def test_a_filter_keeps_what_sql_keeps(table: sqlite3.Connection, text: str) -> None:
    sql = text
    for number in sorted({"-1", "0", "1", "2", "2020", "2025"}, key=len, reverse=True):
        sql = " ".join(
            f"{number}.0" if word == number else word for word in sql.replace("(", "( ").replace(")", " )").split(" ")
        )
    rows = table.execute(f"select n from t where {sql} order by n").fetchall()
    assert kept(text) == [row[0] for row in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name LIKE 'a%'", {"a", "ab", "a%b", "a_b"}),
        ("name LIKE 'a_'", {"ab"}),
        ("name LIKE 'a\\%b'", {"a%b"}),
        ("name LIKE 'a\\_b'", {"a_b"}),
        ("name LIKE 'a_b'", {"a%b", "a_b"}),
        ("name NOT LIKE 'a%'", {"A", "it's"}),
        ("name LIKE 'it''s'", {"it's"}),
        ("CASEI(name) = CASEI('A')", {"a", "A"}),
        ("CASEI(name) LIKE CASEI('A%')", {"a", "A", "ab", "a%b", "a_b"}),
        ("note LIKE 'x%y'", {"it's"}),
    ],
)
def test_patterns(text: str, names: set[str]) -> None:
    assert {RECORDS[number]["name"] for number in kept(text)} == names


@pytest.mark.parametrize("text", ["1 / value > 0", "value / 0 > 0", "value / 0 = value / 0", "NOT (year / value > 1)"])
def test_a_division_by_zero_is_unknown_and_keeps_nothing_of_it(text: str) -> None:
    assert all(RECORDS[number]["value"] for number in kept(text))


@given(st.booleans(), st.booleans())
def test_unknown_is_neither_true_nor_false(left: bool, right: bool) -> None:
    """Kleene's tables, with a value that is missing."""
    record = {**dict.fromkeys(TYPES), "year": 1, "words": []}
    words = {True: "year = 1", False: "year = 2", None: "value = 1"}

    def holds(text: str) -> bool:
        return read_filter(text, TYPES)(record, lambda: None)

    unknown = words[None]
    assert holds(f"{words[left]} OR {words[right]}") is (left or right)
    assert holds(f"{words[left]} AND {words[right]}") is (left and right)
    assert holds(f"{unknown} OR {words[left]}") is holds(f"{words[left]} OR {unknown}") is left
    assert not holds(f"{unknown} AND {words[left]}")
    assert holds(f"NOT ({unknown} AND {words[left]})") is (not left)
    assert not holds(f"NOT ({unknown})")
    assert not holds(f"{unknown} OR {unknown}")


def test_and_binds_tighter_than_or() -> None:
    assert kept("name = 'a' OR name = 'A' AND year = 2020") == kept("name = 'a' OR (name = 'A' AND year = 2020)")
    assert kept("name = 'a' OR name = 'A' AND year = 2020") != kept("(name = 'a' OR name = 'A') AND year = 2020")


WORDS = st.lists(st.sampled_from("xyz"), unique=True)


@given(WORDS, st.lists(st.sampled_from("xyz"), min_size=1, unique=True))
def test_lists_are_compared_as_sets(words: list[str], asked: list[str]) -> None:
    record = {**dict.fromkeys(TYPES), "words": words}
    listed = ", ".join(map(quoted, asked))

    def holds(name: str) -> bool:
        return read_filter(f"{name}(words, ({listed}))", TYPES)(record, lambda: None)

    assert holds("A_EQUALS") is (set(words) == set(asked))
    assert holds("A_CONTAINS") is (set(asked) <= set(words))
    assert holds("A_CONTAINEDBY") is (set(words) <= set(asked))
    assert holds("A_OVERLAPS") is bool(set(words) & set(asked))


PLACES = (
    "POLYGON((1 1,3 1,3 3,1 3,1 1))",
    "POINT(1 1)",
    "POLYGON((0 0,2 0,2 2,0 2,0 0))",
    "POINT(9 9)",
    "POLYGON((2 0,4 0,4 2,2 2,2 0))",
    "LINESTRING(-1 1,3 1)",
    "POLYGON((-1 -1,3 -1,3 3,-1 3,-1 -1))",
)


@pytest.mark.parametrize(
    ("predicate", "test"),
    [
        ("S_INTERSECTS", shapely.intersects),
        ("S_DISJOINT", shapely.disjoint),
        ("S_CONTAINS", shapely.contains),
        ("S_WITHIN", shapely.within),
        ("S_TOUCHES", shapely.touches),
        ("S_CROSSES", shapely.crosses),
        ("S_OVERLAPS", shapely.overlaps),
        ("S_EQUALS", shapely.equals),
    ],
)
def test_shapes_are_compared_the_way_they_are_named(predicate: str, test: Any) -> None:
    ours = shapely.box(0, 0, 2, 2)
    for theirs in PLACES:
        found = read_filter(f"{predicate}(shape, {theirs})", TYPES)(RECORDS[0], lambda: ours)
        assert found is bool(test(ours, shapely.from_wkt(theirs))), theirs


def test_a_box_over_the_antimeridian_has_two_sides() -> None:
    test = read_filter("S_INTERSECTS(shape, BBOX(170, -10, -170, 10))", TYPES)
    for lon, inside in ((175, True), (-175, True), (0, False), (169, False), (-169, False)):
        assert test(RECORDS[0], lambda lon=lon: shapely.Point(lon, 0)) is inside


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nam = 'a'", "the filter names 'nam', which is not queryable"),
        ("name = 1", "equal cannot compare string with number"),
        ("value BETWEEN 'a' AND 'b'", "between cannot compare number with string with string"),
        ("name + 1 = 2", "arithmetic needs numbers, not string"),
        ("value LIKE 'a'", "LIKE compares a text property with a quoted pattern"),
        ("words = 'x'", "equal cannot compare array with string"),
        ("S_INTERSECTS(shape, BBOX(0, 5, 1, 4))", "a box in the filter has its south above its north"),
        ("S_INTERSECTS(shape, POLYGON((0 0,1 1,1 0,0 1,0 0)))", "a geometry in the filter is empty or crosses itself"),
        ("S_INTERSECTS(name, POINT(1 1))", "geometry intersects cannot compare string with geometry"),
        ("A_CONTAINS(name, ('x'))", "array functions compare a list property with a list"),
    ],
)
def test_what_cannot_be_compared_is_named(text: str, problem: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_filter(text, TYPES)
    assert caught.value.problem == problem


def test_the_longest_filter_is_read_and_a_longer_or_deeper_one_refused() -> None:
    text = "name = 'a'"
    assert kept(text.ljust(LONGEST)) == kept(text)
    with pytest.raises(BadValue, match="the filter is longer than 8000 characters"):
        read_filter(text.ljust(LONGEST + 1), TYPES)
    nested = {"op": "not", "args": [{"op": "=", "args": [{"property": "name"}, "a"]}]}
    for _ in range(40):
        nested = {"op": "not", "args": [nested]}
    with pytest.raises(BadValue, match="the filter is nested too deeply"):
        read_filter(orjson.dumps(nested).decode(), TYPES)
    with pytest.raises(BadValue, match="the filter is nested too deeply"):
        read_filter("(" * 1500 + text + ")" * 1500, TYPES)


@pytest.mark.parametrize(
    ("text", "language"), [("name = 'a'", "cql2-json"), ('{"op": "=", "args": [1, 1]}', "cql2-text")]
)
def test_a_filter_in_another_language_than_it_says_is_refused(text: str, language: str) -> None:
    with pytest.raises(BadValue, match=f"the filter is not {language}"):
        read_filter(text, TYPES, language)
    assert read_filter(text, TYPES, "cql2-text" if language == "cql2-json" else "cql2-json")


@given(st.sampled_from(TEXTS), NUMBERS, NUMBERS)
def test_text_and_json_say_the_same(word: str, low: float, high: float) -> None:
    text = f"name = {quoted(word)} OR value BETWEEN {low} AND {high}"
    document = {
        "op": "or",
        "args": [
            {"op": "=", "args": [{"property": "name"}, word]},
            {"op": "between", "args": [{"property": "value"}, low, high]},
        ],
    }
    assert kept(orjson.dumps(document).decode()) == kept(text)
