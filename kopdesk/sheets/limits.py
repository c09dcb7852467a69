"""How much of a file from outside is looked at, and how it is refused."""

from pathlib import Path

from kopdesk.domain.errors import KopdeskError

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
"""Of what comes out of an archive to the archive; a spreadsheet of nothing but noughts stays far below."""
MAX_ENTRIES = 200
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 20_000, 50, 20
MAX_CELL_CHARACTERS = 5_000
GENEROUS_ROWS = MAX_ROWS + 1000
"""Empty formatted rows below a list are common."""


class FileUnreadable(KopdeskError):
    """A file that is no list. `reason`: missing, too_large, too_many_rows, too_many_columns, damaged …"""

    def __init__(self, path: Path, reason: str, detail: str = "") -> None:
        super().__init__(path, reason, detail)
        self.path, self.reason, self.detail = path, reason, detail
