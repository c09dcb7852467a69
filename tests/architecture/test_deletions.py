"""Nothing leaves a laptop by a side door: whatever deletes is named here, and everything else is found."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "kopdesk"

# What of a profile's database may be deleted, and in which functions.
TABLES: Mapping[str, set[str]] = {
    # A layer that moved; a forgotten channel.
    "storage/records.py": {"table", "central_leaf", "offered_leaf", "record", "to_mend"},
    "storage/channels.py": {"tip", "revision", "grant_record"},
    "storage/outbox.py": {"batch", "to_mend"},
    "storage/shown.py": {"table"},  # derived from the layers
}
FUNCTIONS: Mapping[str, set[str]] = {"storage/records.py": {"keep_many", "forget"}}
FORGETTERS = {"usecases/withdrawn.py:forget_cooperative"}

# Who may remove files: an enrolment that was refused, and the demo and the training what they made.
REMOVERS = {"usecases/enrolment.py", "cli/demo.py", "cli/sample_world.py"}
_REMOVING = ("unlink", "rmtree", "rmdir", "removedirs")


@cache
def laptop_modules(package: Path) -> dict[str, ast.Module]:
    """Everything but the centre, by path within the package."""
    return {
        path.relative_to(package).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
        if "server" not in path.relative_to(package).parts
    }


def _calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            yield node


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _uses_sqlalchemy(tree: ast.Module) -> bool:
    imports = (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom | ast.Import))
    return any("sqlalchemy" in ast.unparse(node) for node in imports)


def deleted_tables(package: Path) -> dict[str, set[str]]:
    """By module the tables of which it deletes rows, and texts in which SQL does."""
    found: dict[str, set[str]] = {}
    for module, tree in laptop_modules(package).items():
        tables = set()
        if _uses_sqlalchemy(tree):
            tables |= {ast.unparse(call.args[0]) for call in _calls(tree, "delete") if call.args}
            tables |= {ast.unparse(call.func.value) for call in _calls(tree, "delete") if not call.args}  # type: ignore[attr-defined]
        texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        tables |= {text for text in texts if "DELETE FROM" in text.upper() or "DROP TABLE" in text.upper()}
        if tables:
            found[module] = tables
    return found


def deleting_functions(package: Path, module: str) -> set[str]:
    """The functions of a module that run a deletion, made in them or beside them."""
    tree = laptop_modules(package)[module]
    made = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and any(_calls(node, "delete"))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    return {
        function.name
        for function in functions
        if any(_calls(function, "delete"))
        or any(isinstance(n, ast.Name) and n.id in made for n in ast.walk(function))
    }


def forgetters(package: Path) -> set[str]:
    """Who lets the copy of a channel go."""
    return {
        f"{module}:{function.name}"
        for module, tree in laptop_modules(package).items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for call in _calls(function, "forget")
        if isinstance(call.func, ast.Attribute)
    }


def removers(package: Path) -> set[str]:
    """The modules that remove files."""
    return {
        module
        for module, tree in laptop_modules(package).items()
        if any(_calls(tree, *_REMOVING)) or "os.remove(" in ast.unparse(tree)
    }


def test_only_these_tables_lose_rows_and_only_there() -> None:
    assert deleted_tables(PACKAGE) == TABLES


def test_records_are_deleted_only_where_a_layer_moves_or_a_channel_is_forgotten() -> None:
    for module, names in FUNCTIONS.items():
        assert deleting_functions(PACKAGE, module) == names


def test_a_channel_is_forgotten_only_by_the_use_case_that_asks_for_receipts_days_and_a_yes() -> None:
    assert forgetters(PACKAGE) == FORGETTERS


def test_files_are_removed_only_by_a_refused_enrolment_and_by_the_demo() -> None:
    assert removers(PACKAGE) == REMOVERS


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("usecases/status.py", "def tidy(work):\n    work.records.forget('coop/1')\n"),
        (
            "usecases/status.py",
            "def tidy(work):\n    work.connection.exec_driver_sql('delete from record')\n",
        ),
        ("storage/records.py", "def tidy(connection):\n    connection.execute(delete(edited_leaf))\n"),
        ("storage/records.py", "def tidy(connection):\n    connection.execute(_FORGET_LEAVES)\n"),
        ("storage/profile.py", "from sqlalchemy import delete\nx = delete(edited_leaf)\n"),
        ("storage/database.py", "def tidy(path):\n    path.unlink()\n"),
    ],
)
def test_another_deletion_is_found(tmp_path: Path, module: str, text: str) -> None:
    for name in ("usecases/withdrawn.py", *TABLES, *REMOVERS, module):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((PACKAGE / name).read_bytes())
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(text)
    found = (
        deleted_tables(tmp_path) == TABLES,
        deleting_functions(tmp_path, "storage/records.py") == FUNCTIONS["storage/records.py"],
        forgetters(tmp_path) == FORGETTERS,
        removers(tmp_path) == REMOVERS,
    )
    assert not all(found)
