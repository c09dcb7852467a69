"""The program's own text, parsed once; and every text in it that is marked for translation."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import kopdesk

_MARKS = {"_", "N_", "n_", "NN_", "many"}
_WITH_NUMBER = {"n_", "NN_", "many"}
_PACKAGE = Path(kopdesk.__file__).parent


@cache
def trees() -> Mapping[str, ast.Module]:
    """Every module, by its path within the package."""
    return {
        path.relative_to(_PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(_PACKAGE.rglob("*.py"))
    }


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Every call in the program with the module it is in."""
    return [(name, n) for name, tree in trees().items() for n in ast.walk(tree) if isinstance(n, ast.Call)]


def _marks() -> Iterator[tuple[str, str, ast.Call]]:
    for module, call in calls():
        if isinstance(call.func, ast.Name) and call.func.id in _MARKS and call.args:
            yield module, call.func.id, call


@cache
def marked_texts() -> Mapping[str, bool]:
    """By text: whether it is looked up with a number."""
    found: dict[str, bool] = {}
    for _, mark, call in _marks():
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            text = call.args[0].value
            found[text] = found.get(text, False) or mark in _WITH_NUMBER
    return found


def lost_marks() -> list[str]:
    """Marks of text that is put together first: what is looked up is never what was translated."""
    return [f"{module}:{call.lineno}" for module, _, call in _marks() if _is_put_together(call.args[0])]


def _is_put_together(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return isinstance(node, ast.JoinedStr | ast.BinOp)
