"""forget: the copy of a cooperative that was withdrawn leaves this laptop, if its person says so."""

from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.records import opened
from kopdesk.cli.terminal import Terminal
from kopdesk.usecases.withdrawn import WithdrawnCopy, copy_to_forget, forget_cooperative
from kopdesk.wording.figures import counted, number
from kopdesk.wording.labels import lowered, type_label


def forget(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Without --yes it says what would go, and nothing goes."""
    with opened(app, arguments, terminal) as profile:
        leave = forget_cooperative if arguments.yes else copy_to_forget
        copy = leave(profile.desk, arguments.cooperative)
    if arguments.json:
        answer = {"cooperative_id": str(copy.cooperative_id), "name": copy.name, "records": copy.records}
        terminal.print_json({"forgotten": arguments.yes} | answer)
    elif arguments.yes:
        terminal.print_line(f"Sudah dihapus dari laptop ini: {_told(copy)}. Di pusat semuanya tetap ada.")
    else:
        terminal.print_line(f"Akan dihapus dari laptop ini: {_told(copy)}. Di pusat semuanya tetap ada.")
        terminal.print_line("Belum ada yang dihapus. Beri --yes untuk menghapusnya.")
    return 0


def _told(copy: WithdrawnCopy) -> str:
    kinds = ", ".join(
        f"{lowered(type_label(name))} {number(count)}" for name, count in sorted(copy.records.items())
    )
    return f"{copy.name}, {counted(sum(copy.records.values()), 'record')} ({kinds})"
