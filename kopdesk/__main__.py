"""`python -m kopdesk` and the program `kopdesk`."""

import sys

from kopdesk.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
