"""server backup, server restore: the centre in one file, and back."""

from argparse import Namespace
from datetime import UTC, datetime

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal
from kopdesk.server import backups
from kopdesk.server.backups import Backup


def back_up(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Also while it serves."""
    backup = backups.back_up(arguments.data, arguments.file, now=lambda: _ms(app))
    terminal.print_json({"file": str(arguments.file), **_row(backup)})
    return 0


def restore(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Only while nobody works with the folder."""
    restored = backups.restore(arguments.data, arguments.file, now=lambda: _ms(app))
    aside = str(restored.aside) if restored.aside else None
    terminal.print_json({"data": str(arguments.data), "aside": aside, **_row(restored.backup)})
    return 0


def _ms(app: App) -> int:
    return int(app.now().timestamp() * 1000)


def _row(backup: Backup) -> dict[str, object]:
    made_at = datetime.fromtimestamp(backup.made_at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "server": str(backup.server_id),
        "name": backup.name,
        "made_at": made_at,
        "bytes": backup.size,
    }
