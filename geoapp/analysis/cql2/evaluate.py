"""A CQL2 syntax tree becomes a condition on records, its types checked beforehand.

Three values: true, false, and unknown (None) where a property has no value, as in SQL.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from operator import add, eq, ge, gt, le, lt, mul, ne, sub, truediv
from typing import Any

import shapely
from pygeofilter import ast, values
from shapely.geometry import shape as to_shape

from geoapp.analysis.cql2.places import corners
from geoapp.analysis.query import BadValue

Evaluate = Callable[[Mapping[str, Any], Callable[[], Any]], Any]
Condition = Evaluate
Types = Mapping[str, str]
Typed = tuple[Evaluate, str]
COMPARE = {
    ast.Equal: eq,
    ast.NotEqual: ne,
    ast.LessThan: lt,
    ast.LessEqual: le,
    ast.GreaterThan: gt,
    ast.GreaterEqual: ge,
}
ARITHMETIC = {ast.Add: add, ast.Sub: sub, ast.Mul: mul, ast.Div: truediv}
SPATIAL = {
    ast.GeometryIntersects: shapely.intersects,
    ast.GeometryDisjoint: shapely.disjoint,
    ast.GeometryContains: shapely.contains,
    ast.GeometryWithin: shapely.within,
    ast.GeometryTouches: shapely.touches,
    ast.GeometryCrosses: shapely.crosses,
    ast.GeometryOverlaps: shapely.overlaps,
    ast.GeometryEquals: shapely.equals,
}
ARRAYS: dict[type, Callable[[set[Any], set[Any]], bool]] = {
    ast.ArrayEquals: eq,
    ast.ArrayContains: set.issuperset,
    ast.ArrayContainedBy: set.issubset,
    ast.ArrayOverlaps: lambda one, other: bool(one & other),
}


def compile_condition(node: Any, types: Types) -> Condition:
    """Return the condition that a syntax tree describes.

    Raises:
        BadValue: it names what is not queryable, or compares what cannot be compared.
    """
    if isinstance(node, bool):
        return lambda _, __: node
    for kind, compiler in _CONDITIONS:
        if isinstance(node, kind):
            return compiler(node, types)
    raise BadValue(f"{type(node).__name__} is not a condition this server evaluates")


def _combination(node: Any, types: Types) -> Condition:
    left, right = compile_condition(node.lhs, types), compile_condition(node.rhs, types)
    decisive = isinstance(node, ast.Or)

    def both(properties: Any, shape: Any) -> Any:
        one = left(properties, shape)
        if one is decisive:
            return decisive
        other = right(properties, shape)
        if other is decisive:
            return decisive
        return None if one is None or other is None else not decisive

    return both


def _not(node: Any, types: Types) -> Condition:
    return _negated(compile_condition(node.sub_node, types))


def _negated(inner: Condition) -> Condition:
    def inverse(properties: Any, shape: Any) -> bool | None:
        found = inner(properties, shape)
        return None if found is None else not found

    return inverse


def _known(test: Callable[..., Any], *parts: Evaluate) -> Condition:
    """Return a condition that is unknown where one of its parts has no value."""

    def condition(properties: Any, shape: Any) -> Any:
        found = [part(properties, shape) for part in parts]
        return None if any(each is None for each in found) else test(*found)

    return condition


def _comparison(node: Any, types: Types) -> Condition:
    left, right = _same(node, node.lhs, node.rhs, types=types)
    return _known(COMPARE[type(node)], left, right)


def _between(node: Any, types: Types) -> Condition:
    value, low, high = _same(node, node.lhs, node.low, node.high, types=types)
    inside = _known(lambda v, a, b: a <= v <= b, value, low, high)
    return _negated(inside) if node.not_ else inside


def _in(node: Any, types: Types) -> Condition:
    value, *options = _same(node, node.lhs, *node.sub_nodes, types=types)
    found = _known(lambda v, *others: v in others, value, *options)
    return _negated(found) if node.not_ else found


def _like(node: Any, types: Types) -> Condition:
    value, kind = _expression(node.lhs, types)
    pattern, folded = node.pattern, False
    if isinstance(pattern, ast.Function):  # CASEI(name) LIKE CASEI('…')
        pattern, folded = pattern.arguments[0], True
    if kind != "string" or not isinstance(pattern, str):
        raise BadValue("LIKE compares a text property with a quoted pattern")
    expression = re.compile(_regex(pattern.casefold() if folded else pattern), re.DOTALL)
    found = _known(lambda text: expression.fullmatch(text) is not None, value)
    return _negated(found) if node.not_ else found


def _regex(pattern: str) -> str:
    """Turn ``%`` (any text) and ``_`` (one character) into a regular expression; ``\\`` escapes them."""
    parts = re.findall(r"\\.|%+|.", pattern, re.DOTALL)
    return "".join(
        ".*" if part[0] == "%" else "." if part == "_" else re.escape(part[-1] if part[0] == "\\" else part)
        for part in parts
    )


def _null(node: Any, types: Types) -> Condition:
    value, _ = _expression(node.lhs, types)
    wanted = not node.not_
    return lambda properties, shape: (value(properties, shape) is None) is wanted


def _spatial(node: Any, types: Types) -> Condition:
    left, right = _same(node, node.lhs, node.rhs, types=types)
    test = SPATIAL[type(node)]
    return _known(lambda one, other: bool(test(one, other)), left, right)


def _array(node: Any, types: Types) -> Condition:
    value, kind = _expression(node.lhs, types)
    if kind != "array" or not isinstance(node.rhs, list):
        raise BadValue("array functions compare a list property with a list", "A_CONTAINS(caveats, ('…'))")
    words, test = set(node.rhs), ARRAYS[type(node)]
    return _known(lambda found: bool(test(set(found), words)), value)


def _same(node: Any, *parts: Any, types: Types) -> list[Evaluate]:
    """Return parts that must be of one type: text with text, number with number, shape with shape."""
    typed = [_expression(part, types) for part in parts]
    kinds = {"number" if kind == "integer" else kind for _, kind in typed}
    spatial = type(node) in SPATIAL
    if len(kinds) > 1 or (spatial != ("geometry" in kinds)) or (not spatial and kinds & {"array", "geometry"}):
        name = re.sub(r"(?<!^)(?=[A-Z])", " ", type(node).__name__).lower()
        raise BadValue(f"{name} cannot compare {' with '.join(kind for _, kind in typed)}")
    return [part for part, _ in typed]


def _expression(node: Any, types: Types) -> Typed:
    if isinstance(node, ast.Attribute):
        return _attribute(node.name, types)
    if isinstance(node, ast.Function):
        return _function(node, types)
    if type(node) in ARITHMETIC:
        left, right = (_number(each, types) for each in (node.lhs, node.rhs))
        return _known(_safe(ARITHMETIC[type(node)]), left, right), "number"
    return _constant(node)


def _constant(node: Any) -> Typed:
    if isinstance(node, bool):
        return (lambda _, __: node), "boolean"
    if isinstance(node, int | float):
        return (lambda _, __: node), "number"
    if isinstance(node, str):
        return (lambda _, __: str(node)), "string"
    if isinstance(node, values.Geometry | values.Envelope):
        return _shape(node)
    raise BadValue(f"{type(node).__name__} is not an expression this server evaluates")


def _shape(node: Any) -> Typed:
    try:
        shape = _box(*corners(node)) if isinstance(node, values.Envelope) else to_shape(node.geometry)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.GEOSException):
        raise BadValue("a geometry in the filter is broken") from None
    if not shapely.is_valid(shape) or not shapely.get_coordinates(shape).size:
        raise BadValue("a geometry in the filter is empty or crosses itself")
    return (lambda _, __: shape), "geometry"


def _box(lower: tuple[float, float], upper: tuple[float, float]) -> shapely.Geometry:
    """Return a box; west greater than east crosses the antimeridian, as in the parameter ``bbox``."""
    (west, south), (east, north) = lower, upper
    if south > north:
        raise BadValue("a box in the filter has its south above its north", "BBOX(west, south, east, north)")
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.MultiPolygon([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def _attribute(name: str, types: Types) -> Typed:
    if name not in types:
        close = get_close_matches(name, list(types), n=1)
        raise BadValue(
            f"the filter names {name!r}, which is not queryable",
            f"did you mean {close[0]}?" if close else "queryable are " + ", ".join(types),
        )
    if types[name] == "geometry":
        return (lambda _, shape: shape()), "geometry"
    return (lambda properties, _: properties[name]), types[name]


def _function(node: Any, types: Types) -> Typed:
    name, parts = str(node.name).lower(), node.arguments
    if name != "lower" or len(parts) != 1:
        raise BadValue(f"there is no function {node.name!r}", "CASEI(property) compares without case")
    value, kind = _expression(parts[0], types)
    if kind != "string":
        raise BadValue("CASEI takes a text")
    return _known(str.casefold, value), "string"


def _number(node: Any, types: Types) -> Evaluate:
    value, kind = _expression(node, types)
    if kind not in ("number", "integer"):
        raise BadValue(f"arithmetic needs numbers, not {kind}")
    return value


def _safe(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return an operation that is unknown where it has no result, such as a division by zero."""

    def careful(left: Any, right: Any) -> Any:
        try:
            return operation(left, right)
        except (ZeroDivisionError, OverflowError):
            return None

    return careful


_CONDITIONS: Sequence[tuple[Any, Callable[[Any, Types], Condition]]] = (
    (ast.Combination, _combination),
    (ast.Not, _not),
    (ast.Comparison, _comparison),
    (ast.Between, _between),
    (ast.In, _in),
    (ast.Like, _like),
    (ast.IsNull, _null),
    (ast.SpatialComparisonPredicate, _spatial),
    (ast.ArrayPredicate, _array),
)
