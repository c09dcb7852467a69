"""enrol: this laptop becomes a person's, or its person logs in again."""

from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal, WrongUsage
from kopdesk.storage.errors import PassphraseNeeded
from kopdesk.usecases.enrolment import is_enrolled


def enrol(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """The password first, then the PIN: whoever wants one gives it, and with --pin-stdin it must be there."""
    password = terminal.secret_line("Kata sandi akun")
    if password is None:
        raise WrongUsage("Kata sandi akun diharapkan di baris pertama masukan standar.")
    passphrase = terminal.secret_line("PIN, 6 huruf atau angka (boleh kosong bila laptop punya tempat kunci)")
    if passphrase is None and arguments.pin_stdin:
        raise WrongUsage("PIN diharapkan di baris kedua masukan standar, setelah kata sandi akun.")
    try:
        again = app.enrol(
            arguments.profile,
            server_url=arguments.server,
            login=arguments.user,
            password=password,
            passphrase=passphrase,
        )
    except PassphraseNeeded as error:
        raise WrongUsage(_pin_wanted(arguments)) from error
    terminal.print_json(
        {"enrolled": True, "again": again, "user": arguments.user, "profile": str(arguments.profile)}
    )
    return 0


def _pin_wanted(arguments: Namespace) -> str:
    if is_enrolled(arguments.profile):
        return "Data di folder ini dijaga dengan PIN: beri PIN itu di baris kedua masukan standar."
    return "Laptop ini tidak punya tempat kunci yang aman: beri PIN di baris kedua masukan standar."
