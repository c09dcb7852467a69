"""All failures the program knows, one of each, and every word that says why something failed."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import kopdesk
from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.field_checks import FORMATS
from kopdesk.domain.fields import Kind
from kopdesk.domain.records import RecordKey
from kopdesk.domain.requirements import REQUIREMENTS
from tests.wording.marked import calls, trees

_FACTS: Mapping[str, Any] = {
    "Path": Path("/home/bu-sri/Data Kopdesk"),
    "UUID": UUID("0195f0e2-0000-7000-8000-000000000001"),
    "RecordKey": RecordKey("visit", UUID("0195f0e2-0000-7000-8000-000000000002")),
    "bool": True,
    "int": 3,
    "int | None": None,
    "datetime.date | None": date(2026, 12, 23),
    "str": "contoh",
    "tuple": ("hadi", "dewi"),
}


def kinds_of_failure() -> list[type[KopdeskError]]:
    """Every class of KopdeskError in the program, by importing all of it."""
    for module in pkgutil.walk_packages(kopdesk.__path__, "kopdesk."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted(set(_below(KopdeskError)), key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind: type[KopdeskError]) -> Iterator[type[KopdeskError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("kopdesk."):
            yield child
            yield from _below(child)


def one_of(kind: type[KopdeskError]) -> KopdeskError:
    """An error with facts that fit its constructor."""
    parameters = list(inspect.signature(kind).parameters.values())
    return kind(*(_fact(p) for p in parameters if p.default is p.empty))


def _fact(parameter: inspect.Parameter) -> Any:
    annotation = parameter.annotation
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    if parameter.name == "record_type":
        return "visit"
    return _FACTS[name]


_WORD = re.compile(r"[a-z][a-z0-9_]*[a-z0-9]")

# Where the word stands among the arguments.
_FIELD = {"InvalidField": 1, "ForbiddenChange": 2, "Rejected": 0, "_reject": 0, "Fault": 0}
_MESSAGE = {"BadMessage": 0, "NotBelieved": 0}
_REFUSAL = {"Refused": 1, "ServerRefused": 1}


def field_words() -> set[str]:
    """Why a leaf is not taken, at either end."""
    told = _told("server/applying.py", "_refusal")
    told |= _assigned("server/checking.py")
    told |= set().union(
        *(_told("domain/states.py", name) for name in ("fault", "_writing_faults", "_step_fault"))
    )
    needed = {f"needs_{name}" for missing in REQUIREMENTS.values() for name in missing({})}
    formats = {f"not_a_{name}" for name in FORMATS}
    kinds = {f"not_a_{kind}" for kind in (Kind.DATE, Kind.MONTH, Kind.TIME, Kind.INSTANT, Kind.REFERENCE)}
    return _raised(_FIELD) | told | needed | formats | kinds


def message_words() -> set[str]:
    """Why a message is not understood or not believed."""
    return _raised(_MESSAGE)


def refused_batch_words() -> set[str]:
    """Why the centre refuses a whole batch, and what one leaf is therefore told of in the end."""
    reading = ("protocol/codec.py", "protocol/columns.py")
    raised = [call for module, call in calls() if module in reading and _called(call) == "BadMessage"]
    (checks,) = (
        n
        for n in ast.walk(trees()["server/service.py"])
        if isinstance(n, ast.FunctionDef) and n.name == "_batch_of"
    )
    raised += [n for n in ast.walk(checks) if isinstance(n, ast.Call) and _called(n) == "BadMessage"]
    return _words([call.args[0] for call in raised]) | {"unknown_channel"}


def refusal_words() -> set[str]:
    """Why the centre refuses a request."""
    return _raised(_REFUSAL)


def link_words() -> set[str]:
    """Why no usable answer came."""
    return _raised({"LinkFailed": 0}) | _told("sync/http.py", "_reason")


def file_words() -> set[str]:
    """Why a list cannot be read."""
    return _raised({"FileUnreadable": 1})


def backup_words() -> set[str]:
    """Why a backup cannot be written or put back."""
    return _raised({"BackupUnusable": 1}) | _told("server/backups.py", "_disk_reason")


def row_words() -> set[str]:
    """What can be wrong with a row of a list, besides its fields."""
    assigned = (_assigned(module) for module in trees() if module.startswith("server/import_"))
    likenesses = {
        f"looks_alike_{reason}" for reason in ("same_nik", "same_village", "same_nik_tail", "similar_name")
    }
    return _raised({"problem": 1, "RowProblem": 3}).union(likenesses, *assigned)


def _raised(places: Mapping[str, int]) -> set[str]:
    found = ((places.get(_called(call)), call) for _, call in calls())
    return set().union(*(_words(call.args[place : place + 1]) for place, call in found if place is not None))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _told(file: str, function: str) -> set[str]:
    """The words a function returns or yields."""
    found = [n for n in ast.walk(trees()[file]) if isinstance(n, ast.FunctionDef) and n.name == function]
    assert found, f"{function} is no longer in {file}"
    told = [n.value for f in found for n in ast.walk(f) if isinstance(n, ast.Return | ast.Yield) and n.value]
    return _words(told)


def _assigned(file: str) -> set[str]:
    """The words a module puts into a variable `reason`."""
    found = [n for n in ast.walk(trees()[file]) if isinstance(n, ast.Assign)]
    return _words([n.value for n in found if ast.unparse(n.targets[0]) == "reason"])


def _words(nodes: list[ast.expr]) -> set[str]:
    constants = (n.value for node in nodes for n in ast.walk(node) if isinstance(n, ast.Constant))
    return {text for text in constants if isinstance(text, str) and _WORD.fullmatch(text)}
