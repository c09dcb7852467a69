import re
import tomllib

import pytest
from packaging.requirements import Requirement

import dev


def locked() -> dict[str, str]:
    """Name and version of everything in the lock."""
    return dict(re.findall(r"^(\S+)==(\S+)", dev.LOCK.read_text(), re.MULTILINE))


def declared() -> list[str]:
    project = tomllib.loads(dev.PYPROJECT.read_text())
    return [
        *project["project"]["dependencies"],
        *(one for group in project["dependency-groups"].values() for one in group),
    ]


@pytest.mark.parametrize("dependency", declared())
def test_the_lock_holds_a_version_that_pyproject_allows(dependency: str) -> None:
    wanted = Requirement(dependency)
    name = re.sub(r"[-_.]+", "-", wanted.name).lower()
    assert locked()[name] in wanted.specifier


def test_everything_in_the_lock_has_a_hash() -> None:
    blocks = re.split(r"^(?=\S+==)", dev.LOCK.read_text(), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(locked())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_server_and_no_folder() -> None:
    assert dev.ADDRESS.search(dev.LOCK.read_text()) is None


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org",
        "--find-links /opt",
        "one @ file:///opt/one.whl",
        "# https://example.org",
    ],
)
def test_an_address_in_a_lock_is_found(line: str) -> None:
    assert dev.ADDRESS.search(f"one==1 \\\n    --hash=sha256:11\n{line}\n")


def test_every_dependency_of_the_program_says_why_it_is_there() -> None:
    text = dev.PYPROJECT.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.split("\ndependencies = [\n")[1].split("\n]\n")[0].splitlines()]
    # One comment may speak for two: the server's library and what it runs in.
    silent = [
        line
        for place, line in enumerate(lines)
        if not any(near[0] == "#" for near in lines[max(0, place - 2) : place + 1])
    ]
    assert silent == []
