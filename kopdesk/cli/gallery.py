"""gallery: all own controls on one page, in a window or as a picture for each scheme."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal
from kopdesk.cli.window import has_screen, no_screen, paint_offscreen


def gallery(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Show them until the window is closed, or save the pictures."""
    if arguments.folder is not None:
        paint_offscreen()
    elif not has_screen(os.environ, sys.platform):
        return no_screen(terminal)
    from kopdesk.ui.theme.theme import dress, make_application, use_scheme
    from kopdesk.ui.theme.tokens import SCHEMES
    from kopdesk.ui.widgets.gallery import gallery as page

    application = make_application()
    for scheme in SCHEMES:
        use_scheme(application, scheme)
        shown = page()
        dress(shown)
        shown.resize(980, 1500)
        if arguments.folder is None:
            shown.show()
            return application.exec()
        arguments.folder.mkdir(parents=True, exist_ok=True)
        shown.grab().save(str(arguments.folder / f"gallery-{scheme}.png"))
    return 0
