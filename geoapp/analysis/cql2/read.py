"""CQL2 filters: text and JSON become one checked condition, evaluated on records.

pygeofilter gives the syntax tree, the WKT reader and the JSON reader. The text grammar is ours
(``grammar.lark``), because pygeofilter 0.4 binds AND and OR alike and cannot read a quote in a text.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from geoapp.analysis.cql2.evaluate import Condition, compile_condition
from geoapp.analysis.query import BadValue

LONGEST = 8_000
"""Characters of a filter; longer ones are refused before they are parsed."""
DEEPEST = 60
JSON = "cql2-json"
OFFERED = frozenset(
    (
        "and or not = <> < <= > >= between like in isNull casei + - * / "
        "s_intersects s_disjoint s_contains s_within s_touches s_crosses s_overlaps s_equals "
        "a_equals a_contains a_containedBy a_overlaps"
    )
    .lower()
    .split()
)
"""Operators of CQL2 JSON that are evaluated."""
MOMENTS = ("date", "timestamp", "interval")
BEYOND = "/ogc/conformance lists what is; years are numbers here, such as target_year>=2025"
HINT = "such as adcode='150621' AND value>10"
Move = Callable[[Any], Any]
Test = Callable[[Mapping[str, Any], Callable[[], Any]], bool]


def read_filter(text: str, types: Mapping[str, str], language: str = "", move: Move | None = None) -> Test:
    """Return the test that a filter describes.

    Args:
        types: queryable names and their JSON types (``geometry`` for the shape).
        language: ``cql2-text`` or ``cql2-json``; where a client says neither, JSON is known by its brace,
            with which no text begins.
        move: from the client's coordinates to degrees, where those differ.

    Raises:
        BadValue: it is not CQL2, names what is not queryable, or compares what cannot be compared.
    """
    if len(text) > LONGEST:
        raise BadValue(f"the filter is longer than {LONGEST} characters")
    is_json = text.lstrip().startswith("{")
    if language and is_json != (language == JSON):
        looks = JSON if is_json else "cql2-text"
        raise BadValue(f"the filter is not {language}", f"filter-lang={looks}, or leave filter-lang out")
    try:
        tree = _parse_json(text) if is_json else _parse_text(text)
        if move is not None:
            from geoapp.analysis.cql2.places import move_places  # with pygeofilter: only when somebody filters

            tree = move_places(tree, move)
        condition: Condition = compile_condition(tree, types)
    except BadValue:
        raise
    except RecursionError:
        raise BadValue("the filter is nested too deeply") from None
    except Exception as error:  # lark and pygeofilter raise many kinds of their own, all meaning the same
        raise BadValue(f"the filter is not CQL2: {_first_line(error)}", HINT) from None
    return lambda properties, shape: condition(properties, shape) is True


def not_offered(word: str) -> BadValue:
    """Return the fault of a filter that is CQL2 but uses what this server does not evaluate."""
    return BadValue(f"{word} is CQL2 that this server does not offer", BEYOND)


def _parse_text(text: str) -> Any:
    if text.count("(") > 20 * DEEPEST:
        raise BadValue("the filter is nested too deeply")
    return _text_parser().parse(text)


def _parse_json(text: str) -> Any:
    from pygeofilter.parsers.cql2_json import parse

    document = orjson.loads(text)  # refuses NaN, which json takes
    return parse(_standard(document, 0))


def _standard(node: Any, depth: int) -> Any:
    """Return a JSON filter in the form pygeofilter reads: ``between`` takes its bounds as a pair there."""
    if depth > DEEPEST:
        raise BadValue("the filter is nested too deeply")
    if isinstance(node, list):
        return [_standard(each, depth + 1) for each in node]
    if not isinstance(node, dict):
        return node
    _refuse_beyond(node)
    found = {name: _standard(each, depth + 1) for name, each in node.items()}
    args = found.get("args")
    if found.get("op") == "between" and isinstance(args, list) and len(args) == 3:
        found["args"] = [args[0], [args[1], args[2]]]
    return found


def _refuse_beyond(node: dict[str, Any]) -> None:
    """Stop at an operator, a function or a moment that is CQL2 and is not evaluated."""
    op = node.get("op")
    if isinstance(op, str) and op.lower() not in OFFERED:
        raise not_offered(op)
    for word in MOMENTS:
        if list(node) == [word]:
            raise not_offered(word)


@lru_cache(maxsize=1)
def _text_parser() -> Any:
    import pygeofilter.parsers  # with lark 15 MB: only when somebody filters
    from lark import Lark, v_args
    from pygeofilter import ast
    from pygeofilter.parsers.cql2_text.parser import CQLTransformer

    @v_args(meta=False, inline=True)
    class Transformer(CQLTransformer):  # type: ignore[misc]  # pygeofilter has no types
        """Quotes inside texts and names, and array comparisons, which pygeofilter's text lacks."""

        def SINGLE_QUOTED(self, token: str) -> str:  # noqa: N802 - lark names terminals so
            return token[1:-1].replace("''", "'")

        def DOUBLE_QUOTED(self, token: str) -> str:  # noqa: N802 - as above
            return token[1:-1]

        def FUNCTION(self, token: str) -> None:  # noqa: N802 - as above
            raise not_offered(token)

        NOT_OFFERED = FUNCTION

        def number(self, *parts: str) -> float:
            return float("".join(parts))

        def casei(self, _: str, inner: Any) -> Any:
            return ast.Function("lower", [inner])

        def array(self, *items: Any) -> list[Any]:
            return list(items)

        def array_predicate(self, name: str, left: Any, right: Any) -> Any:
            kinds = {
                "a_equals": ast.ArrayEquals,
                "a_contains": ast.ArrayContains,
                "a_containedby": ast.ArrayContainedBy,
                "a_overlaps": ast.ArrayOverlaps,
            }
            return kinds[name.lower()](left, right)

    folder = Path(next(iter(pygeofilter.parsers.__path__)))
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False, transformer=Transformer(), import_paths=[str(folder)])


def _first_line(error: Exception) -> str:
    text = re.sub(r"\s+", " ", str(error).split("\n")[0]).strip()
    return text[:160] or type(error).__name__
