"""`python -m kopdesk` and the program `kopdesk`."""

import sys

from kopdesk.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # an installed program is started again for work in its own process
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
