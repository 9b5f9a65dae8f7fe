"""One-line mistakes in a source file: mutmut's operators where they are what people get wrong, and a few of our own.

mutmut itself cannot run them as we need: it rewrites every function of the tree with a trampoline and runs the whole
suite, where we want a seeded sample of all rooms with the tests of each; so only its operators are used. Texts are
left out (a word in a sentence is no rule), and so are annotations, decorators, docstrings, assertions and imports.
"""

import ast
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

SKIPPED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Assert, cst.BaseString, cst.AnnAssign)
SWAPS = {"min": "max", "max": "min", "any": "all", "all": "any"}
TYPING = m.If(test=m.Name("TYPE_CHECKING"))
Operator = Callable[[cst.CSTNode], Iterable[cst.CSTNode]]


@dataclass(frozen=True)
class Mistake:
    """One mistake: the file, where, the line before and after, and the whole file with it."""

    path: Path
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}\n    - {self.before}\n    + {self.after}"


def _swapped_call(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The least for the most, any for all."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in SWAPS:
        yield node.with_changes(func=cst.Name(SWAPS[node.func.value]))


def _filter_forgotten(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A comprehension without its condition."""
    if isinstance(node, cst.CompFor) and node.ifs:
        yield node.with_changes(ifs=node.ifs[1:])


def _other_end(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The last for the first, the first for the last."""
    last = cst.UnaryOperation(cst.Minus(), cst.Integer("1"))
    if m.matches(node, m.Index(value=m.Integer("0"))):
        yield cst.Index(last)
    elif m.matches(node, m.Index(value=m.UnaryOperation(operator=m.Minus(), expression=m.Integer("1")))):
        yield cst.Index(cst.Integer("0"))


def _guard(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A condition turned round, or a guard that never holds."""
    if isinstance(node, cst.If) and not m.matches(node, TYPING):
        inner = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        whitespace = cst.SimpleWhitespace(" ")
        turned = cst.UnaryOperation(cst.Not(), inner)
        yield node.with_changes(test=turned, whitespace_before_test=whitespace)
        if node.orelse is None:
            yield node.with_changes(test=cst.Name("False"), whitespace_before_test=whitespace)


def _option_forgotten(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A call without one of its keywords; a class without a field is no mistake that runs."""
    name = node.func if isinstance(node, cst.Call) else None
    last = name.attr.value if isinstance(name, cst.Attribute) else name.value if isinstance(name, cst.Name) else ""
    if last and last[0].islower() and isinstance(node, cst.Call):
        for number, arg in enumerate(node.args):
            if arg.keyword is not None:
                yield node.with_changes(args=[*node.args[:number], *node.args[number + 1 :]])


OPERATORS: tuple[Operator, ...] = (
    lambda node: mutators.operator_number(node) if isinstance(node, cst.BaseNumber) else (),
    lambda node: mutators.operator_name(node) if isinstance(node, cst.Name) else (),
    lambda node: mutators.operator_remove_unary_ops(node) if isinstance(node, cst.UnaryOperation) else (),
    lambda node: mutators.operator_symmetric_string_methods_swap(node) if isinstance(node, cst.Call) else (),
    lambda node: mutators.operator_if_exp(node) if isinstance(node, cst.IfExp) else (),
    lambda node: mutators.operator_augmented_assignment(node) if isinstance(node, cst.AugAssign) else (),
    mutators.operator_keywords,
    mutators.operator_swap_op,
    _swapped_call,
    _filter_forgotten,
    _other_end,
    _guard,
    _option_forgotten,
)


class _Places(cst.CSTVisitor):
    """Gathers the nodes of a module that may be got wrong."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode, int]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, SKIPPED) or m.matches(node, TYPING) or _is_type(node):
            return False
        for operator in OPERATORS:
            for wrong in operator(node):
                line = self.get_metadata(PositionProvider, node).start.line
                self.found.append((node, wrong, line))
        return super().on_visit(node)


def _is_type(node: cst.CSTNode) -> bool:
    """Say whether a statement names a type: ``Record = Target | Statistic``, ``F = TypeVar(…)``."""
    if not isinstance(node, cst.Assign):
        return False
    unions = m.BinaryOperation(operator=m.BitOr())
    generic = m.Subscript(value=m.Name("Literal") | m.Name("Annotated") | m.Name("Callable"))
    return m.matches(node.value, unions | generic | m.Call(func=m.Name("TypeVar")))


def mistakes(root: Path, path: Path, chosen: random.Random, number: int) -> list[Mistake]:
    """Return some of the mistakes that can be made in a file, chosen at random."""
    wrapper = MetadataWrapper(cst.parse_module((root / path).read_text(encoding="utf-8")))
    places = _Places()
    wrapper.visit(places)
    made = (_make(path, wrapper.module, *each) for each in chosen.sample(places.found, len(places.found)))
    found: list[Mistake] = []
    for each in made:
        if len(found) == number:
            break
        if each is not None:
            found.append(each)
    return sorted(found, key=lambda each: each.line)


def _make(path: Path, module: cst.Module, node: cst.CSTNode, wrong: cst.CSTNode, line: int) -> Mistake | None:
    """Return the mistake, or None where it is no other program."""
    changed = module.deep_replace(node, wrong)
    before, after = module.code, changed.code if isinstance(changed, cst.Module) else module.code
    try:
        same = ast.dump(ast.parse(before)) == ast.dump(ast.parse(after))
    except SyntaxError:
        return None
    if same:
        return None
    parts = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[3:]
    removed = next((part[1:].strip() for part in parts if part.startswith("-")), "")
    added = next((part[1:].strip() for part in parts if part.startswith("+")), "")
    return Mistake(path, line, removed, added, after)
