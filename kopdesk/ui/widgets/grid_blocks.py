"""Blocks of cells as text: from and to the clipboard, as spreadsheets write them."""

import re
from collections.abc import Iterable

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|$)')
_SEMICOLONS = re.compile(r'(?:[^";]|"[^"]*")*')


def block_of(text: str) -> list[list[str]]:
    """The cells of a pasted text, row by row. Tabs divide it, or in lines of a CSV file semicolons.

    A comma never does: it is within amounts.
    """
    typed = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not typed:
        return []
    if "\t" not in typed and _is_csv(typed):
        return [[_unquoted(cell) for cell in _divided(line)] for line in typed.split("\n")]
    if '"' not in typed:
        return [line.split("\t") for line in typed.split("\n")]
    return _quoted_block(typed)


def text_of(block: Iterable[Iterable[str]]) -> str:
    """As spreadsheets take it."""
    return "\n".join("\t".join(cells) for cells in block)


def _is_csv(typed: str) -> bool:
    """Several lines, in all of which as many semicolons divide: one line may be a sentence."""
    lines = typed.split("\n")
    if len(lines) < 2 or ";" not in lines[0]:
        return False
    wide = len(_divided(lines[0]))
    return wide > 1 and all(len(_divided(line)) == wide for line in lines)


def _divided(line: str) -> list[str]:
    cells, at = [], 0
    while (found := _SEMICOLONS.match(line, at)) is not None:
        cells.append(found[0])
        if found.end() >= len(line):
            return cells
        if line[found.end()] != ";":  # a quote that is never closed is a sign like others
            return line.split(";")
        at = found.end() + 1
    return cells


def _unquoted(cell: str) -> str:
    inner = cell.strip()
    if len(inner) > 1 and inner[0] == inner[-1] == '"':
        return inner[1:-1].replace('""', '"')
    return cell


def _quoted_block(typed: str) -> list[list[str]]:
    """A cell with a line break or a tab comes in quotes; quotes around anything else are the cell's own."""
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        found = _QUOTED.match(typed, at)
        if found is not None and any(sign in found[1] for sign in ("\n", "\t", '""')):
            rows[-1].append(found[1].replace('""', '"'))
            at = found.end()
        else:
            ends = [place for place in (typed.find("\t", at), typed.find("\n", at)) if place >= 0]
            end = min(ends, default=len(typed))
            rows[-1].append(typed[at:end])
            at = end
        if at >= len(typed):
            return rows
        if typed[at] == "\n":
            rows.append([])
        at += 1
