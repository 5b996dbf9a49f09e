"""Which keys of the catalogues are used where: found in the syntax of code and templates, not by searching text."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes

from bot.words.pages import environment

ROOT = Path(__file__).parents[2]
DYNAMIC = "*"
"""Stands for the computed part of a key."""


@dataclass(frozen=True)
class Use:
    """A call of say: the key with '*' for what is computed; params: its keywords, None where they are not listed."""

    place: str
    key: str
    params: frozenset[str] | None


def in_code() -> Iterator[Use]:
    """Every `….say(key, …)` in bot/; a key that is chosen by a condition gives both."""
    for file in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"
            if named and isinstance(node, ast.Call) and node.args:
                listed = None if any(k.arg is None for k in node.keywords) else {k.arg or "" for k in node.keywords}
                for key in _python_keys(node.args[0]):
                    place = f"{file.relative_to(ROOT)}:{node.lineno}"
                    yield Use(place, key, None if listed is None else frozenset(listed))


def in_templates() -> Iterator[Use]:
    """Every `say(key, …)` in templates/."""
    env = environment()
    for name in env.list_templates(extensions=["j2"]):
        source = (ROOT / "templates" / name).read_text("utf-8")
        for call in env.parse(source).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                params = None if call.dyn_kwargs else frozenset(pair.key for pair in call.kwargs)
                for key in _template_keys(call.args[0]):
                    yield Use(f"templates/{name}:{call.lineno}", key, params)


def literals_in_code() -> set[str]:
    """Every text that stands in bot/ as a whole: a key may be handed on before it is said."""
    return {
        node.value
        for file in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _python_keys(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_python_keys(body), *_python_keys(orelse)]
        case ast.JoinedStr(values=values):
            return ["".join(str(v.value) if isinstance(v, ast.Constant) else DYNAMIC for v in values)]
        case _:
            return [DYNAMIC]


def _template_keys(node: nodes.Node) -> list[str]:
    match node:
        case nodes.Const():
            return [str(node.value)]
        case nodes.CondExpr():
            return [*_template_keys(node.expr1), *(_template_keys(node.expr2) if node.expr2 else [])]
        case nodes.Concat():
            return ["".join(_template_keys(part)[0] for part in node.nodes)]
        case _:
            return [DYNAMIC]
