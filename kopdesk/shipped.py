"""Files that come with the program: icons, fonts, templates, texts in English."""

from functools import cache
from pathlib import Path

import kopdesk


def shipped(*parts: str) -> Path:
    """The file or folder of that name under resources/."""
    return _resources().joinpath(*parts)


@cache
def _resources() -> Path:
    """Inside the package when installed as a wheel, beside it in the working tree and in the bundle."""
    package = Path(kopdesk.__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
