"""From a template and facts to pages: typst, with our own fonts alone, so that every laptop prints alike.

A template in the person's folder replaces the shipped one of its name. Facts are handed over as data, never
pasted into the template: whatever somebody has typed stays text. It is done in a process of its own: typst
keeps 45 MB for good, and a template of somebody's own may never end.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from kopdesk.apart import NotEnded, apart
from kopdesk.domain.errors import KopdeskError
from kopdesk.shipped import shipped
from kopdesk.wording.catalogue import language

Paper: TypeAlias = Literal["a4", "f4"]

_SIZES: Mapping[Paper, tuple[int, int]] = {"a4": (210, 297), "f4": (215, 330)}
"""Width and height in millimetres; F4 is what Indonesian offices print on."""
_SCREEN_WIDTH, _PRINT_PPI = 620, 200
_LONGEST_S = 60.0

_Pages: TypeAlias = tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]


class TemplateFault(KopdeskError):
    """A person's own template cannot be used. `line`: where, 0 where typst does not say; `told`: how."""

    def __init__(self, path: Path, line: int, told: str) -> None:
        super().__init__(path, line, told)
        self.path, self.line, self.told = path, line, told


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document: its PDF, its pages as PNG for the screen and, finer, for a printer.

    `fault`: why the person's own template was not used, if there is one.
    """

    paper: Paper
    pdf: bytes
    pages: tuple[bytes, ...]
    print_pages: tuple[bytes, ...]
    fault: TemplateFault | None = None


def typeset(
    name: str,
    facts: Mapping[str, object],
    *,
    own_templates: Path | None,
    paper: Paper = "a4",
    is_training: bool = False,
    screen_width: int = _SCREEN_WIDTH,
) -> Typeset:
    """`screen_width`: of the pages for the screen, in its own pixels: pictures are large, and none is scaled.

    Raises TemplateFault only for a shipped template, which would be a bug.
    """
    ppi = screen_width * 25.4 / _SIZES[paper][0]
    inputs = _inputs(facts, paper, is_training)
    own = own_templates / f"{name}.typ" if own_templates is not None else None
    if own is not None and own.is_file():
        try:
            return Typeset(paper, *_compiled(own, inputs, ppi))
        except TemplateFault as fault:
            return Typeset(paper, *_compiled(shipped("templates", f"{name}.typ"), inputs, ppi), fault)
    return Typeset(paper, *_compiled(shipped("templates", f"{name}.typ"), inputs, ppi))


def _inputs(facts: Mapping[str, object], paper: Paper, is_training: bool) -> dict[str, str]:
    width, height = _SIZES[paper]
    page = {"width": width, "height": height, "language": language(), "is_training": is_training}
    return {"facts": json.dumps(dict(facts), ensure_ascii=False), "page": json.dumps(page)}


def _compiled(template: Path, inputs: dict[str, str], ppi: float) -> _Pages:
    try:
        return apart(_LONGEST_S, compiled, template, inputs, ppi)
    except NotEnded as error:
        raise TemplateFault(template, 0, f"not ended after {error.seconds:.0f} s") from error


def compiled(template: Path, inputs: dict[str, str], ppi: float) -> _Pages:
    """The PDF, its pages for the screen and for a printer, made in this process. Raises TemplateFault."""
    import typst

    try:
        # Its root is its own folder: a template reads nothing of the laptop but what lies beside it.
        compiler = typst.Compiler(
            str(template),
            root=str(template.parent),
            font_paths=[str(shipped("fonts"))],
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
        pdf = compiler.compile(format="pdf")
        pages = compiler.compile(format="png", ppi=ppi)
        print_pages = compiler.compile(format="png", ppi=_PRINT_PPI)
    except (typst.TypstError, RuntimeError, OSError) as error:
        raise _fault(template, error) from error
    return b"".join(_several(pdf)), tuple(_several(pages)), tuple(_several(print_pages))


def _several(compiled: bytes | list[bytes] | None) -> list[bytes]:
    """typst gives a list for more than one page."""
    return compiled if isinstance(compiled, list) else [compiled or b""]


def _fault(template: Path, error: Exception) -> TemplateFault:
    told = str(getattr(error, "message", "") or error)
    found = _PLACE.search(str(getattr(error, "diagnostic", "") or ""))
    return TemplateFault(template, int(found[1]) if found else 0, " ".join(told.split())[:200])


_PLACE = re.compile(r"\.typ:(\d+):\d+")
"""How typst says where: file, line, column."""
