"""Plant one small fault after the other into the pure parts of delivery, and see whether the tests notice.

    python benchmarks/mutate.py [--only retry]

Each mutant is the module with one change: a comparison turned or widened, a number one more or less, `and`
for `or`, a condition denied, a result or an argument left out. It is killed when a test of the room fails, or
when the tests take too long. Survivors are printed; the score goes to benchmarks/results/mutation.md.
"""

from __future__ import annotations

import argparse
import ast
import copy
import multiprocessing
import os
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import holidays  # noqa: F401 - what the tests need is read once, here, and not by every child
import hypothesis  # noqa: F401 - (the same)
import pytest
import sqlalchemy  # noqa: F401 - (the same)

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
RESULTS = Path(__file__).parent / "results" / "mutation.md"
LIMIT_S = 60.0
OPTIONS = (
    "-qx",
    *("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cov"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # what is read once, here, is read before pytest
)
BAR = 0.85

ROOMS = {
    "retry": ("bot/delivery/retry.py", ("tests/unit/delivery/test_retry.py",)),
    "slots": ("bot/digest/slots.py", ("tests/unit/digest/test_slots.py",)),
    "select": (
        "bot/digest/select.py",
        ("tests/unit/digest/test_select.py", "tests/unit/digest/test_budget.py"),
    ),
    "budget": ("bot/digest/budget.py", ("tests/unit/digest/test_budget.py",)),
    "sections": ("bot/digest/sections.py", ("tests/unit/digest/test_sections.py",)),
    "matching": ("bot/digest/matching.py", ("tests/unit/digest/test_matching.py",)),
    "alerts": ("bot/digest/alerts.py", ("tests/unit/digest/test_alerts.py",)),
}

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """A module with one change.

    Attributes:
        line: where.
        change: what, in short.
        source: the whole module.
    """

    line: int
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    skipped = _not_run(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for number in range(len(list(_changes(node)))):
            mutated = copy.deepcopy(tree)
            target = list(ast.walk(mutated))[place]
            before = ast.unparse(target).split("\n")[0]
            changed = list(_changes(target))[number]
            changed.apply(target)
            after = ast.unparse(target).split("\n")[0]
            line = getattr(node, "lineno", 0)
            yield Mutant(line, f"{before}  →  {after}", ast.unparse(ast.fix_missing_locations(mutated)))


@dataclass(frozen=True)
class Change:
    """One way to change a node: a field of it gets another value."""

    field: str
    value: object

    def apply(self, node: ast.AST) -> None:
        """Change a node in place."""
        setattr(node, self.field, self.value)


def _changes(node: ast.AST) -> Iterator[Change]:
    """Yield the ways to change a node."""
    match node:
        case ast.Compare(ops=ops):
            yield from _other_comparisons(ops)
        case ast.BoolOp(op=op):
            yield Change("op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.BinOp(op=op) if type(op) in SUMS:
            yield Change("op", SUMS[type(op)]())
        case ast.Constant(value=bool(value)):
            yield Change("value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield Change("value", value + 1)
            yield Change("value", value - 1)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield Change("test", ast.UnaryOp(op=ast.Not(), operand=test))
        case ast.Return(value=ast.expr()) | ast.keyword(value=ast.Name() | ast.Attribute()):
            yield Change("value", ast.Constant(value=None))
        case _:
            pass


def _other_comparisons(ops: list[ast.cmpop]) -> Iterator[Change]:
    for place, op in enumerate(ops):
        for other in COMPARISONS.get(type(op), ()):
            yield Change("ops", [*ops[:place], other(), *ops[place + 1 :]])


def _not_run(tree: ast.Module) -> set[int]:
    """Return the nodes that are not run: annotations, decorators and what is for the type checker."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            parts += node.decorator_list
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            parts.append(node.returns)
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            parts.append(node.annotation)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias" and node.value:
            parts.append(node.value)
        skipped |= {id(inner) for part in parts for inner in ast.walk(part)}
    return skipped


def survives(mutant: Mutant, module: str, tests: tuple[str, ...]) -> bool:
    """Run the tests on a mutant in a child of this process; tell whether they pass all the same."""
    child = multiprocessing.get_context("fork").Process(target=_run, args=(mutant, module, tests))
    child.start()
    child.join(LIMIT_S)
    if child.is_alive():
        child.kill()
        child.join()
    return child.exitcode == 0


def _run(mutant: Mutant, module: str, tests: tuple[str, ...]) -> None:
    """Put the mutant in the module's place, run the tests, and end with their exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    name = module.removesuffix(".py").replace("/", ".")
    made = types.ModuleType(name)
    made.__file__ = str(ROOT / module)
    sys.modules[name] = made
    try:
        exec(compile(mutant.source, module, "exec"), made.__dict__)  # noqa: S102 - a change of our own code
    except Exception:  # noqa: BLE001 - whatever a mutant does at its import, it is noticed
        os._exit(1)
    os._exit(pytest.main([*OPTIONS, *tests]))


def score(name: str) -> tuple[int, list[Mutant]]:
    """Return how many mutants a module has, and those that survive."""
    module, tests = ROOMS[name]
    source = (ROOT / module).read_text("utf-8")
    if not survives(Mutant(0, "", source), module, tests):
        raise SystemExit(f"{module}: its tests fail without any change")
    found = list(mutants(source))
    return len(found), [one for one in found if survives(one, module, tests)]


def main() -> None:
    """Measure and write the page; exits 1 below the bar."""
    parser = argparse.ArgumentParser(description="Mutation score of the pure parts of delivery.")
    parser.add_argument("--only", choices=ROOMS)
    only = parser.parse_args().only
    lines = ["| module | mutants | killed | score |", "|---|---|---|---|"]
    left: list[str] = []
    total = killed = 0
    for name in [only] if only else ROOMS:
        number, survivors = score(name)
        total, killed = total + number, killed + number - len(survivors)
        share = (number - len(survivors)) / number
        lines.append(f"| `{ROOMS[name][0]}` | {number} | {number - len(survivors)} | {share:.1%} |")
        left += [f"- `{ROOMS[name][0]}:{one.line}`: `{one.change}`" for one in survivors]
        print(lines[-1], flush=True)
    lines.append(f"| together | {total} | {killed} | {killed / total:.1%} |")
    print(lines[-1], *left, sep="\n")
    if not only:
        day = datetime.now(UTC).date()
        head = (
            f"# Mutation score of the pure parts of delivery\n\n`make mutate`, {day}; the bar is {BAR:.0%}.\n"
        )
        text = "\n".join([head, *lines, "", "Survivors:" if left else "No survivors.", "", *left])
        RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")
    if killed / total < BAR:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
