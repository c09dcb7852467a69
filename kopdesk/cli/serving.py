"""serve: the centre as a program, until it is told to stop."""

import logging
from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal, WrongUsage


def serve(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Says its address on stdout once laptops are answered."""
    from kopdesk.server.serving import serve

    if (arguments.cert is None) != (arguments.key is None):
        raise WrongUsage("--cert dan --key harus diberikan bersama.")
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=terminal.stderr)
    serve(
        arguments.data,
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        cert=arguments.cert,
        key=arguments.key,
        ready=lambda url: terminal.print_json({"serving": url}),
    )
    return 0
